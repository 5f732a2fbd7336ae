import {
  decide,
  errorOf,
  evolve,
  postingIn,
  type BookState,
  type Command,
  type DecisionContext,
  type LedgerError,
} from '#domain';
import { sealEvents, type DecidedEvent, type Recording } from './envelope.js';
import {
  DuplicateCommand,
  WrongRevision,
  type EventStore,
  type Revision,
  type SealedEvent,
} from './event-store.js';
import { Preparation, type HashedCommand, type Prepare } from './prepare-commands.js';
import { hashOfCommand, recordedBefore, recordedNow, type Recorded } from './recorded.js';
import type { Snapshot, Speculation, WarmBook } from './warm-book.js';
import { RECORDING } from './sentences/recording.js';

/** Who commands, when, and at which revision they believe the book to be (If-Match). */
export interface CommandMeta extends Recording, Pick<DecisionContext, 'approves' | 'fourEyes'> {
  readonly ifMatch?: Revision;
}

/** A refusal of commands that were given together, and the id of the one that it is about. */
export interface CommandRefused {
  readonly ok: false;
  readonly error: LedgerError;
  readonly commandId: string;
}

export type RecordOutcome =
  { readonly ok: true; readonly value: readonly Recorded[] } | CommandRefused;

interface Decided {
  readonly ok: true;
  readonly events: readonly DecidedEvent[];
  readonly state: BookState;
}

type PriorBooks = ReadonlyMap<Command, BookState | undefined>;
export type PriorBookOf = (command: Command) => Promise<BookState | undefined>;

const MOST_RETRIES = 3;

/** Records commands on one book, all or none: one attempt after the other until one stands. */
export class RecordCommands {
  /** Those that were not recorded before. */
  #commands: readonly HashedCommand[] = [];
  /** True once the book was read since the call: a refusal must not rest on what was before it. */
  #isFresh = false;

  constructor(
    private readonly store: EventStore,
    private readonly book: WarmBook,
    private readonly given: readonly Command[],
    private readonly meta: CommandMeta,
    private readonly priorBookOf: PriorBookOf,
    private readonly prepare: Prepare,
  ) {}

  /** Throws StoreUnavailable and UnknownEventType; every other failure is in the outcome. */
  async run(): Promise<RecordOutcome> {
    const { store, book, meta, given } = this;
    const preparation = new Preparation(this.prepare, given, ({ id }) => book.has(id));
    // before this one's turn, so that all that wait for theirs are prepared together
    if (book.loaded) preparation.start();
    const replays = new Map<string, Recorded>();
    // few awaits and one function, for this is the path of every command
    for (let retries = 0; retries <= MOST_RETRIES; retries++) {
      const turn = book.enter();
      if (turn) await turn;
      let decided: Decided;
      let sealed: readonly SealedEvent[];
      let speculation: Speculation;
      try {
        if (!book.loaded) await this.#catchUp();
        if (retries === 0) this.#commands = await preparation.hashed();
        if (this.#commands.some(({ command }) => book.has(command.id))) {
          const refused = await this.#replay(replays);
          if (refused) return refused;
        }
        if (this.#commands.length === 0) return inOrder(given, replays, []);
        const prior = this.#needsPriorBooks() ? await this.#priorBooks() : undefined;
        const base = book.tip;
        const decision = this.#decide(base, prior);
        if (!decision.ok) {
          if (await this.#stands(base)) return decision;
          continue;
        }
        decided = decision;
        sealed = sealEvents(store.origin, book.stream, base.head, meta, decided.events);
        const appending = store.append(book.stream, base.head.revision, sealed);
        const head = { revision: base.head.revision + sealed.length, leaf: sealed.at(-1)!.leaf };
        speculation = book.speculate({ head, state: decided.state }, decided.events, appending);
      } finally {
        book.leave();
      }
      try {
        const appended = await speculation.appending;
        book.confirm(speculation);
        return inOrder(given, replays, recordedNow(appended, meta, decided.events, sealed));
      } catch (error) {
        await this.#recover(speculation, error);
      }
    }
    const { stream, durable } = book;
    const rivals = { stream, attempts: MOST_RETRIES + 1, revision: durable.head.revision };
    return refusal(given[0]!, errorOf('revision-conflict', RECORDING.rivals(rivals)));
  }

  /** Answers the commands that the book has already, and takes them out of those to record. */
  async #replay(replays: Map<string, Recorded>): Promise<CommandRefused | undefined> {
    const rest: HashedCommand[] = [];
    for (const hashed of this.#commands) {
      const { command, commandHash, given } = hashed;
      const stored = this.book.has(command.id)
        ? await this.store.findCommand(this.book.stream, command.id)
        : undefined;
      if (!stored) {
        rest.push(hashed);
        continue;
      }
      const replay = recordedBefore(stored, commandHash, given);
      if (!replay.ok) return refusal(command, replay.error);
      replays.set(command.id, replay.value);
    }
    this.#commands = rest;
    return undefined;
  }

  #needsPriorBooks(): boolean {
    return this.#commands.some(({ command }) => needsPriorBook(command));
  }

  async #priorBooks(): Promise<PriorBooks> {
    const books = new Map<Command, BookState | undefined>();
    for (const { command } of this.#commands) books.set(command, await this.priorBookOf(command));
    return books;
  }

  /** Decides each command on what the one before led to. */
  #decide(base: Snapshot, prior: PriorBooks | undefined): Decided | CommandRefused {
    const { actor, approvedBy, approves, fourEyes, ifMatch } = this.meta;
    let { state } = base;
    let { revision } = base.head;
    if (ifMatch !== undefined && ifMatch !== revision)
      return refusal(
        this.#commands[0]!.command,
        errorOf(
          'precondition-failed',
          RECORDING.otherRevision({ stream: this.book.stream, revision, asked: ifMatch }),
        ),
      );
    const events: DecidedEvent[] = [];
    for (const { command, commandHash } of this.#commands) {
      const posting = postingIn(command);
      if (posting && this.book.has(posting.id)) return refusal(command, usedBefore(posting));
      const hash = posting ? hashOfCommand(posting) : commandHash;
      const priorBook = prior?.get(command);
      const context = { actor, approvedBy, approves, fourEyes, hash, priorBook };
      const result = decide(command, state, context);
      if (!result.ok) return refusal(command, result.error);
      const { id: commandId, date } = command;
      const event = result.value;
      events.push({ event, date, commandId, commandHash });
      state = evolve(state, { event, revision: ++revision, commandId, date, actor, approvedBy });
    }
    return { ok: true, events, state };
  }

  /**
   * Whether a refusal that was decided on `base` may be answered: what it rests on is durable, and was
   * the book's state at some moment since the command came. If not, the command is to be decided again.
   */
  async #stands(base: Snapshot | Speculation): Promise<boolean> {
    if (!('appending' in base)) return this.#isFresh || (await this.#catchUp()) === 0;
    try {
      await base.appending;
      return true;
    } catch (error) {
      await this.#recover(base, error);
      return false;
    }
  }

  async #recover(failed: Speculation, error: unknown): Promise<void> {
    this.book.abandon(failed);
    if (!(error instanceof WrongRevision || error instanceof DuplicateCommand)) throw error;
    await this.#catchUp();
  }

  async #catchUp(): Promise<number> {
    const count = await this.book.catchUp();
    this.#isFresh = true;
    return count;
  }
}

/** Whether a command is decided with what another book carried forward. */
const needsPriorBook = (command: Command): boolean =>
  (postingIn(command) ?? command).command === 'bring-in-carryover';

/** The id of a posting must be free when it is proposed, or it could never be approved. */
const usedBefore = ({ id }: Command): LedgerError =>
  errorOf('idempotency-mismatch', RECORDING.proposalIdUsed({ id }));

/** The answers in the order of the commands. */
function inOrder(
  commands: readonly Command[],
  replays: ReadonlyMap<string, Recorded>,
  recorded: readonly Recorded[],
): RecordOutcome {
  if (replays.size === 0) return { ok: true, value: recorded };
  const now = recorded.values();
  const value = commands.map(({ id }) => replays.get(id) ?? now.next().value!);
  return { ok: true, value };
}

const refusal = (command: Command, error: LedgerError): CommandRefused => ({
  ok: false,
  error,
  commandId: command.id,
});
