/** A password as it is kept: argon2id in PHC form. */
export interface StoredPassword {
  readonly hash: string;
  /** Given out by an administrator: it is good until then (milliseconds of the epoch) and only to set one's own. */
  readonly oneTimeUntil?: number;
}

/** Times are milliseconds of the epoch. `key` is the hash of the token that its holder has. */
export interface StoredSession {
  readonly key: string;
  readonly account: string;
  /** The revision of the stream `accounts` that it rests on; see Account.sessionsFrom. */
  readonly revision: number;
  /** Begun with a one-time password: good for setting one's own and nothing else. */
  readonly limited: boolean;
  readonly beganAt: number;
  readonly seenAt: number;
}

export interface StoredToken {
  readonly account: string;
  readonly token: string;
}

/** Failed attempts under one key, and until when no further one is looked at. */
export interface Failures {
  readonly count: number;
  readonly blockedUntil: number;
  /** When the last one was. */
  readonly at: number;
}

/** A login that an issuer was asked for. */
export interface PendingLogin {
  readonly issuer: string;
  readonly verifier: string;
  readonly nonce: string;
  readonly returnTo: string;
}

/**
 * The port of what must be secret or is short-lived, and so is not in the log: hashes of passwords, sessions,
 * tokens, failed attempts. Secrets with enough randomness are kept as SHA-256 only. It is asynchronous, so
 * that several servers can share one. Every method may throw StoreUnavailable.
 */
export interface Credentials {
  password(account: string): Promise<StoredPassword | undefined>;
  setPassword(account: string, password: StoredPassword): Promise<void>;

  addSession(session: StoredSession): Promise<void>;
  session(key: string): Promise<StoredSession | undefined>;
  sessionSeen(key: string, seenAt: number): Promise<void>;
  /** Lets it go on, without limit, over a change of the password at this revision. */
  renewSession(key: string, revision: number): Promise<void>;
  endSession(key: string): Promise<void>;
  endSessionsOf(account: string, except?: string): Promise<void>;
  /** Forgets sessions that began before, or were last seen before. */
  forgetSessions(beganBefore: number, seenBefore: number): Promise<void>;

  addToken(key: string, token: StoredToken): Promise<void>;
  token(key: string): Promise<StoredToken | undefined>;
  removeToken(token: string): Promise<void>;

  /** Replaces a counter by what `next` makes of it and answers what was before, in one step. */
  countAttempt(key: string, now: number, next: (before: Failures) => Failures): Promise<Failures>;
  forgetAttempts(key: string): Promise<void>;

  /** One setup link at a time: a new one takes the place of the old. Undefined removes it. */
  setSetupKey(key: string | undefined): Promise<void>;
  setupKey(): Promise<string | undefined>;

  addPendingLogin(key: string, login: PendingLogin, until: number, now: number): Promise<void>;
  /** Answers it once; a second time, or too late, there is none. */
  takePendingLogin(key: string, now: number): Promise<PendingLogin | undefined>;

  close(): void;
}
