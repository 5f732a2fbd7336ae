import { randomUUID } from 'node:crypto';
import { dutiesConflict, isRole, LedgerRefusal, type Grant } from '#domain';
import {
  appendSystemEvents,
  DuplicateCommand,
  WrongRevision,
  type EventStore,
  type Vault,
} from '#event-store';
import { loginKey, type Account, type AccountEvent } from './account.js';
import { AccountList } from './account-list.js';

/** Who changes accounts and when (ISO 8601, UTC, milliseconds); comes in from the edge. */
export interface ChangedBy {
  readonly actor: string;
  readonly recordedAt: string;
}

export interface NewAccount {
  readonly login: string;
  /** The name that is shown. */
  readonly name: string;
  /** The natural person, as in `actor`; the login where it is left out. */
  readonly person?: string;
  readonly grants?: readonly Grant[];
}

interface Opening {
  /** Only where there is no account yet. */
  readonly first?: boolean;
  /** Its id, where something was kept under it already. */
  readonly account?: string;
}

const MOST_RETRIES = 3;
const MOST_UNITS = 1000;
const MOST_TOKENS = 20;

const invalid = (message: string) => LedgerRefusal.of('invalid-account', message);

/** The accounts of a ledger and every change to them, each an event of the stream `accounts`. */
export class Accounts {
  readonly list: AccountList;

  constructor(
    private readonly store: EventStore,
    private readonly vault: Vault,
  ) {
    this.list = new AccountList(store);
  }

  /** As of now, whoever changed them. */
  async current(): Promise<AccountList> {
    await this.list.refresh();
    return this.list;
  }

  /** The name that is shown; the login where it was erased. */
  nameOf({ name, login }: Account): string {
    return this.vault.nameOf(name.subject) ?? login;
  }

  /** Throws LedgerRefusal `invalid-account`, `login-taken`, `duties-conflict`, and `setup-done` for `first`. */
  async open(given: NewAccount, by: ChangedBy, options: Opening = {}): Promise<Account> {
    const { first = false, account = randomUUID() } = options;
    const { login, name, person = login, grants = [] } = given;
    mustBeLogin(login);
    mustBeName(name, 'name');
    mustBeName(person, 'person');
    mustBeGrants(grants);
    const sealed = (await this.vault.seal([name])).get(name)!;
    await this.#change(by, (list) => {
      if (first && list.size > 0)
        throw LedgerRefusal.of('setup-done', 'the first account was made already');
      if (list.byLogin(login))
        throw LedgerRefusal.of('login-taken', `there is an account with the login ${login}`);
      mustNotConflict(list, account, person, grants);
      const opened = {
        type: 'AccountOpened',
        data: { account, login, person, name: sealed },
      } as const;
      if (grants.length === 0) return [opened];
      return [opened, { type: 'GrantsChanged', data: { account, grants } }];
    });
    return this.mustHave(account);
  }

  /** Replaces all grants. Throws `unknown-account`, `invalid-account`, `duties-conflict`, `last-account-admin`. */
  async grant(id: string, grants: readonly Grant[], by: ChangedBy): Promise<Account> {
    mustBeGrants(grants);
    await this.#change(by, (list) => {
      const { person } = this.mustHave(id);
      mustNotConflict(list, id, person, grants);
      mustLeaveAdmin(
        list,
        id,
        grants.some(({ role }) => role === 'account-admin'),
      );
      return [{ type: 'GrantsChanged', data: { account: id, grants } }];
    });
    return this.mustHave(id);
  }

  async disable(id: string, by: ChangedBy): Promise<Account> {
    await this.#change(by, (list) => {
      if (this.mustHave(id).disabled) return [];
      mustLeaveAdmin(list, id, false);
      return [{ type: 'AccountDisabled', data: { account: id } }];
    });
    return this.mustHave(id);
  }

  async enable(id: string, by: ChangedBy): Promise<Account> {
    await this.#change(by, (list) => {
      const { disabled, person, grants } = this.mustHave(id);
      if (!disabled) return [];
      mustNotConflict(list, id, person, grants);
      return [{ type: 'AccountEnabled', data: { account: id } }];
    });
    return this.mustHave(id);
  }

  /** Says that the account has another password from here on, which ends its sessions. */
  async passwordSet(id: string, by: ChangedBy): Promise<void> {
    await this.#change(by, () => {
      this.mustHave(id);
      return [{ type: 'PasswordSet', data: { account: id } }];
    });
  }

  async bindIdentity(id: string, issuer: string, subjectHash: string, by: ChangedBy) {
    await this.#change(by, (list) => {
      const owner = list.byIdentity(issuer, subjectHash);
      if (owner?.id === this.mustHave(id).id) return [];
      if (owner)
        throw LedgerRefusal.of('login-taken', `this identity is bound to ${owner.login} already`);
      return [{ type: 'IdentityBound', data: { account: id, issuer, subjectHash } }];
    });
    return this.mustHave(id);
  }

  async releaseIdentity(id: string, subjectHash: string, by: ChangedBy) {
    await this.#change(by, () =>
      this.mustHave(id)
        .identities.filter((identity) => identity.subjectHash === subjectHash)
        .map(({ issuer }) => ({
          type: 'IdentityReleased',
          data: { account: id, issuer, subjectHash },
        })),
    );
    return this.mustHave(id);
  }

  /** Throws `invalid-account` where the account itself does not have that duty, or the end is not ahead. */
  async issueToken(
    id: string,
    token: { readonly id: string; readonly name: string; readonly expiresAt: string } & Grant,
    by: ChangedBy,
  ): Promise<void> {
    mustBeGrants([token]);
    mustBeName(token.name, 'name');
    if (!isMoment(token.expiresAt) || token.expiresAt <= by.recordedAt)
      throw invalid('expiresAt must be a moment to come, like 2026-12-31T16:00:00.000Z');
    await this.#change(by, () => {
      const { tokens, grants } = this.mustHave(id);
      if (!grants.some(({ role }) => role === token.role))
        throw invalid(`the account itself is not ${token.role}`);
      if (tokens.filter(({ expiresAt }) => expiresAt > by.recordedAt).length >= MOST_TOKENS)
        throw invalid(`an account has ${MOST_TOKENS} tokens at most`);
      const { name, role, units, expiresAt } = token;
      const data = { account: id, token: token.id, name, role, units, expiresAt };
      return [{ type: 'TokenIssued', data }];
    });
  }

  async revokeToken(id: string, token: string, by: ChangedBy): Promise<void> {
    await this.#change(by, () => {
      if (!this.mustHave(id).tokens.some((t) => t.id === token))
        throw LedgerRefusal.of('unknown-token', `the account has no token ${token}`);
      return [{ type: 'TokenRevoked', data: { account: id, token } }];
    });
  }

  /** As of the last look. Throws `unknown-account`. */
  mustHave(id: string): Account {
    const account = this.list.byId(id);
    if (!account) throw LedgerRefusal.of('unknown-account', `there is no account ${id}`);
    return account;
  }

  /** Decides on the accounts as they are and appends exactly there; decides again where others were faster. */
  async #change(
    { actor, recordedAt }: ChangedBy,
    decide: (list: AccountList) => readonly AccountEvent[],
  ): Promise<void> {
    const commandId = randomUUID();
    for (let retries = 0; ; retries++) {
      const list = await this.current();
      const events = decide(list);
      if (events.length === 0) return;
      try {
        await appendSystemEvents(this.store, list.head, events, commandId, { actor, recordedAt });
        await this.list.refresh();
        return;
      } catch (error) {
        if (!(error instanceof WrongRevision || error instanceof DuplicateCommand)) throw error;
        if (retries === MOST_RETRIES)
          throw LedgerRefusal.of('revision-conflict', 'others changed the accounts meanwhile');
      }
    }
  }
}

function mustBeLogin(login: string): void {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u.test(login) || login !== login.normalize('NFKC'))
    throw invalid('a login is 2 to 64 letters and digits, with . _ @ - between');
  if (loginKey(login) === '') throw invalid('a login must not be empty');
}

function mustBeName(name: string, what: string): void {
  if (!/^[^\p{C}]{1,128}$/u.test(name) || name.trim() !== name || name === '')
    throw invalid(`${what} must be 1 to 128 characters without spaces around them`);
}

function mustBeGrants(grants: readonly Grant[]): void {
  for (const { role, units } of grants) {
    if (!isRole(role)) throw invalid(`there is no role ${String(role)}`);
    if (units === '*') continue;
    if (units.length === 0 || units.length > MOST_UNITS)
      throw invalid(`the duty ${role} needs "*" or 1 to ${MOST_UNITS} units`);
    const wrong = units.find((unit) => !/^[\w.-]{1,64}$/.test(unit));
    if (wrong !== undefined) throw invalid(`${JSON.stringify(wrong)} is no code of a unit`);
  }
  if (new Set(grants.map(({ role }) => role)).size < grants.length)
    throw invalid('a role is granted once, with all its units');
}

/** Looks at the person, who may have other accounts. */
function mustNotConflict(
  list: AccountList,
  id: string,
  person: string,
  grants: readonly Grant[],
): void {
  const others = list.all.filter((a) => a.person === person && a.id !== id && !a.disabled);
  const all = [...grants, ...others.flatMap((a) => a.grants)];
  const conflict = dutiesConflict(all.map(({ role }) => role));
  if (conflict !== undefined) throw LedgerRefusal.of('duties-conflict', conflict);
}

function mustLeaveAdmin(list: AccountList, id: string, stays: boolean): void {
  const isAdmin = (a: Account) => !a.disabled && a.grants.some((g) => g.role === 'account-admin');
  const admins = list.all.filter(isAdmin);
  if (!stays && admins.length === 1 && admins[0]!.id === id)
    throw LedgerRefusal.of(
      'last-account-admin',
      'this is the only account that administers accounts: give another one that duty first',
    );
}

const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString() === text;
