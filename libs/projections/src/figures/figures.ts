import type {
  BookId,
  BookOpened,
  Coefficients,
  ExecutionScored,
  Fen,
  Indicator,
  IndicatorResultRecorded,
  LineKey,
  LineState,
  MeasureName,
  ProjectRegistered,
  StatisticRecorded,
  YearClosed,
} from '#domain';
import type { AsOf, Scope } from './scope.js';

/** What a measure is in a scope, exact, with the log indices of the events that make it up (ascending). */
export type Figure = { readonly events: readonly number[] } & (
  | { readonly kind: 'money'; readonly fen: Fen }
  | {
      readonly kind: 'percent';
      readonly percent: string;
      readonly partFen: Fen;
      readonly wholeFen: Fen;
    }
  | { readonly kind: 'score'; readonly score: string }
);

export interface Sum {
  readonly fen: Fen;
  readonly events: readonly number[];
}

/** A line and what has moved on it, which `sumOfLine` adds up to a measure. */
export type LineSums = Pick<LineState, 'key' | 'sums'>;

/** A recorded fact with the event that it comes from. */
export type Recorded<T> = T & { readonly index: number; readonly date: string };

export interface BroughtIn extends LineKey {
  readonly sourceFiscalYear: number;
  readonly document: string;
  readonly fen: Fen;
  readonly index: number;
}

/**
 * All figures of one book as of one moment, loaded in a few statements. Reports and measure queries ask
 * it; none of its methods touches the disk. Indices in `events` are empty where it was loaded without.
 */
export interface BookFigures {
  readonly id: BookId;
  readonly asOf: AsOf;
  /** How many events of the log the figures were computed from. */
  readonly logSize: number;
  readonly book: Recorded<BookOpened>;
  readonly status: 'open' | 'closed';
  /** In the order of their registration. */
  readonly projects: readonly Recorded<ProjectRegistered>[];
  readonly closing?: Recorded<YearClosed>;

  /** Any measure (docs/manual.md) in any scope. A money measure is 0 where nothing was posted. */
  measure(name: MeasureName, scope?: Scope): Figure;
  /** A signed sum of movements, e.g. an account's balance (`balanceOf`). */
  sum(of: Coefficients, scope?: Scope): Sum;
  /** Lines with any movement in scope, projects in order of registration. */
  lines(scope?: Scope): readonly LineKey[];
  /** The same lines, each with the sum of every kind of movement on it. */
  lineSums(): readonly LineSums[];
  /** Functional (7 digits) and economic (5 digits) codes that occur on movements in scope, in order. */
  functions(scope?: Scope): readonly string[];
  economics(scope?: Scope): readonly string[];
  /** The latest record of a statistic. */
  statistic(key: string): Recorded<StatisticRecorded> | undefined;
  readonly goal?: string;
  readonly executionWeight?: string;
  readonly indicators: readonly (Recorded<Indicator> & {
    readonly result?: Recorded<IndicatorResultRecorded>;
  })[];
  readonly execution?: Recorded<ExecutionScored>;
  /** Carryover that was brought in and stands, by line, source year and document. */
  readonly broughtIn: readonly BroughtIn[];
}
