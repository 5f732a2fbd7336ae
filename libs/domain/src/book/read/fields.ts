import { isEconomicCode, isFunctionCode } from '../../classification/index.js';
import { parseFen, SCORE_PATTERN } from '../../money/index.js';
import type { Sentence } from '../../sentences/sentence.js';
import type { LedgerErrorCode } from '../errors.js';
import { fieldError, type FieldError } from '../refusal.js';
import { FORMS, READING } from '../sentences/reading.js';
import { FUNDS, isCategory, isFund, isOrigin, isRemainderKind, ORIGINS } from '../vocabulary.js';

/** Collects what is wrong while a command is read, each with the pointer of its place. */
const MOST_FINDINGS = 100;

export class Findings {
  readonly errors: FieldError[] = [];
  /** How many there are; of very many only the first are told. */
  count = 0;

  add(pointer: string, code: LedgerErrorCode, sentence: Sentence): undefined {
    this.count++;
    if (this.count <= MOST_FINDINGS) this.errors.push(fieldError(pointer, code, sentence));
    return undefined;
  }
}

/** Reads one value found at a pointer; undefined where it reported a finding. */
export type Reader<T> = (value: unknown, pointer: string, findings: Findings) => T | undefined;

export interface Field<T> {
  readonly read: Reader<T>;
  readonly optional: boolean;
}

export const required = <T>(read: Reader<T>): Field<T> => ({ read, optional: false });
export const optional = <T>(read: Reader<T>): Field<T> => ({ read, optional: true });

export type Shape = Readonly<Record<string, Field<unknown>>>;

const LONGEST_SHOWN = 60;

/** A value as it is named in a sentence: JSON, cut where it is long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

const mustBe = (field: string, form: Sentence, value: unknown): Sentence =>
  READING.mustBe({ field, form, value: shown(value) });

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Reads an object field by field: unknown fields, missing fields and bad values are all reported. */
export function object(shape: Shape): Reader<Record<string, unknown>> {
  return (value, pointer, findings) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return findings.add(
        pointer,
        'invalid-command',
        READING.notAnObject({ field: pointer, value: shown(value) }),
      );
    const before = findings.count;
    for (const key of Object.keys(value))
      if (!Object.hasOwn(shape, key)) {
        const at = `${pointer}/${escapePointer(key)}`;
        findings.add(at, 'unknown-field', READING.unknownField({ field: at }));
      }
    const read: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(shape)) {
      const at = `${pointer}/${key}`;
      const given = (value as Record<string, unknown>)[key];
      if (!Object.hasOwn(value, key) || given === undefined) {
        if (!field.optional) findings.add(at, 'invalid-command', READING.missing({ field: at }));
        continue;
      }
      const result = field.read(given, at, findings);
      if (result !== undefined) read[key] = result;
    }
    return findings.count === before ? read : undefined;
  };
}

/** Reads a list of 1 to `most` items (0 where `emptyAllowed`). */
export function list<T>(item: Reader<T>, most: number, emptyAllowed = false): Reader<readonly T[]> {
  return (value, pointer, findings) => {
    if (!Array.isArray(value))
      return findings.add(
        pointer,
        'invalid-command',
        READING.notAList({ field: pointer, value: shown(value) }),
      );
    if ((value.length === 0 && !emptyAllowed) || value.length > most)
      return findings.add(
        pointer,
        'invalid-command',
        READING.itemCount({
          field: pointer,
          least: emptyAllowed ? 0 : 1,
          most,
          count: value.length,
        }),
      );
    const read: T[] = [];
    value.forEach((v, i) => {
      const result = item(v, `${pointer}/${i}`, findings);
      if (result !== undefined) read.push(result);
    });
    return read.length === value.length ? read : undefined;
  };
}

function textMatching(form: Sentence, test: (s: string) => boolean): Reader<string> {
  return (value, pointer, findings) =>
    typeof value === 'string' && test(value)
      ? value
      : findings.add(pointer, 'invalid-command', mustBe(pointer, form, value));
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

export const text = (longest: number): Reader<string> =>
  textMatching(
    FORMS.text({ longest }),
    (s) => s.trim() !== '' && s.length <= longest && s.isWellFormed() && !CONTROL.test(s),
  );

export const commandId = textMatching(FORMS.commandId(), (s) => /^[\x21-\x7e]{1,128}$/.test(s));
/** Shorter than an id, so that ids of what is done to a proposal can be made of it. */
export const proposalId = textMatching(FORMS.proposalId(), (s) => /^[\x21-\x7e]{1,120}$/.test(s));
export const unitCode = textMatching(FORMS.unitCode(), (s) =>
  /^[0-9A-Za-z][0-9A-Za-z.-]{0,63}$/.test(s),
);
export const code = textMatching(FORMS.code(), (s) =>
  /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(s),
);
export const sha256Hex = textMatching(FORMS.sha256(), (s) => /^[0-9a-f]{64}$/.test(s));
export const countText = textMatching(FORMS.count(), (s) => /^(0|[1-9]\d{0,11})$/.test(s));
export const score = textMatching(FORMS.score(), (s) => SCORE_PATTERN.test(s));
export const currency = textMatching(FORMS.currency(), (s) => s === 'CNY');
export const category = textMatching(FORMS.category(), isCategory);
export const remainderKind = textMatching(FORMS.remainderKind(), isRemainderKind);
export const expenditureName = textMatching(FORMS.expenditure(), (s) => s === 'expenditure');

export function wholeNumber(least: number, most: number): Reader<number> {
  return (value, pointer, findings) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? (value as number)
      : findings.add(
          pointer,
          'invalid-command',
          mustBe(pointer, FORMS.wholeNumber({ least, most }), value),
        );
}

export const fiscalYear = wholeNumber(1950, 2199);

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** True for a date YYYY-MM-DD of the Gregorian calendar. */
export function isCalendarDate(s: string): boolean {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(s);
  if (!m) return false;
  const [y, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const days = month === 2 && !leap ? 28 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

export const date: Reader<string> = (value, pointer, findings) =>
  typeof value === 'string' && isCalendarDate(value)
    ? value
    : findings.add(pointer, 'invalid-date', mustBe(pointer, FORMS.date(), value));

/** Which amounts a field takes. */
export type Sign = 'positive' | 'not-negative' | 'not-zero';
const SIGNS: Record<Sign, { test: (fen: number) => boolean; form: Sentence }> = {
  positive: { test: (f) => f > 0, form: FORMS.positive() },
  'not-negative': { test: (f) => f >= 0, form: FORMS.notNegative() },
  'not-zero': { test: (f) => f !== 0, form: FORMS.notZero() },
};

export function amount(sign: Sign): Reader<string> {
  return (value, pointer, findings) => {
    const fen = parseFen(value);
    if (fen === undefined)
      return findings.add(pointer, 'invalid-amount', mustBe(pointer, FORMS.amount(), value));
    if (!SIGNS[sign].test(fen))
      return findings.add(
        pointer,
        'invalid-amount',
        READING.mustBe({ field: pointer, form: SIGNS[sign].form, value: value as string }),
      );
    return value as string;
  };
}

const coded =
  <T>(is: (x: unknown) => x is T, errorCode: LedgerErrorCode, form: Sentence): Reader<T> =>
  (value, pointer, findings) =>
    is(value) ? value : findings.add(pointer, errorCode, mustBe(pointer, form, value));

export const fund = coded(isFund, 'unknown-fund', FORMS.fund({ funds: Object.keys(FUNDS) }));
export const origin = coded(
  isOrigin,
  'unknown-origin',
  FORMS.origin({ origins: Object.keys(ORIGINS) }),
);
export const functionCode = coded(isFunctionCode, 'unknown-function', FORMS.functionCode());
export const economicCode = coded(isEconomicCode, 'unknown-economic', FORMS.economicCode());
