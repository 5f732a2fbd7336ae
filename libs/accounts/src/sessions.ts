import { LedgerRefusal, type Grant } from '#domain';
import { grantsOfToken, type Account } from './account.js';
import type { Accounts } from './accounts.js';
import type { BackOff } from './back-off.js';
import type { Credentials, StoredSession } from './credentials.js';
import type { Passwords } from './passwords.js';
import { csrfOf, keyOf, newSecret } from './secrets.js';
import { LOGINS } from './sentences.js';

/** How long a session lasts without a request, and at most. */
const IDLE_MS = 15 * 60_000;
const ABSOLUTE_MS = 8 * 60 * 60_000;
/** When it was last seen is written no more often than this: one write serves many requests. */
const SEEN_EVERY_MS = 30_000;

/** Somebody who asks, by a session or a token, with what they may do now. */
export interface Authenticated {
  readonly account: Account;
  readonly grants: readonly Grant[];
  /** None where a script asks with its token. */
  readonly session?: Session;
}

export interface Session {
  readonly key: string;
  readonly csrf: string;
  readonly limited: boolean;
  /** Milliseconds of the epoch. */
  readonly expiresAt: number;
  readonly idleExpiresAt: number;
}

/** A session that has just begun; `secret` is for its holder and kept nowhere. */
export interface Begun extends Authenticated {
  readonly session: Session;
  readonly secret: string;
}

const failed = () => LedgerRefusal.of('login-failed', LOGINS.failed());

/** Logins, the sessions that they begin, and tokens. Whether one still holds is asked at each request. */
export class Sessions {
  constructor(
    private readonly accounts: Accounts,
    private readonly credentials: Credentials,
    private readonly passwords: Passwords,
    private readonly backOff: BackOff,
    /** Milliseconds of the epoch. */
    private readonly now: () => number,
  ) {}

  /** Throws LedgerRefusal `login-failed`, the same for all that can be wrong, and `too-many-attempts`. */
  async login(login: string, password: string, remote: string, before?: string): Promise<Begun> {
    await this.backOff.begin(login, remote, this.now());
    const account = (await this.accounts.current()).byLogin(login);
    const stored = account && (await this.credentials.password(account.id));
    const fits = await this.passwords.verify(password, stored?.hash);
    const until = stored?.oneTimeUntil;
    if (!account || !fits || account.disabled || (until !== undefined && until <= this.now()))
      throw failed();
    await this.backOff.succeeded(login, remote, this.now());
    return this.begin(account, before, until !== undefined);
  }

  /** That the account's holder is at hand, by their password. Throws as `login`. */
  async confirm({ id, login }: Account, password: string, remote: string): Promise<void> {
    await this.backOff.begin(login, remote, this.now());
    const stored = await this.credentials.password(id);
    if (!(await this.passwords.verify(password, stored?.hash))) throw failed();
    await this.backOff.succeeded(login, remote, this.now());
  }

  /** Begins a session, always with a new secret; the one that the browser had before ends. */
  async begin(account: Account, before: string | undefined, limited = false): Promise<Begun> {
    const now = this.now();
    await this.credentials.forgetSessions(now - ABSOLUTE_MS, now - IDLE_MS);
    if (before !== undefined) await this.end(before);
    const secret = newSecret();
    const revision = this.accounts.list.head.revision;
    const at = { beganAt: now, seenAt: now };
    const stored = { key: keyOf(secret), account: account.id, revision, limited, ...at };
    await this.credentials.addSession(stored);
    const session = sessionOf(stored, secret, now);
    return { account, grants: account.grants, session, secret };
  }

  /** Who has this session now; undefined where it has ended in any way. Only what a person does makes it last. */
  async bySession(secret: string, { seen = true } = {}): Promise<Authenticated | undefined> {
    const stored = await this.credentials.session(keyOf(secret));
    if (!stored) return undefined;
    const now = this.now();
    const account = (await this.accounts.current()).byId(stored.account);
    const lasts = now < stored.beganAt + ABSOLUTE_MS && now < stored.seenAt + IDLE_MS;
    if (!account || account.disabled || !lasts || stored.revision < account.sessionsFrom) {
      await this.credentials.endSession(stored.key);
      return undefined;
    }
    if (seen && now - stored.seenAt >= SEEN_EVERY_MS)
      await this.credentials.sessionSeen(stored.key, now);
    return { account, grants: account.grants, session: sessionOf(stored, secret, now) };
  }

  /** Whose token this is, with what it may do; undefined where it does not hold or has ended. */
  async byToken(secret: string): Promise<Authenticated | undefined> {
    const stored = await this.credentials.token(keyOf(secret));
    if (!stored) return undefined;
    const account = (await this.accounts.current()).byId(stored.account);
    const token = account?.tokens.find(({ id }) => id === stored.token);
    if (!account || account.disabled || !token || Date.parse(token.expiresAt) <= this.now())
      return undefined;
    return { account, grants: grantsOfToken(account, token) };
  }

  async end(secret: string): Promise<void> {
    await this.credentials.endSession(keyOf(secret));
  }
}

const sessionOf = (
  { key, limited, beganAt }: StoredSession,
  secret: string,
  now: number,
): Session => ({
  key,
  csrf: csrfOf(secret),
  limited,
  expiresAt: beganAt + ABSOLUTE_MS,
  idleExpiresAt: Math.min(now + IDLE_MS, beganAt + ABSOLUTE_MS),
});
