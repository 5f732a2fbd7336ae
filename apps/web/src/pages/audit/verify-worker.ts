import { ProblemError } from '../../api/problem.js';
import { NoteFault } from './proof/note.js';
import { verifyLog, type Brought, type Verdict } from './proof/verify-log.js';
import { logSource } from './source.js';

/** What the worker tells the page. */
export type Told =
  | { readonly told: 'progress'; readonly done: number; readonly of: number }
  | { readonly told: 'verdict'; readonly verdict: Verdict }
  | { readonly told: 'refused'; readonly reason: NoteFault['reason'] }
  | { readonly told: 'failed'; readonly message: string; readonly problem?: Problem };

/** What makes a ProblemError again: classes do not come through. */
export type Problem = Pick<ProblemError, 'status' | 'code' | 'message'>;

const TELLS_EVERY_MS = 100;
const tell = (told: Told): void => postMessage(told);

let toldAt = 0;
function progress(done: number, of: number): void {
  const now = performance.now();
  if (now - toldAt < TELLS_EVERY_MS) return;
  toldAt = now;
  tell({ told: 'progress', done, of });
}

function tellFailure(error: unknown): void {
  if (error instanceof NoteFault) return tell({ told: 'refused', reason: error.reason });
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ProblemError)) return tell({ told: 'failed', message });
  const { status, code } = error;
  tell({ told: 'failed', message, problem: { status, code, message } });
}

// hashing a long log takes its time: here, so that the page stays free
addEventListener('message', ({ data }: MessageEvent<Brought>) => {
  verifyLog(logSource, data, progress).then(
    (verdict) => tell({ told: 'verdict', verdict }),
    tellFailure,
  );
});
