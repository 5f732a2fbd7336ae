import { LedgerRefusal, type Sentence } from '#domain';
import type { Principal } from '../access/principal.js';
import { HEADERS } from './sentences.js';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export interface People {
  readonly actor: string;
  readonly approvedBy?: string;
  /** Who posts is known, and so who approves must be: a posting over the book's rule becomes a proposal. */
  readonly fourEyes?: true;
}

const invalid = (sentence: Sentence) => LedgerRefusal.of('invalid-header', sentence);

function one(headers: Headers, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  if (Array.isArray(value)) throw invalid(HEADERS.twice({ name }));
  return value;
}

/** Names travel percent-encoded where they are not ASCII, since headers are. */
function person(headers: Headers, name: string): string | undefined {
  const value = one(headers, name);
  if (value === undefined) return undefined;
  // other bytes would be taken for Latin-1, and a name that nobody has would stand in the log for good
  if (!/^[\x20-\x7e]*$/.test(value)) throw invalid(HEADERS.notAscii({ name }));
  let text: string;
  try {
    text = decodeURIComponent(value);
  } catch {
    throw invalid(HEADERS.strayPercent({ name }));
  }
  if (!/^[^\p{C}]{1,128}$/u.test(text) || text.trim() === '')
    throw invalid(HEADERS.nameForm({ name }));
  return text;
}

/** Who posts: the account that asks; until there are accounts, what the headers say. */
export function peopleOf(headers: Headers, asking: Principal | undefined): People {
  if (asking) {
    for (const name of ['X-Actor', 'X-Approved-By'])
      if (one(headers, name) !== undefined) throw invalid(HEADERS.notWithAccounts({ name }));
    return { actor: asking.person, fourEyes: true };
  }
  const actor = person(headers, 'X-Actor');
  const approvedBy = person(headers, 'X-Approved-By');
  if (actor === undefined) throw invalid(HEADERS.actorMissing());
  return { actor, ...(approvedBy !== undefined && { approvedBy }) };
}

export function idempotencyKeyOf(headers: Headers): string {
  const key = one(headers, 'Idempotency-Key');
  if (key === undefined || key === '')
    throw LedgerRefusal.of('idempotency-key-required', HEADERS.keyMissing());
  return key;
}

/** The revision that If-Match names, where it is given. */
export function ifMatchOf(headers: Headers): number | undefined {
  const value = one(headers, 'If-Match');
  if (value === undefined) return undefined;
  const match = /^"(\d{1,15})"$/.exec(value);
  if (!match) throw invalid(HEADERS.ifMatch({ value }));
  return Number(match[1]);
}

/** The position that a read must have reached, where it is given. */
export const positionOf = (headers: Headers): number | undefined =>
  indexOf(headers, 'Ledger-Position');

/** A whole number that the ledger gave in an answer before, where a header has one. */
export function indexOf(headers: Headers, name: string): number | undefined {
  const value = one(headers, name);
  if (value === undefined) return undefined;
  if (!/^\d{1,15}$/.test(value)) throw invalid(HEADERS.notGiven({ name, value }));
  return Number(value);
}
