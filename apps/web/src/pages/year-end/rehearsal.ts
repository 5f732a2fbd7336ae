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
