import { useQueries } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { useDuties } from './session.js';

/** As many as the server names at a time. */
const MOST_AT_ONCE = 50;
/** A name changes seldom. */
const STALE_MS = 10 * 60_000;

type Name = string | null;
interface Waiting {
  readonly person: string;
  readonly resolve: (name: Name) => void;
  readonly reject: (error: unknown) => void;
}
let waiting: Waiting[] = [];

/** The name of a person, asked for together with all that are asked for in the same turn; `null` where none is told. */
function askName(person: string): Promise<Name> {
  if (waiting.length === 0) setTimeout(askAll);
  return new Promise((resolve, reject) => waiting.push({ person, resolve, reject }));
}

function askAll(): void {
  const all = waiting;
  waiting = [];
  for (let at = 0; at < all.length; at += MOST_AT_ONCE)
    void askSome(all.slice(at, at + MOST_AT_ONCE));
}

async function askSome(some: readonly Waiting[]): Promise<void> {
  try {
    // typed as one text, for that is what the document says of every parameter
    const person = some.map((w) => w.person) as unknown as string;
    const { people } = await answer(api.GET('/api/v1/people', { params: { query: { person } } }));
    const names = new Map(people.map((p) => [p.person, p.name]));
    for (const w of some) w.resolve(names.get(w.person) ?? null);
  } catch (error) {
    for (const w of some) w.reject(error);
  }
}

/** What persons are called, by their id in events; the id itself where that is not (yet) known, or not to be known. */
export function usePeople(ids: readonly string[]): (id: string) => string {
  const { open, posts, reviews, audits } = useDuties();
  const distinct = [...new Set(ids)];
  const names = useQueries({
    queries: distinct.map((id) => ({
      queryKey: ['person', id],
      queryFn: () => askName(id),
      staleTime: STALE_MS,
      enabled: !open && (posts || reviews || audits),
    })),
    combine: (found) => new Map(found.map(({ data }, i) => [distinct[i], data])),
  });
  return (id) => names.get(id) ?? id;
}
