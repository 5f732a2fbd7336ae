import { commonUnits, type Grant, type Role, type SealedPayee, type Units } from '#domain';
import type { SystemEvent } from '#event-store';

/** What a script was allowed; see TokenIssued. */
export interface Token extends Grant {
  readonly id: string;
  readonly name: string;
  readonly expiresAt: string;
}

interface Identity {
  readonly issuer: string;
  readonly subjectHash: string;
}

export interface Account {
  readonly id: string;
  readonly login: string;
  readonly person: string;
  readonly name: SealedPayee;
  readonly grants: readonly Grant[];
  /** The units in whose books the person may have acted, now or before: where their id may stand in events. */
  readonly actedFor: Units;
  readonly disabled: boolean;
  readonly tokens: readonly Token[];
  readonly identities: readonly Identity[];
  /** Sessions that began at an earlier revision of the stream `accounts` have ended. */
  readonly sessionsFrom: number;
}

export type AccountEvent = Exclude<
  SystemEvent,
  SystemEvent<'LogKeyRotated' | 'PersonalDataErased' | 'AccessRecorded'>
>;

/** Duties that put a person's id into the events of a book. */
const ACT_ON_BOOKS: readonly Role[] = ['clerk', 'reviewer', 'system-admin'];

/** Logins are compared like this: how they are written does not make two of them. */
export const loginKey = (login: string): string => login.normalize('NFKC').toLowerCase();

/** What an event makes of its account; undefined where it is about none that was opened. */
export function evolveAccount(
  account: Account | undefined,
  event: AccountEvent,
  revision: number,
): Account | undefined {
  if (event.type === 'AccountOpened') {
    const { account: id, login, person, name } = event.data;
    const none = { grants: [], actedFor: [], tokens: [], identities: [] };
    return { id, login, person, name, ...none, disabled: false, sessionsFrom: revision };
  }
  return account && { ...account, ...changesOf(account, event, revision) };
}

function changesOf(
  { tokens, identities, actedFor }: Account,
  event: Exclude<AccountEvent, { type: 'AccountOpened' }>,
  revision: number,
): Partial<Account> {
  switch (event.type) {
    case 'GrantsChanged':
      return {
        grants: event.data.grants,
        actedFor: eitherUnits(actedFor, unitsOf(event.data.grants, ACT_ON_BOOKS)),
      };
    case 'AccountDisabled':
      return { disabled: true, sessionsFrom: revision };
    case 'AccountEnabled':
      return { disabled: false };
    case 'PasswordSet':
      return { sessionsFrom: revision };
    case 'IdentityBound': {
      const { issuer, subjectHash } = event.data;
      return { identities: [...identities, { issuer, subjectHash }] };
    }
    case 'IdentityReleased': {
      const { issuer, subjectHash } = event.data;
      const isOther = (i: Identity) => i.issuer !== issuer || i.subjectHash !== subjectHash;
      return { identities: identities.filter(isOther), sessionsFrom: revision };
    }
    case 'TokenIssued': {
      const { token: id, name, role, units, expiresAt } = event.data;
      return { tokens: [...tokens, { id, name, role, units, expiresAt }] };
    }
    case 'TokenRevoked':
      return { tokens: tokens.filter((token) => token.id !== event.data.token) };
    default:
      return assertNever(event);
  }
}

const assertNever = (event: never): never => {
  throw new TypeError(`not an event of an account: ${JSON.stringify(event)}`);
};

/** What a token may do now: what it was given, as far as its account has it still. */
export function grantsOfToken(account: Account, token: Token): readonly Grant[] {
  return account.grants
    .filter(({ role }) => role === token.role)
    .map(({ role, units }) => ({ role, units: commonUnits(units, token.units) }))
    .filter(({ units }) => units === '*' || units.length > 0);
}

const eitherUnits = (a: Units, b: Units): Units =>
  a === '*' || b === '*' ? '*' : [...new Set([...a, ...b])];

/** The units for which one has any of the duties. */
export function unitsOf(grants: readonly Grant[], roles: readonly Role[]): Units {
  const fitting = grants.filter(({ role }) => roles.includes(role));
  if (fitting.some(({ units }) => units === '*')) return '*';
  return [...new Set(fitting.flatMap(({ units }) => units as readonly string[]))];
}
