import type { ProposalDetail, ProposalView } from '#projections';

/** One line for people: id, state, age, what, how much, who. */
export function proposalLine(p: ProposalView): string {
  const { id, state, ageDays, kind, amount, proposedBy, payee, refusal } = p;
  const parts = [id, state, `${ageDays} d`, kind, amount, payee ?? '', proposedBy];
  if (refusal) parts.push(`would be refused: ${refusal.code}`);
  return parts.filter(Boolean).join('  ');
}

/** What a second person looks at before they approve. */
export function proposalText(p: ProposalDetail): string {
  const { version, hash, posting, editedBy, reason, effect, refusal, history } = p;
  const lines = [proposalLine(p), `version ${version}, hash ${hash}`, JSON.stringify(posting)];
  if (editedBy.length > 0) lines.push(`revised by ${editedBy.join(', ')}`);
  if (reason !== undefined) lines.push(`reason: ${reason}`);
  for (const { project, fund, origin, executable, unreleased } of effect) {
    lines.push(`${project} / ${fund} / ${origin}: executable ${changed(executable)}`);
    if (unreleased.before !== unreleased.after)
      lines.push(`${project} / ${fund} / ${origin}: unreleased ${changed(unreleased)}`);
  }
  if (refusal) lines.push(`approving it now is refused: ${refusal.code}: ${refusal.message}`);
  for (const { index, type, recordedAt, actor, approvedBy } of history)
    lines.push(
      [index, recordedAt, type, actor, approvedBy ?? ''].filter((t) => t !== '').join('  '),
    );
  return lines.join('\n');
}

const changed = ({ before, after }: { before: string; after: string }): string =>
  `${before} → ${after}`;
