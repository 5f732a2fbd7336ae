import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import type { components } from '../../api/schema.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';

export type Rehearsal = components['schemas']['ClosingRehearsalDto'];
export type Treated = components['schemas']['RemainderDto'];

/** How the close is to be; `carryover` is left out where the rule's proposal stands. */
export interface Wishes {
  readonly date?: string;
  readonly reason?: string;
  readonly carryover?: Treated[];
}

/** The close as it would be; the server tries it on a copy and records nothing. */
export const useRehearsal = (book: BookPlace, wishes: Wishes, enabled: boolean) =>
  useQuery({
    enabled,
    queryKey: [...bookKey(book), 'closing-rehearsal', wishes],
    queryFn: () =>
      answer(
        api.POST('/api/v1/books/{unit}/{year}/closing-rehearsal', {
          params: { path: pathOf(book) },
          body: wishes,
        }),
      ),
  });

/** A remainder's treatment as the close has it, beside the rule's. */
export interface Row extends Treated {
  readonly proposed: string;
  readonly overruled: boolean;
}

const lineOf = ({ project, fund, origin }: Treated): string => `${project}|${fund}|${origin}`;

/** The rows of the table: each part of a remainder, with what the rule makes of its line. */
export const rowsOf = (carryover: readonly Treated[], { remainders }: Rehearsal): readonly Row[] =>
  carryover.map((part) => {
    const rule = remainders.find((remainder) => lineOf(remainder) === lineOf(part))?.proposed ?? {};
    const kind = (part.kind ?? 'carry-forward') as keyof typeof rule;
    return {
      ...part,
      proposed: Object.keys(rule).join('+'),
      overruled: rule[kind] !== part.amount,
    };
  });
