import { decide, evolve, type BookState, type Command, type LedgerError } from '#domain';
import { sealEvents, type DecidedEvent, type Recording } from './envelope.js';
import { DuplicateCommand, WrongRevision, type EventStore, type Revision } from './event-store.js';
import { hashOfCommand, recordedBefore, recordedNow, type Recorded } from './recorded.js';
import type { Snapshot, Speculation, WarmBook } from './warm-book.js';

/** Who commands, when, and at which revision they believe the book to be (If-Match). */
export interface CommandMeta extends Recording {
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

/** A command with the hash that tells whether a later one of the same id is the same. */
export interface HashedCommand {
  readonly command: Command;
  readonly commandHash: string;
}

interface Decided {
  readonly ok: true;
  readonly events: readonly DecidedEvent[];
  readonly state: BookState;
}

/** A command that has had its turn: what becomes of it once its append is durable, or has failed. */
interface Started {
  readonly outcome: () => Promise<RecordOutcome | undefined>;
}

const standing = (outcome: RecordOutcome): Started => ({ outcome: async () => outcome });

export type PriorBookOf = (command: Command) => Promise<BookState | undefined>;

const MOST_RETRIES = 3;

/** Records commands on one book, all or none: one attempt after the other until one stands. */
export class RecordCommands {
  readonly #commands: readonly HashedCommand[];
  /** True once the book was read since the call: a refusal must not rest on what was before it. */
  #isFresh = false;

  constructor(
    private readonly store: EventStore,
    private readonly book: WarmBook,
    commands: readonly Command[],
    private readonly meta: CommandMeta,
    private readonly priorBookOf: PriorBookOf,
  ) {
    this.#commands = commands.map((command) => ({ command, commandHash: hashOfCommand(command) }));
  }

  /** Throws StoreUnavailable and UnknownEventType; every other failure is in the outcome. */
  async run(): Promise<RecordOutcome> {
    for (let retries = 0; retries <= MOST_RETRIES; retries++) {
      const started = await this.book.inTurn(() => this.#attempt());
      const outcome = started && (await started.outcome());
      if (outcome) return outcome;
    }
    const { stream, durable } = this.book;
    return refusal(this.#commands[0]!.command, {
      code: 'revision-conflict',
      message: `others changed ${stream} during each of ${MOST_RETRIES + 1} attempts; it is at revision ${durable.head.revision} now`,
    });
  }

  /** Answers nothing where the book has moved on meanwhile and the attempt must be made again. */
  async #attempt(): Promise<Started | undefined> {
    if (!this.book.loaded) await this.#catchUp();
    const seen = this.#commands.filter(({ command }) => this.book.has(command.id));
    const before = new Map<string, Recorded>();
    for (const { command, commandHash } of seen) {
      const stored = await this.store.findCommand(this.book.stream, command.id);
      const replay = recordedBefore(stored!, commandHash);
      if (!replay.ok) return standing(refusal(command, replay.error));
      before.set(command.id, replay.value);
    }
    const rest = this.#commands.filter(({ command }) => !before.has(command.id));
    if (rest.length === 0) return standing(this.#inOrder(before, []));
    const prior = new Map<Command, BookState | undefined>();
    for (const { command } of rest)
      if (command.command === 'bring-in-carryover')
        prior.set(command, await this.priorBookOf(command));
    const base = this.book.tip;
    const decided = this.#decide(rest, base, prior);
    if (!decided.ok) {
      const refused = await this.#refuse(decided, base);
      return refused && standing(refused);
    }
    const appending = this.#append(decided, base);
    return {
      outcome: async () => {
        const recorded = await appending;
        return recorded && this.#inOrder(before, recorded);
      },
    };
  }

  /** Answers in the order of the commands: those of before and those of now. */
  #inOrder(before: ReadonlyMap<string, Recorded>, recorded: readonly Recorded[]): RecordOutcome {
    const now = recorded[Symbol.iterator]();
    const value = this.#commands.map(({ command }) => before.get(command.id) ?? now.next().value!);
    return { ok: true, value };
  }

  /** Decides each command on what the one before led to. */
  #decide(
    commands: readonly HashedCommand[],
    base: Snapshot,
    prior: ReadonlyMap<Command, BookState | undefined>,
  ): Decided | CommandRefused {
    const { actor, approvedBy, ifMatch } = this.meta;
    let { state } = base;
    let { revision } = base.head;
    if (ifMatch !== undefined && ifMatch !== revision)
      return refusal(commands[0]!.command, {
        code: 'precondition-failed',
        message: `${this.book.stream} is at revision ${revision}, If-Match names ${ifMatch}`,
      });
    const events: DecidedEvent[] = [];
    for (const { command, commandHash } of commands) {
      const context = { actor, approvedBy, priorBook: prior.get(command) };
      const result = decide(command, state, context);
      if (!result.ok) return refusal(command, result.error);
      const { id: commandId, date } = command;
      const event = result.value;
      events.push({ event, date, commandId, commandHash });
      state = evolve(state, { event, revision: ++revision, commandId, date });
    }
    return { ok: true, events, state };
  }

  async #append({ events, state }: Decided, base: Snapshot): Promise<Recorded[] | undefined> {
    const { store, book, meta } = this;
    const sealed = sealEvents(store.origin, book.stream, base.head, meta, events);
    const head = { revision: base.head.revision + sealed.length, leaf: sealed.at(-1)!.leaf };
    const appending = store.append(book.stream, base.head.revision, sealed);
    const ids = events.map((e) => e.commandId);
    const speculation = book.speculate({ head, state }, ids, appending);
    try {
      const appended = await appending;
      book.confirm(speculation);
      return recordedNow(appended, meta, events, sealed);
    } catch (error) {
      await this.#afterFailure(speculation, error);
      return undefined;
    }
  }

  /** A refusal counts only where what it was decided on is durable, and was no older than the command. */
  async #refuse(
    refusal: CommandRefused,
    base: Snapshot | Speculation,
  ): Promise<CommandRefused | undefined> {
    if ('appending' in base) {
      try {
        await base.appending;
        return refusal;
      } catch (error) {
        await this.#afterFailure(base, error);
        return undefined;
      }
    }
    if (this.#isFresh || (await this.#catchUp()) === 0) return refusal;
    return undefined;
  }

  async #afterFailure(failed: Speculation, error: unknown): Promise<void> {
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

const refusal = (command: Command, error: LedgerError): CommandRefused => ({
  ok: false,
  error,
  commandId: command.id,
});
