import type { ValidationError } from 'class-validator';
import type { Sentence } from '#domain';
import { BODY } from './sentences.js';

/** The rules of DTOs in the ledger's own words: class-validator speaks English only. */
const SAID: Readonly<Record<string, readonly ((name: string, fault: string) => Sentence)[]>> = {
  isString: [(name) => BODY.isString({ name }), (name) => BODY.eachIsString({ name })],
  isInt: [(name) => BODY.isInt({ name })],
  isArray: [(name) => BODY.isArray({ name })],
  isDefined: [(name) => BODY.isDefined({ name })],
  arrayMaxSize: [(name, fault) => BODY.arrayMaxSize({ name, most: /\d+/.exec(fault)?.[0] ?? '' })],
  isIn: [(name, fault) => BODY.isIn({ name, choices: fault.split(': ')[1]?.split(', ') ?? [] })],
  nestedValidation: [(name) => BODY.nested({ name }), (name) => BODY.eachNested({ name })],
  whitelistValidation: [(name) => BODY.unknown({ name })],
};

/** What the library says of a rule as a sentence: one of ours that says the same in English, or its own quoted. */
function sentenceOf(rule: string, name: string, fault: string): Sentence {
  const ours = (SAID[rule] ?? []).map((say) => say(name, fault));
  return ours.find((sentence) => sentence.in('en') === fault) ?? BODY.other({ fault });
}

/** Everything that was found in a body, each with its place. */
export const foundIn = (errors: readonly ValidationError[], path = ''): Sentence[] =>
  errors.flatMap(({ property, constraints, children }) => [
    ...Object.entries(constraints ?? {}).map(([rule, fault]) =>
      BODY.found({ field: `${path}/${property}`, what: sentenceOf(rule, `/${property}`, fault) }),
    ),
    ...foundIn(children ?? [], `${path}/${property}`),
  ]);
