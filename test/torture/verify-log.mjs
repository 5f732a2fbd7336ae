// A verifier of its own, from docs/formats.md: nothing of the product's code but the database driver.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
const leafOf = (envelope) => sha256(new Uint8Array([0]), envelope);

/** A flat object as RFC 8785 writes it. */
const canonical = (flat) =>
  `{${Object.keys(flat)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(flat[key])}`)
    .join(',')}}`;

/** Checks a log page by page as it grows; `faults` are sentences, `indexOf` says where each command lies. */
export class LogVerifier {
  faults = [];
  doubled = 0;
  size = 0;
  indexOf = new Map();
  #heads = new Map();

  constructor(directory) {
    this.file = join(directory, 'events.db');
  }

  /** Takes what is new since the last call; `onEvent` sees each event. Answers the verifier itself. */
  take(onEvent = () => undefined) {
    const db = new Database(this.file, { timeout: 10_000 });
    try {
      const origin = db.prepare("select value from meta where key = 'origin'").pluck().get();
      const rows = db
        .prepare(
          `select e.idx, s.name stream, e.revision, e.type, e.date, e.command_id commandId, e.payload,
             e.envelope from events e join streams s on s.id = e.stream_id where idx >= ? order by idx`,
        )
        .iterate(this.size);
      for (const row of rows) {
        this.#check(row, origin);
        onEvent(row);
      }
      const count = db.prepare('select count(*) from events').pluck().get();
      if (count !== this.size) this.faults.push(`${count} rows, ${this.size} were taken`);
    } finally {
      db.close();
    }
    return this;
  }

  #check(row, origin) {
    const { idx, stream, revision, type, date, commandId, payload, envelope } = row;
    const says = JSON.parse(envelope);
    const head = this.#heads.get(stream) ?? { revision: -1, leaf: '' };
    const wrong = (what) => this.faults.push(`event ${idx}: ${what}`);
    if (idx !== this.size) wrong(`the index should be ${this.size}`);
    if (canonical(says) !== envelope) wrong('the envelope is not canonical');
    if (sha256(payload) !== says.payloadHash) wrong('the payload is another');
    const copies = { origin, stream, revision, type, date, commandId };
    for (const [name, copy] of Object.entries(copies))
      if (says[name] !== copy) wrong(`${name} is ${copy}, the envelope says ${says[name]}`);
    if (revision !== head.revision + 1) wrong(`revision ${revision} after ${head.revision}`);
    if (says.streamPrev !== head.leaf) wrong('it is not chained to the event before');
    const key = `${stream} ${commandId}`;
    if (this.indexOf.has(key)) this.doubled++;
    this.indexOf.set(key, idx);
    this.#heads.set(stream, { revision, leaf: leafOf(envelope) });
    this.size = idx + 1;
  }

  /** Of acknowledged commands (`[index, id]`), how many are not in the log at the index that was said. */
  lost(acknowledged, stream = 'book-U-2024') {
    let lost = 0;
    for (const [index, id] of acknowledged)
      if (this.indexOf.get(`${stream} ${id}`) !== index) lost++;
    return lost;
  }
}

/** Acknowledgements as the writer prints them. */
export const acknowledgedOf = (lines) =>
  lines.map((line) => {
    const at = line.indexOf(' ');
    return [Number(line.slice(0, at)), line.slice(at + 1)];
  });
