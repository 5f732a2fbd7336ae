import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, keyed } from '../../api/client.js';
import type { Proposal } from '../../api/types.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';
import { useDuties } from '../../app/session.js';
import { Failure } from '../../ui/failure.js';
import { Field } from '../../ui/field.js';
import { isFormName } from '../posting/forms.js';
import { useText } from './locale.js';

type Act = 'approval' | 'return' | 'withdrawal';
const AT = '/api/v1/books/{unit}/{year}/proposals/{id}';

/** Carries out one act. Approval and return name the hash of what is on the screen: another content is refused. */
async function carryOut(act: Act, book: BookPlace, { id, hash }: Proposal, reason: string) {
  const params = { path: { ...pathOf(book), id } };
  const headers = keyed(crypto.randomUUID());
  if (act === 'approval') await api.POST(`${AT}/approval`, { params, body: { hash } });
  if (act === 'return') await api.POST(`${AT}/return`, { params, headers, body: { hash, reason } });
  if (act === 'withdrawal') await api.POST(`${AT}/withdrawal`, { params, headers, body: {} });
}

/** What the duties of the signed-in person allow with an open or returned proposal. */
export function ProposalActions({ book, proposal }: { book: BookPlace; proposal: Proposal }) {
  const text = useText();
  const queries = useQueryClient();
  const { reviews, posts } = useDuties(book.unit);
  const [reason, setReason] = useState('');
  const [reasonMissing, setReasonMissing] = useState(false);
  const acting = useMutation({
    mutationFn: (act: Act) => carryOut(act, book, proposal, reason),
    // also where it is refused: what is shown may be out of date
    onSettled: () => queries.invalidateQueries({ queryKey: bookKey(book) }),
  });
  const { id, kind, state } = proposal;
  const open = state === 'open';
  const alive = open || state === 'returned';
  const busy = acting.isPending;
  const sendBack = () => (reason.trim() === '' ? setReasonMissing(true) : acting.mutate('return'));
  if (!alive || !(reviews || posts)) return null;
  return (
    <div className="acts no-print">
      {reviews && open && (
        <>
          <Button type="primary" loading={busy} onClick={() => acting.mutate('approval')}>
            {text('approve')}
          </Button>
          <Field
            label={text('reason')}
            error={reasonMissing && reason.trim() === '' ? text('reasonNeeded') : undefined}
          >
            {(control) => (
              <Input
                {...control}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
          <Button disabled={busy} onClick={sendBack}>
            {text('return')}
          </Button>
        </>
      )}
      {posts && (
        <>
          {isFormName(kind) && (
            <Link
              to={`/books/${book.unit}/${book.fiscalYear}/book/post/${kind}?proposal=${encodeURIComponent(id)}`}
            >
              {text('edit')}
            </Link>
          )}
          <Button disabled={busy} onClick={() => acting.mutate('withdrawal')}>
            {text('withdraw')}
          </Button>
        </>
      )}
      {acting.error && <Failure error={acting.error} />}
    </div>
  );
}
