// The one log behind all nodes of the double: streams, expected revisions, idempotency, deletion.
import { randomUUID } from 'node:crypto';

/**
 * What a writer expects of a stream: a revision from 0, or a word.
 * @typedef {bigint | 'any' | 'no_stream' | 'stream_exists'} Expected
 * @typedef {{ id: string, type: string, contentType: string, data: Buffer, metadata: Buffer }} Proposal
 * @typedef {Proposal & { index: number, stream: string, revision: bigint, at: number, createdMs: number }} LogRecord
 *   `at` is the byte position in the log, which serves as commit and prepare position alike, as it
 *   does for every ordinary write of a real server.
 * @typedef {{ result: 'written', revision: bigint | undefined, at: number }
 *   | { result: 'wrong-expected-version', current: bigint | undefined }
 *   | { result: 'stream-deleted' }} Outcome
 * @typedef {{ records: LogRecord[], tombstoned: boolean, truncateBefore: number }} Stream
 */

/** The revision of a tombstone, and the `$tb` of a soft deletion: the largest 64-bit integer. */
const LAST_REVISION = 9223372036854775807n;
const FIRST_POSITION = 1_207;
const FRAME_BYTES = 87;
const NONE = Buffer.alloc(0);
const JSON_TYPE = 'application/json';
const BYTES_TYPE = 'application/octet-stream';

export class RecordLog {
  /** @type {LogRecord[]} */
  records = [];
  /** @type {Map<string, Stream>} */
  #streams = new Map();
  /** @type {Map<string, LogRecord>} */
  #byId = new Map();
  #nextPosition = FIRST_POSITION;
  #onAppended;

  /** @param {() => void} onAppended called after each write, with all its records in place */
  constructor(onAppended) {
    this.#onAppended = onAppended;
  }

  /** The stream, or undefined where nothing was ever written to it. @param {string} name */
  stream(name) {
    return this.#streams.get(name);
  }

  /**
   * Writes all or nothing, under the rules of a real server: an expected revision that is the
   * current one always writes, even an event id that is there already; one that is older succeeds
   * without writing where exactly these ids follow it; any other is wrong.
   * @param {string} name @param {Expected} expected @param {Proposal[]} proposals
   * @returns {Outcome}
   */
  append(name, expected, proposals) {
    const stream = this.#streams.get(name);
    const refused = refusal(stream, expected);
    if (refused) return refused;
    const before = this.#alreadyWritten(name, stream, expected, proposals);
    if (before) return before;
    const revived = stream !== undefined && isSoftDeleted(stream);
    const written = this.#write(name, proposals);
    if (revived) this.#setTruncateBefore(name, BigInt(written[0]?.revision ?? 0n));
    this.#onAppended();
    const last = written.at(-1);
    return {
      result: 'written',
      revision: last?.revision ?? lastRevision(stream),
      at: last?.at ?? 0,
    };
  }

  /**
   * Deletes softly (`$tb` in the stream's metadata) or for ever (a `$streamDeleted` record).
   * @param {string} name @param {Expected} expected @param {boolean} forEver
   * @returns {Outcome}
   */
  delete(name, expected, forEver) {
    const stream = this.#streams.get(name);
    const refused = refusal(stream, expected);
    if (refused) return refused;
    if (typeof expected === 'bigint' && expected !== lastRevision(stream))
      return { result: 'wrong-expected-version', current: lastRevision(stream) };
    const record = forEver ? this.#tombstone(name) : this.#setTruncateBefore(name, LAST_REVISION);
    this.#onAppended();
    return { result: 'written', revision: record.revision, at: record.at };
  }

  /** The index of the first record at this position or behind it. @param {number} at */
  indexAt(at) {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.records[middle]?.at ?? Infinity) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @returns {Outcome | undefined} */
  #alreadyWritten(name, stream, expected, proposals) {
    const current = lastRevision(stream);
    const wrong = /** @type {Outcome} */ ({ result: 'wrong-expected-version', current });
    if (expected === 'any' || expected === 'stream_exists') {
      const found = proposals
        .map(({ id }) => this.#byId.get(id))
        .map((r) => r?.stream === name && r);
      if (!found[0]) return undefined;
      const last = found.at(-1);
      return last && found.every(Boolean) ? { ...last, result: 'written' } : wrong;
    }
    const from = expected === 'no_stream' ? 0 : Number(expected) + 1;
    const have = stream?.records.length ?? 0;
    if (from === have) return undefined;
    if (from > have) return wrong;
    const same = proposals.every(({ id }, i) => stream.records[from + i]?.id === id);
    const last = stream.records[from + proposals.length - 1];
    if (same && proposals.length > 0) return { ...last, result: 'written' };
    return expected === 'no_stream' && isSoftDeleted(stream) ? undefined : wrong;
  }

  #write(name, proposals) {
    const stream = this.#open(name);
    const written = proposals.map((proposal) =>
      this.#add(stream, name, BigInt(stream.records.length), proposal),
    );
    if (name.startsWith('$$')) this.#readMetadata(name.slice(2), written.at(-1));
    return written;
  }

  #open(name) {
    let stream = this.#streams.get(name);
    if (!stream) {
      stream = { records: [], tombstoned: false, truncateBefore: 0 };
      this.#streams.set(name, stream);
    }
    return stream;
  }

  /** @returns {LogRecord} */
  #add(stream, name, revision, proposal) {
    const index = this.records.length;
    const at = this.#nextPosition;
    const record = { ...proposal, index, stream: name, revision, at, createdMs: Date.now() };
    this.#nextPosition +=
      FRAME_BYTES +
      name.length +
      proposal.type.length +
      proposal.data.length +
      proposal.metadata.length;
    this.records.push(record);
    this.#byId.set(record.id, record);
    if (revision !== LAST_REVISION) stream.records.push(record);
    return record;
  }

  #tombstone(name) {
    const stream = this.#open(name);
    stream.tombstoned = true;
    return this.#add(stream, name, LAST_REVISION, {
      ...system('$streamDeleted', NONE),
      contentType: BYTES_TYPE,
    });
  }

  #setTruncateBefore(name, revision) {
    const metadata = Buffer.from(`{"$tb":${revision}}`);
    return this.#write(`$$${name}`, [system('$metadata', metadata)])[0];
  }

  #readMetadata(name, record) {
    const before = Number(JSON.parse(record.data.toString('utf8'))['$tb'] ?? 0);
    this.#open(name).truncateBefore = before;
  }
}

/** An event of the server's own. @param {string} type @param {Buffer} data @returns {Proposal} */
export const system = (type, data) => ({
  id: randomUUID(),
  type,
  contentType: JSON_TYPE,
  data,
  metadata: NONE,
});

/** @param {Stream} stream */
export const isSoftDeleted = (stream) => stream.truncateBefore > Number.MAX_SAFE_INTEGER;

/** @param {Stream | undefined} stream @returns {bigint | undefined} */
const lastRevision = (stream) => stream?.records.at(-1)?.revision;

/** @param {Stream | undefined} stream @param {Expected} expected @returns {Outcome | undefined} */
function refusal(stream, expected) {
  if (stream?.tombstoned) return { result: 'stream-deleted' };
  if (expected !== 'stream_exists') return undefined;
  if (stream && isSoftDeleted(stream)) return { result: 'stream-deleted' };
  if (!stream) return { result: 'wrong-expected-version', current: undefined };
  return undefined;
}
