const UNITS: Readonly<Record<string, number>> = { '': 0, 元: 0, 万: 4, 万元: 4, 亿: 8, 亿元: 8 };
const WRITTEN = /^([+-]?)[¥]?((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?)(元|万元?|亿元?)?$/;
const FEN_DIGITS = 2;

/**
 * An amount as people write it — 1,602,400, 160.24万元, １６０２４００．００, ￥5 — as the yuan that the ledger stores
 * ("1602400.00"). Undefined where it is no amount, or finer than a fen. Text all the way: no digit is ever rounded.
 */
export function readAmount(written: string): string | undefined {
  // NFKC makes full-width digits, signs and the full-width yen sign plain
  const plain = written
    .normalize('NFKC')
    .replace(/[\s_]/g, '')
    .replace(/，/g, ',')
    .replace(/−/g, '-');
  const match = WRITTEN.exec(plain);
  if (!match) return undefined;
  const [, sign = '', digits = '', unit = ''] = match;
  const [whole = '', fraction = ''] = digits.replaceAll(',', '').split('.');
  if (whole === '' && fraction === '') return undefined;
  const shift = UNITS[unit]!;
  const yuan = whole + fraction.slice(0, shift).padEnd(shift, '0');
  const fen = fraction.slice(shift).replace(/0+$/, '');
  if (fen.length > FEN_DIGITS) return undefined;
  const amount = `${yuan.replace(/^0+(?=\d)/, '') || '0'}.${fen.padEnd(FEN_DIGITS, '0')}`;
  return sign === '-' && /[1-9]/.test(amount) ? `-${amount}` : amount;
}

/** A stored amount of the ledger in fen, exact, to add and to compare. */
export const fenOf = (yuan: string): bigint => BigInt(yuan.replace('.', ''));

/** Fen as the ledger stores them. */
export function yuanOf(fen: bigint): string {
  const digits = String(fen < 0n ? -fen : fen).padStart(FEN_DIGITS + 1, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -FEN_DIGITS)}.${digits.slice(-FEN_DIGITS)}`;
}

/** What is typed, in fen; none where it is no amount. */
export const typedFen = (written: string): bigint => fenOf(readAmount(written) ?? '0.00');

/** An amount of the ledger with its thousands set apart: 1,602,400.00. */
export const grouped = (yuan: string): string => yuan.replace(/\B(?=(\d{3})+(?=\.))/g, ',');

export const isNegative = (yuan: string): boolean => yuan.startsWith('-');
export const isZero = (yuan: string): boolean => /^-?0+\.0+$/.test(yuan);
