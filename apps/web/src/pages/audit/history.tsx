import { useDeferredValue, useMemo, useState } from 'react';
import type { EventJson } from '../../api/types.js';
import { useBook } from '../../app/book.js';
import { usePeople } from '../../app/people.js';
import { Failure } from '../../ui/failure.js';
import { Field } from '../../ui/field.js';
import { Person } from '../../ui/person.js';
import { WindowTable, type WindowColumn } from '../../ui/window-table.js';
import { useEvents } from './events.js';
import { useText } from './locale.js';
import { documentOf, RecordFacts, TypeName } from './record-facts.js';

interface Wanted {
  readonly words: string;
  readonly type: string;
  readonly person: string;
  readonly from: string;
  readonly to: string;
}
const ALL: Wanted = { words: '', type: '', person: '', from: '', to: '' };
const LIST_PX = 420;

const fits = (event: EventJson, haystack: string, wanted: Wanted): boolean =>
  (wanted.type === '' || event.type === wanted.type) &&
  (wanted.person === '' || [event.actor, event.approvedBy].includes(wanted.person)) &&
  (wanted.from === '' || event.date >= wanted.from) &&
  (wanted.to === '' || event.date <= wanted.to) &&
  wanted.words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));

const distinct = (values: readonly (string | null)[]): string[] =>
  [...new Set(values.filter((v) => v !== null))].sort();

/** Every record of the book with filters, and one of them in full. */
export default function History() {
  const text = useText();
  const { events, error, reading } = useEvents(useBook());
  const [wanted, setWanted] = useState(ALL);
  const [chosen, setChosen] = useState<number>();
  const looked = useDeferredValue(wanted);
  const searched = useMemo(
    () => events.map((event) => ({ event, haystack: JSON.stringify(event).toLowerCase() })),
    [events],
  );
  const rows = useMemo(
    () =>
      searched
        .filter(({ event, haystack }) => fits(event, haystack, looked))
        .map(({ event }) => event)
        .reverse(),
    [searched, looked],
  );
  const event = events.find(({ index }) => index === chosen);
  if (error) return <Failure error={error} />;
  return (
    <>
      <Filters
        wanted={wanted}
        change={setWanted}
        types={distinct(events.map((e) => e.type))}
        people={distinct(events.flatMap((e) => [e.actor, e.approvedBy]))}
      />
      <p className="faint" role="status">
        {text(reading ? 'reading' : 'count', { n: rows.length })}
      </p>
      <div className="beside">
        <WindowTable
          label={text('history')}
          columns={useColumns(setChosen)}
          rows={rows}
          keyOf={({ index }) => index}
          heightPx={LIST_PX}
        />
        <div aria-live="polite">
          {event ? (
            <>
              <RecordFacts key={event.index} event={event} />
              <details>
                <summary>{text('content')}</summary>
                <pre className="command" tabIndex={0}>
                  {JSON.stringify(event, null, 2)}
                </pre>
              </details>
            </>
          ) : (
            <p className="faint">{text('choose')}</p>
          )}
        </div>
      </div>
    </>
  );
}

function useColumns(choose: (index: number) => void): readonly WindowColumn<EventJson>[] {
  const text = useText();
  return [
    {
      id: 'index',
      label: text('index'),
      width: 64,
      cell: ({ index }) => (
        <button
          type="button"
          className="as-link"
          aria-label={text('chosen', { index })}
          onClick={() => choose(index)}
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

interface FiltersProps {
  readonly wanted: Wanted;
  readonly change: (wanted: Wanted) => void;
  readonly types: readonly string[];
  readonly people: readonly string[];
}

function Filters({ wanted, change, types, people }: FiltersProps) {
  const text = useText();
  const nameOf = usePeople(people);
  const input = (name: keyof Wanted, label: string, type: 'search' | 'date') => (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          type={type}
          className="plain-input"
          value={wanted[name]}
          onChange={({ target }) => change({ ...wanted, [name]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className="report-bar" role="search">
      {input('words', text('search'), 'search')}
      <Field label={text('type')}>
        {(control) => (
          <select
            {...control}
            className="plain-input"
            value={wanted.type}
            onChange={({ target }) => change({ ...wanted, type: target.value })}
          >
            <option value="">{text('anyType')}</option>
            {types.map((type) => (
              <option key={type} value={type}>
                <TypeName type={type} />
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={text('person')}>
        {(control) => (
          <select
            {...control}
            className="plain-input"
            value={wanted.person}
            onChange={({ target }) => change({ ...wanted, person: target.value })}
          >
            <option value="">{text('anyPerson')}</option>
            {people.map((person) => (
              <option key={person} value={person}>
                {nameOf(person)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {input('from', text('from'), 'date')}
      {input('to', text('to'), 'date')}
    </div>
  );
}
