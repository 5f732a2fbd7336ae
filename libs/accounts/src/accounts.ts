import { randomUUID } from 'node:crypto';
import {
  commonUnits,
  dutiesConflict,
  isRole,
  LedgerRefusal,
  type Grant,
  type Sentence,
  type Units,
} from '#domain';
import {
  appendSystemEvents,
  DuplicateCommand,
  WrongRevision,
  type EventStore,
  type Vault,
} from '#event-store';
import { loginKey, type Account, type AccountEvent } from './account.js';
import { AccountList } from './account-list.js';
import { ACCOUNTS } from './sentences.js';

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

const invalid = (sentence: Sentence) => LedgerRefusal.of('invalid-account', sentence);

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

  /**
   * The names of those of some persons who act or acted on books of these units, by person; the others, and those whose
   * name was erased, are left out. Nothing is told of logins.
   */
  async namesOf(persons: ReadonlySet<string>, units: Units): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for (const { person, actedFor, name } of (await this.current()).all) {
      if (!persons.has(person) || commonUnits(actedFor, units).length === 0) continue;
      const shown = this.vault.nameOf(name.subject);
      if (shown !== undefined) names.set(person, shown);
    }
    return names;
  }

  /** Throws LedgerRefusal `invalid-account`, `login-taken`, `duties-conflict`, and `setup-done` for `first`. */
  async open(given: NewAccount, by: ChangedBy, options: Opening = {}): Promise<Account> {
    const { first = false, account = randomUUID() } = options;
    const { login, name, person = login, grants = [] } = given;
    mustBeLogin(login);
    mustBeName(name, ACCOUNTS.nameForm);
    mustBeName(person, ACCOUNTS.personForm);
    mustBeGrants(grants);
    const sealed = (await this.vault.seal([name])).get(name)!;
    await this.#change(by, (list) => {
      if (first && list.size > 0) throw LedgerRefusal.of('setup-done', ACCOUNTS.firstMade());
      if (list.byLogin(login))
        throw LedgerRefusal.of('login-taken', ACCOUNTS.loginTaken({ login }));
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
        throw LedgerRefusal.of('login-taken', ACCOUNTS.identityTaken({ login: owner.login }));
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
    mustBeName(token.name, ACCOUNTS.nameForm);
    if (!isMoment(token.expiresAt) || token.expiresAt <= by.recordedAt)
      throw invalid(ACCOUNTS.expiryPast());
    await this.#change(by, () => {
      const { tokens, grants } = this.mustHave(id);
      if (!grants.some(({ role }) => role === token.role))
        throw invalid(ACCOUNTS.roleNotHeld({ role: token.role }));
      if (tokens.filter(({ expiresAt }) => expiresAt > by.recordedAt).length >= MOST_TOKENS)
        throw invalid(ACCOUNTS.tooManyTokens({ most: MOST_TOKENS }));
      const { name, role, units, expiresAt } = token;
      const data = { account: id, token: token.id, name, role, units, expiresAt };
      return [{ type: 'TokenIssued', data }];
    });
  }

  async revokeToken(id: string, token: string, by: ChangedBy): Promise<void> {
    await this.#change(by, () => {
      if (!this.mustHave(id).tokens.some((t) => t.id === token))
        throw LedgerRefusal.of('unknown-token', ACCOUNTS.unknownToken({ token }));
      return [{ type: 'TokenRevoked', data: { account: id, token } }];
    });
  }

  /** As of the last look. Throws `unknown-account`. */
  mustHave(id: string): Account {
    const account = this.list.byId(id);
    if (!account) throw LedgerRefusal.of('unknown-account', ACCOUNTS.unknown({ id }));
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
          throw LedgerRefusal.of('revision-conflict', ACCOUNTS.changedMeanwhile());
      }
    }
  }
}

function mustBeLogin(login: string): void {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u.test(login) || login !== login.normalize('NFKC'))
    throw invalid(ACCOUNTS.loginForm());
  if (loginKey(login) === '') throw invalid(ACCOUNTS.loginEmpty());
}

function mustBeName(name: string, say: () => Sentence): void {
  if (!/^[^\p{C}]{1,128}$/u.test(name) || name.trim() !== name || name === '') throw invalid(say());
}

function mustBeGrants(grants: readonly Grant[]): void {
  for (const { role, units } of grants) {
    if (!isRole(role)) throw invalid(ACCOUNTS.noSuchRole({ role: String(role) }));
    if (units === '*') continue;
    if (units.length === 0 || units.length > MOST_UNITS)
      throw invalid(ACCOUNTS.unitsNeeded({ role, most: MOST_UNITS }));
    const wrong = units.find((unit) => !/^[\w.-]{1,64}$/.test(unit));
    if (wrong !== undefined) throw invalid(ACCOUNTS.noUnitCode({ unit: JSON.stringify(wrong) }));
  }
  if (new Set(grants.map(({ role }) => role)).size < grants.length)
    throw invalid(ACCOUNTS.roleTwice());
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
    throw LedgerRefusal.of('last-account-admin', ACCOUNTS.lastAdmin());
}

const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString() === text;
