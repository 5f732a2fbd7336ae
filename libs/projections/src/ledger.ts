import { setTimeout as wait } from 'node:timers/promises';
import {
  nextYearOpening,
  streamOfBook,
  type BookId,
  type Command,
  type Result,
  type YearClosed,
} from '#domain';
import {
  CommandRunner,
  decodeEvent,
  KurrentEventStore,
  KurrentVault,
  sealPayees,
  type EventStore,
  type StoredEvent,
  type Vault,
} from '#event-store';
import { backUpLog, backUpVault } from './backup.js';
import { booksProjection } from './books/books-projection.js';
import { entriesProjection } from './entries/entries-projection.js';
import type { BookFigures } from './figures/figures.js';
import { FiguresLoader } from './figures/load-figures.js';
import { answerMeasure, type MeasureAnswer } from './figures/measure-answer.js';
import { checkedAsOf, type AsOf, type Scope } from './figures/scope.js';
import { BookHistory, type HistoryRequest } from './history/book-history.js';
import { historyProjection } from './history/history-projection.js';
import { RevisionFinder } from './history/revision-finder.js';
import { Projector, type Progress, type ProjectionStatus } from './kernel/projector.js';
import { openBranch } from './open-branch.js';
import { closeTruth, openParts, type LedgerOptions, type LedgerParts } from './open-parts.js';
import { LogProofs } from './proof/log-proofs.js';
import { SqliteTileStore, treeProjection } from './proof/tree-projection.js';
import { proposalsProjection } from './proposals/proposals-projection.js';
import {
  WaitingProposals,
  type Waiting,
  type WaitingProposal,
} from './proposals/waiting-proposals.js';
import { readModelsHold } from './read-models-hold.js';
import { RegisterLoader, type PageRequest } from './registers/load-register.js';
import type { RegisterName, RegisterPage } from './registers/register.js';
import { registersProjection } from './registers/registers-projection.js';
import { replay, type ReplayStep } from './replay/replay.js';

export interface MeasureQuery extends BookId {
  readonly measure: string;
  readonly scope: Scope;
  readonly asOf: AsOf;
}

const PAGE = 1000;
const ARRIVES_WITHIN_MS = 5000;
const LOOKS_FOR_EVENTS_MS = 50;

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
  /** The events of single books. */
  readonly histories: BookHistory;
  readonly #projector: Projector;
  readonly #figures: FiguresLoader;
  readonly #registers: RegisterLoader;
  readonly #waiting: WaitingProposals;

  private constructor(private readonly parts: LedgerParts) {
    const { store, vault, db, checkpoints, source = store, tree = true } = parts;
    this.commands = new CommandRunner(store, { prepare: sealPayees(vault) });
    this.#projector = new Projector(source, db, tree ? PROJECTIONS : OF_BOOKS);
    const treeSize = () => this.#projector.positionOf(treeProjection.name);
    const arrivalOf = (size: number) => this.#arrivalOf(size);
    this.log = new LogProofs(store, new SqliteTileStore(db), treeSize, checkpoints, arrivalOf);
    this.#figures = new FiguresLoader(db, this.#projector);
    this.#registers = new RegisterLoader(db, vault);
    this.histories = new BookHistory(store, new RevisionFinder(db, this.#projector.books));
    this.#waiting = new WaitingProposals(db);
  }

  /** Opens a ledger, makes it where it is new. Throws LedgerRefusal `store-unavailable`. */
  static open(options: LedgerOptions = {}): Promise<Ledger> {
    return openParts(options, (parts) => new Ledger(parts));
  }

  get store(): EventStore {
    return this.parts.store;
  }

  get vault(): Vault {
    return this.parts.vault;
  }

  /** Takes into the read models what is in the log; answers how many events they have. */
  catchUp(onProgress?: Progress): Promise<number> {
    return this.#projector.catchUp(onProgress);
  }

  /** Keeps the read models up to the log; answers how to stop. */
  follow(onError: (error: unknown) => void): () => void {
    return this.#projector.follow(onError);
  }

  /**
   * Waits until the read models have taken `position` events, and the names in them are known here. Throws
   * LedgerRefusal `projection-behind` after the time.
   */
  async waitFor(position: number, timeoutMs: number): Promise<void> {
    const { vault } = this;
    // without the server names may be late, figures need not be
    const names = vault instanceof KurrentVault && vault.catchUp().catch(() => undefined);
    await this.#projector.waitFor(position, timeoutMs);
    if (names) await Promise.race([names, wait(timeoutMs, undefined, { ref: false })]);
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
  async history(id: BookId | undefined, request: HistoryRequest): Promise<readonly StoredEvent[]> {
    if (id) return (await this.histories.search(id, request, (stored) => stored)).found;
    const { from, to = Infinity, limit } = request;
    const page = await this.store.readLog(from, limit);
    return page.filter((e) => e.index <= to);
  }

  /** The last events of a book, newest first; see `figures` for what is refused. */
  async latest(id: BookId, limit: number): Promise<readonly StoredEvent[]> {
    this.figures(id, {});
    const request = { from: 0, limit, newestFirst: true };
    return (await this.histories.search(id, request, (stored) => stored)).found;
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
    const branch = new Ledger(await openBranch(this.store, this.vault, books, at));
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

  backup(out: string): Promise<void> {
    return backUpLog(this.store, out);
  }

  backupVault(out: string): Promise<void> {
    return backUpVault(this.vault, out);
  }

  status(): { readonly logSize: number; readonly projections: readonly ProjectionStatus[] } {
    return { logSize: this.#projector.position(), projections: this.#projector.status() };
  }

  /** SHA-256 over all read models, to compare two ledgers or two ways of building one. */
  digest(): string {
    return this.#projector.digest();
  }

  /** Whether the read models are what the log gives: they are built a second time, elsewhere. */
  readModelsHold(onProgress?: Progress): Promise<boolean> {
    return readModelsHold(this.store, this.parts.db, this.#projector, PROJECTIONS, onProgress);
  }

  /** Waits, for a while, until the read models have events that another node knows of already. */
  async #arrivalOf(size: number): Promise<void> {
    if (!(this.store instanceof KurrentEventStore)) return;
    for (const end = performance.now() + ARRIVES_WITHIN_MS; performance.now() < end;) {
      if ((await this.catchUp()) >= size) return;
      await wait(LOOKS_FOR_EVENTS_MS);
    }
  }

  async close(): Promise<void> {
    // the catch-up that is under way ends first: it holds the database
    await this.#projector.idle();
    this.parts.db.close();
    await closeTruth(this.parts);
  }
}
