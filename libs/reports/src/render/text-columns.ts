import type { Align, Row, Table } from '../model.js';
import { mergedSpans } from './layout.js';
import { displayWidth, longestPiece, wrap } from './width.js';

/** A column of a table in a terminal: its texts, and how wide they may be. */
export interface TextColumn {
  readonly align: Align;
  readonly texts: readonly IndentedText[];
  /** What it may be narrowed to: amounts are never broken, texts and headings are. */
  readonly least: number;
  width: number;
}

export interface IndentedText {
  readonly text: string;
  readonly indent: number;
}

/** Text columns narrower than this cannot be read. */
const NARROWEST = 8;
/** A heading over amounts is wrapped at the first width, at the second where there is little room. */
const HEADING = 12;
const NARROW_HEADING = 6;
/** Row labels keep this much even where the table is then too wide. */
const NARROWEST_LABEL = 14;

/** No control or direction mark of a name reaches the terminal. */
export const clean = (text: string): string =>
  text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ');

/** The lines of a text in its column; those after the first keep its indentation. */
export const linesOf = ({ text, indent }: IndentedText, width: number): readonly string[] =>
  wrap(text, Math.max(1, width - indent)).map((line) => ' '.repeat(indent) + line);

/** The columns of a table, row labels first, so that all of it fits into `most` columns if it can. */
export function textColumns(table: Table, most: number): readonly TextColumn[] {
  const spans = mergedSpans(table);
  const said = (r: number, c: number): boolean => spans[r]![c] === 0;
  const columns = table.columns.map((column, c) =>
    sized(
      column.align,
      column.label,
      table.rows.map((row, r) => cellText(row, said(r, c + 1) ? undefined : column.id)),
    ),
  );
  if (table.rowHeader) {
    const { label, spans: beside } = table.rowHeader;
    const labels = table.rows.map((row, r) =>
      beside || said(r, 0)
        ? { text: '', indent: 0 }
        : { text: clean(row.label), indent: 2 * row.level },
    );
    const column = sized('left', label, labels);
    columns.unshift({ ...column, least: Math.min(column.width, NARROWEST_LABEL) });
  }
  return narrowed(columns, most);
}

function cellText(row: Row, column: string | undefined): IndentedText {
  const cell = column === undefined ? undefined : row.cells[column];
  return { text: clean(cell?.shown ?? ''), indent: 2 * (cell?.level ?? 0) };
}

function sized(align: Align, label: string, texts: readonly IndentedText[]): TextColumn {
  const content = Math.max(1, ...texts.map((t) => t.indent + displayWidth(t.text)));
  const heading = displayWidth(label);
  return {
    align,
    texts,
    least: align === 'right' ? Math.max(content, NARROW_HEADING, longestPiece(label)) : NARROWEST,
    width: Math.max(content, align === 'left' ? heading : Math.min(heading, HEADING)),
  };
}

/** Columns of a terminal that a table takes with its lines and margins. */
export const tableWidth = (columns: readonly TextColumn[]): number =>
  columns.reduce((sum, c) => sum + c.width + 3, 1);

/** Takes from the headings over amounts first, then from the widest text, until all fit. */
function narrowed(columns: TextColumn[], most: number): readonly TextColumn[] {
  for (let over = tableWidth(columns) - most; over > 0; over -= 1) {
    const open = columns.filter((c) => c.width > c.least);
    const amounts = open.filter((c) => c.align === 'right');
    const widest = (amounts.length ? amounts : open).reduce<TextColumn | undefined>(
      (a, b) => (a && a.width >= b.width ? a : b),
      undefined,
    );
    if (!widest) break;
    widest.width -= 1;
  }
  return columns;
}

/** Spreads what is missing to a width over all columns, so that the parts of a form are of one width. */
export function widened(columns: readonly TextColumn[], width: number): readonly TextColumn[] {
  for (let missing = width - tableWidth(columns), i = 0; missing > 0; missing -= 1, i += 1)
    columns[i % columns.length]!.width += 1;
  return columns;
}
