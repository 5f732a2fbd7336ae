import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { answer, api, keyed } from '../../api/client.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';
import { usePeople } from '../../app/people.js';
import { useDuties } from '../../app/session.js';
import { Failure } from '../../ui/failure.js';
import { ProposalActions } from '../approvals/proposal-actions.js';
import { useText } from './locale.js';
import type { Rehearsal } from './rehearsal.js';

interface Props {
  readonly book: BookPlace;
  readonly command: Rehearsal['command'];
  /** What is on the screen is what was rehearsed, and the ledger would take it. */
  readonly ready: boolean;
  /** Told once the close waits for the other person. */
  readonly submitted: () => void;
}

/** The close takes two people: one submits what was rehearsed, another approves it. */
export function Commit({ book, command, ready, submitted }: Props) {
  const text = useText();
  const queries = useQueryClient();
  const { posts } = useDuties(book.unit);
  const { data: waiting } = useQuery({
    queryKey: [...bookKey(book), 'proposals', { state: 'open' }],
    queryFn: async () =>
      (
        await answer(
          api.GET('/api/v1/books/{unit}/{year}/proposals', {
            params: { path: pathOf(book), query: { state: 'open' } },
          }),
        )
      ).proposals,
  });
  const closing = waiting?.find(({ kind }) => kind === 'close-year');
  const submitting = useMutation({
    mutationFn: async () => {
      const { id, date, reason, carryover } = command;
      await api.POST('/api/v1/books/{unit}/{year}/closing', {
        params: { path: pathOf(book) },
        headers: keyed(id),
        body: { date, reason, carryover },
      });
    },
    onSuccess: submitted,
    onSettled: () => queries.invalidateQueries({ queryKey: bookKey(book) }),
  });
  const nameOf = usePeople(closing ? [closing.proposedBy] : []);
  if (closing)
    return (
      <section aria-label={text('waiting')} className="waiting-close">
        <p role="status">
          {text('submitted')}：
          {text('by', {
            person: nameOf(closing.proposedBy),
            time: new Date(closing.proposedAt).toLocaleString(),
          })}
        </p>
        <ProposalActions book={book} proposal={closing} />
      </section>
    );
  return (
    <>
      <p className="faint">{text('onlyClerk')}</p>
      {posts && (
        <Button
          type="primary"
          disabled={!ready}
          loading={submitting.isPending}
          onClick={() => submitting.mutate()}
        >
          {text('submit')}
        </Button>
      )}
      {submitting.error && <Failure error={submitting.error} />}
    </>
  );
}
