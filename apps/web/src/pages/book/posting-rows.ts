import type { EventJson } from '../../api/types.js';
import type { LineKey } from '../../app/lines.js';

/** One row of the postings: an event on one budget line, or an event without lines. */
export interface PostingRow {
  readonly key: string;
  readonly event: EventJson;
  /** The amount is in yuan. */
  readonly line?: LineKey & { readonly amount: string };
}

/** Nothing is posted by these: they are on the page of approvals, and in the history. */
const NOT_POSTED = ['PostingProposed', 'ProposalRevised', 'ProposalReturned', 'ProposalWithdrawn'];

type PostedLine = NonNullable<PostingRow['line']>;
const linesIn = (value: unknown) => (Array.isArray(value) ? (value as PostedLine[]) : []);

/** The rows of an event; one that takes another back writes out its movements, negated, in the place of lines. */
export function rowsOf(event: EventJson): PostingRow[] {
  const { type, index, data } = event;
  if (NOT_POSTED.includes(type)) return [];
  const lines = [...linesIn(data['lines']), ...linesIn(data['movements'])];
  if (lines.length === 0) return [{ key: String(index), event }];
  return lines.map((line, i) => ({ key: `${index}-${i}`, event, line }));
}
