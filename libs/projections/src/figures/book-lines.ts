import {
  formatFen,
  formatPercent,
  MEASURES,
  sumOfLine,
  type Category,
  type Fen,
  type LineKey,
  type SumMeasure,
} from '#domain';
import type { BookFigures } from './figures.js';

/** The columns of a book's lines, each with the measure that it shows. */
const COLUMNS = {
  initialBudget: 'initialBudget',
  midYearAdjustment: 'midYearAdjustment',
  directAllocation: 'directAllocation',
  carryoverIn: 'carryoverIn',
  fullYearBudget: 'fullYearBudget',
  reserved: 'reserved',
  expenditure: 'expenditure',
  executable: 'executable',
  unreleased: 'unreleasedCarryover',
} as const satisfies Record<string, SumMeasure>;

/** Exact amounts in yuan, the rate in percent without its sign. */
export type LineFigures = Readonly<Record<keyof typeof COLUMNS | 'executionRate', string>>;

export interface BookLine extends LineKey, LineFigures {
  readonly projectName: string;
  readonly category: Category;
  /** The project's functional code, which a posting may override. */
  readonly function: string;
}

export interface BookLines {
  readonly totals: LineFigures;
  /** In the order of the projects' registration. */
  readonly lines: readonly BookLine[];
}

/** Every line of a book with its figures, in one pass over the movements. */
export function bookLinesOf(figures: BookFigures): BookLines {
  const projects = new Map(figures.projects.map((p) => [p.project, p]));
  return {
    totals: figuresBy((measure) => figures.sum(MEASURES[measure].of).fen),
    lines: figures.lineSums().flatMap((line) => {
      const project = projects.get(line.key.project);
      if (!project) return [];
      const { name: projectName, category, function: code } = project;
      return [
        {
          ...line.key,
          projectName,
          category,
          function: code,
          ...figuresBy((measure) => sumOfLine(line, MEASURES[measure].of)),
        },
      ];
    }),
  };
}

type ColumnMeasure = (typeof COLUMNS)[keyof typeof COLUMNS];

function figuresBy(fenOf: (measure: ColumnMeasure) => Fen): LineFigures {
  const amounts = Object.fromEntries(
    Object.entries(COLUMNS).map(([column, measure]) => [column, formatFen(fenOf(measure))]),
  ) as Record<keyof typeof COLUMNS, string>;
  const rate = formatPercent(fenOf('expenditure'), fenOf('fullYearBudget'));
  return { ...amounts, executionRate: rate };
}
