import { SingleBar } from 'cli-progress';
import type { Streams } from './io.js';

export interface Bar {
  readonly update: (done: number, total: number) => void;
  readonly stop: () => void;
}

/** A bar on stderr, only where stderr is a terminal. */
export function progressBar(io: Streams, what: string): Bar {
  if (!io.terminal) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar({
    format: `${what} {bar} {percentage}% | {value}/{total}`,
    hideCursor: true,
    clearOnComplete: true,
  });
  let started = false;
  return {
    update: (done, total) => {
      if (!started) bar.start(total, done);
      started = true;
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => {
      if (started) bar.stop();
      started = false;
    },
  };
}
