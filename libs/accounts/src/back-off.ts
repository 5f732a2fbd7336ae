import { isIP } from 'node:net';
import { errorOf, LedgerRefusal } from '#domain';
import { loginKey } from './account.js';
import type { Credentials, Failures } from './credentials.js';
import { keyOf } from './secrets.js';
import { LOGINS } from './sentences.js';

/** From this many failures on one waits, twice as long each time. */
interface Rule {
  readonly free: number;
  readonly longestMs: number;
}

/**
 * A login waits a minute at most, for else anybody could keep its owner out; an address, which is one's own,
 * waits longer but has more tries, for an office may share one.
 */
const RULES = {
  login: { free: 5, longestMs: 60_000 },
  address: { free: 20, longestMs: 15 * 60_000 },
} as const satisfies Record<string, Rule>;
const FIRST_MS = 1000;
const FORGOTTEN_AFTER_MS = 60 * 60_000;

/** Slows down the guessing of passwords: a counter for each login and each address, bounded in number. */
export class BackOff {
  constructor(private readonly credentials: Credentials) {}

  /**
   * Counts an attempt before it is looked at, so that many at once gain nothing. Throws `TooManyAttempts`
   * where one has to wait first; that does not make the wait longer.
   */
  async begin(login: string, remote: string, now: number): Promise<void> {
    for (const [key, rule] of keysOf(login, remote)) {
      const { blockedUntil } = await this.credentials.countAttempt(key, now, (before) =>
        before.blockedUntil > now ? before : oneMore(before, rule, now),
      );
      if (blockedUntil > now) throw new TooManyAttempts(blockedUntil - now);
    }
  }

  /**
   * A success: the login starts anew. Of the address only this attempt is taken back, or one's own account
   * would open it for guessing.
   */
  async succeeded(login: string, remote: string, now: number): Promise<void> {
    await this.credentials.forgetAttempts(loginKeyOf(login));
    await this.credentials.countAttempt(addressKeyOf(remote), now, ({ count, blockedUntil }) => {
      const rest = Math.max(0, count - 1);
      return { count: rest, blockedUntil: rest < RULES.address.free ? 0 : blockedUntil, at: now };
    });
  }
}

/** A refusal `too-many-attempts` that says how long to wait. */
export class TooManyAttempts extends LedgerRefusal {
  readonly retryAfterSeconds: number;

  constructor(waitMs: number) {
    const seconds = Math.ceil(waitMs / 1000);
    super(errorOf('too-many-attempts', LOGINS.tooManyAttempts({ seconds })));
    this.retryAfterSeconds = seconds;
  }
}

function oneMore({ count, at }: Failures, { free, longestMs }: Rule, now: number): Failures {
  const failures = (now - at > FORGOTTEN_AFTER_MS ? 0 : count) + 1;
  const over = failures - free;
  const waitMs = over < 0 ? 0 : Math.min(FIRST_MS * 2 ** Math.min(over, 30), longestMs);
  return { count: failures, blockedUntil: waitMs === 0 ? 0 : now + waitMs, at: now };
}

const loginKeyOf = (login: string): string => keyOf(`login\n${loginKey(login)}`);
const addressKeyOf = (remote: string): string => keyOf(`address\n${networkOf(remote)}`);

const keysOf = (login: string, remote: string): readonly (readonly [string, Rule])[] => [
  [addressKeyOf(remote), RULES.address],
  [loginKeyOf(login), RULES.login],
];

/** One who has an IPv6 address has all of its /64. */
export function networkOf(remote: string): string {
  if (isIP(remote) !== 6) return remote;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(remote);
  if (mapped) return mapped[1]!;
  const [head = '', tail = ''] = remote.split('%')[0]!.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = remote.includes('::') ? Math.max(0, 8 - groups.length - after.length) : 0;
  const whole = [...groups, ...Array<string>(zeros).fill('0'), ...after];
  return `${whole
    .slice(0, 4)
    .map((g) => parseInt(g, 16).toString(16))
    .join(':')}::/64`;
}
