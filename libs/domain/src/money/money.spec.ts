import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addFen,
  fen,
  formatFen,
  formatPercent,
  formatTenThousandYuan,
  MoneyOverflow,
  parseFen,
  roundToHundredYuan,
  scoreOfPercent,
} from './money.js';

const anyFen = fc.maxSafeInteger().map(fen);

describe('money', () => {
  it('reads back what it writes, for every amount', () => {
    fc.assert(fc.property(anyFen, (f) => expect(parseFen(formatFen(f))).toBe(f)));
  });
  it('takes one spelling only', () => {
    for (const bad of [
      '1',
      '1.0',
      '1.000',
      '01.00',
      '-0.00',
      '+1.00',
      '1e3',
      '１.００',
      ' 1.00',
      '1.00\n',
      1,
      null,
    ])
      expect(parseFen(bad)).toBeUndefined();
    expect(parseFen('90071992547409.91')).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseFen('90071992547409.92')).toBeUndefined();
  });
  it('never passes the exact range in silence', () => {
    expect(() => addFen(fen(Number.MAX_SAFE_INTEGER), fen(1))).toThrow(MoneyOverflow);
  });
  it('rounds half up, away from zero, and only when shown', () => {
    expect(formatTenThousandYuan(fen(2_227_734_000))).toBe('2227.73');
    expect(formatTenThousandYuan(fen(5_000))).toBe('0.01');
    expect(formatTenThousandYuan(fen(4_999))).toBe('0.00');
    expect(formatTenThousandYuan(fen(-5_000))).toBe('-0.01');
    expect(formatTenThousandYuan(fen(-4_999))).toBe('0.00');
  });
  it('the note of rounding counts what is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e13, max: 1e13 }), (f) =>
        expect(roundToHundredYuan(fen(f))).toBe(
          Number(formatTenThousandYuan(fen(f)).replace('.', '')),
        ),
      ),
    );
  });
  it('gives rates and scores', () => {
    expect(formatPercent(2_225_970_000, 2_227_734_000)).toBe('99.92');
    expect(formatPercent(1, 0)).toBe('0.00');
    expect(scoreOfPercent('10', '99.92')).toBe('9.99');
  });
});
