import { formatFen, toFen, type Fen } from '../money/index.js';
import {
  FUNDS,
  ORIGINS,
  REMAINDER_KINDS,
  type LineKey,
  type RemainderKind,
} from '../book/vocabulary.js';
import { ROLES } from '../people/roles.js';
import { EVENT_NAMES } from './event-names.js';
import { nameOfField } from './field-names.js';

/** The languages in which the ledger speaks to people. Code words, logs and stored bytes have none. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What can stand inside a sentence as a sentence of its own. */
export interface Sayable {
  in(language: Language): string;
}

/** A budget line with the name of its project, where that is known. */
export interface NamedLine extends LineKey {
  readonly name?: string | undefined;
}

type Say<V> = Readonly<Record<Language, (value: V) => string>>;
type Names = Readonly<Record<string, Readonly<Record<Language, string>>>>;

const same = <V>(say: (value: V) => string): Say<V> => ({ en: say, zh: say });

/** A code as it stands in commands; in Chinese what it is called. A code that is none is shown as it is. */
const coded = (names: Names): Say<string> => ({
  en: (code) => code,
  zh: (code) => (Object.hasOwn(names, code) ? names[code]!.zh : code),
});

const yuan = (amount: Fen | string): string =>
  typeof amount === 'string' ? amount : formatFen(amount);
const grouped = (amount: Fen | string): string =>
  formatFen(typeof amount === 'string' ? toFen(amount) : amount).replace(/\B(?=(\d{3})+\.)/g, ',');

const joined = <V>(say: Say<V>, en: string, zh: string): Say<readonly V[]> => ({
  en: (values) => values.map(say.en).join(en),
  zh: (values) => values.map(say.zh).join(zh),
});

const line: Say<NamedLine> = {
  en: ({ project, name, fund, origin }) =>
    `line ${project}${name ? ` ${name}` : ''} / ${fund} / ${origin}`,
  zh: ({ project, name, fund, origin }) =>
    `指标“${project}${name ? ` ${name}` : ''} / ${FUNDS[fund].zh} / ${ORIGINS[origin].zh}”`,
};

const said: Say<Sayable> = { en: (s) => s.in('en'), zh: (s) => s.in('zh') };

const STATES = {
  open: { en: 'open', zh: '待复核' },
  returned: { en: 'returned', zh: '已退回' },
  withdrawn: { en: 'withdrawn', zh: '已撤回' },
  approved: { en: 'approved', zh: '已通过' },
};

/** How a value stands in a sentence: `{left:yuan}` is of the kind `yuan`, a bare `{id}` of the kind `text`. */
export const KINDS = {
  /** As it is: ids, numbers, names, dates. */
  text: same<string | number>(String),
  /** An amount in yuan, in Chinese with the commas that people write. */
  yuan: { en: yuan, zh: grouped } as Say<Fen | string>,
  /** `430203-208001 2023`, 430203-208001 2023年度. */
  book: {
    en: ({ unit, fiscalYear }) => `${unit} ${fiscalYear}`,
    zh: ({ unit, fiscalYear }) => `${unit} ${fiscalYear}年度`,
  } as Say<{ readonly unit: string; readonly fiscalYear: number | string }>,
  line,
  /** A place in a command, by its JSON pointer. */
  field: nameOfField,
  fund: coded(FUNDS),
  origin: coded(ORIGINS),
  remainder: coded(REMAINDER_KINDS) as Say<RemainderKind>,
  state: coded(STATES),
  event: coded(EVENT_NAMES),
  role: coded(ROLES),
  /** What is the same thing in both languages: a duty, a name of a list. */
  words: { en: (w) => w.en, zh: (w) => w.zh } as Say<Readonly<Record<Language, string>>>,
  list: joined(same<string | number>(String), ', ', '、'),
  funds: joined(coded(FUNDS), ', ', '、'),
  origins: joined(coded(ORIGINS), ' or ', '或'),
  both: joined(coded(FUNDS), ' and ', '和'),
  said,
  all: joined(said, '; ', '；'),
  entries: joined(said, ', ', '；'),
  sums: joined(said, ' and ', '和'),
} as const;

export type Kind = keyof typeof KINDS;
export type ValueOf<K extends Kind> = Parameters<(typeof KINDS)[K]['en']>[0];
