import { LRUCache } from 'lru-cache';
import {
  accepted,
  decide,
  errorOf as ledgerError,
  LedgerRefusal,
  postingIn,
  streamOfBook,
  withoutHolds,
  type BookId,
  type BookState,
  type BookEvent,
  type Command,
  type DecisionContext,
  type LedgerError,
  type Result,
} from '#domain';
import { UnknownEventType } from './decode-event.js';
import {
  AppendTooLarge,
  NO_EVENTS,
  StoreUnavailable,
  type EventStore,
  type Revision,
} from './event-store.js';
import type { Prepare } from './prepare-commands.js';
import {
  RecordCommands,
  type CommandMeta,
  type PriorBookOf,
  type RecordOutcome,
} from './record-commands.js';
import type { Recorded } from './recorded.js';
import { WarmBook } from './warm-book.js';
import { RECORDING } from './sentences/recording.js';

export interface RunnerOptions {
  /** Books are kept warm up to this many events altogether (about 1 kB each). */
  readonly warmEvents?: number;
  /** What is done to commands before they are hashed and decided; see `sealPayees`. */
  readonly prepare?: Prepare;
}

export type PreviewPeople = Omit<DecisionContext, 'priorBook'>;

/** What a command would lead to, and the state of the book that it was judged on. */
export interface Preview {
  readonly state: BookState;
  readonly decision: Result<BookEvent>;
}

const WARM_EVENTS = 500_000;
/** A book is weighed anew each time it has grown by this factor. */
const WEIGHED_PER_GROWTH = 1.25;

/**
 * The way in for every command: state from the warm book, decide, append at the exact revision, and where
 * a rival was faster decide again. Commands on one book that come at the same time are decided on top of
 * each other and share a commit; none is answered before what it rests on is durable.
 */
export class CommandRunner {
  readonly #books: LRUCache<string, WarmBook>;
  readonly #mostWeight: number;
  readonly #prepare: Prepare;

  constructor(
    private readonly store: EventStore,
    { warmEvents = WARM_EVENTS, prepare = (commands) => commands }: RunnerOptions = {},
  ) {
    this.#prepare = prepare;
    // a book heavier than half the cache still stays warm: reading it for every command would be worse.
    // One that is dropped with an append on its way is only read again: the store judges every append.
    this.#mostWeight = Math.ceil(warmEvents / 2);
    this.#books = new LRUCache({ maxSize: warmEvents });
  }

  /**
   * Records one command. A command that was recorded before is answered as it was then (`replayed`).
   * Refuses as `decide` does, and with `idempotency-mismatch`, `command-in-flight`, `precondition-failed`,
   * `revision-conflict`, `append-too-large` and `store-unavailable`.
   */
  async run(command: Command, meta: CommandMeta): Promise<Result<Recorded>> {
    const outcome = await this.runAtomically([command], meta);
    return outcome.ok ? accepted(outcome.value[0]!) : { ok: false, error: outcome.error };
  }

  /**
   * Records commands on one book in one append, all or none, each decided on the result of the one before;
   * the first refusal refuses all. Those recorded before are answered as then and not recorded again.
   */
  async runAtomically(commands: readonly Command[], meta: CommandMeta): Promise<RecordOutcome> {
    const [first] = commands;
    if (!first) return { ok: true, value: [] };
    const book = this.#warm(first);
    const claimed: string[] = [];
    try {
      for (const command of commands) {
        const error = claim(command, book, claimed);
        if (error) return { ok: false, error, commandId: command.id };
      }
      const record = new RecordCommands(
        this.store,
        book,
        commands,
        meta,
        this.#priorBookOf,
        this.#prepare,
      );
      const outcome = await record.run();
      this.#weigh(book);
      return outcome;
    } catch (error) {
      return { ok: false, error: errorOf(error), commandId: first.id };
    } finally {
      for (const id of claimed) book.inFlight.delete(id);
    }
  }

  /**
   * The durable state of a book now, with the revision it is at (-1 where there is no such book). Throws a
   * LedgerRefusal `store-unavailable`.
   */
  async bookState(id: BookId): Promise<{ state: BookState; revision: Revision }> {
    try {
      const book = this.#warm(id);
      await book.catchUp();
      this.#weigh(book);
      const { state, head } = book.durable;
      return { state, revision: head.revision };
    } catch (error) {
      throw new LedgerRefusal(errorOf(error));
    }
  }

  /**
   * What a command would be decided as on the durable state of its book, without what the proposal `of` holds,
   * and that state; nothing is stored and nothing is sealed. Throws a LedgerRefusal `store-unavailable`.
   */
  async preview(command: Command, people: PreviewPeople, of?: string): Promise<Preview> {
    const { state } = await this.bookState(command);
    const priorBook = await this.#priorBookOf(command);
    const proposal = of === undefined ? undefined : state.proposals.get(of);
    const on = proposal ? withoutHolds(state, proposal) : state;
    const decision = decide(command, on, { ...people, ...(priorBook && { priorBook }) });
    return { state, decision };
  }

  #warm(id: BookId): WarmBook {
    const stream = streamOfBook(id);
    let book = this.#books.get(stream);
    if (!book) {
      book = new WarmBook({ unit: id.unit, fiscalYear: id.fiscalYear }, this.store);
      this.#books.set(stream, book, { size: book.weight });
    }
    return book;
  }

  /** Lets a book's weight in the cache follow its growth, in steps. */
  #weigh(book: WarmBook): void {
    const weight = Math.min(book.durable.head.revision + 2, this.#mostWeight);
    if (weight < book.weight * WEIGHED_PER_GROWTH) return;
    book.weight = weight;
    // the cache does not look at the size where the value is the one it has
    this.#books.delete(book.stream);
    this.#books.set(book.stream, book, { size: weight });
  }

  /** The book that a carryover comes from, where this ledger has it. */
  readonly #priorBookOf: PriorBookOf = async (command) => {
    const posting = postingIn(command) ?? command;
    if (posting.command !== 'bring-in-carryover') return undefined;
    const prior = this.#warm({ unit: posting.unit, fiscalYear: posting.fromFiscalYear });
    await prior.catchUp();
    this.#weigh(prior);
    return prior.durable.head.revision === NO_EVENTS ? undefined : prior.durable.state;
  };
}

/** Takes a command's id for the time that it runs; answers why it may not. */
function claim(command: Command, book: WarmBook, claimed: string[]): LedgerError | undefined {
  const { id } = command;
  if (streamOfBook(command) !== book.stream)
    return ledgerError('invalid-command', RECORDING.notOfStream({ id, stream: book.stream }));
  if (book.inFlight.has(id))
    return claimed.includes(id)
      ? ledgerError('idempotency-mismatch', RECORDING.idTwice({ id }))
      : ledgerError('command-in-flight', RECORDING.inFlight({ id }));
  book.inFlight.add(id);
  claimed.push(id);
  return undefined;
}

/** A failure of the store as the ledger's word for it; throws what is a fault of the program. */
function errorOf(error: unknown): LedgerError {
  if (error instanceof AppendTooLarge)
    return ledgerError('append-too-large', RECORDING.notRecorded({ why: error.sentence }));
  if (error instanceof StoreUnavailable) {
    const why = error.sentence;
    return ledgerError(
      'store-unavailable',
      error.outcome === 'not-stored' ? RECORDING.notRecorded({ why }) : RECORDING.inDoubt({ why }),
    );
  }
  if (error instanceof UnknownEventType)
    return ledgerError('store-unavailable', RECORDING.unreadableBook(error));
  throw error;
}
