import type { MeasureName } from '#domain';
import type { Scope } from '#projections';
import type { Align, RowKind } from './model.js';

/**
 * The language of report templates. A template is data: rows and columns that each narrow the scope, and
 * cells that say what stands where they cross. A province's form is one more template, not code.
 *
 * Words may have an English form and placeholders: {fiscalYear} {priorYear} {unitName} {divisionName}
 * {amountUnit}.
 */
export type Words = string | { readonly zh: string; readonly en: string };

/** Another cell: a column of the same row, or any cell of the same half of the table. */
export type CellRef = string | { readonly row: string; readonly column: string };

export type CellSpec =
  | { readonly measure: MeasureName; readonly scope?: Scope; readonly zero?: 'blank' }
  /** The latest record of a statistic; `otherwise` stands where none was recorded. */
  | {
      readonly statistic: string;
      readonly as: 'count' | 'amount' | 'text';
      readonly otherwise?: string;
    }
  | { readonly fact: FactName }
  /** What the repeated item of the row brings, see `Repeat`. */
  | { readonly field: string; readonly zero?: 'blank' }
  | { readonly text: Words }
  | { readonly plus: readonly CellRef[] }
  /** The first less the others. */
  | { readonly minus: readonly CellRef[] }
  | { readonly percentOf: readonly [part: CellRef, whole: CellRef] }
  /** The column's sum over the table's other rows of level 0. */
  | { readonly sum: 'rows' }
  /** 行次: rows of the left half first, then those of the right. */
  | { readonly lineNumber: 'left' | 'right' };

export type FactName =
  | 'unitName'
  | 'goal'
  | 'outcome'
  | 'executionWeight'
  | 'executionScore'
  | 'totalWeight'
  | 'executionReason';

/**
 * What a row is repeated over. Fields that cells may name:
 * projects: code, name, category, function. functions, economics: code, name (a row for each level that
 * is listed, by number of digits). lines: project, fund, origin, sourceYear, document. sources (of a
 * line): sourceYear, document, amount. funds: name. indicators: level2, level3, target, actual, weight,
 * score, reason. accounts: debit, credit, debitBalance, creditBalance. register-lines and
 * register-entries: see fill/items/register.ts.
 */
export type Repeat =
  /** By unit, the order in which its own form prints its projects; else in order of registration. */
  | {
      readonly over: 'projects';
      readonly order?: Readonly<Record<string, readonly string[]>>;
    }
  | {
      readonly over: 'functions';
      readonly levels: readonly number[];
      readonly except?: readonly string[];
    }
  | { readonly over: 'economics'; readonly levels: readonly number[] }
  | { readonly over: 'lines' | 'funds' | 'indicators' | 'accounts' }
  | { readonly over: 'register-lines' | 'register-entries' }
  | { readonly over: 'sources'; readonly atLeast?: number };

interface RowCommon {
  readonly level?: number;
  readonly kind?: RowKind;
  /** Narrows what the cells of the row, and the rows below it, are about. */
  readonly scope?: Scope;
  /** Cells that differ from their column's. */
  readonly cells?: Readonly<Record<string, CellSpec>>;
  /** Only the cells that the row itself names; the others are empty. */
  readonly bare?: true;
  /** Rows that follow and are about the same part of the book. */
  readonly rows?: readonly RowTemplate[];
}

export interface FixedRow extends RowCommon {
  readonly id: string;
  readonly label: Words;
}

export interface RepeatedRow extends RowCommon {
  readonly repeat: Repeat;
  /** Only items with an amount in one of these columns. */
  readonly keepIfNonZero?: readonly string[];
}

export type RowTemplate = FixedRow | RepeatedRow;

export interface ColumnTemplate {
  readonly id: string;
  readonly label: Words;
  readonly group?: readonly Words[];
  readonly align?: Align;
  readonly merged?: true;
  readonly width?: number;
  readonly scope?: Scope;
  /** What stands in the column where a row does not say otherwise. */
  readonly cell?: CellSpec;
  readonly when?: 'closed';
}

/**
 * Parts and a total that are printed beside or below each other. Where the printed parts do not add up
 * to the printed total, the table says so in a note (尾差).
 */
export type Footing =
  /**
   * `children`: rows one level deeper that follow the total; `top`: the other rows of level 0, without
   * the foot; or the rows that are named.
   */
  | {
      readonly rows: 'children' | 'top' | readonly string[];
      readonly total: string;
      readonly columns?: readonly string[];
    }
  /** Every row that has rows below it. */
  | { readonly rows: 'tree' }
  | { readonly columns: readonly string[]; readonly total: string };

/** Two cells that must be equal; the note says whether they are. */
export interface Balance {
  readonly label: Words;
  readonly left: CellRef;
  readonly right: CellRef;
}

/** A sentence with figures in it; left out where one of them is empty. */
export interface NoteTemplate {
  readonly note: readonly (Words | CellSpec)[];
  /** Left out where these two are the same. */
  readonly unlessEqual?: readonly [CellSpec, CellSpec];
}

/** One half of a two-sided table, or all of another. */
export interface Side {
  readonly columns: readonly ColumnTemplate[];
  readonly rows: readonly RowTemplate[];
  /** Last rows; in a two-sided table those of both halves stand level. */
  readonly foot?: readonly RowTemplate[];
  readonly footings?: readonly Footing[];
}

export interface TableTemplate extends Side {
  readonly id: string;
  readonly title: Words;
  readonly form?: Words;
  readonly band?: Words;
  readonly rowHeader?: {
    readonly label: Words;
    readonly group?: readonly Words[];
    readonly merged?: true;
    readonly spans?: true;
    readonly width?: number;
  };
  /** Without a row of column headings, as parts of a form may be. */
  readonly headless?: true;
  readonly scope?: Scope;
  /** The right half, with the column that holds its labels. */
  readonly right?: Side & { readonly item: ColumnTemplate };
  readonly balances?: readonly Balance[];
  readonly notes?: readonly NoteTemplate[];
  /** 空表说明: stands where no amount in the table differs from zero. */
  readonly empty?: Words;
}

export interface Template {
  readonly report: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly layout: 'form' | 'tables';
  readonly caption?: Words;
  readonly tables: readonly TableTemplate[];
  readonly notes?: readonly NoteTemplate[];
  readonly signature?: readonly Words[];
}
