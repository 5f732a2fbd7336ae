import type Database from 'better-sqlite3';
import type { CountedEvent, IndexedHead, Place, Progress } from './place.js';
import { comparePositions } from './protocol.js';

const PLACE = `
  select e.idx as "index", s.name as stream, e.revision, e.commit_at as "commit", e.prepare_at as prepare
  from events e`;
const WITH_NAME = 'join streams s on s.id = e.stream_id';
// the indices by name: left to choose, SQLite walks a whole stream, or the events in the order of their ranks
const byIndex = (name: 'events_by_revision' | 'events_by_command') =>
  `${PLACE} indexed by ${name} ${WITH_NAME} where e.stream_id = (select id from streams where name = ?)`;

/**
 * The places that are kept in `log-index.db`, or in memory where there is no directory. Several processes may have
 * the file open; each adds what no other has.
 */
export class PlacesFile {
  readonly #head: Database.Statement<[string], IndexedHead>;
  readonly #idOf: Database.Statement<[string], number>;
  readonly #addStream: Database.Statement<[string]>;
  readonly #add: Database.Statement<[number, number, number, string, string, number, number]>;
  readonly #progress: Database.Statement<[], [number, number | null, number | null]>;
  readonly #advance: Database.Statement<[number, number, number]>;
  readonly #at: Database.Statement<[string, number], Place>;
  readonly #byCommand: Database.Statement<[string, string], Place>;
  readonly #commands: Database.Statement<[string], string>;
  readonly #from: Database.Statement<[number, number], Place>;
  readonly #ofStream: Database.Statement<[string, number, number], Place>;
  readonly #write: Database.Transaction<(events: readonly CountedEvent[], to: Progress) => void>;

  constructor(private readonly db: Database.Database) {
    this.#head = db.prepare(`
      select e.revision, e.leaf, e.idx as "index" from streams s
      join events e indexed by events_by_revision on e.stream_id = s.id
      where s.name = ? order by e.revision desc limit 1`);
    this.#idOf = db.prepare<[string], number>('select id from streams where name = ?').pluck();
    this.#addStream = db.prepare('insert into streams(name) values (?)');
    this.#add = db.prepare('insert into events values (?, ?, ?, ?, ?, ?, ?)');
    this.#progress = db
      .prepare<[], [number, number | null, number | null]>(
        'select size, commit_at, prepare_at from progress',
      )
      .raw();
    this.#advance = db.prepare('update progress set size = ?, commit_at = ?, prepare_at = ?');
    this.#at = db.prepare(`${byIndex('events_by_revision')} and e.revision = ? limit 1`);
    this.#byCommand = db.prepare(`${byIndex('events_by_command')} and e.command_id = ? limit 1`);
    this.#commands = db
      .prepare<[string], string>(
        `select command_id from events indexed by events_by_command
         where stream_id = (select id from streams where name = ?)`,
      )
      .pluck();
    this.#from = db.prepare(`${PLACE} ${WITH_NAME} where e.idx >= ? order by e.idx limit ?`);
    this.#ofStream = db.prepare(
      `${byIndex('events_by_revision')} and e.revision >= ? order by e.revision limit ?`,
    );
    this.#write = db.transaction((events, to) => this.#addMissing(events, to));
  }

  get progress(): Progress {
    const [size, commit, prepare] = this.#progress.get()!;
    return { size, position: commit === null ? undefined : { commit, prepare: prepare! } };
  }

  /** The last event of a stream. */
  head(stream: string): IndexedHead | undefined {
    return this.#head.get(stream);
  }

  at(stream: string, revision: number): Place | undefined {
    return this.#at.get(stream, revision);
  }

  byCommand(stream: string, commandId: string): Place | undefined {
    return this.#byCommand.get(stream, commandId);
  }

  /** The command ids of a stream. */
  commands(stream: string): string[] {
    return this.#commands.all(stream);
  }

  from(index: number, limit: number): Place[] {
    return this.#from.all(index, limit);
  }

  ofStream(stream: string, from: number, limit: number): Place[] {
    return this.#ofStream.all(stream, from, limit);
  }

  streams(): string[] {
    return this.db.prepare<[], string>('select name from streams').pluck().all();
  }

  /**
   * Adds those of the events that no process has added yet, and moves on to a place in `$all`, in one transaction.
   * Ranks are the same in every process.
   */
  write(events: readonly CountedEvent[], to: Progress): void {
    this.#write.immediate(events, to);
  }

  close(): void {
    this.db.close();
  }

  #addMissing(events: readonly CountedEvent[], { size, position }: Progress): void {
    const before = this.progress;
    const missing = events.filter(({ index }) => index >= before.size);
    if (missing.length > 0 && missing[0]!.index !== before.size)
      throw new RangeError(`the index ends at ${before.size}, not at ${missing[0]!.index}`);
    const ids = new Map<string, number>();
    for (const { index, stream, revision, commandId, leaf, commit, prepare } of missing) {
      let id = ids.get(stream);
      if (id === undefined) ids.set(stream, (id = this.#streamId(stream)));
      this.#add.run(index, id, revision, commandId, leaf, commit, prepare);
    }
    const isFurther =
      position && (!before.position || comparePositions(before.position, position) < 0);
    if (isFurther) this.#advance.run(size, position.commit, position.prepare);
  }

  #streamId(name: string): number {
    return this.#idOf.get(name) ?? Number(this.#addStream.run(name).lastInsertRowid);
  }
}
