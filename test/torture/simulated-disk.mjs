// A disk that forgets what was not synced: one directory of files, and what a power cut may leave of them.
import { Buffer } from 'node:buffer';

const SECTOR = 512;

class Bytes {
  constructor(buffer = Buffer.alloc(0), length = buffer.length) {
    this.buffer = buffer;
    this.length = length;
  }

  write(data, at) {
    const end = at + data.length;
    if (end > this.buffer.length) {
      const larger = Buffer.alloc(end * 2);
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    data.copy(this.buffer, at);
    this.length = Math.max(this.length, end);
  }

  resize(length) {
    if (length > this.length) this.write(Buffer.alloc(length - this.length), this.length);
    else this.buffer.fill(0, length, this.length);
    this.length = length;
  }

  apply(change) {
    if (change.data) this.write(change.data, change.at);
    else this.resize(change.length);
  }

  clone() {
    return new Bytes(Buffer.from(this.buffer.subarray(0, this.length)));
  }
}

/** What the cut does to the changes that were not synced. */
const MOODS = ['none', 'all', 'some', 'torn'];

/**
 * Writes and truncations of a file last once the file is synced; that a name is there or gone lasts once
 * the directory is. Before, a cut may keep any of the writes, whole or by sectors of 512 bytes, and of the
 * changes of names any first few, since file systems keep those in order.
 */
export class SimulatedDisk {
  #names = new Map();
  #lasting = new Map();
  #renamings = [];

  #file(name) {
    let file = this.#names.get(name);
    if (!file) {
      file = { lasting: new Bytes(), pending: [] };
      this.#name(name, file);
    }
    return file;
  }

  #name(name, file) {
    if (file) this.#names.set(name, file);
    else this.#names.delete(name);
    this.#renamings.push({ name, file });
  }

  write(name, data, at) {
    this.#file(name).pending.push({ data, at });
  }

  truncate(name, length) {
    this.#file(name).pending.push({ length });
  }

  unlink(name) {
    this.#name(name, undefined);
  }

  rename(from, to) {
    this.#name(to, this.#file(from));
    this.#name(from, undefined);
  }

  sync(name) {
    const file = this.#file(name);
    for (const change of file.pending) file.lasting.apply(change);
    file.pending = [];
  }

  syncDirectory() {
    for (const renaming of this.#renamings) follow(this.#lasting, renaming);
    this.#renamings = [];
  }

  /** The files after a cut now, by name; the disk itself goes on as if there had been none. */
  cut(random) {
    const mood = random.pick(MOODS);
    const names = new Map(this.#lasting);
    const kept = { none: 0, all: this.#renamings.length }[mood];
    const first = kept ?? random.between(0, this.#renamings.length);
    for (const renaming of this.#renamings.slice(0, first)) follow(names, renaming);
    return new Map([...names].map(([name, file]) => [name, survivor(file, mood, random)]));
  }
}

function follow(names, { name, file }) {
  if (file) names.set(name, file);
  else names.delete(name);
}

function survivor({ lasting, pending }, mood, random) {
  const bytes = lasting.clone();
  const survives = random.next();
  for (const change of pending) {
    if (mood === 'all' || (mood === 'some' && random.chance(survives))) bytes.apply(change);
    if (mood !== 'torn') continue;
    if (!change.data) {
      if (random.chance(survives)) bytes.apply(change);
      continue;
    }
    for (const { data, at } of sectorsOf(change))
      if (random.chance(survives)) bytes.write(data, at);
  }
  return bytes.buffer.subarray(0, bytes.length);
}

function* sectorsOf({ data, at }) {
  for (let from = 0; from < data.length;) {
    const to = Math.min(data.length, from + SECTOR - ((at + from) % SECTOR));
    yield { data: data.subarray(from, to), at: at + from };
    from = to;
  }
}
