import { Decimal } from 'decimal.js';

/**
 * An amount of money in fen (1 yuan = 100 fen): a safe integer, |x| ≤ 2^53 − 1. Arithmetic on it goes
 * through the functions of this file, which never round and never pass the safe range in silence.
 */
export type Fen = number & { readonly brand: 'Fen' };

/** Thrown where a sum would leave the range in which every fen is exact. */
export class MoneyOverflow extends RangeError {
  constructor() {
    super('the amount passes 90071992547409.91 yuan, beyond which fen are no longer exact');
  }
}

export const ZERO_FEN = 0 as Fen;

/** The one spelling of an amount on every wire and in every event (docs/manual.md). */
export const AMOUNT_PATTERN = /^-?(0|[1-9]\d{0,14})\.\d{2}$/;

const safe = (x: number): Fen => {
  if (!Number.isSafeInteger(x)) throw new MoneyOverflow();
  return (x === 0 ? 0 : x) as Fen; // never −0
};

export const addFen = (a: Fen, b: Fen): Fen => safe(a + b);
export const subtractFen = (a: Fen, b: Fen): Fen => safe(a - b);
export const negateFen = (a: Fen): Fen => safe(0 - a);
export const absFen = (a: Fen): Fen => safe(Math.abs(a));
export const minFen = (a: Fen, b: Fen): Fen => (a < b ? a : b);

export function sumFen(amounts: Iterable<Fen>): Fen {
  let sum = ZERO_FEN;
  for (const a of amounts) sum = addFen(sum, a);
  return sum;
}

/** A whole number of fen, e.g. read back from a store that holds integers. Throws MoneyOverflow. */
export const fen = (x: number): Fen => safe(x);

/**
 * Reads an amount in yuan, exactly two decimals ("-466100.00"). Answers undefined for anything that is
 * not that spelling: JSON numbers, "1e3", "-0.00", three decimals, full-width digits, out of range.
 */
export function parseFen(text: unknown): Fen | undefined {
  if (typeof text !== 'string' || !AMOUNT_PATTERN.test(text) || text === '-0.00') return undefined;
  // the pattern leaves digits and one dot, so taking the dot out is the exact count of fen
  const x = Number(text.slice(0, -3) + text.slice(-2));
  return Number.isSafeInteger(x) ? (x as Fen) : undefined;
}

/** Reads an amount that was already checked, e.g. out of a stored event. Throws TypeError otherwise. */
export function toFen(text: string): Fen {
  const amount = parseFen(text);
  if (amount === undefined) throw new TypeError(`not an amount: ${JSON.stringify(text)}`);
  return amount;
}

/** Yuan with exactly two decimals: the inverse of `parseFen`. */
export function formatFen(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** 万元 (10 000 yuan) with two decimals, rounded half up (away from zero at the half). */
export function formatTenThousandYuan(amount: Fen): string {
  const text = new Decimal(amount).div(1_000_000).toFixed(2, Decimal.ROUND_HALF_UP);
  return text === '-0.00' ? '0.00' : text;
}

/** Fen shown by `formatTenThousandYuan`, as a whole number of 0.01 万元: what rounding notes add up. */
export const roundToHundredYuan = (amount: Fen): number =>
  new Decimal(amount).div(10_000).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber() || 0;

/** `part` of `whole` in percent, half up to 0.01; "0.00" where the whole is 0 (docs/manual.md). */
export function formatPercent(part: number, whole: number): string {
  if (whole === 0) return '0.00';
  return new Decimal(part).times(100).div(whole).toFixed(2, Decimal.ROUND_HALF_UP);
}

/** A score: a plain decimal number ≥ 0 with at most two decimals, e.g. "9.5". */
export const SCORE_PATTERN = /^(0|[1-9]\d{0,5})(\.\d{1,2})?$/;

/** weight × percent ÷ 100, half up to 0.01, without trailing zeros: "10" × "99.92" is "9.99". */
export const scoreOfPercent = (weight: string, percent: string): string =>
  plain(new Decimal(weight).times(percent).div(100));

export const addScores = (scores: Iterable<string>): string => {
  let sum = new Decimal(0);
  for (const s of scores) sum = sum.plus(s);
  return plain(sum);
};

/** Negative where a < b, 0 where they are equal, positive where a > b. */
export const compareScores = (a: string, b: string): number => new Decimal(a).cmp(b);

const plain = (d: Decimal): string => d.toDecimalPlaces(2, Decimal.ROUND_HALF_UP).toString();
