import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Checkpoints } from '#event-store';

/** Each a file `checkpoints/SIZE` of the data directory, as plain as an auditor keeps it. */
export class CheckpointFiles implements Checkpoints {
  readonly #directory: string;

  constructor(dataDirectory: string) {
    this.#directory = join(dataDirectory, 'checkpoints');
  }

  async sizes(): Promise<readonly number[]> {
    return (unlessMissing(() => readdirSync(this.#directory)) ?? [])
      .filter((name) => /^(0|[1-9]\d{0,15})$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  }

  async read(size: number): Promise<string | undefined> {
    return unlessMissing(() => readFileSync(this.#fileOf(size), 'utf8'));
  }

  async add(size: number, note: string, after?: number): Promise<string> {
    const before = await standing(this, size, after);
    if (before !== undefined) return before;
    mkdirSync(this.#directory, { recursive: true });
    const partial = `${this.#fileOf(size)}.partial-${process.pid}`;
    const fd = openSync(partial, 'w');
    try {
      writeSync(fd, note);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    // a rival with the same key writes the same bytes: Ed25519 signatures of one text are equal
    renameSync(partial, this.#fileOf(size));
    return note;
  }

  close(): void {}

  #fileOf(size: number): string {
    return join(this.#directory, String(size));
  }
}

/** The checkpoint that stands in the way of another: the newest, where that is not `after`, or the one of its size. */
async function standing(
  checkpoints: Checkpoints,
  size: number,
  after: number | undefined,
): Promise<string | undefined> {
  const newest = (await checkpoints.sizes()).at(-1) ?? 0;
  return checkpoints.read(after !== undefined && newest !== after ? newest : size);
}

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** For a ledger in memory. */
export class CheckpointsInMemory implements Checkpoints {
  readonly #notes = new Map<number, string>();

  async sizes(): Promise<readonly number[]> {
    return [...this.#notes.keys()].sort((a, b) => a - b);
  }

  async read(size: number): Promise<string | undefined> {
    return this.#notes.get(size);
  }

  async add(size: number, note: string, after?: number): Promise<string> {
    const before = await standing(this, size, after);
    if (before === undefined) this.#notes.set(size, note);
    return before ?? note;
  }

  close(): void {}
}
