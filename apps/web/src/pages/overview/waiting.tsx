import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { answer, api } from '../../api/client.js';
import type { Overview } from '../../api/types.js';
import type { BookPlace } from '../../app/book.js';
import { useDuties } from '../../app/session.js';
import { useText } from './locale.js';

/** The proposals over all books that wait for the signed-in person, or that this person made. */
function useProposals(waitingFor: 'me' | 'mine', enabled: boolean) {
  const { data } = useQuery({
    queryKey: ['proposals', waitingFor],
    queryFn: async () =>
      (await answer(api.GET('/api/v1/proposals', { params: { query: { waitingFor } } }))).proposals,
    enabled,
  });
  return data?.length ?? 0;
}

export function Waiting({ book, waiting }: { book: BookPlace; waiting: Overview['waiting'] }) {
  const text = useText();
  const { posts, reviews } = useDuties(book.unit);
  const forMe = useProposals('me', reviews);
  const mine = useProposals('mine', posts);
  const approvals = `/books/${book.unit}/${book.fiscalYear}/approvals`;
  const items = [
    forMe > 0 && text('forMe', { n: forMe }),
    mine > 0 && text('myProposals', { n: mine }),
    waiting.open > 0 && text('openProposals', { n: waiting.open }),
  ].filter((item) => item !== false);
  return (
    <section>
      <h2>{text('waiting')}</h2>
      {items.length === 0 ? (
        <p className="faint">{text('nothingWaits')}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item}>
              <Link to={approvals}>{item}</Link>
            </li>
          ))}
        </ul>
      )}
      {waiting.open > 0 && waiting.oldestDays !== undefined && (
        <p className="faint">{text('oldest', { n: waiting.oldestDays })}</p>
      )}
    </section>
  );
}
