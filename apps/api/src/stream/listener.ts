import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** A listener that takes nothing for as long is let go: it comes back and says where it was. */
const DRAINS_WITHIN_MS = 30_000;

const ENDS_WITHIN_MS = 500;

/** The writable end of one connection, as frames of a text/event-stream. */
export class Listener {
  constructor(private readonly out: Writable) {}

  get ended(): boolean {
    return this.out.destroyed || this.out.writableEnded;
  }

  /** Resolves once the connection can take more; destroys it where that takes too long. */
  async send(frame: string): Promise<void> {
    if (this.ended || this.out.write(frame)) return;
    const timeout = AbortSignal.timeout(DRAINS_WITHIN_MS);
    await once(this.out, 'drain', { signal: timeout }).catch(() => this.out.destroy());
  }

  /** A comment, so that whoever sits between keeps the connection; none while the last frames wait. */
  beat(): void {
    if (!this.ended && !this.out.writableNeedDrain) this.out.write(': beat\n\n');
  }

  onClosed(callback: () => void): void {
    this.out.once('close', callback);
  }

  /** What waits is sent first, to whoever takes it within a moment. */
  end(): void {
    this.out.end();
    setTimeout(() => this.out.destroy(), ENDS_WITHIN_MS).unref();
  }
}

export const frameOf = (event: string, data: object, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
