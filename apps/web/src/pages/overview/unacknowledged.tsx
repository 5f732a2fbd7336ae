import { Link } from 'react-router';
import type { Overview } from '../../api/types.js';
import type { BookPlace } from '../../app/book.js';
import { useDuties } from '../../app/session.js';
import { Money } from '../../ui/money.js';
import { useText } from './locale.js';

interface Props {
  readonly book: BookPlace;
  readonly allocations: Overview['unacknowledged'];
}

/** Money handed to sub-districts that nobody has confirmed yet, the oldest first. */
export function Unacknowledged({ book, allocations }: Props) {
  const text = useText();
  const { posts } = useDuties(book.unit);
  const form = `/books/${book.unit}/${book.fiscalYear}/book/post/acknowledge-allocation`;
  return (
    <section>
      <h2>{text('unacknowledged')}</h2>
      {allocations.length === 0 ? (
        <p className="faint">{text('allAcknowledged')}</p>
      ) : (
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{text('recipient')}</th>
              <th scope="col">{text('document')}</th>
              <th scope="col" className="numeric">
                {text('open')}
              </th>
              <th scope="col" className="numeric">
                {text('age')}
              </th>
            </tr>
          </thead>
          <tbody>
            {allocations.map(({ index, allocation, recipient, document, open, ageDays }) => (
              <tr key={index}>
                <td>
                  {recipient}{' '}
                  {posts && (
                    <Link
                      to={`${form}?allocation=${encodeURIComponent(allocation)}&amount=${open}`}
                    >
                      {text('acknowledge')}
                    </Link>
                  )}
                </td>
                <td>{document}</td>
                <td className="numeric">
                  <Money yuan={open} />
                </td>
                <td className="numeric">{ageDays}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
