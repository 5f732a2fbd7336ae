import type { Cell, Column, Report, Row, Table } from '../model.js';
import { pageOf } from '../form.js';
import { headerLines, mergedSpans } from './layout.js';
import { HTML_STYLE } from './html-style.js';

/** One page that needs nothing else: to read, to print on A4, and to sign. */
export function renderHtml(report: Report): string {
  const title = text(report.title[report.lang]);
  const caption =
    report.caption === undefined ? '' : `<p class="caption">${text(report.caption)}</p>\n`;
  const top = `${caption}<h1>${title}</h1>\n`;
  return `<!doctype html>
<html lang="${report.lang === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} — ${text(report.unitName)}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<main class="${report.layout}">
${report.layout === 'form' ? form(report, top) : tables(report, top)}
</main>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Every word of a report passes here: none of it is ever markup. */
const text = (words: string): string => words.replace(/[&<>"']/g, (c) => ENTITIES[c]!);

const heading = ({ heading: parts }: Report): string =>
  `<p class="heading">${parts.map((p) => `<span>${text(p)}</span>`).join('')}</p>`;

const list = (notes: readonly string[]): string =>
  notes.length
    ? `<ul class="notes">${notes.map((n) => `<li>${text(n)}</li>`).join('')}</ul>\n`
    : '';

const signature = ({ signature: places }: Report): string =>
  places.length
    ? `<p class="signature">${places.map((p) => `<span>${text(p)}</span>`).join('')}</p>\n`
    : '';

const end = (report: Report): string =>
  `${list(report.notes)}${signature(report)}<footer>${text(report.provenance)}</footer>`;

/** Tables that stand for themselves, each on a page of its own. */
const tables = (report: Report, top: string): string =>
  report.tables
    .map((table, i) => {
      const title = report.tables.length > 1 ? `<h2>${text(table.title)}</h2>\n` : '';
      const number = table.form === undefined ? '' : `<p class="number">${text(table.form)}</p>\n`;
      return `<section class="${pageClass(table)}">
${i === 0 ? top : ''}${title}${number}${heading(report)}
${tableHtml(table)}
${list(table.notes)}${i === report.tables.length - 1 ? end(report) : ''}</section>`;
    })
    .join('\n');

function pageClass(table: Table): string {
  const { across, dense } = pageOf(table);
  return `${across ? 'across' : 'upright'}${dense ? ' dense' : ''}`;
}

/** Tables that are parts of one form, with the bands that hold some of them together. */
function form(report: Report, top: string): string {
  const groups: { band?: string; tables: Table[] }[] = [];
  for (const table of report.tables) {
    const last = groups.at(-1);
    if (last && table.band !== undefined && last.band === table.band) last.tables.push(table);
    else groups.push({ ...(table.band !== undefined && { band: table.band }), tables: [table] });
  }
  const parts = groups.map(({ band, tables: members }) => {
    const body = members.map(tableHtml).join('\n');
    return band === undefined
      ? body
      : `<div class="band"><div class="band-label">${text(band)}</div><div>${body}</div></div>`;
  });
  return `<section class="upright">
${top}${heading(report)}
<div class="sheet">
${parts.join('\n')}
</div>
${list(report.tables.flatMap((t) => t.notes))}${end(report)}
</section>`;
}

function tableHtml(table: Table): string {
  const spans = mergedSpans(table);
  return `<table aria-label="${text(table.title)}">
${columnWidths(table)}${head(table)}
${table.rows.map((row, i) => rowHtml(table, row, spans[i]!)).join('\n')}
</tbody>
</table>`;
}

function columnWidths({ rowHeader, columns }: Table): string {
  const shares = [...(rowHeader ? [rowHeader] : []), ...columns].map((c) => c.width ?? 1);
  const all = shares.reduce((a, b) => a + b, 0);
  const cols = shares.map((s) => `<col style="width:${((100 * s) / all).toFixed(2)}%">`);
  return `<colgroup>${cols.join('')}</colgroup>\n`;
}

function head(table: Table): string {
  const lines = headerLines(table);
  if (lines.length === 0) return '<tbody>';
  const rows = lines.map((cells) => {
    const line = cells.map(({ label, column, colSpan, rowSpan }) => {
      // beside all rows rather than above their labels
      const beside = column < 0 && table.rowHeader?.spans ? table.rows.length : 0;
      return `<th scope="${colSpan > 1 ? 'colgroup' : 'col'}"${span('colspan', colSpan)}${span('rowspan', rowSpan + beside)}>${text(label)}</th>`;
    });
    return `<tr>${line.join('')}</tr>`;
  });
  // a heading that reaches into the rows must be in one row group with them
  return table.rowHeader?.spans
    ? `<tbody>${rows.join('')}`
    : `<thead>${rows.join('')}</thead>\n<tbody>`;
}

const span = (name: string, n: number): string => (n > 1 ? ` ${name}="${n}"` : '');

function rowHtml(table: Table, row: Row, spans: readonly number[]): string {
  const label =
    !table.rowHeader || table.rowHeader.spans || spans[0] === 0
      ? ''
      : `<th scope="row" class="l${Math.min(row.level, 3)}"${span('rowspan', spans[0]!)}>${text(row.label)}</th>`;
  const cells = table.columns.map((column, i) =>
    spans[i + 1] === 0 ? '' : cellHtml(column, row.cells[column.id], spans[i + 1]!),
  );
  return `<tr${row.kind ? ` class="${row.kind}"` : ''}>${label}${cells.join('')}</tr>`;
}

function cellHtml(column: Column, cell: Cell | undefined, rows: number): string {
  const level = cell?.level ? ` l${Math.min(cell.level, 3)}` : '';
  return `<td class="${cell?.align ?? column.align}${level}"${span('rowspan', rows)}>${text(cell?.shown ?? '')}</td>`;
}
