import { usePeople } from '../app/people.js';

/** Somebody by name, with the id that stands in the events at hand. */
export function Person({ id }: { id: string }) {
  const name = usePeople([id])(id);
  return name === id ? id : <span title={id}>{name}</span>;
}
