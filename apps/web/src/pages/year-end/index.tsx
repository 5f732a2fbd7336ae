import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useBook, type BookPlace } from '../../app/book.js';
import { useKept } from '../../app/kept.js';
import { useLines } from '../../app/lines.js';
import { useSession } from '../../app/session.js';
import { Failure } from '../../ui/failure.js';
import { DateInput } from '../../ui/date-input.js';
import { Field } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { Paper } from '../reports/paper.js';
import { Checks } from './checks.js';
import { Commit } from './commit.js';
import { useText } from './locale.js';
import { areWhole, carryoverOf, onRemainders, partsOf, type Parts } from './parts.js';
import { useRehearsal, type Rehearsal, type Wishes } from './rehearsal.js';
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

interface Draft {
  readonly parts: Parts;
  readonly date?: string;
  readonly reason?: string;
}
const AS_RULED: Draft = { parts: {} };

/** What was rehearsed last stays on the screen while something else is wished. */
function Rehearsed({ book }: { book: BookPlace }) {
  const text = useText();
  const { account = 'open' } = useSession();
  const key = `fiscal-close:${account}/${book.unit}/${book.fiscalYear}`;
  const draft = useKept<Draft>(key, () => AS_RULED);
  const [wishes, setWishes] = useState<Wishes>({});
  const { data, error, isFetching } = useRehearsal(book, wishes, true);
  const asRuled = () => {
    draft.forget();
    setWishes({});
  };
  return (
    <>
      {error && <Failure error={error} retry={asRuled} />}
      {isFetching && <p role="status">{text('rehearsing')}</p>}
      {data && (
        <Steps
          book={book}
          rehearsal={data}
          rehearse={setWishes}
          draft={draft.value}
          write={(part) => draft.keep({ ...draft.value, ...part })}
          forget={draft.forget}
          asRuled={asRuled}
        />
      )}
    </>
  );
}

interface StepsProps {
  readonly book: BookPlace;
  readonly rehearsal: Rehearsal;
  readonly rehearse: (wishes: Wishes) => void;
  /** What is written over the close as it was rehearsed. */
  readonly draft: Draft;
  readonly write: (part: Partial<Draft>) => void;
  readonly forget: () => void;
  readonly asRuled: () => void;
}

function Steps({ book, rehearsal, rehearse, draft, write, forget, asRuled }: StepsProps) {
  const text = useText();
  const { command, remainders, checks, refusal, forms } = rehearsal;
  const parts = onRemainders(rehearsal, draft.parts);
  const { date = command.date, reason = command.reason } = draft;
  const [shown, setShown] = useState('annex-3');
  const carryover = carryoverOf(remainders, parts);
  const rehearsed = carryoverOf(remainders, partsOf(command.carryover));
  const isStale =
    JSON.stringify([carryover, date, reason]) !==
    JSON.stringify([rehearsed, command.date, command.reason]);
  const isWhole = areWhole(remainders, parts);
  const form = forms.find(({ report }) => report === shown);
  return (
    <>
      <h2>{text('step1')}</h2>
      <p className="faint">{text('step1Hint')}</p>
      <Treatments
        remainders={remainders}
        parts={parts}
        change={(changed) => write({ parts: changed })}
      />
      <div className="report-bar">
        <Field label={text('date')}>
          {(control) => (
            <DateInput {...control} value={date} change={(day) => write({ date: day })} />
          )}
        </Field>
        <Field label={text('closingReason')}>
          {(control) => (
            <input
              {...control}
              className="plain-input"
              value={reason}
              onChange={({ target }) => write({ reason: target.value })}
            />
          )}
        </Field>
        <div className="acts">
          <Button
            disabled={!isStale || !isWhole}
            onClick={() => rehearse({ date, reason, carryover })}
          >
            {text('rehearse')}
          </Button>
          <Button disabled={draft === AS_RULED} onClick={asRuled}>
            {text('asRuled')}
          </Button>
          {isStale && <span role="status">{text(isWhole ? 'stale' : 'notWhole')}</span>}
          <span className="faint">{text('kept')}</span>
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
      <Commit book={book} command={command} ready={!isStale && !refusal} submitted={forget} />
    </>
  );
}
