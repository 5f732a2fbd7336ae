import {
  fen,
  LedgerRefusal,
  MOVEMENT_KIND_NAMES,
  streamOfBook,
  type BookId,
  type Fund,
  type MovementKind,
  type Origin,
} from '#domain';
import type { ReadModelDatabase, Statement } from '../kernel/database.js';
import { dayNumber, dayText } from '../kernel/projection.js';
import type { Projector } from '../kernel/projector.js';
import { CubeFigures, type CubeCell, type Fact, type ProcurementRow } from './cube-figures.js';
import type { BookFigures } from './figures.js';
import type { AsOf } from './scope.js';
import { ASKING } from '../sentences/asking.js';

type Bounds = [book: number, before: number, from: number, to: number];
type LineRow = [project: string, fund: string, origin: string, fn: string, economic: string];

const LINE = 'l.project, l.fund, l.origin, l.function, l.economic';
const WITHIN = 'm.idx < ? and m.day between ? and ?';

/** Loads all figures of a book in four statements, none of which looks at another book. */
export class FiguresLoader {
  readonly #totals: Statement<[number], [...LineRow, number, number]>;
  readonly #sums: Statement<Bounds, [...LineRow, number, number]>;
  readonly #rows: Statement<Bounds, [...LineRow, number, number, number]>;
  readonly #procurement: Statement<Bounds, [number, string, number]>;
  readonly #facts: Statement<Bounds, [number, number, number, string, string]>;

  constructor(
    private readonly db: ReadModelDatabase,
    private readonly projector: Projector,
  ) {
    const raw = <P extends unknown[], R>(sql: string) => db.prepare<P, R>(sql).raw();
    this.#totals = raw(
      `select ${LINE}, t.kind, t.fen from line l join line_total t on t.line = l.id where l.book = ?`,
    );
    this.#sums = raw(
      `select ${LINE}, m.kind, sum(m.fen) from line l join movement m on m.line = l.id
       where l.book = ? and ${WITHIN} group by l.id, m.kind`,
    );
    this.#rows = raw(
      `select ${LINE}, m.kind, m.fen, m.idx from line l join movement m on m.line = l.id
       where l.book = ? and ${WITHIN}`,
    );
    this.#procurement = raw(
      `select m.idx, m.project, m.fen from procurement m where m.book = ? and ${WITHIN}`,
    );
    this.#facts = raw(
      `select m.idx, m.revision, m.day, m.kind, m.data from fact m where m.book = ? and ${WITHIN} order by m.idx`,
    );
  }

  /**
   * Throws LedgerRefusal: `unknown-book`, `known-at-beyond-log`, `projection-failed`. With `events` every
   * figure names the events behind it; without, the running totals answer, whatever the book's length.
   */
  load(id: BookId, asOf: AsOf, { events = false } = {}): BookFigures {
    return this.db.transaction(() => this.#load(id, asOf, events, true))();
  }

  #load(id: BookId, asOf: AsOf, events: boolean, withPrior: boolean): BookFigures {
    const logSize = this.#logSize(asOf);
    const book = this.projector.books.find(streamOfBook(id));
    const bounds = this.#bounds(book ?? -1, asOf, logSize);
    // master data is what it is at an index: a project registered in May is not unknown to a report to April
    const facts = this.#facts
      .all(book ?? -1, logSize, 0, 99_999_999)
      .map(([index, revision, day, kind, data]): Fact => ({
        index,
        revision,
        date: dayText(day),
        kind,
        data,
      }));
    if (!facts.some((f) => f.kind === 'BookOpened'))
      throw LedgerRefusal.of(
        'unknown-book',
        asOf.knownAt === undefined
          ? ASKING.noBook({ book: id })
          : ASKING.noBookYet({ book: id, size: logSize }),
      );
    const procurement = this.#procurement
      .all(...bounds)
      .map(([index, project, amount]): ProcurementRow => ({ index, project, fen: fen(amount) }));
    const prior = withPrior
      ? this.#prior({ unit: id.unit, fiscalYear: id.fiscalYear - 1 }, asOf, events)
      : undefined;
    return new CubeFigures({
      id,
      asOf,
      logSize,
      cells: this.#cells(bounds, asOf, logSize, events),
      facts,
      procurement,
      ...(prior && { prior }),
    });
  }

  #logSize({ knownAt }: AsOf): number {
    this.projector.mustWork('entries', 'books');
    const size = this.projector.position();
    if (knownAt !== undefined && knownAt > size)
      throw LedgerRefusal.of('known-at-beyond-log', ASKING.notKnownYet({ size, at: knownAt }));
    return knownAt ?? size;
  }

  #bounds(book: number, { from, to }: AsOf, before: number): Bounds {
    return [book, before, from ? dayNumber(from) : 0, to ? dayNumber(to) : 99_999_999];
  }

  #cells(bounds: Bounds, asOf: AsOf, logSize: number, events: boolean): readonly CubeCell[] {
    if (events) {
      const cells = new Map<string, CubeCell>();
      for (const [project, fund, origin, fn, economic, kind, amount, index] of this.#rows.all(
        ...bounds,
      )) {
        const key = `${project}|${fund}|${origin}|${fn}|${economic}|${kind}`;
        const cell = cells.get(key) ?? cellOf([project, fund, origin, fn, economic], kind, 0);
        cell.indices.push(index);
        cell.fen = fen(cell.fen + amount);
        cells.set(key, cell);
      }
      return [...cells.values()];
    }
    const bounded =
      asOf.from !== undefined || asOf.to !== undefined || logSize < this.projector.position();
    const rows = bounded ? this.#sums.all(...bounds) : this.#totals.all(bounds[0]);
    return rows.map(([project, fund, origin, fn, economic, kind, amount]) =>
      cellOf([project, fund, origin, fn, economic], kind, amount),
    );
  }

  /** The year before, where this ledger keeps it: its own expenditure then answers for prior-year figures. */
  #prior(id: BookId, asOf: AsOf, events: boolean): BookFigures | undefined {
    if (this.projector.books.find(streamOfBook(id)) === undefined) return undefined;
    try {
      const { knownAt } = asOf;
      return this.#load(id, knownAt === undefined ? {} : { knownAt }, events, false);
    } catch (error) {
      if (error instanceof LedgerRefusal && error.error.code === 'unknown-book') return undefined;
      throw error;
    }
  }
}

const cellOf = (
  [project, fund, origin, fn, economic]: LineRow,
  kind: number,
  amount: number,
): CubeCell => ({
  project,
  fund: fund as Fund,
  origin: origin as Origin,
  function: fn,
  economic,
  kind: MOVEMENT_KIND_NAMES[kind] as MovementKind,
  fen: fen(amount),
  indices: [],
});
