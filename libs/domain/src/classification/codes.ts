import type { CodeRow } from './code-row.js';
import { ECONOMIC_ROWS } from './economic.js';
import { FUNCTION_ROWS } from './functional.js';

/*
 * The Chinese government budget classification (政府收支分类科目) of the 2023 edition.
 * Source: 财政部《2023年政府收支分类科目》(财预〔2022〕107号).
 */

/** A line of the classification: its code as printed without spaces, its name in both languages. */
export interface ClassificationCode {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const codesOf = (rows: readonly CodeRow[]): readonly ClassificationCode[] =>
  Object.freeze(rows.map(([code, zh, en]) => Object.freeze({ code, zh, en })));

const byCode = (codes: readonly ClassificationCode[]): ReadonlyMap<string, ClassificationCode> =>
  new Map(codes.map((c) => [c.code, c]));

/** Every economic 类 (3 digits) and 款 (5 digits), in code order: a 类 comes before its 款. */
export const ECONOMIC_CODES = codesOf(ECONOMIC_ROWS);
/** The functional 类 (3 digits), 款 (5) and 项 (7) that this ledger knows, in code order. */
export const FUNCTION_CODES = codesOf(FUNCTION_ROWS);

const economicByCode = byCode(ECONOMIC_CODES);
const functionByCode = byCode(FUNCTION_CODES);

/** The economic 类 or 款 with this code of 3 or 5 digits, if there is one. */
export const economicCode = (code: string): ClassificationCode | undefined =>
  economicByCode.get(code);

/** The functional 类, 款 or 项 with this code of 3, 5 or 7 digits, if there is one. */
export const functionCode = (code: string): ClassificationCode | undefined =>
  functionByCode.get(code);

/** True for an existing economic 款 (5 digits): what a payment must carry. A 类 is not enough. */
export const isEconomicCode = (x: unknown): x is string =>
  typeof x === 'string' && x.length === 5 && economicByCode.has(x);

/** True for an existing functional 项 (7 digits): what a project or a line carries. */
export const isFunctionCode = (x: unknown): x is string =>
  typeof x === 'string' && x.length === 7 && functionByCode.has(x);

const isOfClass = (code: string, classes: readonly string[]): boolean =>
  economicByCode.has(code) && classes.includes(code.slice(0, 3));

/** 人员经费 of table 公开06: 301 工资福利支出 and 303 对个人和家庭的补助, by 类 or 款. */
export const isPersonnelEconomic = (code: string): boolean => isOfClass(code, ['301', '303']);

/** 公用经费 of table 公开06: 302 商品和服务支出 and 310 资本性支出, by 类 or 款. */
export const isOperatingEconomic = (code: string): boolean => isOfClass(code, ['302', '310']);

/** A row of the “三公”经费 table (公开09) and the economic 款 that add up to it. */
export interface PublicExpense {
  readonly zh: string;
  readonly en: string;
  readonly codes: readonly string[];
}

/** “三公”经费 in the order of table 公开09. 公务用车购置及运行维护费 is the sum of the middle two rows. */
export const THREE_PUBLIC_EXPENSES: readonly PublicExpense[] = [
  { zh: '因公出国（境）费', en: 'Official travel abroad', codes: ['30212'] },
  { zh: '公务用车购置费', en: 'Official vehicle purchase', codes: ['31013'] },
  { zh: '公务用车运行维护费', en: 'Official vehicle operation and maintenance', codes: ['30231'] },
  { zh: '公务接待费', en: 'Official reception', codes: ['30217'] },
];
