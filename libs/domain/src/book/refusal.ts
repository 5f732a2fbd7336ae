import type { Language } from '../sentences/kinds.js';
import type { Sentence } from '../sentences/sentence.js';
import type { LedgerErrorCode } from './errors.js';

/** One finding about one place of a command. `pointer` is an RFC 6901 JSON pointer into it. */
export interface FieldError {
  readonly pointer: string;
  readonly code: LedgerErrorCode;
  readonly sentence: Sentence;
  /** The sentence in English, as scripts, logs and the command line have it. */
  readonly message: string;
}

/** A refusal as a value: the word, a sentence with names and amounts, and where it applies the fields. */
export interface LedgerError {
  readonly code: LedgerErrorCode;
  readonly sentence: Sentence;
  /** The sentence in English, as scripts, logs and the command line have it. */
  readonly message: string;
  readonly errors?: readonly FieldError[];
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: LedgerError };

export const accepted = <T>(value: T): Result<T> => ({ ok: true, value });

/** A refusal as a value, for whoever does not answer with a Result. */
export const errorOf = (
  code: LedgerErrorCode,
  sentence: Sentence,
  errors?: readonly FieldError[],
): LedgerError => ({ code, sentence, message: sentence.in('en'), ...(errors && { errors }) });

export const fieldError = (
  pointer: string,
  code: LedgerErrorCode,
  sentence: Sentence,
): FieldError => ({ pointer, code, sentence, message: sentence.in('en') });

export const refused = (code: LedgerErrorCode, sentence: Sentence): Result<never> => ({
  ok: false,
  error: errorOf(code, sentence),
});

/** A refusal that names the field it is about. */
export const refusedAt = (
  pointer: string,
  code: LedgerErrorCode,
  sentence: Sentence,
): Result<never> => ({
  ok: false,
  error: errorOf(code, sentence, [fieldError(pointer, code, sentence)]),
});

/** A refusal as people and scripts are told it, in one language. */
export interface ToldError {
  readonly code: LedgerErrorCode;
  readonly message: string;
  readonly errors?: readonly Pick<FieldError, 'pointer' | 'code' | 'message'>[];
}

export const told = ({ code, sentence, errors }: LedgerError, language: Language): ToldError => ({
  code,
  message: sentence.in(language),
  ...(errors && {
    errors: errors.map((e) => ({
      pointer: e.pointer,
      code: e.code,
      message: e.sentence.in(language),
    })),
  }),
});

/** A refusal thrown where a value cannot travel: from queries and from adapters. */
export class LedgerRefusal extends Error {
  constructor(
    readonly error: LedgerError,
    options?: ErrorOptions,
  ) {
    super(error.message, options);
    this.name = 'LedgerRefusal';
  }

  static of(code: LedgerErrorCode, sentence: Sentence, options?: ErrorOptions): LedgerRefusal {
    return new LedgerRefusal(errorOf(code, sentence), options);
  }
}
