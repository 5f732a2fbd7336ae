import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fenOf, grouped, readAmount, typedFen, yuanOf } from './amount.js';

describe('an amount as people write it', () => {
  it.each([
    ['1,602,400', '1602400.00'],
    ['160.24 万元', '1602400.00'],
    ['160.24万', '1602400.00'],
    ['１６０２４００．５', '1602400.50'],
    ['１，６０２，４００', '1602400.00'],
    ['￥1602400.00', '1602400.00'],
    ['-23.51万元', '-235100.00'],
    ['−5元', '-5.00'],
    ['0.22278亿元', '22278000.00'],
    ['0.000001万元', '0.01'],
    ['007.10', '7.10'],
    ['-0.00', '0.00'],
    ['.5', '0.50'],
    ['5.', '5.00'],
    ['1.230000', '1.23'],
  ])('%s is %s', (written, stored) => expect(readAmount(written)).toBe(stored));

  it.each([
    '',
    ' ',
    '.',
    '-',
    '万元',
    '1,60',
    '1,6024,00',
    '1.005',
    '0.0000001万元',
    '1e3',
    '1.2.3',
    '5美元',
    'NaN',
  ])('%j is none', (written) => expect(readAmount(written)).toBeUndefined());

  it('is read back from how it is shown, to the fen', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), (fen) => {
        const yuan = yuanOf(fen);
        expect(fenOf(yuan)).toBe(fen);
        expect(readAmount(grouped(yuan))).toBe(yuan);
      }),
    );
  });

  it.each([
    ['0', 0n, '0.00'],
    ['-0.05', -5n, '-0.05'],
    ['1.2万元', 1_200_000n, '12000.00'],
    ['what is no amount', 0n, '0.00'],
  ])('%s is %d fen', (written, fen, yuan) => {
    expect(typedFen(written)).toBe(fen);
    expect(yuanOf(fen)).toBe(yuan);
  });
});
