/** The closed vocabularies of a book (docs/manual.md). The codes stand in stored events. */

export const FUNDS = {
  'general-public-budget': { zh: '一般公共预算', en: 'General public budget' },
  'government-fund': { zh: '政府性基金', en: 'Government fund' },
  'state-capital': { zh: '国有资本经营', en: 'State capital operations' },
  'social-insurance': { zh: '社会保险基金', en: 'Social insurance fund' },
  'fiscal-special-account': { zh: '财政专户管理资金', en: 'Fiscal special account' },
  'other-funds': { zh: '其他资金', en: 'Other funds' },
} as const;
export type Fund = keyof typeof FUNDS;
export const isFund = (x: unknown): x is Fund => typeof x === 'string' && Object.hasOwn(FUNDS, x);

export const ORIGINS = {
  current: { zh: '本年拨款', en: 'Current year' },
  carryover: { zh: '上年结转', en: 'Carried over' },
} as const;
export type Origin = keyof typeof ORIGINS;
export const isOrigin = (x: unknown): x is Origin =>
  typeof x === 'string' && Object.hasOwn(ORIGINS, x);

/** `personnel` and `operating` are basic expenditure (基本支出); `project` is project expenditure. */
export const CATEGORIES = {
  personnel: { zh: '人员经费', en: 'Personnel' },
  operating: { zh: '公用经费', en: 'Operating' },
  project: { zh: '项目支出', en: 'Project' },
} as const;
export type Category = keyof typeof CATEGORIES;
export const isCategory = (x: unknown): x is Category =>
  typeof x === 'string' && Object.hasOwn(CATEGORIES, x);

export const REMAINDER_KINDS = {
  'carry-forward': { zh: '结转', en: 'Carry-forward' },
  surplus: { zh: '结余', en: 'Surplus' },
  recovery: { zh: '收回', en: 'Recovery' },
} as const;
export type RemainderKind = keyof typeof REMAINDER_KINDS;
export const isRemainderKind = (x: unknown): x is RemainderKind =>
  typeof x === 'string' && Object.hasOwn(REMAINDER_KINDS, x);

/** A book is one unit in one fiscal year, and one stream of events. */
export interface BookId {
  readonly unit: string;
  readonly fiscalYear: number;
}

export const streamOfBook = ({ unit, fiscalYear }: BookId): string => `book-${unit}-${fiscalYear}`;

/** The book a stream belongs to; undefined for streams that are no book. */
export function bookOfStream(stream: string): BookId | undefined {
  const match = /^book-(.+)-(\d{4})$/.exec(stream);
  return match ? { unit: match[1]!, fiscalYear: Number(match[2]) } : undefined;
}

/** The control key of the budget (指标): project × fund × origin. */
export interface LineKey {
  readonly project: string;
  readonly fund: Fund;
  readonly origin: Origin;
}

export const lineKeyText = (line: LineKey): string => `${line.project}|${line.fund}|${line.origin}`;

/** The line of such a text. */
export function lineKeyOf(text: string): LineKey {
  const [project, fund, origin] = text.split('|');
  return { project: project!, fund: fund as Fund, origin: origin as Origin };
}
