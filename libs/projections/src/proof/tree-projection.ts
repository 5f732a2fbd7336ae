import { leafHash } from '#event-store';
import { appendLeaves, type TileStore } from '#proof';
import type { ReadModelDatabase, Statement } from '../kernel/database.js';
import type { Projection, ProjectionWriter, StoredLeaf } from '../kernel/projection.js';

/** The Merkle tree over the log (RFC 9162), as tiles: see TileStore. */
const SCHEMA = `
  create table if not exists tile(
    level integer not null, idx integer not null, hashes blob not null,
    primary key(level, idx)
  ) strict, without rowid;`;

export const treeProjection: Projection = {
  name: 'tree',
  tables: ['tile'],
  schema: SCHEMA,
  writer: (db) => new TreeWriter(db),
};

/** Tiles in the database of read models. */
export class SqliteTileStore implements TileStore {
  readonly #read: Statement<[number, number], Buffer>;
  readonly #write: Statement<[number, number, Uint8Array]>;

  constructor(db: ReadModelDatabase) {
    db.exec(SCHEMA);
    this.#read = db
      .prepare<[number, number], Buffer>('select hashes from tile where level = ? and idx = ?')
      .pluck();
    this.#write = db.prepare('insert or replace into tile values (?, ?, ?)');
  }

  read(level: number, index: number): Uint8Array | undefined {
    return this.#read.get(level, index);
  }

  write(level: number, index: number, bytes: Uint8Array): void {
    this.#write.run(level, index, bytes);
  }
}

class TreeWriter implements ProjectionWriter {
  readonly #tiles: SqliteTileStore;
  #first: number | undefined;
  #leaves: Uint8Array[] = [];

  constructor(db: ReadModelDatabase) {
    this.#tiles = new SqliteTileStore(db);
  }

  apply(): void {}

  take({ index, envelope }: StoredLeaf): void {
    this.#first ??= index;
    this.#leaves.push(leafHash(envelope));
  }

  flush(): void {
    // the log has no gaps, so the first index is how many leaves the tree has
    if (this.#first !== undefined) appendLeaves(this.#tiles, this.#first, this.#leaves);
    this.reset();
  }

  reset(): void {
    this.#first = undefined;
    this.#leaves = [];
  }
}
