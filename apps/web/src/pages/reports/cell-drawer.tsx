import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useId, useRef } from 'react';
import { answer, api } from '../../api/client.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';
import { Failure } from '../../ui/failure.js';
import { Loading } from '../../ui/loading.js';
import { RecordFacts } from '../audit/record-facts.js';
import { useText } from './locale.js';
import type { CellPlace } from './paper-table.js';

interface Props {
  readonly book: BookPlace;
  readonly report: string;
  readonly place: CellPlace;
  readonly query: Readonly<Record<string, string>>;
  readonly done: () => void;
}

/** More than a person looks through; the history has all of them. */
const MOST_SHOWN = 50;

/** Where a cell comes from: its exact value, the events that make it up, and their proofs. */
export default function CellDrawer({ book, report, place, query, done }: Props) {
  const text = useText();
  const { row, column, label } = place;
  const { data, error } = useQuery({
    queryKey: [...bookKey(book), 'cell', report, row, column, query],
    queryFn: () =>
      answer(
        api.GET('/api/v1/books/{unit}/{year}/reports/{report}/cells/{row}/{column}', {
          params: { path: { ...pathOf(book), report, row, column }, query },
        }),
      ),
  });
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // the browser's own dialog: it holds the focus, closes by Escape and gives the focus back
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="drawer" aria-labelledby={titleId} onClose={done}>
      <header>
        <h2 id={titleId}>{label || `${row} ${column}`}</h2>
        <Button size="small" onClick={() => dialog.current?.close()}>
          {text('close')}
        </Button>
      </header>
      {error && <Failure error={error} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <dl className="facts">
            <dt>{text('exact')}</dt>
            <dd>{data.exact}</dd>
            <dt>{text('shown')}</dt>
            <dd>
              {data.shown} <small>{text('atSize', { size: data.logSize })}</small>
            </dd>
          </dl>
          <h2>{text('events')}</h2>
          {data.events.slice(0, MOST_SHOWN).map((event) => (
            <RecordFacts key={event.index} event={event} />
          ))}
          {data.events.length > MOST_SHOWN && (
            <p>{text('more', { n: data.indices.length, shown: MOST_SHOWN })}</p>
          )}
          {data.events.length === 0 && (
            <p>
              {text('noEvents')}: {data.indices.join(', ')}
            </p>
          )}
        </>
      )}
    </dialog>
  );
}
