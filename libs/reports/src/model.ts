/**
 * A filled report: what renderers take. They know nothing of budgets; every word that they show stands
 * here, in the report's language, and every cell says which events of the log it comes from.
 */
export type Lang = 'zh' | 'en';
export type AmountUnit = '万元' | '元';
export type Align = 'left' | 'center' | 'right';

export interface Cell {
  /** Money in yuan ("22277340.00"), rates in percent without the sign ("99.92"), texts as they are; of a person the subject. */
  readonly exact: string;
  /** As it stands on paper: money in the report's unit, rounded half up; rates with the sign. */
  readonly shown: string;
  /** Log indices of the events behind the cell, ascending. */
  readonly events: readonly number[];
  /** What `exact` is an amount of; a cell without it is a text. */
  readonly kind?: 'money' | 'percent' | 'number';
  /** Where it differs from its column. */
  readonly align?: Align;
  /** Indentation of a text that stands in a tree, e.g. the right half of a two-sided table. */
  readonly level?: number;
}

export interface Column {
  readonly id: string;
  readonly label: string;
  readonly align: Align;
  /** Headings above the column's own, outermost first; neighbours with the same one share it. */
  readonly group?: readonly string[];
  /** Equal texts below each other are printed once. */
  readonly merged?: true;
  /** Share of the table's width on paper, where columns are not to be equal. */
  readonly width?: number;
}

export interface RowHeader extends Pick<Column, 'label' | 'group' | 'merged' | 'width'> {
  /** Stands beside all rows in the place of their labels. */
  readonly spans?: true;
}

export type RowKind = 'total' | 'section' | 'text';

export interface Row {
  readonly id: string;
  /** In two-sided tables the id of the right half, where it differs. */
  readonly alias?: string;
  readonly label: string;
  readonly level: number;
  readonly kind?: RowKind;
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface Table {
  readonly id: string;
  readonly title: string;
  /** The number of the printed form, e.g. 公开01表. */
  readonly form?: string;
  /** Heading beside a group of tables that belong to one part of a form. */
  readonly band?: string;
  /** Heading of the row labels; a table without one does not print them. */
  readonly rowHeader?: RowHeader;
  /** The column headings are not printed. */
  readonly headless?: true;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
}

export interface Report {
  readonly report: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly lang: Lang;
  readonly unit: string;
  readonly unitName: string;
  readonly fiscalYear: number;
  readonly logSize: number;
  readonly asOf: { readonly from?: string; readonly to?: string; readonly knownAt?: number };
  readonly amountUnit: AmountUnit;
  /** `form`: the tables are parts of one form; `tables`: each stands for itself. */
  readonly layout: 'form' | 'tables';
  /** E.g. 附件2, above the title. */
  readonly caption?: string;
  /** The line between title and table: who, which period, which unit of money. */
  readonly heading: readonly string[];
  readonly tables: readonly Table[];
  readonly notes: readonly string[];
  /** Places to sign and fill in by hand, e.g. 填表人. */
  readonly signature: readonly string[];
  /** Which book and how much of the log the report was made from. */
  readonly provenance: string;
}
