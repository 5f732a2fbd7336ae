import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  LedgerRefusal,
  nextYearOpening,
  streamOfBook,
  type BookId,
  type Command,
  type Result,
  type YearClosed,
} from '#domain';
import {
  BranchStore,
  CommandRunner,
  decodeEvent,
  MemoryEventStore,
  MemoryVault,
  OverlayVault,
  sealPayees,
  SqliteEventStore,
  SqliteVault,
  type EventStore,
  type StoredEvent,
  type Vault,
} from '#event-store';
import { booksProjection } from './books/books-projection.js';
import { entriesProjection } from './entries/entries-projection.js';
import type { BookFigures } from './figures/figures.js';
import { FiguresLoader } from './figures/load-figures.js';
import { answerMeasure, type MeasureAnswer } from './figures/measure-answer.js';
import { checkedAsOf, type AsOf, type Scope } from './figures/scope.js';
import { historyProjection } from './history/history-projection.js';
import { RevisionFinder } from './history/revision-finder.js';
import { openReadModel, withReadModel, type ReadModelDatabase } from './kernel/database.js';
import { LogOfStreams, type LogSource } from './kernel/log-of-streams.js';
import { Projector, type Progress, type ProjectionStatus } from './kernel/projector.js';
import {
  CheckpointFiles,
  CheckpointsInMemory,
  type Checkpoints,
} from './proof/checkpoint-files.js';
import { LogProofs } from './proof/log-proofs.js';
import { SqliteTileStore, treeProjection } from './proof/tree-projection.js';
import { proposalsProjection } from './proposals/proposals-projection.js';
import {
  WaitingProposals,
  type Waiting,
  type WaitingProposal,
} from './proposals/waiting-proposals.js';
import { RegisterLoader, type PageRequest } from './registers/load-register.js';
import type { RegisterName, RegisterPage } from './registers/register.js';
import { registersProjection } from './registers/registers-projection.js';
import { replay, type ReplayStep } from './replay/replay.js';

export interface LedgerOptions {
  /** The data directory; in memory, for tests and rehearsals, where there is none. */
  readonly directory?: string;
  /** False: there must be a ledger in the directory already. */
  readonly create?: boolean;
  /** Names a new log (C2SP origin); generated where it is left out. */
  readonly origin?: string;
  /** Where names of persons are kept, and closed with the ledger; by default in the data directory. */
  readonly vault?: Vault;
  /** False: no tree over the log is kept, so that nothing can be proved; to see what it costs. */
  readonly tree?: boolean;
  /** Told that no write will be taken any more after an error of the disk: the process should end. */
  readonly onFailure?: (reason: string) => void;
}

export interface MeasureQuery extends BookId {
  readonly measure: string;
  readonly scope: Scope;
  readonly asOf: AsOf;
}

export interface HistoryRequest {
  /** First index of the log, and last, inclusive. */
  readonly from: number;
  readonly to?: number;
  readonly limit: number;
}

const PAGE = 1000;

const OF_BOOKS = [
  entriesProjection,
  booksProjection,
  registersProjection,
  historyProjection,
  proposalsProjection,
];
const PROJECTIONS = [...OF_BOOKS, treeProjection];

/** A ledger: the log, the way in for commands, and the read models that answer questions. */
export class Ledger {
  readonly commands: CommandRunner;
  /** The log as something that can be proved. */
  readonly log: LogProofs;
  readonly #projector: Projector;
  readonly #figures: FiguresLoader;
  readonly #registers: RegisterLoader;
  readonly #revisions: RevisionFinder;
  readonly #waiting: WaitingProposals;

  private constructor(
    readonly store: EventStore,
    readonly vault: Vault,
    private readonly db: ReadModelDatabase,
    checkpoints: Checkpoints,
    { source = store, tree = true }: { readonly source?: LogSource; readonly tree?: boolean } = {},
  ) {
    this.commands = new CommandRunner(store, { prepare: sealPayees(vault) });
    this.#projector = new Projector(source, db, tree ? PROJECTIONS : OF_BOOKS);
    const treeSize = () => this.#projector.positionOf(treeProjection.name);
    this.log = new LogProofs(store, new SqliteTileStore(db), treeSize, checkpoints);
    this.#figures = new FiguresLoader(db, this.#projector);
    this.#registers = new RegisterLoader(db, vault);
    this.#revisions = new RevisionFinder(db, this.#projector.books);
    this.#waiting = new WaitingProposals(db);
  }

  /** Opens a ledger, makes it where it is new. Throws LedgerRefusal `store-unavailable`. */
  static async open(options: LedgerOptions = {}): Promise<Ledger> {
    const { directory, origin } = options;
    const store =
      directory === undefined
        ? new MemoryEventStore(origin)
        : new SqliteEventStore({ ...options, directory });
    let opened: Vault | undefined;
    try {
      const vault = (opened =
        options.vault ??
        (directory === undefined ? new MemoryVault() : new SqliteVault({ ...options, directory })));
      const checkpoints =
        directory === undefined ? new CheckpointsInMemory() : new CheckpointFiles(directory);
      return withReadModel(directory, (db) => new Ledger(store, vault, db, checkpoints, options));
    } catch (error) {
      opened?.close();
      await store.close();
      throw error;
    }
  }

  /** Takes into the read models what is in the log; answers how many events they have. */
  catchUp(onProgress?: Progress): Promise<number> {
    return this.#projector.catchUp(onProgress);
  }

  /** Keeps the read models up to the log; answers how to stop. */
  follow(onError: (error: unknown) => void): () => void {
    return this.#projector.follow(onError);
  }

  waitFor(position: number, timeoutMs: number): Promise<void> {
    return this.#projector.waitFor(position, timeoutMs);
  }

  /** Calls back whenever the read models have taken more of the log; answers how to stop. */
  onTaken(listener: () => void): () => void {
    return this.#projector.onTaken(listener);
  }

  rebuild(options: { projection?: string; onProgress?: Progress } = {}): Promise<number> {
    return this.#projector.rebuild(options.projection, options.onProgress);
  }

  /** Figures of a book; see FiguresLoader for what it refuses. */
  figures(id: BookId, asOf: AsOf, options: { events?: boolean } = {}): BookFigures {
    return this.#figures.load(id, checkedAsOf(asOf), options);
  }

  measure({ measure, scope, asOf, unit, fiscalYear }: MeasureQuery): MeasureAnswer {
    const figures = this.figures({ unit, fiscalYear }, asOf, { events: true });
    return answerMeasure(measure, scope, figures);
  }

  register(name: RegisterName, id: BookId, asOf: AsOf, page: PageRequest): RegisterPage {
    const { logSize } = this.figures(id, asOf);
    this.#projector.mustWork(registersProjection.name);
    const book = this.#projector.books.find(streamOfBook(id))!;
    return this.#registers.load(name, book, logSize, asOf, page);
  }

  /** Proposals that wait, over all books that are `seen`: oldest first, at most `limit`. */
  waitingProposals(
    waiting: Waiting,
    seen: (unit: string) => boolean,
    limit: number,
  ): readonly WaitingProposal[] {
    this.#projector.mustWork(proposalsProjection.name);
    return this.#waiting.find(waiting, seen, limit);
  }

  books(): readonly BookId[] {
    return this.#projector.books.books();
  }

  /** Events as they are stored, of one book or of the whole log, oldest first. */
  async history(
    id: BookId | undefined,
    { from, to = Infinity, limit }: HistoryRequest,
  ): Promise<readonly StoredEvent[]> {
    const found: StoredEvent[] = [];
    if (!id) {
      const page = await this.store.readLog(from, limit);
      return page.filter((e) => e.index <= to);
    }
    const stream = streamOfBook(id);
    for (let revision = this.#revisions.from(id, from); found.length < limit;) {
      const page = await this.store.readStream(stream, revision, 1000);
      if (page.length === 0) break;
      found.push(...page.filter((e) => e.index >= from && e.index <= to));
      revision = page.at(-1)!.revision + 1;
      if (page.at(-1)!.index > to) break;
    }
    return found.slice(0, limit);
  }

  /** The last events of a book, newest first; see `figures` for what is refused. */
  async latest(id: BookId, limit: number): Promise<readonly StoredEvent[]> {
    const stream = streamOfBook(id);
    const indexed = this.#revisions.from(id, this.figures(id, {}).logSize);
    let latest: readonly StoredEvent[] = [];
    for (let revision = Math.max(0, indexed - limit); ;) {
      const page = await this.store.readStream(stream, revision, PAGE);
      if (page.length === 0) return latest.toReversed();
      latest = [...latest, ...page].slice(-limit);
      revision = page.at(-1)!.revision + 1;
    }
  }

  /** A history page by page, between two indices, inclusive. */
  async *pages(
    id: BookId | undefined,
    { from = 0, to = Infinity } = {},
  ): AsyncGenerator<readonly StoredEvent[]> {
    for (let next = from; next <= to;) {
      const page = await this.history(id, { from: next, to, limit: PAGE });
      yield page;
      if (page.length < PAGE) return;
      next = page.at(-1)!.index + 1;
    }
  }

  /** A book's events with its figures after each; see `figures` for what is refused. */
  replay(id: BookId, asOf: AsOf): AsyncGenerator<ReplayStep> {
    const { logSize } = this.figures(id, asOf);
    return replay(id, this.pages(id, { to: logSize - 1 }), asOf.to);
  }

  /**
   * A ledger that goes on from the first `at` events of this one, in memory only: what is posted there never
   * comes here. It answers for the books given and the years before them. Close it after use.
   */
  async branch(books: readonly BookId[], at?: number): Promise<Ledger> {
    const size = await this.store.size();
    if (at !== undefined && at > size)
      throw LedgerRefusal.of(
        'known-at-beyond-log',
        `the log has ${size} events, so there is no ${at} to start from`,
      );
    const streams = new Set(
      books.flatMap(({ unit, fiscalYear }) =>
        [fiscalYear - 1, fiscalYear].map((year) => streamOfBook({ unit, fiscalYear: year })),
      ),
    );
    const store = new BranchStore(this.store, at ?? size);
    const source = new LogOfStreams(store, [...streams]);
    const vault = new OverlayVault(this.vault);
    const none = new CheckpointsInMemory();
    // it has the events of some books only, of which there is no tree
    const branch = new Ledger(store, vault, openReadModel(undefined), none, {
      source,
      tree: false,
    });
    await branch.catchUp();
    return branch;
  }

  /** The commands that open the next year from a closed book; refuses `year-not-closed`. */
  async nextYearOpening(id: BookId): Promise<Result<readonly Command[]>> {
    const { state } = await this.commands.bookState(id);
    let closed: YearClosed | undefined;
    if (state.closing) {
      const [stored] = await this.store.readStream(streamOfBook(id), state.closing.revision, 1);
      const event = stored && decodeEvent(stored).event;
      if (event?.type === 'YearClosed') closed = event.data;
    }
    return nextYearOpening(state, closed);
  }

  /** Forgets a person's name for good, in the vault only: no event changes. Answers whether it was there. */
  eraseSubject(subject: string): Promise<boolean> {
    return this.vault.erase(subject);
  }

  async backup(out: string): Promise<void> {
    if (!(this.store instanceof SqliteEventStore))
      throw LedgerRefusal.of('store-unavailable', 'a ledger in memory has nothing to back up');
    await this.store.backup(out);
  }

  /** A copy of its own, to be kept apart from the log's: see docs/operating.md. */
  async backupVault(out: string): Promise<void> {
    if (!(this.vault instanceof SqliteVault))
      throw LedgerRefusal.of('store-unavailable', 'a vault in memory has nothing to back up');
    await this.vault.backup(out);
  }

  status(): { readonly logSize: number; readonly projections: readonly ProjectionStatus[] } {
    return { logSize: this.#projector.position(), projections: this.#projector.status() };
  }

  /** SHA-256 over all read models, to compare two ledgers or two ways of building one. */
  digest(): string {
    return this.#projector.digest();
  }

  /** Whether the read models are what the log gives: they are built a second time, elsewhere. */
  async readModelsHold(onProgress?: Progress): Promise<boolean> {
    if (this.db.pragma('integrity_check(1)', { simple: true }) !== 'ok') return false;
    const elsewhere = mkdtempSync(join(tmpdir(), 'fiscal-verify-'));
    const db = openReadModel(elsewhere);
    try {
      const second = new Projector(this.store, db, PROJECTIONS);
      do {
        await second.catchUp(onProgress);
        await this.catchUp();
        // others may go on writing
      } while (second.position() !== this.#projector.position());
      return second.digest() === this.#projector.digest();
    } finally {
      db.close();
      rmSync(elsewhere, { recursive: true });
    }
  }

  async close(): Promise<void> {
    // the catch-up that is under way ends first: it holds the database
    await this.#projector.idle();
    this.db.close();
    await this.store.close();
    this.vault.close();
  }
}
