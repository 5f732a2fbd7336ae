import { LedgerRefusal } from '#domain';
import type { Principal } from '../access/principal.js';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export interface People {
  readonly actor: string;
  readonly approvedBy?: string;
  /** Who posts is known, and so who approves must be: a posting over the book's rule becomes a proposal. */
  readonly fourEyes?: true;
}

const invalid = (message: string) => LedgerRefusal.of('invalid-header', message);

function one(headers: Headers, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  if (Array.isArray(value)) throw invalid(`${name} is given more than once`);
  return value;
}

/** Names travel percent-encoded where they are not ASCII, since headers are. */
function person(headers: Headers, name: string): string | undefined {
  const value = one(headers, name);
  if (value === undefined) return undefined;
  // other bytes would be taken for Latin-1, and a name that nobody has would stand in the log for good
  if (!/^[\x20-\x7e]*$/.test(value))
    throw invalid(`${name} has characters that are not ASCII: they must be percent-encoded UTF-8`);
  let text: string;
  try {
    text = decodeURIComponent(value);
  } catch {
    throw invalid(`${name} has a percent sign that encodes nothing`);
  }
  if (!/^[^\p{C}]{1,128}$/u.test(text) || text.trim() === '')
    throw invalid(
      `${name} must be a name of 1 to 128 characters, percent-encoded where it is not ASCII`,
    );
  return text;
}

/** Who posts: the account that asks; until there are accounts, what the headers say. */
export function peopleOf(headers: Headers, asking: Principal | undefined): People {
  if (asking) {
    for (const name of ['X-Actor', 'X-Approved-By'])
      if (one(headers, name) !== undefined)
        throw invalid(
          `${name} is not taken where there are accounts: who posts is who is logged in`,
        );
    return { actor: asking.person, fourEyes: true };
  }
  const actor = person(headers, 'X-Actor');
  const approvedBy = person(headers, 'X-Approved-By');
  if (actor === undefined) throw invalid('X-Actor is missing: it says who posts');
  return { actor, ...(approvedBy !== undefined && { approvedBy }) };
}

export function idempotencyKeyOf(headers: Headers): string {
  const key = one(headers, 'Idempotency-Key');
  if (key === undefined || key === '')
    throw LedgerRefusal.of(
      'idempotency-key-required',
      'every posting needs a header Idempotency-Key, which makes a repetition harmless',
    );
  return key;
}

/** The revision that If-Match names, where it is given. */
export function ifMatchOf(headers: Headers): number | undefined {
  const value = one(headers, 'If-Match');
  if (value === undefined) return undefined;
  const match = /^"(\d{1,15})"$/.exec(value);
  if (!match)
    throw invalid(`If-Match must be a revision in double quotes, like "12", not ${value}`);
  return Number(match[1]);
}

/** The position that a read must have reached, where it is given. */
export const positionOf = (headers: Headers): number | undefined =>
  indexOf(headers, 'Ledger-Position');

/** A whole number that the ledger gave in an answer before, where a header has one. */
export function indexOf(headers: Headers, name: string): number | undefined {
  const value = one(headers, name);
  if (value === undefined) return undefined;
  if (!/^\d{1,15}$/.test(value))
    throw invalid(`${name} must be one that the ledger gave, not ${value}`);
  return Number(value);
}
