import CliTable from 'cli-table3';
import type { Align, Report, Row, Table } from '../model.js';
import { headerLines, mergedSpans } from './layout.js';
import { displayWidth, wrap } from './width.js';

/** What a terminal shows without breaking lines. */
const TERMINAL_WIDTH = 120;
const NARROWEST_TEXT = 8;

/** A report for a terminal: amounts to the right, texts wrapped so that it fits into 120 columns. */
export function renderText(report: Report): string {
  const tables = report.tables.map((table) => tableText(table));
  const width = Math.max(40, ...tables.map((t) => displayWidth(t.split('\n')[0]!)));
  const lines: string[] = [];
  if (report.caption !== undefined) lines.push(clean(report.caption));
  lines.push(centred(clean(report.title[report.lang]), width), '');
  lines.push(spread(report.heading.map(clean), width));
  for (const [i, table] of report.tables.entries()) {
    lines.push(...above(report, table, i, width), tables[i]!);
    lines.push(...notes(table.notes, width));
  }
  lines.push(...notes(report.notes, width));
  if (report.signature.length)
    lines.push('', report.signature.map((s) => clean(s) + ' '.repeat(12)).join('').trimEnd());
  lines.push('', clean(report.provenance));
  return `${lines.join('\n')}\n`;
}

/** What stands above a table: its title, or the band of the form that it begins. */
function above(report: Report, table: Table, i: number, width: number): readonly string[] {
  if (report.layout === 'form') {
    const begins = table.band !== undefined && table.band !== report.tables[i - 1]?.band;
    return begins ? [`【${clean(table.band)}】`] : [];
  }
  const title = report.tables.length > 1 ? clean(table.title) : '';
  const lines = [title, table.form ?? ''].filter((part) => part !== '');
  return lines.length ? [...(i > 0 ? [''] : []), spread(lines, width)] : [];
}

const notes = (all: readonly string[], width: number): readonly string[] =>
  all.flatMap((note) => wrap(clean(note), Math.max(width, 60)));

/** No control or direction mark of a name reaches the terminal. */
const clean = (text: string): string =>
  text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ');

const centred = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, Math.floor((width - displayWidth(text)) / 2))) + text;

function spread(parts: readonly string[], width: number): string {
  const used = parts.reduce((sum, p) => sum + displayWidth(p), 0);
  const gap = Math.max(2, Math.floor((width - used) / Math.max(1, parts.length - 1)));
  return parts.join(' '.repeat(gap));
}

interface TextColumn {
  readonly align: Align;
  readonly texts: readonly string[];
  width: number;
}

function tableText(table: Table): string {
  const columns = textColumns(table);
  const body = table.rows.map((_, r) => columns.map((c) => wrap(c.texts[r]!, c.width).join('\n')));
  const isTall = body.some((row) => row.some((text) => text.includes('\n')));
  const out = new CliTable({
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 1 },
    colAligns: columns.map((c) => c.align),
  });
  const first = table.rowHeader ? 1 : 0;
  for (const line of headerLines(table))
    out.push(
      line.map(({ label, column, colSpan, rowSpan }) => ({
        content: wrap(clean(label), widthOf(columns, column + first, colSpan)).join('\n'),
        colSpan,
        rowSpan,
        hAlign: 'center',
        vAlign: 'center',
      })),
    );
  for (const [r, row] of table.rows.entries())
    out.push(
      body[r]!.map((content, c) => ({
        content,
        hAlign: alignOf(table, row, c - first) ?? columns[c]!.align,
        ...(!(isTall || r === 0 || row.kind === 'total') && { chars: NO_LINE_ABOVE }),
      })),
    );
  return out.toString();
}

const NO_LINE_ABOVE = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

const alignOf = (table: Table, row: Row, column: number): Align | undefined =>
  row.cells[table.columns[column]?.id ?? '']?.align;

const widthOf = (columns: readonly TextColumn[], from: number, count: number): number =>
  columns.slice(from, from + count).reduce((sum, c) => sum + c.width, 3 * (count - 1));

/** The columns with what stands in them and how wide each may be. */
function textColumns(table: Table): readonly TextColumn[] {
  const spans = mergedSpans(table);
  const cellText = (row: Row, r: number, c: number, id: string): string => {
    const cell = row.cells[id];
    return spans[r]![c] === 0 || !cell ? '' : '  '.repeat(cell.level ?? 0) + clean(cell.shown);
  };
  const columns: TextColumn[] = table.columns.map((column, c) =>
    sized(
      column.align,
      column.label,
      table.rows.map((row, r) => cellText(row, r, c + 1, column.id)),
    ),
  );
  if (table.rowHeader) {
    const { label, spans: beside } = table.rowHeader;
    const labels = table.rows.map((row, r) =>
      beside || spans[r]![0] === 0 ? '' : '  '.repeat(row.level) + clean(row.label),
    );
    columns.unshift(sized('left', label, labels));
  }
  return narrowed(columns);
}

/** As wide as its longest text; a heading over amounts is wrapped rather than widening them much. */
function sized(align: Align, label: string, texts: readonly string[]): TextColumn {
  const content = Math.max(...texts.map(displayWidth), 1);
  const heading = align === 'left' ? displayWidth(label) : Math.min(displayWidth(label), 10);
  return { align, texts, width: Math.max(content, heading) };
}

/** Takes from the widest text column until all fit the terminal. */
function narrowed(columns: readonly TextColumn[]): readonly TextColumn[] {
  const total = () => columns.reduce((sum, c) => sum + c.width + 3, 1);
  while (total() > TERMINAL_WIDTH) {
    const widest = columns
      .filter((c) => c.align !== 'right' && c.width > NARROWEST_TEXT)
      .sort((a, b) => b.width - a.width)[0];
    if (!widest) break;
    widest.width -= 1;
  }
  return columns;
}
