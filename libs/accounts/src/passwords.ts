import { hash, verify } from '@node-rs/argon2';
import { LedgerRefusal, type Sentence } from '#domain';
import { loginKey } from './account.js';
import { newPassword } from './secrets.js';
import { LOGINS } from './sentences.js';

/** OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 lane; about 20 ms each. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const LENGTH = { least: 12, most: 256 };
/** Each takes memory and a thread: so many at a time, and so many may wait. */
const AT_ONCE = 2;
const MOST_WAITING = 32;

const refuse = (sentence: Sentence) => LedgerRefusal.of('invalid-password', sentence);

/** NIST SP 800-63B: length counts, kinds of characters do not; not what is easy to guess from the account. */
export function checkPassword(password: string, login: string): void {
  const { length } = [...password];
  if (length < LENGTH.least || length > LENGTH.most) throw refuse(LOGINS.length(LENGTH));
  if (!password.isWellFormed()) throw refuse(LOGINS.halfPair());
  const plain = loginKey(password);
  const name = loginKey(login);
  // one of two or three letters stands in many a good password
  if (plain === name || (name.length > 3 && plain.includes(name))) throw refuse(LOGINS.hasLogin());
  if (new Set(plain).size < 5) throw refuse(LOGINS.repeats());
  if (isRun(plain)) throw refuse(LOGINS.run());
}

/** `abcdefghijkl`, `210987654321`, and the like: each character next to the one before. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((c, i) => c.codePointAt(0)! - [...text][i]!.codePointAt(0)!);
  const smooth = steps.filter((step) => Math.abs(step) <= 1).length;
  return smooth >= steps.length - 1;
}

/** Hashes and compares passwords, a few at a time. */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #dummy: Promise<string> | undefined;

  /** Throws LedgerRefusal `too-many-attempts` where too many wait already. */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(normal(password), COST));
  }

  /** The same work where there is no hash to compare with, so that the time tells nothing of who has one. */
  async verify(password: string, stored: string | undefined): Promise<boolean> {
    this.#dummy ??= hash(newPassword(), COST);
    const against = stored ?? (await this.#dummy);
    const fits = await this.#inTurn(() => verify(against, normal(password)));
    return fits && stored !== undefined;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= MOST_WAITING)
        throw LedgerRefusal.of('too-many-attempts', LOGINS.tooManyAtOnce());
      // who ends hands over its place, so that nobody slips in between
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}

/** The same characters typed in two ways are one password. Longer ones are nobody's, and cost nothing. */
const normal = (password: string): string => password.slice(0, 4 * LENGTH.most).normalize('NFKC');
