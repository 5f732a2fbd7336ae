import type { CountedEvent } from './place.js';

interface StreamTail {
  readonly events: CountedEvent[];
  readonly byCommand: Map<string, CountedEvent>;
}

/** The last events of the log, in the order of their ranks, which are not in the file of the index yet. */
export class IndexTail {
  readonly events: CountedEvent[] = [];
  readonly #streams = new Map<string, StreamTail>();

  get streams(): Iterable<string> {
    return this.#streams.keys();
  }

  add(event: CountedEvent): void {
    this.events.push(event);
    let of = this.#streams.get(event.stream);
    if (!of) this.#streams.set(event.stream, (of = { events: [], byCommand: new Map() }));
    of.events.push(event);
    // a command may have made several events: the first is the one to find
    if (!of.byCommand.has(event.commandId)) of.byCommand.set(event.commandId, event);
  }

  /** The last event of a stream. */
  head(stream: string): CountedEvent | undefined {
    return this.#streams.get(stream)?.events.at(-1);
  }

  at(stream: string, revision: number): CountedEvent | undefined {
    return this.#streams.get(stream)?.events.findLast((event) => event.revision === revision);
  }

  byCommand(stream: string, commandId: string): CountedEvent | undefined {
    return this.#streams.get(stream)?.byCommand.get(commandId);
  }

  commands(stream: string): Iterable<string> {
    return this.#streams.get(stream)?.byCommand.keys() ?? [];
  }

  from(index: number, limit: number): readonly CountedEvent[] {
    const at = Math.max(0, index - (this.events[0]?.index ?? 0));
    return this.events.slice(at, at + limit);
  }

  ofStream(stream: string, from: number, limit: number): readonly CountedEvent[] {
    const events = this.#streams.get(stream)?.events ?? [];
    return events.filter(({ revision }) => revision >= from).slice(0, limit);
  }

  clear(): void {
    this.events.length = 0;
    this.#streams.clear();
  }
}
