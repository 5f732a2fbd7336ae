import { describe, expect, it } from '@jest/globals';
import {
  ECONOMIC_CODES,
  FUNCTION_CODES,
  THREE_PUBLIC_EXPENSES,
  economicCode,
  functionCode,
  isEconomicCode,
  isFunctionCode,
  isOperatingEconomic,
  isPersonnelEconomic,
  type ClassificationCode,
} from './codes.js';

const TABLES: [string, readonly ClassificationCode[], RegExp][] = [
  ['economic', ECONOMIC_CODES, /^3\d{2}(\d{2})?$/],
  ['functional', FUNCTION_CODES, /^2\d{2}(\d{2}){0,2}$/],
];

const childrenOf = (codes: readonly ClassificationCode[], parent: string): string[] =>
  codes
    .map(({ code }) => code)
    .filter((code) => code.length === parent.length + 2 && code.startsWith(parent));

describe.each(TABLES)('the %s classification', (_name, codes, shape) => {
  const all = new Set(codes.map(({ code }) => code));

  it('has codes of the right shape, each once, in code order', () => {
    expect([...all].filter((code) => !shape.test(code))).toEqual([]);
    expect(all.size).toBe(codes.length);
    expect(codes.map(({ code }) => code)).toEqual([...all].sort());
  });

  it('has the parent of every code', () => {
    const orphans = [...all].filter((code) => code.length > 3 && !all.has(code.slice(0, -2)));
    expect(orphans).toEqual([]);
  });

  it('names every code in Chinese and in English', () => {
    for (const { code, zh, en } of codes) {
      expect([code, zh]).toEqual([code, expect.stringMatching(/^[\p{Script=Han}（）“”、]+$/u)]);
      expect([code, en]).toEqual([code, expect.stringMatching(/^[A-Z][A-Za-z ,()'-]+[a-z)]$/i)]);
    }
  });

  it('cannot be changed by who reads it', () => {
    expect(Object.isFrozen(codes)).toBe(true);
    expect(codes.every((c) => Object.isFrozen(c))).toBe(true);
  });
});

describe('the economic classification of 2023', () => {
  it.each([
    ['301', 13],
    ['302', 27],
    ['303', 12],
    ['307', 4],
    ['309', 12],
    ['310', 16],
    ['311', 2],
    ['312', 5],
    ['313', 3],
    ['399', 5],
  ])('has under 类 %s %i 款', (parent, count) => {
    expect(childrenOf(ECONOMIC_CODES, parent)).toHaveLength(count);
  });

  it('has no 款 of earlier editions', () => {
    // 社会保障缴费 and 提租补贴 went in 2018; 赠与 was divided into 39909 and 39910
    for (const code of ['30104', '30312', '39906']) {
      expect(economicCode(code)).toBeUndefined();
    }
  });

  it('looks up a 类 and a 款', () => {
    expect(economicCode('302')).toEqual({
      code: '302',
      zh: '商品和服务支出',
      en: 'Goods and services',
    });
    expect(economicCode('30217')?.zh).toBe('公务接待费');
    expect(economicCode('2080899')).toBeUndefined();
    expect(economicCode('')).toBeUndefined();
  });

  it('lets a payment carry a 款 only', () => {
    expect(isEconomicCode('30201')).toBe(true);
    for (const x of ['302', '30298', '3020101', '2080899', ' 30201', 30201, null, undefined, {}]) {
      expect(isEconomicCode(x)).toBe(false);
    }
  });
});

describe('the functional classification of 2023', () => {
  it('has every 类 from general public services to debt issuance', () => {
    const classes = FUNCTION_CODES.map(({ code }) => code).filter((code) => code.length === 3);
    expect(classes.join(' ')).toBe(
      '201 202 203 204 205 206 207 208 209 210 211 212 213 214 215 216 217 219 220 221 222 223 224 ' +
        '227 229 230 231 232 233',
    );
  });

  it.each([
    ['20808', '01 02 03 05 06 07 08 99'],
    ['20809', '01 02 03 04 05 99'],
    ['20828', '01 02 03 04 05 50 99'],
    ['20502', '01 02 03 04 05 99'],
    ['21011', '01 02 03 99'],
    ['21014', '01 99'],
    ['22102', '01 02 03'],
  ])('has under 款 %s the 项 %s', (parent, items) => {
    expect(
      childrenOf(FUNCTION_CODES, parent)
        .map((code) => code.slice(5))
        .join(' '),
    ).toBe(items);
  });

  it('has the 项 that bureaus, schools and sub-districts use most', () => {
    const used =
      '2010101 2010102 2010150 2010199 2010301 2010302 2010350 2010399 2010601 2010699 2013101 ' +
      '2013199 2013201 2013299 2050101 2050199 2050201 2050202 2050203 2050204 2080101 2080199 ' +
      '2080208 2080501 2080502 2080505 2080506 2080599 2080701 2080799 2081006 2081107 2081901 ' +
      '2081902 2082001 2082002 2082101 2082102 2082501 2082502 2089999 2100408 2101101 2101102 ' +
      '2101103 2101199 2101401 2120101 2120104 2120399 2120501 2120801 2120899 2130101 2130104 ' +
      '2130705 2210201 2210203 2230105 2296002 2299999';
    expect(used.split(' ').filter((code) => !isFunctionCode(code))).toEqual([]);
  });

  it('looks up a 类, a 款 and a 项', () => {
    expect(functionCode('208')?.zh).toBe('社会保障和就业支出');
    expect(functionCode('20808')?.zh).toBe('抚恤');
    expect(functionCode('2080899')?.zh).toBe('其他优抚支出');
    expect(functionCode('2080208')?.zh).toBe('基层政权建设和社区治理');
    expect(functionCode('2296002')?.zh).toBe('用于社会福利的彩票公益金支出');
    expect(functionCode('30201')).toBeUndefined();
  });

  it('lets a project carry a 项 only', () => {
    expect(isFunctionCode('2082801')).toBe(true);
    for (const x of [
      '208',
      '20828',
      '2082898',
      '30201',
      '2082801 ',
      2082801,
      null,
      undefined,
      [],
    ]) {
      expect(isFunctionCode(x)).toBe(false);
    }
  });
});

describe('the worked case of Lusong 2023', () => {
  it('uses only codes of the classification', () => {
    const economic =
      '30101 30201 30205 30206 30211 30212 30215 30216 30217 30231 30299 30304 30305 30307 31013';
    const functional = '2080899 2080999 2082801 2082802 2082899';
    expect(economic.split(' ').filter((code) => !isEconomicCode(code))).toEqual([]);
    expect(functional.split(' ').filter((code) => !isFunctionCode(code))).toEqual([]);
  });
});

describe('basic expenditure (公开06)', () => {
  it('divides 301, 303 from 302, 310 and leaves the rest to neither', () => {
    const side = (code: string) => [isPersonnelEconomic(code), isOperatingEconomic(code)];
    for (const code of ['301', '30101', '303', '30305']) expect(side(code)).toEqual([true, false]);
    for (const code of ['302', '30201', '310', '31013']) expect(side(code)).toEqual([false, true]);
    for (const code of ['307', '30913', '39999', '30198', '2080899', '']) {
      expect(side(code)).toEqual([false, false]);
    }
  });
});

describe('“三公”经费 (公开09)', () => {
  it('adds up four kinds of spending, each a 款 that belongs to one row only', () => {
    const codes = THREE_PUBLIC_EXPENSES.flatMap((row) => row.codes);
    expect(codes).toEqual(['30212', '31013', '30231', '30217']);
    expect(codes.every(isEconomicCode)).toBe(true);
  });
});
