import type { SignerKey } from '#proof';
import type { Ledger } from '../ledger.js';
import { sizeOfCheckpoint } from './checkpoint-size.js';

/** What a checkpoint must follow at once. */
const SEALING = new Set(['YearClosed', 'ReportPublished', 'LogKeyRotated']);
const MOST_EVENTS = 1000;
const MOST_MS = 60_000;
const PAGE = 1024;

/**
 * Signs checkpoints as docs/formats.md promises: after every close, publication and rotation of the key, and
 * while events come in after 1 000 of them or 60 seconds at the latest. Where several nodes keep them, what one
 * has signed is signed for all: the others see it in the store and begin to count anew.
 */
export class CheckpointKeeper {
  /** The size of the newest checkpoint seen, and when it was seen, on the clock of `keep`. */
  #signed: number | undefined;
  #signedAt = -Infinity;
  #seen = 0;
  #due = false;
  #running: Promise<void> | undefined;

  constructor(
    private readonly ledger: Ledger,
    private readonly signer: SignerKey,
  ) {}

  /** Signs where one is due at this time (milliseconds of a clock that only goes on). */
  keep(now: number): Promise<void> {
    this.#running ??= this.#keep(now).finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #keep(now: number): Promise<void> {
    const size = await this.ledger.catchUp();
    const signed = (await this.ledger.log.checkpoints.sizes()).at(-1) ?? 0;
    if (this.#signed !== undefined && signed > this.#signed) this.#restart(now, signed);
    this.#signed = signed;
    if (size <= signed) return;
    await this.#look(Math.max(this.#seen, signed), size);
    if (!this.#due && size - signed < MOST_EVENTS && now - this.#signedAt < MOST_MS) return;
    // maybe of more than `size`, and maybe another's
    this.#signed = sizeOfCheckpoint(await this.#checkpoint())!;
    this.#restart(now, this.#signed);
  }

  /** Signs what another has not signed meanwhile. */
  #checkpoint(): Promise<string> {
    return this.ledger.log.checkpoint(this.signer, { unlessNewer: true });
  }

  /** What was due is signed up to `size`; what comes after it is looked at from there. */
  #restart(now: number, size: number): void {
    this.#signedAt = now;
    this.#due = false;
    this.#seen = size;
  }

  /** Looks for what makes a checkpoint due among the events that it has not seen. */
  async #look(from: number, to: number): Promise<void> {
    for (let at = from; at < to && !this.#due;) {
      const page = await this.ledger.store.readLog(at, Math.min(PAGE, to - at));
      if (page.length === 0) break;
      this.#due = page.some((e) => SEALING.has(e.type));
      at += page.length;
    }
    this.#seen = to;
  }
}
