import type { BookFigures, RegisterPage } from '#projections';
import type { AmountUnit, Lang } from '../model.js';
import type { Words } from '../template.js';

export interface FillOptions {
  readonly lang?: Lang;
  readonly amountUnit?: AmountUnit;
}

/** What filling a template draws on: figures of one moment, and for registers a page of entries. */
export interface FillContext {
  readonly figures: BookFigures;
  readonly register?: RegisterPage;
  readonly lang: Lang;
  readonly amountUnit: AmountUnit;
  /** Words in the report's language with placeholders filled in. */
  readonly words: (words: Words) => string;
}

const UNIT_NAMES: Record<AmountUnit, { zh: string; en: string }> = {
  万元: { zh: '万元', en: '10,000 yuan' },
  元: { zh: '元', en: 'yuan' },
};

export function fillContext(
  figures: BookFigures,
  register: RegisterPage | undefined,
  { lang = 'zh', amountUnit = '万元' }: FillOptions,
): FillContext {
  const { unitName, divisionName, fiscalYear } = figures.book;
  const facts: Record<string, string> = {
    fiscalYear: String(fiscalYear),
    priorYear: String(fiscalYear - 1),
    unitName,
    divisionName,
    amountUnit: UNIT_NAMES[amountUnit][lang],
  };
  return {
    figures,
    ...(register && { register }),
    lang,
    amountUnit,
    // one pass, so that braces inside a name are never read as a placeholder
    words: (words) =>
      inLang(words, lang).replace(/\{(\w+)\}/g, (all, name: string) => facts[name] ?? all),
  };
}

const inLang = (words: Words, lang: Lang): string =>
  typeof words === 'string' ? words : words[lang];
