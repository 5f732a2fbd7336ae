import { KINDS, type Kind, type Language, type Sayable, type ValueOf } from './kinds.js';

/** One sentence in every language. `{name}` or `{name:kind}` takes a value; both languages take the same. */
export type Texts = Readonly<Record<Language, string>>;

const PLACE = /\{(\w+)(?::(\w+))?\}/g;

type Places<T extends string> = T extends `${string}{${infer P}}${infer Rest}`
  ? P | Places<Rest>
  : never;
type NameIn<P> = P extends `${infer Name}:${string}` ? Name : P & string;
type KindIn<P> = P extends `${string}:${infer K}` ? K & Kind : 'text';
/** The values that a sentence takes, by name, each of the type of its kind. */
type ValuesOf<T extends string> = {
  readonly [P in Places<T> as NameIn<P>]: ValueOf<KindIn<P>>;
};
type Saying<T extends string> = [Places<T>] extends [never]
  ? () => Sentence
  : (values: ValuesOf<T>) => Sentence;

/** Does not compile where one language takes a value that the other does not. */
type SameValues<T extends Texts> = [Places<T['en']>, Places<T['zh']>] extends [
  Places<T['zh']>,
  Places<T['en']>,
]
  ? unknown
  : { readonly en: never; readonly zh: never };

/**
 * A sentence with its values, that can be said in either language. Only a catalogue makes one, so that nothing is
 * said to people that is not in both.
 */
export class Sentence implements Sayable {
  readonly #texts: Texts;
  readonly #values: Readonly<Record<string, unknown>>;

  private constructor(texts: Texts, values: Readonly<Record<string, unknown>>) {
    this.#texts = texts;
    this.#values = values;
  }

  in(language: Language): string {
    return this.#texts[language].replace(PLACE, (_, name: string, kind: Kind = 'text') => {
      const say = KINDS[kind][language] as (value: unknown) => string;
      return say(this.#values[name]);
    });
  }

  /** In JSON it does not stand: what leaves the ledger is what it says, in one language. */
  toJSON(): undefined {
    return undefined;
  }

  /** The sentences of one area, each by its key as a function of its values. */
  static catalogue<const T extends Readonly<Record<string, Texts>>>(
    texts: T & { readonly [K in keyof T]: SameValues<T[K]> },
  ): Catalogue<T> {
    const sayings = Object.entries(texts).map(([key, both]: [string, Texts]) => [
      key,
      Object.assign((values = {}) => new Sentence(both, values), { texts: both }),
    ]);
    return Object.fromEntries(sayings) as Catalogue<T>;
  }
}

/** `texts` is what a sentence is made of, for whoever looks through a catalogue. */
export type Catalogue<T extends Readonly<Record<string, Texts>>> = {
  readonly [K in keyof T]: Saying<T[K]['en']> & { readonly texts: Texts };
};
