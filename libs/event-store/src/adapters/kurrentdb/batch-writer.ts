import { randomUUID } from 'node:crypto';
import { batchAppendRequests } from './append-request.js';
import type { AppendAnswer } from './append-answer.js';
import type { Appends } from './calls.js';
import { NoAnswer } from './failure.js';
import type { Proposal } from './protocol.js';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** One call of the batch protocol, over which appends go to the server as long as it lasts. */
interface Call {
  readonly stream: Appends;
  readonly waiting: Map<string, Waiting>;
}

/**
 * Sends appends over one call, each answered by its id. The client's own batch append keeps the unanswered ones
 * of all clients of a process in one table, which an error of any of them clears, and then fails on the answers
 * that still come; and it never gives up an append whose answer is lost.
 */
export class BatchWriter {
  #call: Promise<Call> | undefined;

  /** `open` begins a call to the leader. */
  constructor(private readonly open: () => Promise<Appends>) {}

  /**
   * Resolves once the server has written all of the proposals after `expected`. Rejects with NotAtRevision,
   * Refused or, where no answer came within the time, NoAnswer.
   */
  async append(
    stream: string,
    expected: number,
    proposals: readonly Proposal[],
    timeoutMs: number,
  ): Promise<void> {
    const opening = (this.#call ??= this.#begin());
    const call = await opening;
    return new Promise((resolve, reject) => {
      const id = randomUUID();
      const timer = setTimeout(() => {
        call.waiting.delete(id);
        this.#leave(opening);
        reject(new NoAnswer(`no answer within ${timeoutMs} ms`));
      }, timeoutMs);
      call.waiting.set(id, { resolve, reject, timer });
      for (const message of batchAppendRequests(id, stream, expected, proposals))
        call.stream.write(message);
    });
  }

  #begin(): Promise<Call> {
    const opening: Promise<Call> = this.open().then((stream) => {
      const waiting = new Map<string, Waiting>();
      const ended = (error: Error) => {
        this.#leave(opening);
        for (const { reject, timer } of waiting.values()) {
          clearTimeout(timer);
          reject(error);
        }
        waiting.clear();
      };
      stream.on('data', (answer: AppendAnswer) => {
        if (!settle(waiting, answer)) this.#leave(opening);
      });
      stream.on('error', ended);
      stream.on('end', () => ended(new NoAnswer('the server has ended the call')));
      return { stream, waiting };
    });
    opening.catch(() => this.#leave(opening));
    return opening;
  }

  /** Takes no more appends over a call; what it still answers is heard. */
  #leave(opening: Promise<Call>): void {
    if (this.#call !== opening) return;
    this.#call = undefined;
    opening.then(
      ({ stream }) => stream.end(),
      () => undefined,
    );
  }
}

/** False where the answer says that the next append should rather go over another call. */
function settle(waiting: Map<string, Waiting>, { id, failure }: AppendAnswer): boolean {
  const of = waiting.get(id);
  // too late: nobody waits for it any more
  if (!of) return true;
  waiting.delete(id);
  clearTimeout(of.timer);
  if (failure) of.reject(failure);
  else of.resolve();
  return !(failure instanceof NoAnswer);
}
