import {
  addFen,
  addScores,
  fen,
  formatPercent,
  lineKeyText,
  MEASURES,
  scoreOfPercent,
  toFen,
  ZERO_FEN,
  type BookEventData,
  type BookId,
  type BookOpened,
  type Coefficients,
  type ExecutionScored,
  type Fen,
  type LineKey,
  type MeasureDefinition,
  type MeasureName,
  type MovementKind,
  type Origin,
  type ProjectRegistered,
  type StatisticRecorded,
  type YearClosed,
} from '#domain';
import type { BookFigures, BroughtIn, Figure, LineSums, Recorded, Sum } from './figures.js';
import { indicatorsOf } from './indicators.js';
import { priorFigure } from './prior-year.js';
import type { AsOf, Scope } from './scope.js';

/** Movements of one kind with the same dimensions, summed. */
export interface CubeCell extends LineKey {
  readonly function: string;
  readonly economic: string;
  readonly kind: MovementKind;
  fen: Fen;
  readonly indices: number[];
}

export interface Fact {
  readonly index: number;
  readonly revision: number;
  readonly date: string;
  readonly kind: string;
  /** The event's payload as JSON. */
  readonly data: string;
}

export interface ProcurementRow {
  readonly index: number;
  readonly project: string;
  readonly fen: Fen;
}

export interface Loaded {
  readonly id: BookId;
  readonly asOf: AsOf;
  readonly logSize: number;
  readonly cells: readonly CubeCell[];
  readonly facts: readonly Fact[];
  readonly procurement: readonly ProcurementRow[];
  readonly prior?: BookFigures;
}

/** The figures of a book, computed from its summed movements. */
export class CubeFigures implements BookFigures {
  readonly id: BookId;
  readonly asOf: AsOf;
  readonly logSize: number;
  readonly book: Recorded<BookOpened>;
  readonly status: 'open' | 'closed';
  readonly projects: readonly Recorded<ProjectRegistered>[];
  readonly closing?: Recorded<YearClosed>;
  readonly goal?: string;
  readonly executionWeight?: string;
  readonly indicators: BookFigures['indicators'];
  readonly execution?: Recorded<ExecutionScored>;
  readonly broughtIn: readonly BroughtIn[];
  readonly #cells: readonly CubeCell[];
  readonly #order: ReadonlyMap<string, number>;
  readonly #categories: ReadonlyMap<string, string>;

  constructor(private readonly loaded: Loaded) {
    const { id, asOf, logSize, cells } = loaded;
    this.id = id;
    this.asOf = asOf;
    this.logSize = logSize;
    this.#cells = cells;
    this.book = this.#facts('BookOpened')[0]!;
    this.projects = this.#facts('ProjectRegistered');
    this.#order = new Map(this.projects.map((p, i) => [p.project, i]));
    this.#categories = new Map(this.projects.map((p) => [p.project, p.category]));
    const closing = this.#dated('YearClosed').at(-1);
    // whatever its day: it undoes the close on the day of the close
    const reopened = this.#facts('YearReopened').at(-1);
    const closed = closing !== undefined && !(reopened && reopened.index > closing.index);
    this.status = closed ? 'closed' : 'open';
    if (closed) this.closing = closing;
    const { goal, executionWeight, indicators } = indicatorsOf(
      this.#dated('IndicatorsAdopted').at(-1),
      this.#dated('IndicatorResultRecorded'),
    );
    if (goal !== undefined) this.goal = goal;
    if (executionWeight !== undefined) this.executionWeight = executionWeight;
    this.indicators = indicators;
    const execution = this.#dated('ExecutionScored').at(-1);
    if (execution) this.execution = execution;
    this.broughtIn = this.#broughtIn();
  }

  /** Facts of one type, oldest first. */
  #facts<T extends keyof BookEventData>(type: T): readonly Recorded<BookEventData[T]>[] {
    return this.loaded.facts
      .filter((f) => f.kind === type)
      .map((f) => ({
        ...(JSON.parse(f.data) as BookEventData[T]),
        index: f.index,
        date: f.date,
      }));
  }

  /** Those that the business dates asked for include; master data has no such bound. */
  #dated<T extends keyof BookEventData>(type: T): readonly Recorded<BookEventData[T]>[] {
    const { to } = this.asOf;
    return this.#facts(type).filter((f) => to === undefined || f.date <= to);
  }

  #broughtIn(): readonly BroughtIn[] {
    const reversed = new Set(this.#dated('EntryReversed').map((r) => r.entry.revision));
    const revisions = new Map(this.loaded.facts.map((f) => [f.index, f.revision]));
    return this.#dated('CarryoverBroughtIn')
      .filter(({ index }) => !reversed.has(revisions.get(index)!))
      .flatMap(({ index, document, lines }) =>
        lines.map(({ project, fund, origin, sourceFiscalYear, amount }) => ({
          project,
          fund,
          origin,
          sourceFiscalYear,
          document: document.number,
          fen: toFen(amount),
          index,
        })),
      );
  }

  measure(name: MeasureName, scope: Scope = {}): Figure {
    const definition: MeasureDefinition = MEASURES[name];
    switch (definition.kind) {
      case 'sum': {
        const { origin } = definition;
        return {
          kind: 'money',
          ...this.sum(definition.of, origin ? withOrigin(scope, origin) : scope),
        };
      }
      case 'memo': {
        const rows = this.loaded.procurement.filter(
          (r) => !scope.project || scope.project.includes(r.project),
        );
        return {
          kind: 'money',
          fen: fen(rows.reduce((sum, r) => sum + r.fen, 0)),
          events: rows.map((r) => r.index),
        };
      }
      case 'statistic': {
        const found = this.statistic(definition.key);
        const amount = found?.amount;
        return {
          kind: 'money',
          fen: amount === undefined ? ZERO_FEN : toFen(amount),
          events: found ? [found.index] : [],
        };
      }
      case 'prior':
        return this.loaded.prior
          ? this.loaded.prior.measure('expenditure', scope)
          : {
              kind: 'money',
              ...priorFigure(
                this.#dated('PriorYearRecorded').filter(
                  (r) => r.priorFiscalYear === this.id.fiscalYear - 1,
                ),
                scope,
                this.#categories,
              ),
            };
      case 'ratio': {
        const part = this.sum(MEASURES[definition.part].of, scope);
        const whole = this.sum(MEASURES[definition.whole].of, scope);
        return {
          kind: 'percent',
          percent: formatPercent(part.fen, whole.fen),
          partFen: part.fen,
          wholeFen: whole.fen,
          events: union([part.events, whole.events]),
        };
      }
      case 'score':
        return { kind: 'score', ...this.#score(definition.of, scope) };
    }
  }

  #score(of: 'computed' | 'recorded' | 'total', scope: Scope) {
    const given = this.execution?.score ?? '0';
    const givenBy = this.execution ? [this.execution.index] : [];
    if (of === 'recorded') return { score: given, events: givenBy };
    if (of === 'computed') {
      const rate = this.measure('executionRate', scope);
      const percent = rate.kind === 'percent' ? rate.percent : '0.00';
      return {
        score: scoreOfPercent(this.executionWeight ?? '0', percent),
        events: rate.events,
      };
    }
    const results = this.indicators.flatMap((i) => i.result ?? []);
    return {
      score: addScores([given, ...results.map((r) => r.score)]),
      events: union([givenBy, results.map((r) => r.index)]),
    };
  }

  sum(of: Coefficients, scope: Scope = {}): Sum {
    let sum = 0;
    const events: number[][] = [];
    const admits = this.#filter(scope);
    for (const cell of this.#cells) {
      const c = of[cell.kind];
      if (!c || !admits(cell)) continue;
      sum += c * cell.fen;
      if (cell.indices.length) events.push(cell.indices);
    }
    return { fen: fen(sum), events: union(events) };
  }

  #filter(scope: Scope): (cell: CubeCell) => boolean {
    const { project, category, fund, origin, function: functions, economic } = scope;
    return (cell) =>
      (!project || project.includes(cell.project)) &&
      (!category ||
        (category as readonly string[]).includes(this.#categories.get(cell.project) ?? '')) &&
      (!fund || fund.includes(cell.fund)) &&
      (!origin || origin.includes(cell.origin)) &&
      (!functions || functions.some((f) => cell.function.startsWith(f))) &&
      (!economic || economic.some((e) => cell.economic.startsWith(e)));
  }

  lines(scope: Scope = {}): readonly LineKey[] {
    const found = new Map<string, LineKey>();
    const admits = this.#filter(scope);
    for (const cell of this.#cells)
      if (admits(cell)) {
        const { project, fund, origin } = cell;
        found.set(lineKeyText(cell), { project, fund, origin });
      }
    const rank = (line: LineKey) => this.#order.get(line.project) ?? Infinity;
    return [...found.values()].sort(
      (a, b) =>
        rank(a) - rank(b) ||
        a.fund.localeCompare(b.fund) ||
        // 'current' before 'carryover', as on paper
        b.origin.localeCompare(a.origin),
    );
  }

  lineSums(): readonly LineSums[] {
    const byLine = new Map<string, Partial<Record<MovementKind, Fen>>>();
    for (const cell of this.#cells) {
      const sums = byLine.get(lineKeyText(cell)) ?? {};
      sums[cell.kind] = addFen(sums[cell.kind] ?? ZERO_FEN, cell.fen);
      byLine.set(lineKeyText(cell), sums);
    }
    return this.lines().map((key) => ({ key, sums: byLine.get(lineKeyText(key))! }));
  }

  functions(scope: Scope = {}): readonly string[] {
    return this.#distinct('function', scope);
  }

  economics(scope: Scope = {}): readonly string[] {
    return this.#distinct('economic', scope);
  }

  #distinct(dimension: 'function' | 'economic', scope: Scope): readonly string[] {
    const admits = this.#filter(scope);
    const codes = new Set(this.#cells.filter(admits).map((c) => c[dimension]));
    codes.delete('');
    return [...codes].sort();
  }

  statistic(key: string): Recorded<StatisticRecorded> | undefined {
    return this.#dated('StatisticRecorded').findLast((s) => s.key === key);
  }
}

const withOrigin = (scope: Scope, origin: Origin): Scope => ({
  ...scope,
  origin: scope.origin ? scope.origin.filter((o) => o === origin) : [origin],
});

/** Indices of several lists, ascending, each once. */
function union(lists: readonly (readonly number[])[]): readonly number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}
