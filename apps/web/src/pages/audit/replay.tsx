import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import { answer, api, ProblemError } from '../../api/client.js';
import { pathOf, useBook } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';
import { Failure } from '../../ui/failure.js';
import { Loading } from '../../ui/loading.js';
import { Paper } from '../reports/paper.js';
import { ReportPicker } from '../reports/report-picker.js';
import { useForm } from '../reports/use-form.js';
import { useChangedCells, useChangedLines } from './changes.js';
import { useEvents } from './events.js';
import { useText } from './locale.js';
import { RecordFacts } from './record-facts.js';
import { ReplayedLines } from './replayed-lines.js';

/** The book as it was at any index of the log: dragged, stepped by keys, or linked to. */
export default function Replay() {
  const text = useText();
  const book = useBook();
  const { events, logSize, error } = useEvents(book);
  const [search, setSearch] = useSearchParams();
  const put = (name: string, value: string) =>
    setSearch((now) => (now.set(name, value), now), { replace: true });
  if (error) return <Failure error={error} />;
  const [opened] = events;
  if (!opened || logSize === undefined) return <Loading />;
  const first = opened.index + 1;
  const asked = Number(search.get('knownAt') ?? logSize);
  const at = Math.min(Math.max(Number.isInteger(asked) ? asked : logSize, first), logSize);
  const go = (to: number) => put('knownAt', String(Math.min(Math.max(to, first), logSize)));
  // the steps are those of this book: what other books post changes nothing here
  const stops = events.map(({ index }) => index + 1);
  return (
    <>
      <div className="slider">
        <label htmlFor="replay-position">{text('position')}</label>
        <input
          id="replay-position"
          type="range"
          min={first}
          max={logSize}
          value={at}
          aria-valuetext={text('positionOf', { at, of: logSize })}
          onChange={({ target }) => go(Number(target.value))}
        />
        <output htmlFor="replay-position">{text('positionOf', { at, of: logSize })}</output>
        <Button onClick={() => go(first)}>{text('first')}</Button>
        <Button onClick={() => go(stops.findLast((s) => s < at) ?? first)}>
          {text('previous')}
        </Button>
        <Button onClick={() => go(stops.find((s) => s > at) ?? logSize)}>{text('next')}</Button>
        <Button onClick={() => go(logSize)}>{text('last')}</Button>
      </div>
      <At knownAt={at} report={search.get('report') ?? 'annex-3'} put={put} />
      <h2>{text('thisEvent')}</h2>
      {stops.includes(at) ? (
        <RecordFacts key={at} event={events.find(({ index }) => index === at - 1)!} />
      ) : (
        <p>{text('otherBook')}</p>
      )}
    </>
  );
}

interface AtProps {
  readonly knownAt: number;
  readonly report: string;
  readonly put: (name: string, value: string) => void;
}

/** Lines and a report at one index; what differs from the index shown before is marked. */
function At({ knownAt, report, put }: AtProps) {
  const text = useText();
  const book = useBook();
  // while it is dragged only the newest position is asked for
  const moment = { knownAt: String(useDeferredValue(knownAt)) };
  const lines = useQuery({
    queryKey: [...bookKey(book), 'lines', moment],
    queryFn: () =>
      answer(
        api.GET('/api/v1/books/{unit}/{year}/lines', {
          params: { path: pathOf(book), query: moment },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const form = useForm(book, report, moment, '万元');
  const changedLines = useChangedLines(lines.data);
  const changedCells = useChangedCells(form.data);
  const error = lines.error ?? form.error;
  if (error instanceof ProblemError && error.code === 'unknown-book')
    return <p>{text('notYet')}</p>;
  if (error) return <Failure error={error} />;
  if (!lines.data || !form.data) return <Loading />;
  return (
    <>
      <p className="faint" role="status">
        {text('changed')}
      </p>
      <ReplayedLines lines={lines.data} changed={changedLines} />
      <ReportPicker value={report} choose={(name) => put('report', name)} />
      <Paper form={form.data} changed={changedCells} />
    </>
  );
}
