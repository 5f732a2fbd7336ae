import { randomUUID, timingSafeEqual } from 'node:crypto';
import { LedgerRefusal, type Grant } from '#domain';
import type { Ledger } from '#projections';
import { AccessLog } from './access-log.js';
import { Accounts, type ChangedBy, type NewAccount } from './accounts.js';
import type { Account } from './account.js';
import { SqliteCredentials } from './adapters/sqlite/sqlite-credentials.js';
import { BackOff } from './back-off.js';
import type { Credentials, PendingLogin } from './credentials.js';
import { checkPassword, Passwords } from './passwords.js';
import { keyOf, newPassword, newSecret } from './secrets.js';
import { Sessions } from './sessions.js';
import { ACCOUNTS, LOGINS } from './sentences.js';

export interface AccessOptions {
  /** The data directory; in memory where there is none. */
  readonly directory?: string;
  /** The clock of the edge: milliseconds of the epoch. */
  readonly now?: () => number;
  readonly credentials?: Credentials;
  /** As for a ledger: the disk under the access log has failed. */
  readonly onFailure?: (reason: string) => void;
}

/** How long somebody may take to log in at an issuer. */
const PENDING_MS = 10 * 60_000;
const ONE_TIME_MS = 72 * 60 * 60_000;

/** Everything about who may do what beside a ledger: accounts, secrets, sessions and the access log. */
export class Access {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly #passwords = new Passwords();

  private constructor(
    ledger: Ledger,
    private readonly credentials: Credentials,
    readonly log: AccessLog,
    readonly now: () => number,
  ) {
    this.accounts = new Accounts(ledger.store, ledger.vault);
    const backOff = new BackOff(credentials);
    this.sessions = new Sessions(this.accounts, credentials, this.#passwords, backOff, now);
  }

  /** Throws LedgerRefusal `store-unavailable`. */
  static async open(ledger: Ledger, options: AccessOptions = {}): Promise<Access> {
    const { directory, now = Date.now, onFailure } = options;
    const credentials = options.credentials ?? new SqliteCredentials(directory);
    try {
      const log = await AccessLog.open(ledger.store.origin, directory, now, onFailure);
      return new Access(ledger, credentials, log, now);
    } catch (error) {
      credentials.close();
      throw error;
    }
  }

  /** Whether nobody has to log in yet: there is no account. */
  async isOpen(): Promise<boolean> {
    return this.accounts.list.size === 0 && (await this.accounts.current()).size === 0;
  }

  /** Who changes accounts now. */
  by(actor: string): ChangedBy {
    return { actor, recordedAt: new Date(this.now()).toISOString() };
  }

  /** The secret of a new setup link, the only one that is good; kept as a hash. */
  async newSetupLink(): Promise<string> {
    const secret = newSecret();
    await this.credentials.setSetupKey(keyOf(secret));
    return secret;
  }

  async hasSetupLink(): Promise<boolean> {
    return (await this.credentials.setupKey()) !== undefined;
  }

  /** See Credentials.addPendingLogin; `secret` is what the browser keeps. */
  async expectLogin(secret: string, login: PendingLogin): Promise<void> {
    const now = this.now();
    await this.credentials.addPendingLogin(keyOf(secret), login, now + PENDING_MS, now);
  }

  takeExpectedLogin(secret: string): Promise<PendingLogin | undefined> {
    return this.credentials.takePendingLogin(keyOf(secret), this.now());
  }

  /**
   * Makes the first account, an administrator of accounts. Throws `setup-done`, `setup-refused` and what
   * `open` throws; the link stays good where nothing was made.
   */
  async setUp(secret: string, given: NewAccount, password: string): Promise<Account> {
    if (!(await this.isOpen())) throw LedgerRefusal.of('setup-done', ACCOUNTS.accountsThere());
    const key = await this.credentials.setupKey();
    const isRight =
      key !== undefined && timingSafeEqual(Buffer.from(key), Buffer.from(keyOf(secret)));
    if (!isRight) throw LedgerRefusal.of('setup-refused', ACCOUNTS.otherSetupLink());
    checkPassword(password, given.login);
    const grants: readonly Grant[] = [{ role: 'account-admin', units: '*' }];
    const account = await this.#opened({ ...given, grants }, password, undefined, {
      by: this.by(given.person ?? given.login),
      first: true,
    });
    await this.credentials.setSetupKey(undefined);
    return account;
  }

  /** Opens an account; without a password it gets a one-time one, which is answered. */
  async open(
    given: NewAccount,
    password: string | undefined,
    by: ChangedBy,
  ): Promise<{ readonly account: Account; readonly oneTimePassword?: string }> {
    if (password !== undefined) {
      checkPassword(password, given.login);
      return { account: await this.#opened(given, password, undefined, { by }) };
    }
    const oneTimePassword = newPassword();
    const until = this.now() + ONE_TIME_MS;
    return { account: await this.#opened(given, oneTimePassword, until, { by }), oneTimePassword };
  }

  async #opened(
    given: NewAccount,
    password: string,
    oneTimeUntil: number | undefined,
    { by, first = false }: { readonly by: ChangedBy; readonly first?: boolean },
  ): Promise<Account> {
    const hash = await this.#passwords.hash(password);
    const account = randomUUID();
    // before the event: an account without a password would be nobody's
    await this.credentials.setPassword(account, {
      hash,
      ...(oneTimeUntil !== undefined && { oneTimeUntil }),
    });
    return this.accounts.open(given, by, { first, account });
  }

  /**
   * One sets one's own password; the session that asks goes on, the others end. Throws `login-failed` where
   * the current one is not right, and `invalid-password`.
   */
  async changePassword(
    account: Account,
    { current, password, session, remote }: PasswordChange,
  ): Promise<void> {
    await this.sessions.confirm(account, current, remote);
    checkPassword(password, account.login);
    if (password === current) throw LedgerRefusal.of('invalid-password', LOGINS.same());
    const hash = await this.#passwords.hash(password);
    await this.credentials.setPassword(account.id, { hash });
    await this.accounts.passwordSet(account.id, this.by(account.person));
    const { sessionsFrom } = this.accounts.mustHave(account.id);
    await this.credentials.renewSession(session, sessionsFrom);
    await this.credentials.endSessionsOf(account.id, session);
  }

  /** Gives out a one-time password and ends every session. Throws `unknown-account`. */
  async resetPassword(id: string, by: ChangedBy): Promise<string> {
    await this.accounts.current();
    this.accounts.mustHave(id);
    const password = newPassword();
    const hash = await this.#passwords.hash(password);
    await this.credentials.setPassword(id, { hash, oneTimeUntil: this.now() + ONE_TIME_MS });
    await this.accounts.passwordSet(id, by);
    await this.credentials.endSessionsOf(id);
    return password;
  }

  /** Disables an account; its sessions end at once. */
  async disable(id: string, by: ChangedBy): Promise<Account> {
    const account = await this.accounts.disable(id, by);
    await this.credentials.endSessionsOf(id);
    return account;
  }

  /** A token for a script; `secret` is shown this once. */
  async issueToken(
    id: string,
    given: Grant & { readonly name: string; readonly expiresAt: string },
    by: ChangedBy,
  ): Promise<{ readonly id: string; readonly token: string }> {
    const token = randomUUID();
    const secret = newSecret('fiscal_');
    await this.accounts.issueToken(id, { ...given, id: token }, by);
    await this.credentials.addToken(keyOf(secret), { account: id, token });
    return { id: token, token: secret };
  }

  async revokeToken(id: string, token: string, by: ChangedBy): Promise<void> {
    await this.accounts.revokeToken(id, token, by);
    await this.credentials.removeToken(token);
  }

  async close(): Promise<void> {
    await this.log.close();
    this.credentials.close();
  }
}

export interface PasswordChange {
  readonly current: string;
  readonly password: string;
  /** The key of the session that asks. */
  readonly session: string;
  readonly remote: string;
}
