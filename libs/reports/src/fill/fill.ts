import type { BookFigures, RegisterPage } from '#projections';
import type { Report } from '../model.js';
import type { Template, Words } from '../template.js';
import { fillContext, type FillContext, type FillOptions } from './context.js';
import { sentences } from './notes.js';
import { fillTable } from './table.js';

/**
 * Fills a template with the figures of one book as of one moment. Pure and in one pass: it asks `figures`
 * only, so a report costs no more statements than loading them did.
 */
export function fill(
  template: Template,
  figures: BookFigures,
  options: FillOptions & { readonly register?: RegisterPage } = {},
): Report {
  const context = fillContext(figures, options.register, options);
  const { words, lang, amountUnit } = context;
  const { asOf, book, id, logSize } = figures;
  return {
    report: template.report,
    title: { zh: words(template.title.zh), en: words(template.title.en) },
    lang,
    unit: id.unit,
    unitName: book.unitName,
    fiscalYear: id.fiscalYear,
    logSize,
    asOf: {
      ...(asOf.from !== undefined && { from: asOf.from }),
      ...(asOf.to !== undefined && { to: asOf.to }),
      ...(asOf.knownAt !== undefined && { knownAt: asOf.knownAt }),
    },
    amountUnit,
    layout: template.layout,
    ...(template.caption && { caption: words(template.caption) }),
    heading: headingOf(context),
    tables: template.tables.map((table) => fillTable(context, table)),
    notes: [...sentences(context, template.notes ?? []), ...pageNote(context)],
    signature: (template.signature ?? []).map(words),
    provenance: provenanceOf(context),
  };
}

function headingOf(context: FillContext): readonly string[] {
  const { words } = context;
  return [
    words({ zh: '编制单位：{unitName}', en: 'Unit: {unitName}' }),
    words(periodOf(context)),
    words({ zh: '单位：{amountUnit}', en: 'Amounts in {amountUnit}' }),
  ];
}

function periodOf({ figures }: FillContext): Words {
  const { from, to } = figures.asOf;
  const year = { zh: '{fiscalYear}年度', en: 'Fiscal year {fiscalYear}' };
  if (from !== undefined) return `${from} — ${to ?? `${figures.id.fiscalYear}-12-31`}`;
  if (to === undefined) return year;
  return { zh: `${year.zh}，截至 ${to}`, en: `${year.en}, to ${to}` };
}

function provenanceOf({ figures, lang }: FillContext): string {
  const { id, logSize, asOf } = figures;
  const known = asOf.knownAt !== undefined;
  return lang === 'zh'
    ? `账簿 ${id.unit} / ${id.fiscalYear}，依据日志前 ${logSize} 条事件${known ? '（历史口径）' : ''}`
    : `Book ${id.unit} / ${id.fiscalYear}, from the first ${logSize} events of the log${known ? ' (as known then)' : ''}`;
}

/** A register that goes on beyond the page says so: its sums are those of the page. */
function pageNote({ register, lang }: FillContext): readonly string[] {
  if (!register || register.entries.length >= register.total) return [];
  const [shown, total] = [register.entries.length, register.total];
  return [
    lang === 'zh'
      ? `本页列示 ${shown} 笔，共 ${total} 笔；合计为本页合计`
      : `${shown} of ${total} entries are listed; the totals are those of this page`,
  ];
}
