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

/** Signed checkpoints by the size of the log that they are of. */
export interface Checkpoints {
  /** The sizes there are, ascending. */
  sizes(): readonly number[];
  read(size: number): string;
  write(size: number, note: string): void;
}

/** Each a file `checkpoints/SIZE` of the data directory, as plain as an auditor keeps it. */
export class CheckpointFiles implements Checkpoints {
  readonly #directory: string;

  constructor(dataDirectory: string) {
    this.#directory = join(dataDirectory, 'checkpoints');
  }

  sizes(): readonly number[] {
    try {
      return readdirSync(this.#directory)
        .filter((name) => /^(0|[1-9]\d{0,15})$/.test(name))
        .map(Number)
        .sort((a, b) => a - b);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  read(size: number): string {
    return readFileSync(join(this.#directory, String(size)), 'utf8');
  }

  write(size: number, note: string): void {
    mkdirSync(this.#directory, { recursive: true });
    const file = join(this.#directory, String(size));
    const partial = `${file}.partial-${process.pid}`;
    const fd = openSync(partial, 'w');
    try {
      writeSync(fd, note);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(partial, file);
  }
}

/** For a ledger in memory. */
export class CheckpointsInMemory implements Checkpoints {
  readonly #notes = new Map<number, string>();

  sizes(): readonly number[] {
    return [...this.#notes.keys()].sort((a, b) => a - b);
  }

  read(size: number): string {
    return this.#notes.get(size)!;
  }

  write(size: number, note: string): void {
    this.#notes.set(size, note);
  }
}
