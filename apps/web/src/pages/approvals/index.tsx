import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { answer, api } from '../../api/client.js';
import type { Proposal } from '../../api/types.js';
import { pathOf, useBook } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';
import { Failure } from '../../ui/failure.js';
import { Loading } from '../../ui/loading.js';
import { Mark } from '../../ui/mark.js';
import { Money } from '../../ui/money.js';
import { Person } from '../../ui/person.js';
import { useText as usePostingText } from '../posting/locale.js';
import { useText } from './locale.js';
import { ProposalDetail } from './proposal-detail.js';
import './approvals.css';

type State = Proposal['state'];
const STATES: readonly State[] = ['open', 'returned', 'withdrawn', 'approved'];
const AGES_DAYS = 3;

/** What was proposed, oldest first, each beside what it does to the lines. */
export default function ApprovalsPage() {
  const text = useText();
  const book = useBook();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((s) => s === search.get('state')) ?? 'open';
  const { data, error, refetch } = useQuery({
    queryKey: [...bookKey(book), 'proposals', { state }],
    queryFn: async () =>
      (
        await answer(
          api.GET('/api/v1/books/{unit}/{year}/proposals', {
            params: { path: pathOf(book), query: { state } },
          }),
        )
      ).proposals,
  });
  const chosen = data?.find(({ id }) => id === search.get('proposal')) ?? data?.[0];
  const choose = (id: string) => setSearch({ state, proposal: id });
  return (
    <>
      <h1>{text('title')}</h1>
      <Segmented<State>
        aria-label={text('states')}
        value={state}
        onChange={(value) => setSearch({ state: value })}
        options={STATES.map((value) => ({ value, label: text(value) }))}
      />
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.length === 0 && <p className="faint">{text('none')}</p>}
      {data && chosen && (
        <div className="approvals">
          <ol aria-label={text('list')}>
            {data.map((proposal) => (
              <li key={proposal.id}>
                <button
                  type="button"
                  aria-current={proposal.id === chosen.id}
                  onClick={() => choose(proposal.id)}
                >
                  <Summary proposal={proposal} />
                </button>
              </li>
            ))}
          </ol>
          <ProposalDetail key={`${chosen.id}-${chosen.version}`} book={book} proposal={chosen} />
        </div>
      )}
    </>
  );
}

function Summary({
  proposal: { kind, amount, proposedBy, ageDays, state },
}: {
  proposal: Proposal;
}) {
  const text = useText();
  const postingText = usePostingText();
  return (
    <>
      <span>
        <strong>{postingText(kind)}</strong>{' '}
        <small>
          <Person id={proposedBy} />
        </small>
      </span>
      <span>
        <Money yuan={amount} />{' '}
        {state === 'open' && (
          <Mark tone={ageDays >= AGES_DAYS ? 'warned' : 'plain'}>
            {ageDays === 0 ? text('today') : text('waits', { n: ageDays })}
          </Mark>
        )}
      </span>
    </>
  );
}
