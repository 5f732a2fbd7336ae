import CliTable from 'cli-table3';
import type { Align, Report, Row, Table } from '../model.js';
import { headerLines } from './layout.js';
import {
  clean,
  linesOf,
  tableWidth,
  textColumns,
  widened,
  type TextColumn,
} from './text-columns.js';
import { displayWidth, padded, wrap, wrapEvenly } from './width.js';

/** What a terminal shows without breaking lines. */
const TERMINAL_WIDTH = 120;
const NARROWEST_NOTES = 60;

/** A report for a terminal: amounts to the right, texts wrapped so that it fits into 120 columns. */
export function renderText(report: Report): string {
  const columns = report.tables.map((table) => textColumns(table, TERMINAL_WIDTH));
  const width = Math.max(NARROWEST_NOTES, ...columns.map(tableWidth));
  const lines: string[] = [];
  if (report.caption !== undefined) lines.push(clean(report.caption));
  lines.push(centred(clean(report.title[report.lang]), width), '');
  lines.push(spread(report.heading.map(clean), width));
  for (const [i, table] of report.tables.entries()) {
    const of = report.layout === 'form' ? widened(columns[i]!, width) : columns[i]!;
    lines.push(...above(report, i, width), tableText(table, of), ...notes(table.notes, width));
  }
  lines.push(...notes(report.notes, width));
  if (report.signature.length) lines.push('', spread([...report.signature.map(clean), ''], width));
  lines.push('', clean(report.provenance));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** What stands above a table: its title and number, or the band of the form that it begins. */
function above({ layout, tables }: Report, i: number, width: number): readonly string[] {
  const { band, title, form } = tables[i]!;
  if (layout === 'form')
    return band !== undefined && band !== tables[i - 1]?.band ? [`【${clean(band)}】`] : [];
  if (tables.length > 1) return ['', spread([clean(title), form ?? ''], width)];
  return form === undefined ? [] : [spread(['', form], width)];
}

const notes = (all: readonly string[], width: number): readonly string[] =>
  all.flatMap((note) => wrap(clean(note), width));

const centred = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, Math.floor((width - displayWidth(text)) / 2))) + text;

/** Parts of a line with the same space between them, the last one at its end. */
function spread(parts: readonly string[], width: number): string {
  const space = width - parts.reduce((sum, p) => sum + displayWidth(p), 0);
  const gaps = parts.length - 1;
  return parts
    .map((part, i) => {
      if (i === gaps) return part;
      return (
        part +
        ' '.repeat(
          Math.max(2, Math.floor(((i + 1) * space) / gaps) - Math.floor((i * space) / gaps)),
        )
      );
    })
    .join('');
}

function tableText(table: Table, columns: readonly TextColumn[]): string {
  const first = table.rowHeader ? 1 : 0;
  const body = table.rows.map((_, r) => columns.map((c) => linesOf(c.texts[r]!, c.width)));
  // lines between rows only where broken texts stand beside each other and would run together
  const isTall = body.some(
    (row) => row.slice(first).filter((lines) => lines.length > 1).length > 1,
  );
  const out = new CliTable({ style: { head: [], border: [] } });
  for (const line of headerLines(table))
    out.push(
      line.map(({ label, column, colSpan, rowSpan }) => ({
        content: wrapEvenly(clean(label), widthOf(columns, column + first, colSpan)).join('\n'),
        colSpan,
        rowSpan,
        hAlign: 'center',
        vAlign: 'center',
      })),
    );
  for (const [r, row] of table.rows.entries())
    out.push(
      columns.map((column, c) => {
        const align = alignOf(table, row, c - first) ?? column.align;
        const [line = '', ...more] = body[r]![c]!;
        return {
          // the first row holds the columns open: cli-table3 makes them as wide as what stands in them
          content: [r === 0 ? padded(line, column.width, align) : line, ...more].join('\n'),
          hAlign: align,
          ...(!(isTall || r === 0 || row.kind === 'total') && { chars: NO_LINE_ABOVE }),
        };
      }),
    );
  return out.toString();
}

const NO_LINE_ABOVE = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

const alignOf = (table: Table, row: Row, column: number): Align | undefined =>
  row.cells[table.columns[column]?.id ?? '']?.align;

const widthOf = (columns: readonly TextColumn[], from: number, count: number): number =>
  columns.slice(from, from + count).reduce((sum, c) => sum + c.width, 3 * (count - 1));
