import type { Proposal } from '../../api/types.js';
import type { BookPlace } from '../../app/book.js';
import { usePeople } from '../../app/people.js';
import { Effect } from '../../ui/effect.js';
import { Money } from '../../ui/money.js';
import { useText as usePostingText } from '../posting/locale.js';
import { useText } from './locale.js';
import { ProposalActions } from './proposal-actions.js';

/** One proposal: who, how much, what it does to the lines, what exactly would be stored, and what one may do. */
export function ProposalDetail({ book, proposal }: { book: BookPlace; proposal: Proposal }) {
  const text = useText();
  const postingText = usePostingText();
  const { kind, version, proposedBy, proposedAt, editedBy, amount, payee, reason } = proposal;
  const nameOf = usePeople([proposedBy, ...editedBy]);
  const at = proposedAt.slice(0, 16).replace('T', ' ');
  return (
    <article className="proposal">
      <h2>
        {postingText(kind)} <small>{text('version', { n: version })}</small>
      </h2>
      <p title={[proposedBy, ...editedBy].join(', ')}>
        {text('proposedBy', { name: nameOf(proposedBy), at })}
        {editedBy.length > 0 && `；${text('editedBy', { names: editedBy.map(nameOf).join('、') })}`}
        {payee !== undefined && `；${text('payee', { name: payee })}`}
      </p>
      <p>
        {text('amount')} <Money yuan={amount} strong />
      </p>
      {reason !== undefined && <p className="notice">{reason}</p>}
      {proposal.effect.length > 0 && <Effect effect={proposal.effect} />}
      {proposal.refusal && (
        <p className="refusal">
          {text('wouldBeRefused')} <code>{proposal.refusal.code}</code>
          <br />
          {proposal.refusal.message}
        </p>
      )}
      <ProposalActions book={book} proposal={proposal} />
      <details>
        <summary>{text('exactly')}</summary>
        <pre className="command" tabIndex={0}>
          {JSON.stringify(proposal.posting, null, 2)}
        </pre>
        <p className="faint">
          {text('hash')} <code>{proposal.hash}</code>
        </p>
      </details>
    </article>
  );
}
