import type Database from 'better-sqlite3';
import { StoreUnavailable } from '#event-store';
import type {
  Credentials,
  Failures,
  PendingLogin,
  StoredPassword,
  StoredSession,
  StoredToken,
} from '../../credentials.js';
import { openAccessDatabase, type AccessDatabase } from './open-access-database.js';
import { ACCESS_STORE } from '../../sentences.js';

/** Rows of strangers are bounded: the oldest give way. */
const MOST = { attempts: 10_000, pendingLogins: 1000 };

/** Secrets in one SQLite file, `access.db`, which several processes of one machine may have open. */
export class SqliteCredentials implements Credentials {
  readonly #db: AccessDatabase;
  readonly #prepared = new Map<string, Database.Statement<unknown[]>>();

  /** Opens or makes the file; in memory where no directory is given. */
  constructor(directory?: string) {
    this.#db = openAccessDatabase(directory);
  }

  async password(account: string): Promise<StoredPassword | undefined> {
    const row = this.#get<{ hash: string; one_time_until: number | null }>(
      'select hash, one_time_until from password where account = ?',
      account,
    );
    if (!row) return undefined;
    const { hash, one_time_until: oneTimeUntil } = row;
    return { hash, ...(oneTimeUntil !== null && { oneTimeUntil }) };
  }

  async setPassword(account: string, { hash, oneTimeUntil }: StoredPassword): Promise<void> {
    this.#run(
      'insert or replace into password values (?, ?, ?)',
      account,
      hash,
      oneTimeUntil ?? null,
    );
  }

  async addSession(session: StoredSession): Promise<void> {
    const { key, account, revision, limited, beganAt, seenAt } = session;
    this.#run(
      'insert into session values (?, ?, ?, ?, ?, ?)',
      ...[key, account, revision, Number(limited), beganAt, seenAt],
    );
  }

  async session(key: string): Promise<StoredSession | undefined> {
    const row = this.#get<Omit<StoredSession, 'limited'> & { limited: number }>(
      `select key, account, revision, limited, began_at as "beganAt", seen_at as "seenAt"
       from session where key = ?`,
      key,
    );
    return row && { ...row, limited: row.limited === 1 };
  }

  async sessionSeen(key: string, seenAt: number): Promise<void> {
    this.#run('update session set seen_at = ? where key = ?', seenAt, key);
  }

  async renewSession(key: string, revision: number): Promise<void> {
    this.#run('update session set revision = ?, limited = 0 where key = ?', revision, key);
  }

  async endSession(key: string): Promise<void> {
    this.#run('delete from session where key = ?', key);
  }

  async endSessionsOf(account: string, except = ''): Promise<void> {
    this.#run('delete from session where account = ? and key <> ?', account, except);
  }

  async forgetSessions(beganBefore: number, seenBefore: number): Promise<void> {
    this.#run('delete from session where began_at < ? or seen_at < ?', beganBefore, seenBefore);
  }

  async addToken(key: string, { account, token }: StoredToken): Promise<void> {
    this.#run('insert into token values (?, ?, ?)', key, account, token);
  }

  async token(key: string): Promise<StoredToken | undefined> {
    return this.#get<StoredToken>('select account, token from token where key = ?', key);
  }

  async removeToken(token: string): Promise<void> {
    this.#run('delete from token where token = ?', token);
  }

  async countAttempt(
    key: string,
    now: number,
    next: (before: Failures) => Failures,
  ): Promise<Failures> {
    return this.#atOnce(() => {
      const before = this.#get<Failures>(
        'select count, blocked_until as "blockedUntil", at from attempt where key = ?',
        key,
      ) ?? { count: 0, blockedUntil: 0, at: now };
      const { count, blockedUntil, at } = next(before);
      this.#run('insert or replace into attempt values (?, ?, ?, ?)', key, count, blockedUntil, at);
      this.#run(
        `delete from attempt where key in (
           select key from attempt order by at desc limit -1 offset ${MOST.attempts})`,
      );
      return before;
    });
  }

  async forgetAttempts(key: string): Promise<void> {
    this.#run('delete from attempt where key = ?', key);
  }

  async setSetupKey(key: string | undefined): Promise<void> {
    if (key === undefined) this.#run('delete from setup');
    else this.#run('insert or replace into setup values (1, ?)', key);
  }

  async setupKey(): Promise<string | undefined> {
    return this.#get<{ key: string }>('select key from setup')?.key;
  }

  async addPendingLogin(
    key: string,
    { issuer, verifier, nonce, returnTo }: PendingLogin,
    until: number,
    now: number,
  ): Promise<void> {
    this.#atOnce(() => {
      this.#run('delete from pending_login where until <= ?', now);
      this.#run(
        'insert into pending_login values (?, ?, ?, ?, ?, ?)',
        ...[key, issuer, verifier, nonce, returnTo, until],
      );
      this.#run(
        `delete from pending_login where key in (
           select key from pending_login order by until desc limit -1 offset ${MOST.pendingLogins})`,
      );
    });
  }

  async takePendingLogin(key: string, now: number): Promise<PendingLogin | undefined> {
    return this.#get<PendingLogin>(
      `delete from pending_login where key = ? and until > ?
       returning issuer, verifier, nonce, return_to as "returnTo"`,
      key,
      now,
    );
  }

  close(): void {
    this.#db.close();
  }

  #get<T>(sql: string, ...values: unknown[]): T | undefined {
    return this.#attempt(() => this.#statement(sql).get(...values) as T | undefined);
  }

  #run(sql: string, ...values: unknown[]): void {
    this.#attempt(() => this.#statement(sql).run(...values));
  }

  #atOnce<T>(work: () => T): T {
    return this.#attempt(() => this.#db.transaction(work).immediate());
  }

  #statement(sql: string): Database.Statement<unknown[]> {
    let statement = this.#prepared.get(sql);
    if (!statement) this.#prepared.set(sql, (statement = this.#db.prepare(sql)));
    return statement;
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      throw new StoreUnavailable(
        ACCESS_STORE.unusable({ fault: (error as Error).message }),
        'not-stored',
        { cause: error },
      );
    }
  }
}
