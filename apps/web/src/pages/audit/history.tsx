import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { answer, api } from '../../api/client.js';
import type { EventJson } from '../../api/types.js';
import { pathOf, useBook, type BookPlace } from '../../app/book.js';
import { Failure } from '../../ui/failure.js';
import { Field } from '../../ui/field.js';
import { Person } from '../../ui/person.js';
import { WindowTable, type WindowColumn } from '../../ui/window-table.js';
import { HistoryFilters } from './history-filters.js';
import { EVERYTHING, useHistoryList, type HistoryList } from './history-list.js';
import { useText } from './locale.js';
import { documentOf, RecordFacts, TypeName } from './record-facts.js';
import { useRecords } from './records.js';
import { useSettled } from './use-settled.js';

const LIST_PX = 420;
/** Read around what is drawn, so that a small movement finds its rows there. */
const AROUND_ROWS = 25;
const SETTLES_MS = 300;

/** Every record of the book with filters, and one of them in full. */
export default function History() {
  const { unit, fiscalYear } = useBook();
  return <HistoryOf key={`${unit} ${fiscalYear}`} book={{ unit, fiscalYear }} />;
}

function HistoryOf({ book }: { book: BookPlace }) {
  const text = useText();
  const [wanted, setWanted] = useState(EVERYTHING);
  const [chosen, setChosen] = useState<number>();
  const [window, setWindow] = useState({ from: 0, to: 0 });
  const [goTo, setGoTo] = useState<{ readonly row: number }>();
  const list = useHistoryList(book, useSettled(wanted, SETTLES_MS));
  const rows = revisionsIn(list, window);
  const { known, error } = useRecords(book, chosen === undefined ? rows : [...rows, chosen]);
  const drawn = useCallback((from: number, to: number) => setWindow({ from, to }), []);
  const show = (revision: number) => {
    setChosen(revision);
    setGoTo({ row: list.rowOf(revision) });
  };
  const event = chosen === undefined ? undefined : known.get(chosen);
  return (
    <>
      <HistoryFilters wanted={wanted} change={setWanted} people={peopleIn(known)} />
      <div className="list-head">
        <p className="faint" role="status">
          {text(list.reading ? 'reading' : 'count', { n: list.count })}
        </p>
        <GoTo book={book} show={show} />
      </div>
      {(list.error ?? error) !== null && (list.error ?? error) !== undefined && (
        <Failure error={list.error ?? error} />
      )}
      <div className="beside">
        <WindowTable
          label={text('history')}
          columns={useColumns(setChosen)}
          count={list.count}
          rowAt={(row) => known.get(list.revisionAt(row))}
          keyOf={({ index }) => index}
          heightPx={LIST_PX}
          drawn={drawn}
          {...(goTo && { goTo })}
        />
        <div aria-live="polite">
          {event ? <InFull event={event} /> : <p className="faint">{text('choose')}</p>}
        </div>
      </div>
    </>
  );
}

function revisionsIn(list: HistoryList, { from, to }: { from: number; to: number }): number[] {
  const first = Math.max(0, from - AROUND_ROWS);
  const length = Math.max(0, Math.min(list.count, to + AROUND_ROWS) - first);
  return Array.from({ length }, (_, i) => list.revisionAt(first + i));
}

const peopleIn = (known: ReadonlyMap<number, EventJson>): string[] => {
  const people = new Set([...known.values()].flatMap((e) => [e.actor, e.approvedBy ?? '']));
  people.delete('');
  return [...people].sort();
};

function InFull({ event }: { event: EventJson }) {
  const text = useText();
  return (
    <>
      <RecordFacts key={event.index} event={event} />
      <details>
        <summary>{text('content')}</summary>
        <pre className="command" tabIndex={0}>
          {JSON.stringify(event, null, 2)}
        </pre>
      </details>
    </>
  );
}

/** Leads to the record of an index of the log, or to the next one of this book. */
function GoTo({ book, show }: { book: BookPlace; show: (revision: number) => void }) {
  const text = useText();
  const [index, setIndex] = useState('');
  const finding = useMutation({
    mutationFn: async () => {
      const query = { from: index, limit: '1' };
      const params = { path: pathOf(book), query };
      const { events } = await answer(api.GET('/api/v1/books/{unit}/{year}/events', { params }));
      return events[0];
    },
    onSuccess: (event) => event && show(event.revision),
  });
  return (
    <form
      className="go-to"
      onSubmit={(event) => {
        event.preventDefault();
        finding.mutate();
      }}
    >
      <Field
        label={text('goToIndex')}
        {...(finding.isSuccess && !finding.data && { error: text('noSuchIndex') })}
        {...(finding.error && { error: finding.error.message })}
      >
        {(control) => (
          <input
            {...control}
            required
            inputMode="numeric"
            pattern="\d{1,15}"
            className="plain-input"
            value={index}
            onChange={({ target }) => setIndex(target.value)}
          />
        )}
      </Field>
      <Button htmlType="submit">{text('go')}</Button>
    </form>
  );
}

function useColumns(choose: (revision: number) => void): readonly WindowColumn<EventJson>[] {
  const text = useText();
  return [
    {
      id: 'index',
      label: text('index'),
      width: 64,
      cell: ({ index, revision }) => (
        <button
          type="button"
          className="as-link"
          aria-label={text('chosen', { index })}
          onClick={() => choose(revision)}
        >
          {index}
        </button>
      ),
    },
    { id: 'date', label: text('businessDate'), width: 96, cell: ({ date }) => date },
    { id: 'type', label: text('type'), width: 96, cell: ({ type }) => <TypeName type={type} /> },
    { id: 'document', label: text('document'), width: 170, cell: documentOf },
    { id: 'actor', label: text('actor'), width: 90, cell: ({ actor }) => <Person id={actor} /> },
    {
      id: 'approvedBy',
      label: text('approvedBy'),
      width: 90,
      cell: ({ approvedBy }) => (approvedBy ? <Person id={approvedBy} /> : '–'),
    },
  ];
}
