import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useBook, type BookPlace } from '../../app/book.js';
import { useLines } from '../../app/lines.js';
import { Failure } from '../../ui/failure.js';
import { DateInput } from '../../ui/date-input.js';
import { Field } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { Paper } from '../reports/paper.js';
import { Checks } from './checks.js';
import { Commit } from './commit.js';
import { useText } from './locale.js';
import { rowsOf, useRehearsal, type Rehearsal, type Treated, type Wishes } from './rehearsal.js';
import { Treatments } from './treatments.js';
import '../reports/reports.css';
import './year-end.css';

/** The close of the year, step by step; nothing is recorded before two people have agreed. */
export default function YearEndPage() {
  const text = useText();
  const book = useBook();
  const { data, error } = useLines(book);
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  return (
    <>
      <h1>{text('title', { year: book.fiscalYear })}</h1>
      {data.book.status === 'closed' ? (
        <p role="status">
          {text('isClosed')}{' '}
          <Link to={`/books/${book.unit}/${book.fiscalYear}/reports?report=final-accounts`}>
            {text('toReports')}
          </Link>
        </p>
      ) : (
        <Rehearsed book={book} />
      )}
    </>
  );
}

/** What was rehearsed last stays on the screen while something else is wished. */
function Rehearsed({ book }: { book: BookPlace }) {
  const text = useText();
  const [wishes, setWishes] = useState<Wishes>({});
  const { data, error, isFetching } = useRehearsal(book, wishes, true);
  return (
    <>
      {error && <Failure error={error} retry={() => setWishes({})} />}
      {isFetching && <p role="status">{text('rehearsing')}</p>}
      {data && (
        <Steps
          key={JSON.stringify(data.command)}
          book={book}
          rehearsal={data}
          rehearse={setWishes}
        />
      )}
    </>
  );
}

interface StepsProps {
  readonly book: BookPlace;
  readonly rehearsal: Rehearsal;
  readonly rehearse: (wishes: Wishes) => void;
}

function Steps({ book, rehearsal, rehearse }: StepsProps) {
  const text = useText();
  const { command, checks, refusal, forms } = rehearsal;
  const [carryover, setCarryover] = useState<readonly Treated[]>(command.carryover);
  const [date, setDate] = useState(command.date);
  const [reason, setReason] = useState(command.reason);
  const [shown, setShown] = useState('annex-3');
  const wished = JSON.stringify([carryover, date, reason]);
  const isStale = wished !== JSON.stringify([command.carryover, command.date, command.reason]);
  const unexplained = rowsOf(carryover, rehearsal).some((r) => r.overruled && !r.reason?.trim());
  const form = forms.find(({ report }) => report === shown);
  return (
    <>
      <h2>{text('step1')}</h2>
      <p className="faint">{text('step1Hint')}</p>
      <Treatments rehearsal={rehearsal} carryover={carryover} change={setCarryover} />
      <div className="report-bar">
        <Field label={text('date')}>
          {(control) => <DateInput {...control} value={date} change={setDate} />}
        </Field>
        <Field label={text('closingReason')}>
          {(control) => (
            <input
              {...control}
              className="plain-input"
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
        <div className="acts">
          <Button
            disabled={!isStale || unexplained}
            onClick={() => rehearse({ date, reason, carryover: [...carryover] })}
          >
            {text('rehearse')}
          </Button>
          {isStale && <span role="status">{text('stale')}</span>}
        </div>
      </div>
      <h2>{text('step2')}</h2>
      <Checks checks={checks} />
      <h2>{text('step3')}</h2>
      {refusal && <p role="alert">{text('refused')}</p>}
      {forms.length > 0 && (
        <Field label={text('report')}>
          {(control) => (
            <select
              {...control}
              className="plain-input"
              value={shown}
              onChange={({ target }) => setShown(target.value)}
            >
              {forms.map(({ report, title }) => (
                <option key={report} value={report}>
                  {title}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {form && <Paper form={form} />}
      <h2>{text('step4')}</h2>
      <Commit book={book} command={command} ready={!isStale && !refusal} />
    </>
  );
}
