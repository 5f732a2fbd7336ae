import type { SignerKey } from '#proof';
import type { Ledger } from '../ledger.js';

/** What a checkpoint must follow at once. */
const SEALING = new Set(['YearClosed', 'ReportPublished', 'LogKeyRotated']);
const MOST_EVENTS = 1000;
const MOST_MS = 60_000;
const PAGE = 1024;

/**
 * Signs checkpoints as docs/formats.md promises: after every close, publication and rotation of the key, and
 * while events come in after 1 000 of them or 60 seconds at the latest.
 */
export class CheckpointKeeper {
  #signedAt = -Infinity;
  #seen: number;
  #due = false;
  #running: Promise<void> | undefined;

  constructor(
    private readonly ledger: Ledger,
    private readonly signer: SignerKey,
  ) {
    this.#seen = this.#signedSize();
  }

  #signedSize(): number {
    return this.ledger.log.checkpoints.sizes().at(-1) ?? 0;
  }

  /** Signs where one is due at this time (milliseconds of a clock that only goes on). */
  keep(now: number): Promise<void> {
    this.#running ??= this.#keep(now).finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #keep(now: number): Promise<void> {
    const size = await this.ledger.catchUp();
    const signed = this.#signedSize();
    if (size <= signed) return;
    await this.#look(Math.max(this.#seen, signed), size);
    if (!this.#due && size - signed < MOST_EVENTS && now - this.#signedAt < MOST_MS) return;
    await this.ledger.log.checkpoint(this.signer);
    this.#signedAt = now;
    this.#due = false;
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
