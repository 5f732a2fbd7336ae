import { fenOf, readAmount, typedFen, yuanOf } from '../../ui/amount.js';
import { keyText } from '../../app/lines.js';
import type { Rehearsal, Treated } from './rehearsal.js';

export type RemainderKind = 'carry-forward' | 'surplus' | 'recovery';
type LineRemainder = Rehearsal['remainders'][number];

/** A part of a remainder while it is written: what becomes of how much, and why. */
export interface Part {
  readonly kind: RemainderKind;
  /** As it was typed; of an undivided remainder all of it. */
  readonly amount: string;
  readonly reason: string;
}

/** The parts of each remainder, by the `keyText` of its line. */
export type Parts = Readonly<Record<string, readonly Part[]>>;

/** The parts that a close has. */
export function partsOf(carryover: readonly Treated[]): Parts {
  const parts: Record<string, Part[]> = {};
  for (const treated of carryover) {
    const { kind = 'carry-forward', amount, reason = '' } = treated;
    (parts[keyText(treated)] ??= []).push({ kind: kind as RemainderKind, amount, reason });
  }
  return parts;
}

/** What was written before, on the remainders as they are now: an undivided one is whatever it has become. */
export function onRemainders({ remainders, command }: Rehearsal, kept: Parts): Parts {
  const rehearsed = partsOf(command.carryover);
  return Object.fromEntries(
    remainders.map((remainder) => {
      const line = keyText(remainder);
      const parts = kept[line] ?? rehearsed[line] ?? [];
      const [only] = parts;
      const isDivided = parts.length > 1 || !only;
      return [line, isDivided ? parts : [{ ...only, amount: remainder.amount }]];
    }),
  );
}

/** The carryover of a close-year command; what is no amount goes as it is, for the server to refuse. */
export const carryoverOf = (remainders: readonly LineRemainder[], parts: Parts): Treated[] =>
  remainders.flatMap((remainder) =>
    (parts[keyText(remainder)] ?? []).map(({ kind, amount, reason }) => ({
      project: remainder.project,
      fund: remainder.fund,
      origin: remainder.origin,
      amount: readAmount(amount) ?? amount,
      kind,
      ...(reason.trim() !== '' && { reason }),
    })),
  );

/** What the parts lack to make up the remainder, in yuan; negative where they are more. */
export const missingOf = (remainder: LineRemainder, parts: readonly Part[]): string =>
  yuanOf(parts.reduce((open, { amount }) => open - typedFen(amount), fenOf(remainder.amount)));

/** Whether a part is more than the rule makes of its kind, which needs a reason (docs/decisions/0004). */
export const isOverruled = ({ proposed }: LineRemainder, { kind, amount }: Part): boolean =>
  typedFen(amount) > fenOf(proposed[kind] ?? '0.00');

/** Whether every remainder is made up to the fen, by amounts above zero, and every departure from the rule has its reason. */
export const areWhole = (remainders: readonly LineRemainder[], parts: Parts): boolean =>
  remainders.every((remainder) => {
    const own = parts[keyText(remainder)] ?? [];
    return (
      fenOf(missingOf(remainder, own)) === 0n &&
      own.every((part) => typedFen(part.amount) > 0n) &&
      own.every((part) => !isOverruled(remainder, part) || part.reason.trim() !== '')
    );
  });
