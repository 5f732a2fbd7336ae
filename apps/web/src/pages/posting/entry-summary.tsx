import { Button } from 'antd';
import type { Entry } from '../../api/types.js';
import { keyText } from '../../app/lines.js';
import { useNames } from '../../app/names.js';
import { Money } from '../../ui/money.js';
import { useText as useBookText } from '../book/locale.js';
import { useText } from './locale.js';

interface Posted {
  readonly document?: { readonly number: string };
  readonly voucher?: string;
  readonly reason?: string;
  readonly counterparty?: string;
  readonly recipient?: { readonly name: string };
  readonly lines?: readonly PostedLine[];
}

interface PostedLine {
  readonly project: string;
  readonly fund: string;
  readonly origin: string;
  readonly function?: string;
  readonly economic?: string;
  readonly amount: string;
}

interface Props {
  readonly entry: Entry;
  /** Puts what is left into the form; absent where nothing may follow. */
  readonly fill?: () => void;
}

/** The earlier posting that a form refers to: what it was, line by line, and what is left of it. */
export function EntrySummary({ entry: { event, payee, left, reversedBy }, fill }: Props) {
  const text = useText();
  const bookText = useBookText();
  const posted = event.data as Posted;
  const whom = payee ?? posted.recipient?.name ?? posted.counterparty;
  const facts = [
    event.date,
    posted.document?.number,
    posted.voucher,
    whom,
    posted.reason,
    text('atIndex', { index: event.index }),
  ];
  const kind = bookText(event.type as Parameters<typeof bookText>[0]);
  return (
    <section className="entry" aria-label={text('refersTo')}>
      <h2>
        {kind} <small>{facts.filter(Boolean).join(' · ')}</small>
      </h2>
      <EntryLines lines={posted.lines ?? []} left={left} />
      {reversedBy !== undefined && <p className="refusal">{text('isReversed')}</p>}
      {left && (
        <p>
          {text('left')} <Money yuan={left.total} strong />{' '}
          {fill && (
            <Button size="small" onClick={fill}>
              {text('fill')}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}

function EntryLines({ lines, left }: { lines: readonly PostedLine[]; left: Entry['left'] }) {
  const text = useText();
  const { nameOf } = useNames();
  // of a payment or reservation what is left goes by line and codes, several of its lines perhaps together
  const rows: readonly Row[] = left?.lines.length
    ? left.lines.map((line) => ({ ...line, amount: line.posted }))
    : lines;
  const hasLeft = rows.some((row) => row.left !== undefined);
  if (rows.length === 0) return null;
  return (
    <div className="scroll-x" role="region" aria-label={text('lines')} tabIndex={0}>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{text('line')}</th>
            <th scope="col">{text('economic')}</th>
            <th scope="col" className="numeric">
              {text('postedAmount')}
            </th>
            {hasLeft && (
              <th scope="col" className="numeric">
                {text('left')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${keyText(row)}|${row.function}|${row.economic}|${row.amount}`}>
              <th scope="row">
                {row.project} <small>{nameOf('origins', row.origin)}</small>
              </th>
              <td>
                {row.economic !== undefined &&
                  `${row.economic} ${nameOf('economics', row.economic)}`}
              </td>
              <td className="numeric">
                <Money yuan={row.amount} />
              </td>
              {hasLeft && (
                <td className="numeric">
                  <Money yuan={row.left ?? '0.00'} strong />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Row extends PostedLine {
  readonly left?: string;
}
