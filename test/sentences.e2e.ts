import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  COMMAND_NAMES,
  KINDS,
  LANGUAGES,
  LEDGER_ERRORS,
  readCommand,
  refused,
  Sentence,
  type Kind,
} from '#domain';
import { COMMAND_SHAPES } from '../libs/domain/src/book/read/shapes.js';
import { DUTIES } from '../apps/api/src/access/duties.js';
import { CHINESE, englishIn, everySentence, type Entry } from './sentences.js';

/** A value of each kind that is seen in either language. */
const LINE = { project: '甲', name: '项目', fund: 'government-fund', origin: 'current' } as const;
const inside = Sentence.catalogue({ here: { en: '⟨inside⟩', zh: '⟨里面⟩' } }).here();
const SAMPLES: { readonly [K in Kind]: (name: string) => Parameters<(typeof KINDS)[K]['zh']>[0] } =
  {
    text: (name) => `⟨${name}⟩`,
    yuan: () => '-1234567.89',
    book: () => ({ unit: '430203', fiscalYear: 2023 }),
    line: () => LINE,
    field: () => '/lines/0/amount',
    fund: () => 'government-fund',
    origin: () => 'carryover',
    remainder: () => 'recovery',
    state: () => 'withdrawn',
    event: () => 'PaymentMade',
    role: () => 'auditor',
    words: () => ({ en: '⟨words⟩', zh: '⟨话⟩' }),
    list: () => ['⟨一⟩', '⟨二⟩'],
    funds: () => ['government-fund', 'other-funds'],
    origins: () => ['current', 'carryover'],
    both: () => ['government-fund', 'other-funds'],
    said: () => inside,
    all: () => [inside, inside],
    entries: () => [inside, inside],
    sums: () => [inside, inside],
  };

interface Place {
  readonly text: string;
  readonly name: string;
  readonly kind: Kind;
}
const placesIn = (text: string): readonly Place[] =>
  [...text.matchAll(/\{(\w+)(?::(\w+))?\}/g)].map(([whole, name, kind = 'text']) => ({
    text: whole,
    name: name!,
    kind: kind as Kind,
  }));
const sampleOf = ({ kind, name }: Place): unknown => SAMPLES[kind](name);
const without = (text: string, parts: readonly string[]): string =>
  parts.reduce((rest, part) => rest.replaceAll(part, ''), text);

describe('every sentence of the ledger', () => {
  let all: ReadonlyMap<string, Entry>;
  beforeAll(async () => {
    all = await everySentence();
  });

  it('is found', () => {
    expect(all.size).toBeGreaterThan(250);
    for (const known of [
      'CONTROL.insufficient',
      'STORE.closed',
      'ACCESS.forbidden',
      'FILES.atLine',
    ])
      expect([...all.keys()]).toContain(known);
  });

  it('is Chinese in Chinese and English in English', () => {
    const wrong = [...all].flatMap(([key, { texts }]) => {
      const places = placesIn(texts.zh).map((p) => p.text);
      const [en, zh] = [without(texts.en, places), without(texts.zh, places)];
      const speaks = CHINESE.test(zh) || !/[A-Za-z]/.test(en);
      return [
        ...englishIn(zh).map((word) => `${key} has the English word ${word}: ${texts.zh}`),
        ...(CHINESE.test(en) ? [`${key} has Chinese in English: ${texts.en}`] : []),
        ...(speaks || /^[\W_]*(CNY|expenditure)[\W_]*$/.test(en) ? [] : [`${key} says nothing`]),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('has a kind for every value, and says every value in both languages', () => {
    for (const [key, entry] of all) {
      const places = placesIn(entry.texts.en);
      const values = Object.fromEntries(places.map((p) => [p.name, sampleOf(p)]));
      for (const place of places)
        expect([key, Object.keys(KINDS)]).toEqual([key, expect.arrayContaining([place.kind])]);
      for (const language of LANGUAGES) {
        const said = entry(values).in(language);
        for (const place of places) {
          const say = KINDS[place.kind][language] as (value: unknown) => string;
          expect([key, said]).toEqual([key, expect.stringContaining(say(values[place.name]))]);
        }
        expect([key, said]).not.toEqual([key, expect.stringMatching(/[{}]/)]);
      }
    }
  });

  it('does not stand in JSON, where only what it says does', () => {
    const { error } = refused('invalid-query', inside) as { error: object };
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'invalid-query',
      message: '⟨inside⟩',
    });
  });

  it('does not compile in one language, with other values, or bare', () => {
    // @ts-expect-error -- there is no Chinese
    const one = () => Sentence.catalogue({ a: { en: 'a line' } });
    // @ts-expect-error -- the Chinese lacks a value
    const other = () => Sentence.catalogue({ a: { en: 'line {n}', zh: '行' } });
    // @ts-expect-error -- a value of another kind
    const kind = () => Sentence.catalogue({ a: { en: '{n:yuan}', zh: '{n:book}' } });
    const { here } = Sentence.catalogue({
      here: { en: 'book {book:book}', zh: '账簿 {book:book}' },
    });
    // @ts-expect-error -- no value
    const none = () => here();
    // @ts-expect-error -- a value of another type
    const type = () => here({ book: 'U' });
    // @ts-expect-error -- a bare English sentence
    const bare = () => refused('invalid-query', 'this is English only');
    expect([one, other, kind, none, type, bare]).toHaveLength(6);
  });
});

describe('in Chinese', () => {
  it('every code word and every duty has a title', () => {
    const titles = Object.values(LEDGER_ERRORS).map(({ title }) => title.zh);
    const duties = Object.values(DUTIES).map(({ what }) => what.zh);
    for (const text of [...titles, ...duties]) {
      expect(text).toMatch(CHINESE);
      expect([text, englishIn(text)]).toEqual([text, []]);
    }
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('every field of every command has a name', () => {
    const nameless = new Set<string>();
    for (const command of COMMAND_NAMES)
      for (const pointer of pointersOf(command)) {
        const name = KINDS.field.zh(pointer);
        if (englishIn(name).length > 0) nameless.add(name);
      }
    expect([...nameless]).toEqual([]);
    expect(KINDS.field.zh('/lines/0/amount')).toBe('指标明细第 1 行的“金额”');
    expect(KINDS.field.zh('/posting/document/number')).toBe('“文号”');
    expect(KINDS.field.en('/lines/0/amount')).toBe('lines.0.amount');
  });

  it('a line, an amount and a book are written as people write them', () => {
    expect(KINDS.yuan.zh('1234567.89')).toBe('1,234,567.89');
    expect(KINDS.yuan.zh('-100.00')).toBe('-100.00');
    expect(KINDS.line.zh(LINE)).toBe('指标“甲 项目 / 政府性基金 / 本年拨款”');
    expect(KINDS.book.zh({ unit: 'U', fiscalYear: 2023 })).toBe('U 2023年度');
  });
});

/** The pointers of a command: its own fields, and those that are found missing inside. */
function pointersOf(command: keyof typeof COMMAND_SHAPES): ReadonlySet<string> {
  const fields = Object.keys(COMMAND_SHAPES[command]);
  const pointers = new Set(fields.map((field) => `/${field}`));
  for (const filled of [{}, [{}]]) {
    const read = readCommand({
      command,
      ...Object.fromEntries(fields.map((field) => [field, filled])),
    });
    if (!read.ok) for (const { pointer } of read.error.errors ?? []) pointers.add(pointer);
  }
  return pointers;
}
