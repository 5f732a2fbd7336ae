import { LRUCache } from 'lru-cache';
import { EMPTY_STREAM } from '../../envelope.js';
import { IndexTail } from './index-tail.js';
import type { LedgerRecord } from './ledger-record.js';
import type { CountedEvent, IndexedHead, Place, Progress } from './place.js';
import type { PlacesFile } from './places-file.js';
import { comparePositions, type Position } from './protocol.js';

/** What is known of a stream. */
interface KnownStream {
  readonly head: IndexedHead;
  /** The ids of all commands of its events up to the head and maybe of more; undefined until they are asked for. */
  readonly commands: Set<string> | undefined;
}

/** So many heads and command ids together, some 100 bytes each. */
const MOST_KNOWN = 200_000;
/** The command ids of a longer stream are not kept in memory. */
const MOST_COMMANDS = 50_000;
const NO_HEAD: IndexedHead = { ...EMPTY_STREAM, index: -1 };
/**
 * What is counted goes to the file after so long, or so many events. Most of what that costs are the pages that are
 * touched, which many events together touch once.
 */
const TO_FILE_MS = 500;
const TO_FILE_EVENTS = 2000;
/** So many may wait for a file that cannot be written, a full disk say. */
const MOST_IN_MEMORY = 20_000;

/**
 * The ranks of the log's events in `$all`, as this node has seen them: the last of them in memory, the others in a
 * file, which may be deleted, since all is made again from the server. A crash loses what is in memory, and the
 * next start reads that from the server anew.
 */
export class LogIndex {
  readonly #tail = new IndexTail();
  readonly #known = new LRUCache<string, KnownStream>({
    maxSize: MOST_KNOWN,
    sizeCalculation: ({ commands }) => 1 + (commands?.size ?? 0),
  });
  #progress: Progress;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly file: PlacesFile) {
    this.#progress = file.progress;
  }

  /** How far this node has counted; another process may have taken the file further. */
  get progress(): Progress {
    return this.#progress;
  }

  /** The last event of a stream that is known here. */
  head(stream: string): IndexedHead {
    return this.#stream(stream).head;
  }

  at(stream: string, revision: number): Place | undefined {
    return this.#tail.at(stream, revision) ?? this.file.at(stream, revision);
  }

  /** Whether an event of a stream comes from a command. */
  has(stream: string, commandId: string): boolean {
    const known = this.#withCommands(stream);
    return known.commands
      ? known.commands.has(commandId)
      : this.#placeOf(stream, commandId) !== undefined;
  }

  byCommand(stream: string, commandId: string): Place | undefined {
    return this.has(stream, commandId) ? this.#placeOf(stream, commandId) : undefined;
  }

  from(index: number, limit: number): readonly Place[] {
    const kept = this.file.from(index, limit);
    const next = kept.length > 0 ? kept.at(-1)!.index + 1 : index;
    return [...kept, ...this.#tail.from(next, limit - kept.length)];
  }

  /** The places of a stream's events from a revision on. */
  ofStream(stream: string, from: number, limit: number): readonly Place[] {
    const kept = this.file.ofStream(stream, from, limit);
    const next = kept.length > 0 ? kept.at(-1)!.revision + 1 : from;
    return [...kept, ...this.#tail.ofStream(stream, next, limit - kept.length)];
  }

  /** The names of all streams. */
  streams(): string[] {
    return [...new Set([...this.file.streams(), ...this.#tail.streams])];
  }

  /**
   * Counts records in the order of `$all` and moves on to `position`; what lies at or before the position where the
   * index is already is left out. Answers the size of the log. Throws where the file has not been writable for so long
   * that no more can be kept.
   */
  apply(records: readonly LedgerRecord[], position: Position): number {
    if (this.#tail.events.length > MOST_IN_MEMORY) this.#toFile();
    let { size, position: at } = this.#progress;
    const isNew = (to: Position) => at === undefined || comparePositions(at, to) < 0;
    for (const record of records) {
      if (!isNew(record)) continue;
      const { stream, revision, commandId, leaf, commit, prepare } = record;
      const event = { index: size++, stream, revision, commandId, leaf, commit, prepare };
      this.#tail.add(event);
      this.#extend(stream, event);
      at = { commit, prepare };
    }
    if (isNew(position)) at = position;
    if (at === this.#progress.position) return size;
    this.#progress = { size, position: at };
    if (this.#tail.events.length >= TO_FILE_EVENTS) this.#tryToFile();
    else this.#timer ??= setTimeout(() => this.#tryToFile(), TO_FILE_MS).unref();
    return size;
  }

  /** Writes to the file what is not there yet, as far as that is possible, and closes it. */
  close(): void {
    this.#tryToFile();
    this.file.close();
  }

  #placeOf(stream: string, commandId: string): Place | undefined {
    return this.#tail.byCommand(stream, commandId) ?? this.file.byCommand(stream, commandId);
  }

  #stream(name: string): KnownStream {
    let known = this.#known.get(name);
    if (!known) {
      const [kept, last] = [this.file.head(name) ?? NO_HEAD, this.#tail.head(name) ?? NO_HEAD];
      known = { head: kept.revision < last.revision ? last : kept, commands: undefined };
      this.#known.set(name, known);
    }
    return known;
  }

  #withCommands(name: string): KnownStream {
    const { head, commands } = this.#stream(name);
    if (commands ?? head.revision >= MOST_COMMANDS) return { head, commands };
    const ids = [...this.file.commands(name), ...this.#tail.commands(name)];
    const known = { head, commands: new Set(ids) };
    this.#known.set(name, known);
    return known;
  }

  #extend(name: string, event: CountedEvent): void {
    const { head, commands } = this.#stream(name);
    commands?.add(event.commandId);
    this.#known.set(name, {
      // another process may have taken the file further than this one has counted
      head: head.revision < event.revision ? event : head,
      commands: event.revision < MOST_COMMANDS ? commands : undefined,
    });
  }

  #tryToFile(): void {
    try {
      this.#toFile();
    } catch {
      // it stays in memory: the next events try again, and more than MOST_IN_MEMORY are not taken
    }
  }

  #toFile(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.file.write(this.#tail.events, this.#progress);
    this.#tail.clear();
  }
}
