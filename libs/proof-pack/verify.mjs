#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
/**
 * The auditor's offline verifier of a fiscal ledger (预算账簿).
 *
 *   node verify.mjs PACK_DIR [--checkpoint FILE] [--key FILE] [--json]
 *   node verify.mjs --proof PROOF.json [--checkpoint FILE] [--key FILE] [--json]
 *
 * It needs Node 20 or later and nothing else: no network, no package, no code of the ledger. It was written
 * from the published rules, not from the ledger's program, so that an error of that program does not repeat
 * itself here.
 *
 *   PACK_DIR      an unzipped audit pack, format fiscal-ledger/audit-pack/v1
 *   --checkpoint  a checkpoint that you kept elsewhere; without it a rewritten history or a cut tail
 *                 cannot show, since whoever rewrites a log can sign it again
 *   --key         the ledger's public key that you kept elsewhere; without it nothing says who signed
 *
 * Exit status: 0 everything holds, 1 something differs or could not be checked, 2 wrong usage.
 *
 * Read it from top to bottom:
 *   1 Findings            5 Merkle tree            9 Figures: measures over movements
 *   2 Bytes and hashes    6 Keys and checkpoints  10 Reports: every cell computed anew
 *   3 JSON                7 The event format      11 Comparing a report with the computed one
 *   4 Money               8 The fold of a book    12 The audit pack    13 The figure proof    14 Command line
 */
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isUtf8 } from 'node:buffer';
import { pathToFileURL } from 'node:url';
import { TextDecoder, parseArgs } from 'node:util';

// ------------------------------------------------------------------------------------------ 1 Findings

/** So many findings are kept word for word; one broken link early in a long log can cause millions. */
const FINDINGS_KEPT = 2000;

/** What was checked, what differs, what could not be checked, and what the reader must know. */
export class Findings {
  differences = [];
  differenceCount = 0;
  notChecked = [];
  statements = [];
  checked = [];

  /** Something differs. `where` names the place: log index and stream revision, or report, row and column. */
  differs(where, message) {
    this.differenceCount += 1;
    if (this.differences.length < FINDINGS_KEPT) this.differences.push({ where, message });
  }

  /** Something that this verifier does not know how to check: never passed over in silence. */
  cannotCheck(where, message) {
    this.notChecked.push({ where, message });
  }

  /** A limit of this run that the reader must know; it does not make it fail. */
  state(message) {
    this.statements.push(message);
  }

  /** One line on what was compared and held. */
  report(message) {
    this.checked.push(message);
  }

  get holds() {
    return this.differenceCount === 0 && this.notChecked.length === 0;
  }
}

/** Text from outside that cannot be read as what it should be. The message says why, not where. */
class Unreadable extends Error {}

const must = (condition, message) => {
  if (!condition) throw new Unreadable(message);
};

/** Runs `work`; an Unreadable becomes a finding at `where` and the answer is undefined. */
const reading = (findings, where, work) => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Unreadable) && error?.code === undefined) throw error;
    findings.differs(where, error.message);
    return undefined;
  }
};

const sameList = (left, right) => {
  if (!Array.isArray(left) || left.length !== right.length) return false;
  for (let place = 0; place < left.length; place += 1)
    if (left[place] !== right[place]) return false;
  return true;
};

// ---------------------------------------------------------------------------------- 2 Bytes and hashes

/** One-shot hashing costs half of a Hash object; it came with Node 20.12, hence the fallback. */
const digest =
  typeof crypto.hash === 'function'
    ? crypto.hash
    : (algorithm, data, encoding) => {
        const hash = crypto.createHash(algorithm).update(data);
        return encoding === 'buffer' ? hash.digest() : hash.digest(encoding);
      };

const sha256 = (data) => digest('sha256', data, 'buffer');
const sha256Hex = (data) => digest('sha256', data, 'hex');

/** Base64 in its one canonical spelling; Node alone would skip over foreign characters. */
const fromBase64 = (text, what) => {
  const bytes = Buffer.from(text, 'base64');
  must(bytes.toString('base64') === text, `${what} is not base64`);
  return bytes;
};

const readBytes = (file) => {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    throw new Unreadable(`cannot be read (${error.code ?? error.message})`);
  }
};

const readText = (file) => {
  const bytes = readBytes(file);
  must(isUtf8(bytes), 'is not UTF-8');
  return bytes.toString('utf8');
};

const CHUNK_BYTES = 1 << 16;
const LINE_LIMIT_BYTES = 64 << 20;

const LINE_FEED = 10;

/** The lines of a file, one at a time and whatever its size; each as text, or undefined where it is not UTF-8. */
function* linesOf(file) {
  const descriptor = fs.openSync(file, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let rest = Buffer.alloc(0);
    for (;;) {
      const count = fs.readSync(descriptor, chunk, 0, CHUNK_BYTES, null);
      if (count === 0) break;
      const block = Buffer.concat([rest, chunk.subarray(0, count)]);
      const end = block.lastIndexOf(LINE_FEED);
      rest = block.subarray(end + 1);
      must(rest.length <= LINE_LIMIT_BYTES, `has a line of more than ${LINE_LIMIT_BYTES} bytes`);
      if (end >= 0) yield* linesOfBlock(block.subarray(0, end));
    }
    if (rest.length > 0) yield* linesOfBlock(rest);
  } finally {
    fs.closeSync(descriptor);
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes a whole block at once; only where it is not UTF-8 line by line, to find which line it is. */
function* linesOfBlock(block) {
  if (isUtf8(block)) {
    yield* UTF8.decode(block).split('\n');
    return;
  }
  let start = 0;
  while (start <= block.length) {
    const found = block.indexOf(LINE_FEED, start);
    const line = block.subarray(start, found < 0 ? block.length : found);
    yield isUtf8(line) ? line.toString('utf8') : undefined;
    start += line.length + 1;
  }
}

// ---------------------------------------------------------------------------------------------- 3 JSON

/**
 * Parses JSON that two readers cannot understand differently: no key twice in one object, no lone
 * surrogate (RFC 8785 section 3.1 refuses both). JSON.parse alone takes the last of two equal keys.
 */
export const parseStrict = (text) => {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unreadable('is not JSON');
  }
  refuseDuplicateKeys(text);
  refuseLoneSurrogates(value);
  return value;
};

/** Walks over text that is known to be JSON and remembers the keys of each open object. */
const refuseDuplicateKeys = (text) => {
  const open = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/gs;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const found = match[0];
    if (found === '{') open.push(new Set());
    else if (found === '[') open.push(undefined);
    else if (found === '}' || found === ']') open.pop();
    else if (isKey(text, token.lastIndex)) {
      const key = JSON.parse(found);
      const keys = open[open.length - 1];
      must(!keys.has(key), `has the key ${found} twice`);
      keys.add(key);
    }
  }
};

const isKey = (text, position) => {
  let next = position;
  while (' \t\n\r'.includes(text[next] ?? '-')) next += 1;
  return text[next] === ':';
};

const refuseLoneSurrogates = (value) => {
  if (typeof value === 'string') must(value.isWellFormed(), 'has a lone surrogate');
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      must(key.isWellFormed(), 'has a lone surrogate');
      refuseLoneSurrogates(item);
    }
  }
};

/** RFC 8785: keys by UTF-16 units, no white space; strings and numbers as JSON.stringify writes them. */
export const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
  }
  return JSON.stringify(value);
};

const keysInOrder = (value) => {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(keysInOrder);
  let previous;
  for (const key in value) {
    if (previous !== undefined && key <= previous) return false;
    if (!keysInOrder(value[key])) return false;
    previous = key;
  }
  return true;
};

/** Text that could hold a lone surrogate, raw or escaped; rare, so that the careful way may be slow. */
const mayHoldLoneSurrogate = (text) => text.includes('\\ud') || !text.isWellFormed();

/** Parses a text that must be canonical JSON; else says in what it is not. */
const parseCanonical = (text) => {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unreadable('is not JSON');
  }
  // Equal keys, white space and odd numbers all come back otherwise than they went in. Where the plain
  // JSON text is the same and the keys are in order, it is canonical: much quicker than to sort and write.
  const isCanonical =
    (JSON.stringify(value) === text && keysInOrder(value)) || canonical(value) === text;
  if (!isCanonical) {
    parseStrict(text);
    throw new Unreadable('is not canonical JSON (RFC 8785)');
  }
  if (mayHoldLoneSurrogate(text)) refuseLoneSurrogates(value);
  return value;
};

// --------------------------------------------------------------------------------------------- 4 Money

const AMOUNT = /^-?(0|[1-9]\d{0,14})\.\d{2}$/;

/** Yuan text to fen, or undefined: exactly two decimals, never -0.00 (domain.md, Money). */
const fenOf = (text) =>
  typeof text === 'string' && AMOUNT.test(text) && text !== '-0.00'
    ? BigInt(text.slice(0, -3) + text.slice(-2))
    : undefined;

/** A number of units of 10^-2 as text: fen to yuan, hundredths of 万元 to 万元, basis points to percent. */
const hundredths = (value) => {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** Quotient rounded half up (四舍五入), a negative one like its positive twin. */
const roundHalfUp = (dividend, divisor) => {
  const negative = dividend < 0n !== divisor < 0n;
  const top = dividend < 0n ? -dividend : dividend;
  const bottom = divisor < 0n ? -divisor : divisor;
  const quotient = (2n * top + bottom) / (2n * bottom);
  return negative ? -quotient : quotient;
};

/** An amount as a report prints it: rounded only here, from the exact value. */
const shownAmount = (fen, amountUnit) =>
  amountUnit === '元' ? hundredths(fen) : hundredths(roundHalfUp(fen, 10000n));

/** part ÷ whole in hundredths of a percent; 0 where the whole is 0 (domain.md, executionRate). */
const rateOf = (part, whole) => (whole === 0n ? 0n : roundHalfUp(part * 10000n, whole));

const DECIMAL = /^(0|[1-9]\d*)(\.\d+)?$/;

/** The sum of decimal texts (weights, scores), written without needless zeros. */
const sumOfDecimals = (texts) => {
  const places = Math.max(0, ...texts.map((text) => (text.split('.')[1] ?? '').length));
  const scaled = texts.map((text) => {
    const [whole, fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(places, '0'));
  });
  const digits = scaled
    .reduce((sum, item) => sum + item, 0n)
    .toString()
    .padStart(places + 1, '0');
  if (places === 0) return digits;
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
};

// --------------------------------------------------------------------------------------- 5 Merkle tree

/** RFC 9162 section 2.1.1: leaves and nodes are told apart by their first byte. A leaf's data here is text. */
const leafHex = (envelope) => sha256Hex(`\0${envelope}`);

const nodeInput = Buffer.alloc(65, 1);
const nodeHash = (left, right) => {
  left.copy(nodeInput, 1);
  right.copy(nodeInput, 33);
  return sha256(nodeInput);
};

/** The tree over the leaves so far, as the roots of its complete subtrees: memory grows with the logarithm. */
export class MerkleTree {
  #peaks = [];
  size = 0;

  append(leaf) {
    let peak = { hash: leaf, leaves: 1 };
    while (this.#peaks.length > 0 && this.#peaks.at(-1).leaves === peak.leaves) {
      const left = this.#peaks.pop();
      peak = { hash: nodeHash(left.hash, peak.hash), leaves: 2 * peak.leaves };
    }
    this.#peaks.push(peak);
    this.size += 1;
  }

  root() {
    if (this.#peaks.length === 0) return sha256('');
    return this.#peaks.map((peak) => peak.hash).reduceRight((right, left) => nodeHash(left, right));
  }
}

/** RFC 9162 section 2.1.3.2: the root that an inclusion proof leads to, or undefined if it does not fit. */
export const rootOfInclusion = (leaf, index, size, proof) => {
  if (index >= size) return undefined;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
};

// ------------------------------------------------------------------------------ 6 Keys and checkpoints

/** SubjectPublicKeyInfo of an Ed25519 key but for the 32 bytes of the key (RFC 8410). */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const ED25519 = 1;

/** C2SP signed-note, verifier key: name+hash+base64(algorithm ‖ key); the hash binds the name to the key. */
export const parseVerifierKey = (text) => {
  const [, name, hash, base64] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  must(name !== undefined, 'is not a verifier key (name+hash+key)');
  const bytes = fromBase64(base64, 'the key');
  must(bytes.length === 33 && bytes[0] === ED25519, 'is not an Ed25519 verifier key');
  const expected = sha256(Buffer.concat([Buffer.from(`${name}\n`), bytes])).subarray(0, 4);
  must(expected.toString('hex') === hash, 'has a key hash that is not that of its name and key');
  const key = crypto.createPublicKey({
    key: Buffer.concat([ED25519_SPKI, bytes.subarray(1)]),
    format: 'der',
    type: 'spki',
  });
  return { text, name, hash, key };
};

/** The keys of a file, one a line. */
const readKeys = (file) => {
  const lines = readText(file)
    .split('\n')
    .filter((line) => line !== '');
  must(lines.length > 0, 'has no key');
  return lines.map(parseVerifierKey);
};

/** C2SP signed-note: the text up to and with its last line feed, a blank line, then signature lines. */
export const parseNote = (note) => {
  const split = note.lastIndexOf('\n\n');
  must(split > 0 && note.endsWith('\n'), 'is not a signed note');
  const lines = note.slice(split + 2, -1).split('\n');
  const signatures = lines.map((line) => {
    const [, name, base64] = /^\u2014 ([^+\s]+) (\S+)$/.exec(line) ?? [];
    must(name !== undefined, 'has a line that is no signature line');
    const bytes = fromBase64(base64, 'a signature');
    must(bytes.length > 4, 'has a signature that is too short');
    return { name, hash: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) };
  });
  return { text: note.slice(0, split + 1), signatures };
};

/** C2SP tlog-checkpoint: origin, size and root, each a line. This ledger writes no further line. */
export const parseCheckpoint = (text) => {
  const note = parseNote(text);
  const lines = note.text.slice(0, -1).split('\n');
  must(lines.length === 3 && lines[0] !== '', 'is not a checkpoint of three lines');
  return { note, origin: lines[0], size: parseSize(lines[1]), root: parseRoot(lines[2]) };
};

const parseSize = (text) => {
  const size = Number(text);
  must(/^(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(size), 'has a size that is no number');
  return size;
};

const parseRoot = (text) => {
  const root = fromBase64(text, 'the root');
  must(root.length === 32, 'has a root that is not 32 bytes');
  return root;
};

/**
 * The trusted key that signed a note, or the reason why none did. Lines of keys that are not known (a witness
 * may have co-signed) are skipped as C2SP asks; a wrong signature under a known key is never skipped.
 */
const signerOf = (note, trusted) => {
  let signer;
  for (const signature of note.signatures) {
    const key = trusted.find(
      (item) => item.name === signature.name && item.hash === signature.hash,
    );
    if (key === undefined) continue;
    if (!crypto.verify(null, Buffer.from(note.text), key.key, signature.bytes))
      return { reason: `the signature of ${key.name} does not fit` };
    signer ??= key;
  }
  return signer === undefined ? { reason: 'no trusted key has signed it' } : { signer };
};

// -------------------------------------------------------------------------------- 7 The event format

const SHA256_HEX = /^[0-9a-f]{64}$/;
const ID_NAMESPACE = Buffer.from('5f1c9b0e7d3a4c6f9a2be48d10c7f653', 'hex');
const SCRATCH = Buffer.allocUnsafe(4096);
ID_NAMESPACE.copy(SCRATCH);

/** docs/formats.md: the UUIDv5 of stream, line feed and command id in the ledger's namespace. */
export const eventId = (stream, commandId) => {
  const name = `${stream}\n${commandId}`;
  const length = 16 + Buffer.byteLength(name);
  let input = SCRATCH.subarray(0, length);
  if (length > SCRATCH.length) input = Buffer.concat([ID_NAMESPACE, Buffer.from(name)]);
  else SCRATCH.write(name, 16);
  const hex = digest('sha1', input, 'hex');
  const variant = ((parseInt(hex[16], 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const dateNumbers = new Map();

/** A calendar date as a number like 20231231, or undefined. Dates repeat: a look-up is quicker than the calendar. */
const dateNumber = (text) => {
  const known = dateNumbers.get(text);
  if (known !== undefined) return known;
  if (typeof text !== 'string' || !DATE.test(text)) return undefined;
  const time = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text)) return undefined;
  const number = Number(text.replaceAll('-', ''));
  if (dateNumbers.size < 10000) dateNumbers.set(text, number);
  return number;
};

const isDate = (text) => dateNumber(text) !== undefined;

const RECORDED_AT = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const COMMAND_ID = /^[\x20-\x7e]{1,128}$/;

const isText = (value) => typeof value === 'string';
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isAmount = (value) => fenOf(value) !== undefined;
const isPositiveAmount = (value) => (fenOf(value) ?? 0n) > 0n;
const isDecimal = (value) => isText(value) && DECIMAL.test(value);
const isYear = (value) => Number.isSafeInteger(value) && value >= 1900 && value <= 9999;
const matches = (pattern) => (value) => isText(value) && pattern.test(value);
const oneOf =
  (...values) =>
  (value) =>
    values.includes(value);
const listOf = (test) => (value) => Array.isArray(value) && value.every(test);

/** A test for an object with exactly these fields; a name that ends in ? may be left out. */
const shape = (fields) => {
  const tests = new Map();
  for (const [name, test] of Object.entries(fields))
    tests.set(name.replace('?', ''), { test, required: !name.endsWith('?') });
  const required = [...tests.values()].filter((field) => field.required).length;
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    let found = 0;
    for (const name in value) {
      const field = tests.get(name);
      if (field === undefined || !field.test(value[name])) return false;
      if (field.required) found += 1;
    }
    return found === required;
  };
};

/** The envelope's fields in canonical order, each with its test (docs/formats.md, Event). */
const ENVELOPE = {
  actor: (value) => isText(value) && value !== '',
  approvedBy: (value) => value === null || (isText(value) && value !== ''),
  commandHash: matches(SHA256_HEX),
  commandId: matches(COMMAND_ID),
  date: isDate,
  id: isText,
  origin: isText,
  payloadHash: isText,
  recordedAt: (value) => matches(RECORDED_AT)(value) && isDate(value.slice(0, 10)),
  revision: isCount,
  schema: isCount,
  stream: isText,
  streamPrev: isText,
  type: isText,
  v: (value) => value === 1,
};
const ENVELOPE_FIELDS = Object.entries(ENVELOPE);
const ENVELOPE_NAMES = Object.keys(ENVELOPE);

/**
 * The usual envelope as one pattern: the known fields in canonical order, each of its form, no text with an
 * escape in it. What fits is canonical; it also spares the parsing, which is a third of all the work.
 */
const USUAL_ENVELOPE = (() => {
  const plain = '"([^"\\\\\\x00-\\x1f]+)"';
  const hash = '"([0-9a-f]{64})"';
  const number = '(0|[1-9]\\d{0,14})';
  const patterns = {
    actor: plain,
    approvedBy: `(null|${plain.replace(/[()]/g, '')})`,
    commandHash: hash,
    commandId: '"([\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]{1,128})"',
    date: '"(\\d{4}-\\d{2}-\\d{2})"',
    id: '"([0-9a-f-]{36})"',
    origin: plain,
    payloadHash: hash,
    recordedAt: `"(${RECORDED_AT.source.slice(1, -1).replace('(', '(?:')})"`,
    revision: number,
    schema: number,
    stream: plain,
    streamPrev: '"([0-9a-f]{64}|)"',
    type: plain,
    v: '(1)',
  };
  const fields = Object.entries(patterns).map(([name, pattern]) => `"${name}":${pattern}`);
  return new RegExp(`^\\{${fields.join(',')}\\}$`, 'u');
})();

/** Parses an envelope: canonical, exactly the known fields, each of its form. */
const parseEnvelope = (text) => usualEnvelope(text) ?? unusualEnvelope(text);

/**
 * A copy of its own. What a pattern cuts out of a text may keep the whole text in memory; a command id is kept
 * for each event, so that would keep all envelopes.
 */
const detached = (ascii) => Buffer.from(ascii, 'latin1').latin1Slice();

const usualEnvelope = (text) => {
  const found = USUAL_ENVELOPE.exec(text);
  if (found === null || !text.isWellFormed()) return undefined;
  const [, actor, approver, commandHash, commandId, date, id, origin, payloadHash, recordedAt] =
    found;
  const [revision, schema, stream, streamPrev, type] = found.slice(10);
  if (!isDate(date) || !isDate(recordedAt.slice(0, 10))) return undefined;
  return {
    actor,
    approvedBy: approver === 'null' ? null : approver.slice(1, -1),
    commandHash,
    commandId: detached(commandId),
    date,
    id,
    origin,
    payloadHash,
    recordedAt,
    revision: Number(revision),
    schema: Number(schema),
    stream,
    streamPrev,
    type,
    v: 1,
  };
};

/** The careful way, which also finds the words for what is wrong. */
const unusualEnvelope = (text) => {
  let envelope;
  try {
    envelope = JSON.parse(text);
  } catch {
    throw new Unreadable('the envelope is not JSON');
  }
  must(typeof envelope === 'object' && envelope !== null, 'the envelope is not an object');
  // The same text again, and the known fields in canonical order: that is canonical, and nothing else is there.
  const exact =
    JSON.stringify(envelope) === text && sameList(Object.keys(envelope), ENVELOPE_NAMES);
  if (!exact) explainEnvelope(text, envelope);
  for (const [name, test] of ENVELOPE_FIELDS)
    must(test(envelope[name]), `the envelope's ${name} is ${JSON.stringify(envelope[name])}`);
  if (mayHoldLoneSurrogate(text)) refuseLoneSurrogates(envelope);
  return envelope;
};

const explainEnvelope = (text, envelope) => {
  try {
    parseStrict(text);
  } catch (error) {
    throw new Unreadable(`the envelope ${error.message}`);
  }
  for (const [name] of ENVELOPE_FIELDS)
    must(envelope[name] !== undefined, `the envelope has no field ${name}`);
  for (const name of Object.keys(envelope))
    must(name in ENVELOPE, `the envelope has the unknown field ${JSON.stringify(name)}`);
  throw new Unreadable('the envelope is not canonical JSON (RFC 8785)');
};

const FUNDS = {
  'general-public-budget': '一般公共预算',
  'government-fund': '政府性基金',
  'state-capital': '国有资本经营',
  'social-insurance': '社会保险基金',
  'fiscal-special-account': '财政专户管理资金',
  'other-funds': '其他资金',
};
const ORIGINS = { current: '本年拨款', carryover: '上年结转' };
const FUNCTION_CODE = /^\d{7}$/;
const ECONOMIC_CODE = /^\d{5}$/;

/**
 * Accounts of the 指标账, and every kind of movement as a debit and a credit (domain.md; decision 0002).
 * A reversal or a reopening repeats the movements with negated amounts on the same accounts (红字).
 */
const ACCOUNTS = {
  executable: '可执行指标',
  unreleasedCarryover: '未下达结转',
  directlyAllocated: '已划转',
  reserved: '已占用',
  expended: '已支付',
  carriedForward: '结转下年',
  surplus: '结余',
  recovered: '已收回',
  sourceInitial: '来源—年初预算',
  sourceAddition: '来源—追加',
  sourceReduction: '来源—追减',
  sourceTransfer: '来源—调剂',
  sourceCarryover: '来源—上年结转',
};
const MOVEMENTS = {
  broughtIn: ['unreleasedCarryover', 'sourceCarryover'],
  approved: ['executable', 'sourceInitial'],
  added: ['executable', 'sourceAddition'],
  reduced: ['sourceReduction', 'executable'],
  released: ['executable', 'unreleasedCarryover'],
  takenBack: ['unreleasedCarryover', 'executable'],
  transferredIn: ['executable', 'sourceTransfer'],
  transferredOut: ['sourceTransfer', 'executable'],
  allocated: ['directlyAllocated', 'executable'],
  reserved: ['reserved', 'executable'],
  reservationReleased: ['executable', 'reserved'],
  paid: ['expended', 'executable'],
  refunded: ['executable', 'expended'],
  unreleasedClosed: ['executable', 'unreleasedCarryover'],
  reservedClosed: ['executable', 'reserved'],
  carriedForward: ['carriedForward', 'executable'],
  surplusTaken: ['surplus', 'executable'],
  recovered: ['recovered', 'executable'],
};
const TREATMENTS = {
  'carry-forward': 'carriedForward',
  surplus: 'surplusTaken',
  recovery: 'recovered',
};

// The payloads (libs/domain/src/book/events.ts). Shapes are hashed: they change only with a new schema number.
const lineKey = {
  project: isText,
  fund: (value) => Object.hasOwn(FUNDS, value),
  origin: (value) => Object.hasOwn(ORIGINS, value),
};
const postedKey = {
  ...lineKey,
  function: matches(FUNCTION_CODE),
  'economic?': matches(ECONOMIC_CODE),
};
const DOCUMENT = shape({ number: isText, date: isDate });
const REFERENCE = shape({ id: isText, revision: isCount });
const postedLines = (amount, more = {}) => listOf(shape({ ...postedKey, amount, ...more }));
const isNonZeroAmount = (value) => isAmount(value) && value !== '0.00';
const MOVEMENT_LINES = postedLines(isNonZeroAmount, {
  movement: (value) => Object.hasOwn(MOVEMENTS, value),
});
const SUBJECT = shape({ subject: isText, commitment: matches(SHA256_HEX) });

const paymentFields = (payee) => ({
  payee,
  'voucher?': isText,
  'document?': DOCUMENT,
  'reason?': isText,
  'reservation?': REFERENCE,
  'procurement?': isAmount,
  lines: postedLines(isPositiveAmount, {
    economic: matches(ECONOMIC_CODE),
    'fromReservation?': isAmount,
  }),
});
const REFUND_FIELDS = {
  payment: REFERENCE,
  reason: isText,
  'voucher?': isText,
  'document?': DOCUMENT,
  'procurement?': isAmount,
  lines: postedLines(isPositiveAmount),
};
const TOTALS = [
  'initialBudget',
  'midYearAdjustment',
  'directAllocation',
  'carryoverIn',
  'fullYearBudget',
  'appropriationIncome',
  'expenditure',
  'carryoverOut',
];
const ADJUSTMENT = shape({
  document: DOCUMENT,
  reason: isText,
  lines: postedLines(isNonZeroAmount),
});

/** A posting as it was commanded, in a proposal: a payee is sealed there too, codes may be left to the project. */
const commandLines = (amount, more = {}) =>
  listOf(
    shape({
      ...lineKey,
      'function?': matches(FUNCTION_CODE),
      'economic?': matches(ECONOMIC_CODE),
      amount,
      ...more,
    }),
  );
const proposedPosting = (fields) =>
  shape({ command: isText, unit: isText, fiscalYear: isYear, date: isDate, ...fields });
const PROPOSED_CHANGE = {
  document: DOCUMENT,
  reason: isText,
  lines: commandLines(isNonZeroAmount),
};
const PROPOSED_USE = { document: DOCUMENT, reason: isText, lines: commandLines(isPositiveAmount) };
const PROPOSED_PAPERS = { 'voucher?': isText, 'document?': DOCUMENT, 'procurement?': isAmount };

/** What can be proposed: the event that records it, and the form of its command. */
const PROPOSABLE = {
  'bring-in-carryover': [
    'CarryoverBroughtIn',
    proposedPosting({
      document: DOCUMENT,
      fromFiscalYear: isYear,
      lines: commandLines(isPositiveAmount, { 'sourceFiscalYear?': isYear }),
    }),
  ],
  'approve-budget': [
    'BudgetApproved',
    proposedPosting({ document: DOCUMENT, lines: commandLines(isPositiveAmount) }),
  ],
  'adjust-budget': ['BudgetAdjusted', proposedPosting(PROPOSED_CHANGE)],
  'transfer-budget': ['BudgetTransferred', proposedPosting(PROPOSED_CHANGE)],
  'allocate-directly': [
    'FundsAllocatedDirectly',
    proposedPosting({ ...PROPOSED_USE, recipient: shape({ code: isText, name: isText }) }),
  ],
  reserve: ['FundsReserved', proposedPosting({ ...PROPOSED_USE, 'counterparty?': isText })],
  release: [
    'ReservationReleased',
    proposedPosting({ reservation: isText, reason: isText, lines: commandLines(isPositiveAmount) }),
  ],
  'make-payment': [
    'PaymentMade',
    proposedPosting({
      ...PROPOSED_PAPERS,
      payee: SUBJECT,
      'reason?': isText,
      'reservation?': isText,
      lines: commandLines(isPositiveAmount),
    }),
  ],
  'refund-payment': [
    'PaymentRefunded',
    proposedPosting({
      ...PROPOSED_PAPERS,
      payment: isText,
      reason: isText,
      lines: commandLines(isPositiveAmount),
    }),
  ],
  'reverse-entry': [
    'EntryReversed',
    proposedPosting({ entry: isText, reason: isText, 'document?': DOCUMENT }),
  ],
  'close-year': [
    'YearClosed',
    proposedPosting({
      reason: isText,
      carryover: listOf(
        shape({
          ...lineKey,
          amount: isAmount,
          'kind?': (value) => Object.hasOwn(TREATMENTS, value),
          'reason?': isText,
        }),
      ),
    }),
  ],
  'reopen-year': ['YearReopened', proposedPosting({ reason: isText })],
};
const HELD_ACCOUNTS = ['executable', 'unreleasedCarryover', 'reserved'];
const PROPOSAL = {
  proposal: matches(COMMAND_ID),
  hash: matches(SHA256_HEX),
  posting: (value) =>
    Object.hasOwn(PROPOSABLE, value?.command) && PROPOSABLE[value.command][1](value),
  holds: listOf(shape({ ...lineKey, account: oneOf(...HELD_ACCOUNTS), amount: isPositiveAmount })),
};

/** By type and schema. Whatever is not here is reported, not skipped: it could carry figures. */
const BOOK_PAYLOADS = {
  'BookOpened 1': shape({
    unit: isText,
    fiscalYear: isYear,
    unitName: isText,
    'unitKind?': isText,
    divisionCode: isText,
    divisionName: isText,
    currency: oneOf('CNY'),
  }),
  'ProjectRegistered 1': shape({
    project: isText,
    name: isText,
    category: oneOf('personnel', 'operating', 'project'),
    function: matches(FUNCTION_CODE),
    'endsFiscalYear?': isYear,
  }),
  'CarryoverBroughtIn 1': shape({
    document: DOCUMENT,
    fromFiscalYear: isYear,
    lines: postedLines(isPositiveAmount, { sourceFiscalYear: isYear }),
  }),
  'BudgetApproved 1': shape({ document: DOCUMENT, lines: postedLines(isPositiveAmount) }),
  'BudgetAdjusted 1': ADJUSTMENT,
  'BudgetTransferred 1': ADJUSTMENT,
  'FundsAllocatedDirectly 1': shape({
    document: DOCUMENT,
    recipient: shape({ code: isText, name: isText }),
    reason: isText,
    lines: postedLines(isPositiveAmount),
  }),
  'AllocationAcknowledged 1': shape({
    allocation: REFERENCE,
    amount: isPositiveAmount,
    acknowledgedOn: isDate,
    'document?': DOCUMENT,
  }),
  'FundsReserved 1': shape({
    document: DOCUMENT,
    reason: isText,
    'counterparty?': isText,
    lines: postedLines(isPositiveAmount),
  }),
  'ReservationReleased 1': shape({
    reservation: REFERENCE,
    reason: isText,
    lines: postedLines(isPositiveAmount),
  }),
  'PaymentMade 1': shape(paymentFields(isText)),
  'PaymentMade 2': shape(paymentFields(SUBJECT)),
  'PaymentRefunded 1': shape(REFUND_FIELDS),
  'PaymentRefunded 2': shape({ ...REFUND_FIELDS, 'payee?': SUBJECT }),
  'EntryReversed 1': shape({
    entry: REFERENCE,
    entryType: isText,
    reason: isText,
    'document?': DOCUMENT,
    movements: MOVEMENT_LINES,
    'procurement?': isAmount,
  }),
  'StatisticRecorded 1': shape({
    key: isText,
    'count?': isDecimal,
    'amount?': isAmount,
    'text?': isText,
  }),
  'PriorYearRecorded 1': shape({
    priorFiscalYear: isYear,
    reason: isText,
    figures: listOf(
      shape({
        measure: oneOf('expenditure'),
        'project?': isText,
        'fund?': lineKey.fund,
        'economic?': listOf(matches(ECONOMIC_CODE)),
        amount: isAmount,
      }),
    ),
  }),
  'IndicatorsAdopted 1': shape({
    executionWeight: isDecimal,
    'goal?': isText,
    indicators: listOf(
      shape({
        code: isText,
        level1: isText,
        level2: isText,
        level3: isText,
        target: isText,
        weight: isDecimal,
      }),
    ),
  }),
  'IndicatorResultRecorded 1': shape({
    indicator: isText,
    actual: isText,
    score: isDecimal,
    'reason?': isText,
  }),
  'ExecutionScored 1': shape({ score: isDecimal, 'reason?': isText, 'outcome?': isText }),
  'YearClosed 1': shape({
    reason: isText,
    remainders: listOf(
      shape({
        ...lineKey,
        function: matches(FUNCTION_CODE),
        executable: isAmount,
        unreleased: isAmount,
        reserved: isAmount,
        amount: isAmount,
        treatments: listOf(
          shape({
            kind: (value) => Object.hasOwn(TREATMENTS, value),
            amount: isPositiveAmount,
            'reason?': isText,
          }),
        ),
        carriedForward: listOf(shape({ sourceFiscalYear: isYear, amount: isPositiveAmount })),
      }),
    ),
    totals: shape(Object.fromEntries(TOTALS.map((name) => [name, isAmount]))),
  }),
  'YearReopened 1': shape({ reason: isText, closing: REFERENCE, movements: MOVEMENT_LINES }),
  'ReportPublished 1': shape({
    report: isText,
    figuresHash: matches(SHA256_HEX),
    logSize: isCount,
    'checkpoint?': isText,
  }),
  'PostingProposed 1': shape(PROPOSAL),
  'ProposalRevised 1': shape({ ...PROPOSAL, 'reason?': isText }),
  'ProposalReturned 1': shape({
    proposal: PROPOSAL.proposal,
    hash: PROPOSAL.hash,
    reason: isText,
  }),
  'ProposalWithdrawn 1': shape({ proposal: PROPOSAL.proposal, 'reason?': isText }),
  'ApprovalRuleSet 1': shape({ threshold: isAmount, windowDays: isCount }),
};
/** Who may do what is told, not judged: which roles there are is no concern of a proof. */
const GRANT = { role: isText, units: (value) => value === '*' || listOf(isText)(value) };
const IDENTITY = { account: isText, issuer: isText, subjectHash: matches(SHA256_HEX) };
const OTHER_PAYLOADS = {
  'log-keys': {
    'LogKeyRotated 1': shape({ previousPublicKey: isText, publicKey: isText, reason: isText }),
  },
  'personal-data': { 'PersonalDataErased 1': shape({ subject: isText, reason: isText }) },
  accounts: {
    'AccountOpened 1': shape({ account: isText, login: isText, person: isText, name: SUBJECT }),
    'GrantsChanged 1': shape({ account: isText, grants: listOf(shape(GRANT)) }),
    'AccountDisabled 1': shape({ account: isText }),
    'AccountEnabled 1': shape({ account: isText }),
    'PasswordSet 1': shape({ account: isText }),
    'IdentityBound 1': shape(IDENTITY),
    'IdentityReleased 1': shape(IDENTITY),
    'TokenIssued 1': shape({
      account: isText,
      token: isText,
      name: isText,
      ...GRANT,
      expiresAt: isText,
    }),
    'TokenRevoked 1': shape({ account: isText, token: isText }),
  },
};

/** Tests by type, then schema: a look-up for each event. */
const byType = (payloads) => {
  const tests = new Map();
  for (const [name, test] of Object.entries(payloads)) {
    const [type, schema] = name.split(' ');
    if (!tests.has(type)) tests.set(type, []);
    tests.get(type)[Number(schema)] = test;
  }
  return tests;
};
const BOOK_TESTS = byType(BOOK_PAYLOADS);
const OTHER_TESTS = new Map(
  Object.entries(OTHER_PAYLOADS).map(([stream, payloads]) => [stream, byType(payloads)]),
);

const isOfBook = (stream) => stream.startsWith('book-');

const payloadsOfStream = (stream) => (isOfBook(stream) ? BOOK_TESTS : OTHER_TESTS.get(stream));

/** What is remembered of a stream to check its next event. */
class StreamState {
  revision = -1;
  leaf = '';
  commands = new Map();
}

/**
 * Checks events one by one in log order: text, hashes, chain of the stream. Remembers of each stream its last
 * leaf and the ids of its commands, since those must be unique and later events refer to them.
 */
export class EventChecker {
  streams = new Map();

  constructor(findings, origin) {
    this.findings = findings;
    this.origin = origin;
  }

  /** Answers the readable event, or undefined; whatever is wrong is in the findings by then. */
  check(index, envelopeText, payloadText, leaf) {
    const envelope = reading(this.findings, `event ${index}`, () => parseEnvelope(envelopeText));
    if (envelope === undefined) return undefined;
    const where = `event ${index} (${envelope.stream} revision ${envelope.revision})`;
    const wrong = (message) => this.findings.differs(where, message);
    if (envelope.origin !== this.origin)
      wrong(`is of the log ${envelope.origin}, not ${this.origin}`);
    this.#checkChain(envelope, leaf, wrong);
    const payloadHash = sha256Hex(payloadText);
    if (payloadHash !== envelope.payloadHash)
      wrong(`the payload's hash is ${payloadHash}, the envelope says ${envelope.payloadHash}`);
    const payload = this.#payload(envelope, payloadText, where);
    return payload === undefined ? undefined : { index, where, envelope, payload, leaf };
  }

  #checkChain(envelope, leaf, wrong) {
    let state = this.streams.get(envelope.stream);
    if (state === undefined) this.streams.set(envelope.stream, (state = new StreamState()));
    if (envelope.revision !== state.revision + 1)
      wrong(`has revision ${envelope.revision} where ${state.revision + 1} comes next`);
    if (envelope.streamPrev !== state.leaf)
      wrong('streamPrev is not the leaf of the event before it in its stream');
    if (state.commands.has(envelope.commandId))
      wrong(
        `the command id ${envelope.commandId} is already that of revision ${state.commands.get(envelope.commandId)}`,
      );
    if (envelope.id !== eventId(envelope.stream, envelope.commandId))
      wrong(`the id ${envelope.id} is not the one of stream and command id`);
    state.commands.set(envelope.commandId, envelope.revision);
    state.revision = envelope.revision;
    state.leaf = leaf;
  }

  #payload(envelope, text, where) {
    const known = payloadsOfStream(envelope.stream);
    if (known === undefined) {
      this.findings.cannotCheck(where, `unknown stream ${envelope.stream}`);
      return undefined;
    }
    const test = known.get(envelope.type)?.[envelope.schema];
    if (test === undefined) {
      this.findings.cannotCheck(
        where,
        `unknown event ${envelope.type} of schema ${envelope.schema}`,
      );
      return undefined;
    }
    return reading(this.findings, where, () => {
      try {
        const payload = parseCanonical(text);
        must(test(payload), `does not have the form of ${envelope.type} schema ${envelope.schema}`);
        return payload;
      } catch (error) {
        if (error instanceof Unreadable) throw new Unreadable(`the payload ${error.message}`);
        throw error;
      }
    });
  }
}

// ------------------------------------------------------------------------------ 8 The fold of a book

const ACCOUNT_NAMES = Object.keys(ACCOUNTS);
const account = (name) => ACCOUNT_NAMES.indexOf(name);
const KINDS = Object.keys(MOVEMENTS);
const KIND_NUMBER = new Map(KINDS.map((kind, number) => [kind, number]));
const DEBIT = KINDS.map((kind) => account(MOVEMENTS[kind][0]));
const CREDIT = KINDS.map((kind) => account(MOVEMENTS[kind][1]));

const EXECUTABLE = account('executable');
const UNRELEASED = account('unreleasedCarryover');
const RESERVED = account('reserved');
const ALLOCATED = account('directlyAllocated');
const EXPENDED = account('expended');
const SETTLED = ['carriedForward', 'surplus', 'recovered'].map(account);
const SOURCE_INITIAL = account('sourceInitial');
const SOURCE_CARRYOVER = account('sourceCarryover');
const SOURCE_CHANGES = ['sourceAddition', 'sourceReduction', 'sourceTransfer'].map(account);

const sumOver = (balance, accounts) => accounts.reduce((sum, number) => sum + balance[number], 0n);
const absolute = (fen) => (fen < 0n ? -fen : fen);

/** One budget line (指标), project × fund × origin, and the balance (debit − credit) of each account on it. */
class BudgetLine {
  balance = ACCOUNT_NAMES.map(() => 0n);
  /** What open proposals keep of each account. */
  held = ACCOUNT_NAMES.map(() => 0n);

  constructor({ project, fund, origin }) {
    Object.assign(this, { project, fund, origin });
  }

  get remainder() {
    return sumOver(this.balance, [EXECUTABLE, UNRELEASED, RESERVED]);
  }

  get carryoverIn() {
    return -this.balance[SOURCE_CARRYOVER];
  }

  /** What the sources gave, less what was handed on: the definition of fullYearBudget, not its use. */
  get fullYearBudget() {
    const given = -sumOver(this.balance, [SOURCE_INITIAL, ...SOURCE_CHANGES, SOURCE_CARRYOVER]);
    return given - this.balance[ALLOCATED];
  }

  get expenditure() {
    return this.balance[EXPENDED];
  }

  toString() {
    return `line ${this.project} / ${FUNDS[this.fund]} / ${ORIGINS[this.origin]}`;
  }
}

/** All movements of a book in columns: 40 bytes each, so that a book of a million postings fits into memory. */
class MovementColumns {
  length = 0;

  constructor() {
    this.#allocate(64);
  }

  #allocate(capacity) {
    const grown = (Type, old) => {
      const column = new Type(capacity);
      if (old !== undefined) column.set(old);
      return column;
    };
    this.index = grown(Float64Array, this.index);
    this.date = grown(Uint32Array, this.date);
    this.kind = grown(Uint8Array, this.kind);
    this.line = grown(Uint32Array, this.line);
    this.function = grown(Uint32Array, this.function);
    this.economic = grown(Uint32Array, this.economic);
    this.fen = grown(BigInt64Array, this.fen);
  }

  push(index, date, kind, line, functionCode, economic, fen) {
    if (this.length === this.index.length) this.#allocate(2 * this.length);
    const at = this.length++;
    this.index[at] = index;
    this.date[at] = date;
    this.kind[at] = kind;
    this.line[at] = line;
    this.function[at] = functionCode;
    this.economic[at] = economic;
    this.fen[at] = fen;
  }
}

/** The movements of one event, as decision 0002 maps them; the fold applies them and the figures count them. */
const movementsOf = (type, payload) => {
  const each = (kind) => payload.lines.map((line) => movement(kind, line, fenOf(line.amount)));
  switch (type) {
    case 'CarryoverBroughtIn':
      return each('broughtIn');
    case 'BudgetApproved':
      return each('approved');
    case 'BudgetAdjusted':
      return payload.lines.map(adjustmentMovement);
    case 'BudgetTransferred':
      return payload.lines.map((line) => signedMovement(line, 'transferredIn', 'transferredOut'));
    case 'FundsAllocatedDirectly':
      return each('allocated');
    case 'FundsReserved':
      return each('reserved');
    case 'ReservationReleased':
      return each('reservationReleased');
    case 'PaymentMade':
      return payload.lines.flatMap(paymentMovements);
    case 'PaymentRefunded':
      return each('refunded');
    case 'YearClosed':
      return payload.remainders.flatMap(closingMovements);
    case 'EntryReversed':
    case 'YearReopened':
      return payload.movements.map((line) => movement(line.movement, line, fenOf(line.amount)));
    default:
      return [];
  }
};

const movement = (kind, line, fen) => ({ kind, line, fen });

const signedMovement = (line, plus, minus) => {
  const fen = fenOf(line.amount);
  return movement(fen < 0n ? minus : plus, line, absolute(fen));
};

const adjustmentMovement = (line) =>
  line.origin === 'current'
    ? signedMovement(line, 'added', 'reduced')
    : signedMovement(line, 'released', 'takenBack');

/** What comes out of a reservation is released first; then all of it is paid. */
const paymentMovements = (line) => {
  const reserved = fenOf(line.fromReservation ?? '0.00');
  const paid = movement('paid', line, fenOf(line.amount));
  return reserved === 0n ? [paid] : [movement('reservationReleased', line, reserved), paid];
};

/** The close gathers what is left in the executable budget and takes it from there by its treatments. */
const closingMovements = (remainder) =>
  [
    movement('unreleasedClosed', remainder, fenOf(remainder.unreleased)),
    movement('reservedClosed', remainder, fenOf(remainder.reserved)),
    ...remainder.treatments.map((item) =>
      movement(TREATMENTS[item.kind], remainder, fenOf(item.amount)),
    ),
  ].filter((item) => item.fen !== 0n);

/** Postings that take from an earlier one: which field names it and how much they take. */
const TAKES_FROM = {
  AllocationAcknowledged: [
    'allocation',
    'FundsAllocatedDirectly',
    (payload) => fenOf(payload.amount),
  ],
  ReservationReleased: ['reservation', 'FundsReserved', (payload) => linesSum(payload)],
  PaymentMade: [
    'reservation',
    'FundsReserved',
    (payload) =>
      payload.lines.reduce((sum, line) => sum + fenOf(line.fromReservation ?? '0.00'), 0n),
  ],
  PaymentRefunded: ['payment', 'PaymentMade', (payload) => linesSum(payload)],
};
const REVERSIBLE = [
  'CarryoverBroughtIn',
  'BudgetApproved',
  'BudgetAdjusted',
  'BudgetTransferred',
  'FundsAllocatedDirectly',
  'AllocationAcknowledged',
  'FundsReserved',
  'ReservationReleased',
  'PaymentMade',
  'PaymentRefunded',
];
const AFTER_CLOSE = [
  'YearReopened',
  'ReportPublished',
  'PostingProposed',
  'ProposalRevised',
  'ProposalReturned',
  'ProposalWithdrawn',
];

const linesSum = (payload) =>
  (payload.lines ?? []).reduce((sum, line) => sum + fenOf(line.amount), 0n);

const PROPOSAL_ENDS = { ProposalReturned: 'returned', ProposalWithdrawn: 'withdrawn' };

/** Whether an event has the lines of the command that it records: a code left out there is filled in here. */
const sameLines = (command, payload) => {
  const lines = (from) => (from.lines ?? []).map((l) => [l.project, l.fund, l.origin, l.amount]);
  return canonical(lines(command)) === canonical(lines(payload));
};

/** What a payment or refund adds to procurement (政府采购); a reversal states its own sign. */
const procurementOf = (type, payload) => {
  const fen = fenOf(payload.procurement ?? '0.00');
  return type === 'PaymentRefunded' ? -fen : fen;
};

/**
 * One book, replayed event by event. It keeps balances, movements and who took from whom; the payloads only
 * where `keepPayloads`, that is, where a report of the book is to be computed.
 */
export class Book {
  projects = new Map();
  lines = [];
  lineNumbers = new Map();
  movements = new MovementColumns();
  entries = new Map();
  proposals = new Map();
  closings = [];
  closed = false;

  constructor(stream, findings, options) {
    this.stream = stream;
    this.findings = findings;
    this.keepPayloads = options.keepPayloads;
    this.bookOf = options.bookOf;
  }

  /** Applies one event that the checker found readable. What breaks a rule is a finding; the fold goes on. */
  apply({ index, where, envelope, payload }) {
    this.wrong = (message) => this.findings.differs(where, message);
    const { type, date, revision } = envelope;
    const whole = linesSum(payload);
    const entry = { index, revision, type, date, id: envelope.commandId, whole, left: whole };
    if (payload.procurement !== undefined) entry.procurement = procurementOf(type, payload);
    if (this.keepPayloads) entry.payload = payload;
    this.#checkStanding(entry, payload);
    this.#checkApproval(envelope, payload);
    this.#link(entry, payload);
    this.entries.set(revision, entry);
    if (type === 'YearClosed') this.#checkClosing(payload);
    this.#move(entry, movementsOf(type, payload));
    this.#note(entry, payload);
    if (payload.proposal !== undefined) this.#propose(envelope, payload);
  }

  /**
   * A posting with the id of a proposal is its approval (decision 0016): of an open one, with the hash of what
   * was proposed, in the name of who proposed it, by a person who had no part in it.
   */
  #checkApproval({ type, commandId, commandHash, actor, approvedBy }, payload) {
    const proposal = this.proposals.get(commandId);
    if (proposal === undefined) return;
    const { posting, hash, people, is } = proposal;
    if (is !== 'open') this.wrong(`approves the proposal ${commandId}, which is ${is}`);
    if (commandHash !== hash) this.wrong(`is not what was proposed as ${commandId}`);
    if (PROPOSABLE[posting.command][0] !== type || !sameLines(posting, payload))
      this.wrong(`does not record the ${posting.command} that was proposed as ${commandId}`);
    if (actor !== people[0]) this.wrong(`is posted by ${actor}, proposed by ${people[0]}`);
    if (approvedBy === null || people.includes(approvedBy))
      this.wrong(`${approvedBy ?? 'nobody'} approved what ${people.join(' and ')} proposed`);
    this.#settle(proposal, 'approved');
  }

  /** Takes in what is proposed, revised, returned or withdrawn. */
  #propose({ type, commandId, actor }, payload) {
    const { proposal: id, hash, posting, holds } = payload;
    const before = this.proposals.get(id);
    if (
      type === 'PostingProposed' ? before !== undefined || id === commandId : before === undefined
    )
      return this.wrong(
        before === undefined ? `there is no proposal ${id}` : `${id} is proposed twice`,
      );
    const still = type === 'ProposalReturned' ? ['open'] : ['open', 'returned'];
    if (before !== undefined && !still.includes(before.is))
      this.wrong(`the proposal ${id} is ${before.is}`);
    if (type === 'ProposalReturned' && hash !== before.hash)
      this.wrong(`returns the proposal ${id} as it is not`);
    if (before !== undefined) this.#settle(before, PROPOSAL_ENDS[type] ?? 'revised');
    if (posting === undefined) return undefined;
    if (sha256Hex(canonical(posting)) !== hash)
      this.wrong(`the hash of the proposal ${id} is not that of its posting`);
    if (posting.unit !== this.unit || posting.fiscalYear !== this.year)
      this.wrong(`the proposal ${id} is for another book`);
    const people = [...new Set([...(before?.people ?? []), actor])];
    const proposal = { hash, posting, holds, people, is: 'open' };
    this.proposals.set(id, proposal);
    this.#hold(proposal, 1n);
    return undefined;
  }

  #settle(proposal, is) {
    if (proposal.is === 'open') this.#hold(proposal, -1n);
    proposal.is = is;
  }

  /** No line holds more than it has. */
  #hold({ holds }, sign) {
    for (const hold of holds) {
      const line = this.lines[this.#lineNumber(hold)];
      line.held[account(hold.account)] += sign * fenOf(hold.amount);
      this.#checkLine(line);
    }
  }

  /** Is such an event possible at this point of the book? */
  #checkStanding({ type, date, revision }, payload) {
    if ((revision === 0) !== (type === 'BookOpened'))
      this.wrong('a book is opened once, as its first event');
    if (this.closed && !AFTER_CLOSE.includes(type)) this.wrong(`${type} after the year was closed`);
    if (!this.closed && type === 'YearReopened')
      this.wrong('the year is reopened but was not closed');
    const movesMoney =
      payload.lines !== undefined || payload.remainders !== undefined || type === 'EntryReversed';
    if (movesMoney && this.year !== undefined && Number(date.slice(0, 4)) !== this.year)
      this.wrong(`the business date ${date} is outside the fiscal year`);
  }

  #note(entry, payload) {
    switch (entry.type) {
      case 'BookOpened':
        this.unit = payload.unit;
        this.year = payload.fiscalYear;
        this.unitName = payload.unitName;
        this.openedAt = entry.index;
        if (this.stream !== `book-${payload.unit}-${payload.fiscalYear}`)
          this.wrong(`opens the book of ${payload.unit} ${payload.fiscalYear} in another stream`);
        return;
      case 'ProjectRegistered':
        if (this.projects.has(payload.project))
          this.wrong(`the project ${payload.project} is already registered`);
        this.projects.set(payload.project, { ...payload, index: entry.index });
        return;
      case 'CarryoverBroughtIn':
        entry.carryover = payload.lines;
        this.#checkOpening(payload);
        return;
      case 'BudgetTransferred':
        if (linesSum(payload) !== 0n) this.wrong('the lines of the transfer do not sum to zero');
        return;
      case 'YearClosed':
        this.closed = true;
        for (const [id, { is }] of this.proposals)
          if (is === 'open') this.wrong(`the year is closed while the proposal ${id} is open`);
        this.closings.push({ entry, carriedForward: carriedForwardOf(payload) });
        return;
      case 'YearReopened':
        this.closed = false;
        return;
      default:
    }
  }

  /** Books the movements and checks every line that they touch. */
  #move(entry, moves) {
    entry.start = this.movements.length;
    const touched = new Set();
    const date = dateNumber(entry.countsOn ?? entry.date);
    for (const { kind, line, fen } of moves) {
      const number = this.#lineNumber(line);
      const kindNumber = KIND_NUMBER.get(kind);
      const { balance } = this.lines[number];
      balance[DEBIT[kindNumber]] += fen;
      balance[CREDIT[kindNumber]] -= fen;
      const economic = Number(line.economic ?? 0);
      this.movements.push(
        entry.index,
        date,
        kindNumber,
        number,
        Number(line.function),
        economic,
        fen,
      );
      touched.add(number);
    }
    entry.end = this.movements.length;
    for (const number of touched) this.#checkLine(this.lines[number]);
  }

  #lineNumber(key) {
    const name = `${key.project} ${key.fund} ${key.origin}`;
    let number = this.lineNumbers.get(name);
    if (number === undefined) {
      if (!this.projects.has(key.project))
        this.wrong(`the project ${key.project} is not registered`);
      number = this.lines.push(new BudgetLine(key)) - 1;
      this.lineNumbers.set(name, number);
    }
    return number;
  }

  /**
   * Nothing below zero, and carryoverIn + appropriationIncome = expenditure + carryoverOut on every line at
   * every index (domain.md). carryoverOut is taken here from where the money stands, so that the two sides
   * are counted independently.
   */
  #checkLine(line) {
    for (const number of [EXECUTABLE, UNRELEASED, RESERVED]) {
      const balance = line.balance[number];
      if (balance < 0n)
        this.wrong(
          `${line}: ${ACCOUNTS[ACCOUNT_NAMES[number]]} is ${hundredths(balance)}, below zero`,
        );
      else if (balance < line.held[number])
        this.wrong(
          `${line}: ${ACCOUNTS[ACCOUNT_NAMES[number]]} is ${hundredths(balance)}, open proposals hold ${hundredths(line.held[number])}`,
        );
    }
    const income = line.origin === 'current' ? line.fullYearBudget : 0n;
    const out = line.remainder + sumOver(line.balance, SETTLED);
    if (line.carryoverIn + income !== line.expenditure + out)
      this.wrong(
        `${line}: carryoverIn ${hundredths(line.carryoverIn)} + appropriationIncome ${hundredths(income)} is not ` +
          `expenditure ${hundredths(line.expenditure)} + carryoverOut ${hundredths(out)}`,
      );
  }

  /** Finds the posting that this one names, and books what it takes from it. */
  #link(entry, payload) {
    if (entry.type === 'EntryReversed') return this.#checkReversal(entry, payload);
    if (entry.type === 'YearReopened') return this.#checkReopening(entry, payload);
    const [field, parentType, taken] = TAKES_FROM[entry.type] ?? [];
    if (field === undefined || payload[field] === undefined) return undefined;
    const parent = this.#referred(payload[field], parentType);
    if (parent === undefined) return undefined;
    entry.parent = parent;
    entry.taken = taken(payload);
    if (parent.reversedBy !== undefined)
      this.wrong(`takes from revision ${parent.revision}, which was reversed`);
    parent.left -= entry.taken;
    if (parent.left < 0n)
      this.wrong(
        `takes ${hundredths(-parent.left)} more than is left of revision ${parent.revision}`,
      );
    return undefined;
  }

  #referred({ id, revision }, type) {
    const entry = this.entries.get(revision);
    if (entry?.id === id && entry.type === type) return entry;
    this.wrong(`names ${type} ${id} at revision ${revision}, which is not there`);
    return undefined;
  }

  /** The exact opposite of one posting, once only, never of a reversal, not of one that others took from. */
  #checkReversal(entry, payload) {
    if (!REVERSIBLE.includes(payload.entryType)) {
      this.wrong(`${payload.entryType} cannot be reversed`);
      return;
    }
    const original = this.#referred(payload.entry, payload.entryType);
    if (original === undefined) return;
    entry.parent = original;
    entry.left = 0n;
    if (original.reversedBy !== undefined)
      this.wrong(`revision ${original.revision} is already reversed`);
    original.reversedBy = entry;
    if (original.left !== original.whole)
      this.wrong(`later entries took from revision ${original.revision}`);
    this.#checkOpposite(original, payload);
    if (fenOf(payload.procurement ?? '0.00') !== -(original.procurement ?? 0n))
      this.wrong('the procurement amount is not the opposite of what is reversed');
    if (original.taken !== undefined) original.parent.left += original.taken;
  }

  #checkReopening(entry, payload) {
    const closing = this.#referred(payload.closing, 'YearClosed');
    if (closing === undefined) return;
    if (closing !== this.closings.at(-1)?.entry) this.wrong('does not reopen the last close');
    closing.reversedBy = entry;
    // decision 0011: for bounds on days it counts on the day of what it undoes
    entry.countsOn = closing.date;
    this.#checkOpposite(closing, payload);
  }

  #checkOpposite(original, payload) {
    const { movements: all } = this;
    const exact =
      payload.movements.length === original.end - original.start &&
      payload.movements.every((line, offset) => {
        const at = original.start + offset;
        return (
          KIND_NUMBER.get(line.movement) === all.kind[at] &&
          this.#lineNumber(line) === all.line[at] &&
          Number(line.function) === all.function[at] &&
          Number(line.economic ?? 0) === all.economic[at] &&
          fenOf(line.amount) === -all.fen[at]
        );
      });
    if (!exact) this.wrong(`is not the exact opposite of revision ${original.revision}`);
  }

  /** YearClosed accounts for every remainder to the fen, and its totals are the computed ones. */
  #checkClosing(payload) {
    const named = new Set();
    for (const item of payload.remainders) {
      const line = this.lines[this.#lineNumber(item)];
      if (named.has(line)) this.wrong(`${line} is closed twice`);
      named.add(line);
      this.#compare(line, 'executable', item.executable, line.balance[EXECUTABLE]);
      this.#compare(line, 'unreleased', item.unreleased, line.balance[UNRELEASED]);
      this.#compare(line, 'reserved', item.reserved, line.balance[RESERVED]);
      this.#compare(line, 'remainder', item.amount, line.remainder);
      const treated = (kinds) =>
        item.treatments
          .filter(({ kind }) => kinds.includes(kind))
          .reduce((sum, { amount }) => sum + fenOf(amount), 0n);
      this.#compare(
        line,
        'sum of treatments',
        hundredths(treated(Object.keys(TREATMENTS))),
        line.remainder,
      );
      const bySource = item.carriedForward.reduce((sum, { amount }) => sum + fenOf(amount), 0n);
      this.#compare(
        line,
        'carriedForward by source year',
        hundredths(bySource),
        treated(['carry-forward']),
      );
    }
    for (const line of this.lines)
      if (line.remainder !== 0n && !named.has(line))
        this.wrong(
          `${line} has a remainder of ${hundredths(line.remainder)} that the close leaves out`,
        );
    const computed = this.#totals();
    for (const name of TOTALS) this.#compare('total', name, payload.totals[name], computed[name]);
  }

  #compare(what, name, stated, computed) {
    if (fenOf(stated) !== computed)
      this.wrong(`${what}: ${name} is stated as ${stated}, computed as ${hundredths(computed)}`);
  }

  #totals() {
    const sum = (of) => this.lines.reduce((total, line) => total + of(line), 0n);
    const fullYearBudget = sum((line) => line.fullYearBudget);
    const expenditure = sum((line) => line.expenditure);
    const released = sum((line) => line.carryoverIn - line.balance[UNRELEASED]);
    return {
      initialBudget: -sum((line) => line.balance[SOURCE_INITIAL]),
      midYearAdjustment: released - sum((line) => sumOver(line.balance, SOURCE_CHANGES)),
      directAllocation: sum((line) => line.balance[ALLOCATED]),
      carryoverIn: sum((line) => line.carryoverIn),
      fullYearBudget,
      appropriationIncome: sum((line) => (line.origin === 'current' ? line.fullYearBudget : 0n)),
      expenditure,
      carryoverOut: fullYearBudget - expenditure,
    };
  }

  /** With the prior book in the log, what is brought in equals what that book carried forward (domain.md). */
  #checkOpening(payload) {
    const prior = this.bookOf(`book-${this.unit}-${payload.fromFiscalYear}`);
    if (prior === undefined) return;
    if (!prior.closed) {
      this.wrong(`brings in carryover of ${payload.fromFiscalYear}, whose book is not closed`);
      return;
    }
    const carried = prior.closings.at(-1).carriedForward;
    const brought = new Map();
    for (const { carryover, reversedBy } of this.entries.values()) {
      if (carryover === undefined || reversedBy !== undefined) continue;
      for (const line of carryover)
        addTo(brought, sourceKey(line, line.sourceFiscalYear), fenOf(line.amount));
    }
    for (const key of new Set([...carried.keys(), ...brought.keys()])) {
      const [stated, computed] = [brought.get(key) ?? 0n, carried.get(key) ?? 0n];
      if (stated !== computed)
        this.wrong(
          `brings in ${hundredths(stated)} for ${key}, but ${payload.fromFiscalYear} carried forward ${hundredths(computed)}`,
        );
    }
  }
}

const sourceKey = ({ project, fund }, year) => `${project} / ${FUNDS[fund]} / ${year}`;
const addTo = (map, key, fen) => map.set(key, (map.get(key) ?? 0n) + fen);

const carriedForwardOf = (payload) => {
  const carried = new Map();
  for (const remainder of payload.remainders)
    for (const { sourceFiscalYear, amount } of remainder.carriedForward)
      addTo(carried, sourceKey(remainder, sourceFiscalYear), fenOf(amount));
  return carried;
};

// -------------------------------------------------------------------- 9 Figures: measures over movements

/** Each measure as signs over kinds of movement (domain.md, Measures). */
const MEASURES = {
  initialBudget: { approved: 1n },
  midYearAdjustment: {
    added: 1n,
    reduced: -1n,
    transferredIn: 1n,
    transferredOut: -1n,
    released: 1n,
    takenBack: -1n,
  },
  directAllocation: { allocated: 1n },
  carryoverIn: { broughtIn: 1n },
  releasedCarryover: { released: 1n, takenBack: -1n },
  fullYearBudget: {
    approved: 1n,
    added: 1n,
    reduced: -1n,
    transferredIn: 1n,
    transferredOut: -1n,
    allocated: -1n,
    broughtIn: 1n,
  },
  expenditure: { paid: 1n, refunded: -1n },
  reserved: { reserved: 1n, reservationReleased: -1n, reservedClosed: -1n },
  carriedForward: { carriedForward: 1n },
  surplus: { surplusTaken: 1n },
  recovered: { recovered: 1n },
};

/** A figure: an amount in fen and the events behind it. */
const NOTHING = { fen: 0n, events: [] };

const eventsOf = (...lists) => [...new Set(lists.flat())].sort((left, right) => left - right);

const plus = (...figures) => ({
  fen: figures.reduce((sum, figure) => sum + figure.fen, 0n),
  events: eventsOf(...figures.map((figure) => figure.events)),
});

const minus = (left, right) => ({
  fen: left.fen - right.fen,
  events: eventsOf(left.events, right.events),
});

/**
 * A book as two clocks show it: the first `size` events of the log, and of those the ones whose business date
 * lies from `from` to `to` (manual, "As of a date, and as known at"). Movements that differ in nothing but
 * event and amount are summed once into a bucket; a cell then adds up buckets, not movements.
 */
export class BookView {
  constructor(book, { size, from, to }) {
    Object.assign(this, { book, size, from, to, year: book.year });
    this.#findClosing();
    this.buckets = this.#fillBuckets();
  }

  /** The whole of last year's book as it was known then, whatever part of this year is asked for. */
  get prior() {
    const book = this.book.bookOf(`book-${this.book.unit}-${this.year - 1}`);
    if (book?.openedAt === undefined || book.openedAt >= this.size) return undefined;
    this.priorView ??= new BookView(book, { size: this.size });
    return this.priorView;
  }

  /** Was it recorded, and had it happened? Facts are bounded by `to` alone: they hold until superseded. */
  #recorded(entry) {
    return entry !== undefined && entry.index < this.size;
  }

  #happened(entry) {
    return this.#recorded(entry) && (this.to === undefined || entry.date <= this.to);
  }

  #inRange(entry) {
    return this.#happened(entry) && (this.from === undefined || entry.date >= this.from);
  }

  /** A reopening undoes its close from when it is known, on whatever day it was made (decision 0011). */
  #findClosing() {
    this.lastClosing = this.book.closings
      .map(({ entry }) => entry)
      .findLast((entry) => this.#happened(entry));
    this.closed = this.lastClosing !== undefined && !this.#recorded(this.lastClosing.reversedBy);
  }

  #fillBuckets() {
    const { movements: all } = this.book;
    const [from, to] = [this.from, this.to].map((date) =>
      date === undefined ? undefined : dateNumber(date),
    );
    const buckets = new Map();
    for (let at = 0; at < all.length && all.index[at] < this.size; at += 1) {
      if ((from !== undefined && all.date[at] < from) || (to !== undefined && all.date[at] > to))
        continue;
      const key = `${all.kind[at]} ${all.line[at]} ${all.function[at]} ${all.economic[at]}`;
      let bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, (bucket = this.#bucket(at)));
      bucket.fen += all.fen[at];
      if (bucket.events.at(-1) !== all.index[at]) bucket.events.push(all.index[at]);
    }
    return [...buckets.values()];
  }

  #bucket(at) {
    const { movements: all, lines: budgetLines, projects } = this.book;
    const { project, fund, origin } = budgetLines[all.line[at]];
    return {
      kind: KINDS[all.kind[at]],
      project,
      fund,
      origin,
      category: projects.get(project)?.category,
      function: String(all.function[at]).padStart(7, '0'),
      economic: all.economic[at] === 0 ? '' : String(all.economic[at]),
      fen: 0n,
      events: [],
    };
  }

  /** One measure over a scope. Events whose amounts cancel out still stand behind the figure. */
  measure(name, scope = {}) {
    if (name === 'carryoverOut')
      return minus(this.measure('fullYearBudget', scope), this.measure('expenditure', scope));
    if (name === 'appropriationIncome')
      return this.measure('fullYearBudget', { ...scope, origin: 'current' });
    const signs = MEASURES[name];
    return this.#sum((bucket) => (inScope(bucket, scope) ? (signs[bucket.kind] ?? 0n) : 0n));
  }

  /** What was debited to an account, or credited. */
  turnover(accountName, side) {
    return this.#sum((bucket) => (MOVEMENTS[bucket.kind][side] === accountName ? 1n : 0n));
  }

  #sum(signOf) {
    let fen = 0n;
    const events = [];
    for (const bucket of this.buckets) {
      const sign = signOf(bucket);
      if (sign === 0n) continue;
      fen += sign * bucket.fen;
      events.push(bucket.events);
    }
    return { fen, events: eventsOf(...events) };
  }

  /** Postings in range, of these types, with reversals of these types. */
  postings(types) {
    return [...this.book.entries.values()].filter(
      (entry) =>
        this.#inRange(entry) &&
        (types.includes(entry.type) ||
          (entry.type === 'EntryReversed' && types.includes(entry.payload.entryType))),
    );
  }

  /** Carryover brought in and not reversed, by lines; where money comes from does not depend on `from`. */
  carryoverLines() {
    return this.facts('CarryoverBroughtIn')
      .filter((entry) => !this.#happened(entry.reversedBy))
      .flatMap((entry) => entry.payload.lines.map((line) => ({ ...line, entry })));
  }

  /** Facts without money of one type, oldest first. */
  facts(type) {
    return [...this.book.entries.values()].filter(
      (entry) => entry.type === type && this.#happened(entry),
    );
  }

  /** Projects that were registered by then; a project has no business date of its own. */
  projects(...categories) {
    return [...this.book.projects.values()].filter(
      (project) => project.index < this.size && categories.includes(project.category),
    );
  }

  /** The day that ages are counted to. */
  get lastDay() {
    return this.to ?? `${this.year}-12-31`;
  }
}

/** Values of one dimension are alternatives; codes mean all below them (manual, "A figure"). */
const inScope = (bucket, scope) =>
  (scope.project === undefined || bucket.project === scope.project) &&
  (scope.categories === undefined || scope.categories.includes(bucket.category)) &&
  (scope.funds === undefined || scope.funds.includes(bucket.fund)) &&
  (scope.origin === undefined || bucket.origin === scope.origin) &&
  (scope.function === undefined || bucket.function.startsWith(scope.function)) &&
  (scope.economics === undefined ||
    scope.economics.some((code) => bucket.economic.startsWith(code)));

/**
 * Prior-year figures (上年决算数) in a scope: the expenditure of the prior year's book where the log has one.
 * Only for a year from before this ledger do recorded figures count (manual, Record prior-year figures).
 * A later record of the same project, fund and codes supersedes.
 * A figure by economic codes is a part of its project's whole: where the whole is recorded too, only that counts.
 */
const priorExpenditure = (view, scope) => {
  if (view.prior !== undefined) return view.prior.measure('expenditure', scope);
  const figures = new Map();
  for (const entry of view.facts('PriorYearRecorded')) {
    if (entry.payload.priorFiscalYear !== view.year - 1) continue;
    for (const figure of entry.payload.figures) {
      const codes = [...(figure.economic ?? [])].sort().join(' ');
      figures.set(`${figure.project ?? ''}|${figure.fund ?? ''}|${codes}`, {
        ...figure,
        index: entry.index,
      });
    }
  }
  const found = [...figures.values()].filter((figure) => priorInScope(view, figure, scope));
  const wholes = new Set(
    found.filter((figure) => figure.economic === undefined).map((figure) => figure.project),
  );
  const counted = found.filter(
    (figure) => figure.economic === undefined || !wholes.has(figure.project),
  );
  return {
    fen: counted.reduce((sum, figure) => sum + fenOf(figure.amount), 0n),
    events: eventsOf(counted.map((figure) => figure.index)),
  };
};

const priorInScope = (view, figure, scope) =>
  (scope.project === undefined || figure.project === scope.project) &&
  (scope.categories === undefined ||
    scope.categories.includes(view.book.projects.get(figure.project)?.category)) &&
  (scope.economics === undefined ||
    (figure.economic?.every((code) => scope.economics.some((prefix) => code.startsWith(prefix))) ??
      false));

// --------------------------------------------------------------- 10 Reports: every cell computed anew

const BASIC = ['personnel', 'operating'];
const TREASURY_FUNDS = ['general-public-budget', 'government-fund', 'state-capital'];
/** 公务接待, 因公出国（境）, 公务用车购置, 公务用车运行维护: the codes of the “三公” expenditure. */
const RECEPTION = ['30217'];
const ABROAD = ['30212'];
const VEHICLE_PURCHASE = ['31013'];
const VEHICLE_RUNNING = ['30231'];
const VEHICLES = [...VEHICLE_PURCHASE, ...VEHICLE_RUNNING];
const THREE_PUBLIC = [...ABROAD, ...VEHICLES, ...RECEPTION];

const text = (value, events = []) => ({ exact: value, shown: value, events });
const EMPTY = text('');

/** Cells in the unit of money of the report (万元 or 元). */
class Cells {
  constructor(amountUnit) {
    this.amountUnit = amountUnit;
  }

  amount({ fen, events }) {
    return { exact: hundredths(fen), shown: shownAmount(fen, this.amountUnit), events };
  }

  /** An amount that is left blank in print where it is nothing. */
  orBlank(figure) {
    const cell = this.amount(figure);
    return figure.fen === 0n ? { ...cell, shown: '' } : cell;
  }

  /** A cell for which there may be no figure at all. */
  optional(figure, blankIfZero = false) {
    if (figure === undefined) return EMPTY;
    return blankIfZero ? this.orBlank(figure) : this.amount(figure);
  }

  percent(part, whole) {
    const exact = hundredths(rateOf(part.fen, whole.fen));
    return { exact, shown: `${exact}%`, events: eventsOf(whole.events, part.events) };
  }
}

const row = (id, label, cells) => ({ id, label, cells });
const columns = (...pairs) => pairs.map(([id, label]) => ({ id, label }));
/** Columns written as id:heading, with white space between them. */
const columnsOf = (written) => columns(...written.split(/\s+/).map((column) => column.split(':')));
const table = (id, title, tableColumns, rows) => ({ id, title, columns: tableColumns, rows });
const fromEntries = (names, cellOf) =>
  Object.fromEntries(names.map((name) => [name, cellOf(name)]));

// -- 预算执行情况表

const EXECUTION_MEASURES = [
  ['initialBudget', '年初预算'],
  ['midYearAdjustment', '年中调整'],
  ['directAllocation', '直拨'],
  ['carryoverIn', '年初结转'],
  ['fullYearBudget', '全年预算数'],
  ['reserved', '已占用'],
  ['expenditure', '支出'],
  ['executionRate', '执行率'],
  ['carryoverOut', '结余'],
];

const execution = (view, cells) => {
  const cellsOf = (scope) =>
    fromEntries(
      EXECUTION_MEASURES.map(([name]) => name),
      (name) =>
        name === 'executionRate'
          ? cells.percent(view.measure('expenditure', scope), view.measure('fullYearBudget', scope))
          : cells.amount(view.measure(name, scope)),
    );
  const projectRows = (...categories) =>
    view
      .projects(...categories)
      .map(({ project, name }) => row(project, name, cellsOf({ project })));
  return table('execution', '预算执行情况表', columns(...EXECUTION_MEASURES), [
    row('basic', '基本支出', cellsOf({ categories: BASIC })),
    ...projectRows(...BASIC),
    row('project', '项目支出', cellsOf({ categories: ['project'] })),
    ...projectRows('project'),
    row('total', '合计', cellsOf({})),
  ]);
};

// -- 结转结余情况表

const CARRYOVER_TEXTS = [
  ['fund', '资金性质'],
  ['origin', '资金来源'],
  ['sourceYear', '来源年度'],
  ['document', '来源文号'],
];
const CARRYOVER_MEASURES = [
  ['carryoverIn', '年初结转'],
  ['releasedCarryover', '已下达'],
  ['expenditure', '结转支出'],
  ['carryoverOut', '年末结转结余'],
];
const CLOSING_MEASURES = [
  ['carriedForward', '年末处理·结转'],
  ['surplus', '年末处理·结余'],
  ['recovered', '年末处理·收回'],
];

const carryover = (view, cells) => {
  const measures = [...CARRYOVER_MEASURES, ...(view.closed ? CLOSING_MEASURES : [])];
  const names = measures.map(([name]) => name);
  // 结转支出 is what was spent from carryover; current money has none.
  const figure = (name, scope) => {
    if (name !== 'expenditure') return view.measure(name, scope);
    return scope.origin === 'current'
      ? NOTHING
      : view.measure(name, { ...scope, origin: 'carryover' });
  };
  const amounts = (scope) => fromEntries(names, (name) => cells.amount(figure(name, scope)));
  const blank = fromEntries([...CARRYOVER_TEXTS.map(([name]) => name), ...names], () => EMPTY);
  const sources = groupedSources(view.carryoverLines());
  const rows = view.book.lines.flatMap((line) => {
    const scope = { project: line.project, funds: [line.fund], origin: line.origin };
    const id = `${line.project}:${line.fund}:${line.origin}`;
    const own = sources.get(id) ?? [];
    const cellsOfLine = amounts(scope);
    // Nothing came in, was released or spent, and nothing is left: the line has no place in this table.
    if (CARRYOVER_MEASURES.every(([name]) => cellsOfLine[name].exact === '0.00')) return [];
    const source = line.origin === 'current' ? currentSource(view) : carryoverSource(own);
    const texts = { fund: text(FUNDS[line.fund]), origin: text(ORIGINS[line.origin]), ...source };
    const name = view.book.projects.get(line.project)?.name;
    return [row(id, name, { ...texts, ...cellsOfLine }), ...sourceRows(id, own, blank, cells)];
  });
  return table('carryover', '结转结余情况表', columns(...CARRYOVER_TEXTS, ...measures), [
    ...rows,
    row('total', '合计', { ...blank, ...amounts({}) }),
  ]);
};

const groupedSources = (carryoverLines) => {
  const groups = new Map();
  for (const line of carryoverLines) {
    const id = `${line.project}:${line.fund}:carryover`;
    groups.set(id, [...(groups.get(id) ?? []), line]);
  }
  return groups;
};

const currentSource = (view) => ({ sourceYear: text(String(view.year)), document: EMPTY });

const carryoverSource = (own) => {
  const joined = (of) => [...new Set(own.map(of))].join('、');
  const events = eventsOf(own.map(({ entry }) => entry.index));
  return {
    sourceYear: text(
      joined((line) => String(line.sourceFiscalYear)),
      events,
    ),
    document: text(
      joined((line) => line.entry.payload.document.number),
      events,
    ),
  };
};

/** Where a line has money of several sources, each has a row of its own, named by year and event. */
const sourceRows = (id, own, blank, cells) =>
  own.length < 2
    ? []
    : own.map(({ entry, sourceFiscalYear, amount }, place) => {
        const { number } = entry.payload.document;
        const events = [entry.index];
        return row(`${id}:${nameOfSource(own, place)}`, `${sourceFiscalYear} ${number}`, {
          ...blank,
          sourceYear: text(String(sourceFiscalYear), events),
          document: text(number, events),
          carryoverIn: cells.amount({ fen: fenOf(amount), events }),
        });
      });

/** One event may bring several amounts of one year; the second of them is `.2`. */
const nameOfSource = (own, place) => {
  const [index, year] = [own[place].entry.index, own[place].sourceFiscalYear];
  const same = own
    .slice(0, place)
    .filter((line) => line.entry.index === index && line.sourceFiscalYear === year);
  return `${year}:${index}${same.length > 0 ? `.${same.length + 1}` : ''}`;
};

// -- 指标账试算平衡表

const trialBalance = (view, cells) => {
  const rows = Object.entries(ACCOUNTS).map(([name, label]) => {
    const [debit, credit] = [view.turnover(name, 0), view.turnover(name, 1)];
    const balance = minus(debit, credit);
    const debitBalance = { ...balance, fen: balance.fen > 0n ? balance.fen : 0n };
    const creditBalance = { ...balance, fen: balance.fen < 0n ? -balance.fen : 0n };
    return [name, label, { debit, credit, debitBalance, creditBalance }];
  });
  const names = ['debit', 'credit', 'debitBalance', 'creditBalance'];
  const total = fromEntries(names, (name) => plus(...rows.map(([, , figures]) => figures[name])));
  return table(
    'trial-balance',
    '指标账试算平衡表',
    columnsOf(`debit:发生额·借方 credit:发生额·贷方 debitBalance:余额·借方
      creditBalance:余额·贷方`),
    [...rows, ['total', '合计', total]].map(([id, label, figures]) =>
      row(
        id,
        label,
        fromEntries(names, (name) => cells.optional(figures[name], id !== 'total')),
      ),
    ),
  );
};

// -- Registers (登记簿): a row for each line of a posting

const POSTING_LABELS = {
  PaymentMade: '支付',
  PaymentRefunded: '退款',
  BudgetAdjusted: '调整',
  BudgetTransferred: '调剂',
  FundsAllocatedDirectly: '直拨',
  AllocationAcknowledged: '确认',
  FundsReserved: '占用',
  ReservationReleased: '解除占用',
  EntryReversed: '冲销',
};
const postingLabel = ({ index, type }) => `${index} ${POSTING_LABELS[type]}`;
const documentOf = ({ payload }) => payload.voucher ?? payload.document?.number ?? '';

/** Effect on what a register counts, by kind of movement; other kinds do not show in it. */
const PAYMENT_EFFECT = { paid: 1n, refunded: -1n };
const ADJUSTMENT_EFFECT = MEASURES.midYearAdjustment;

/** The lines of a posting with the signed amount that the register shows. */
const effects = (entry, signs) =>
  movementsOf(entry.type, entry.payload)
    .filter(({ kind }) => signs[kind] !== undefined)
    .map(({ kind, line, fen }) => ({ ...line, fen: signs[kind] * fen }));

const projectName = (view, project) => view.book.projects.get(project)?.name ?? '';

const registerTotal = (tableColumns, figures, cells) =>
  row(
    'total',
    '合计',
    fromEntries(
      tableColumns.map(({ id }) => id),
      (id) => cells.optional(figures[id]),
    ),
  );

/** The rows of one posting: the first has what belongs to the whole, further lines have only their own. */
const postingRows = (view, cells, entry, postingLines, head, lineTexts) =>
  postingLines.map((line, place) => {
    const events = [entry.index];
    const own = {
      project: text(projectName(view, line.project), events),
      origin: text(ORIGINS[line.origin], events),
      ...lineTexts(line, events),
      amount: cells.amount({ fen: line.fen, events }),
    };
    if (place === 0) return row(String(entry.index), postingLabel(entry), { ...head, ...own });
    return row(`${entry.index}.${place + 1}`, '', {
      ...fromEntries(Object.keys(head), () => EMPTY),
      ...own,
    });
  });

const payments = (view, cells, people) => {
  const tableColumns = columnsOf(`date:日期 party:收款人 document:文号 project:项目 origin:资金来源
      economic:经济分类 amount:金额 procurement:其中：政府采购`);
  const entries = view.postings(['PaymentMade', 'PaymentRefunded']);
  const sum = { amount: { ...NOTHING }, procurement: { ...NOTHING } };
  const rows = entries.flatMap((entry) => {
    const events = [entry.index];
    const procurement = { fen: procurementOf(entry.type, entry.payload), events };
    const postingLines = effects(entry, PAYMENT_EFFECT);
    sum.procurement.fen += procurement.fen;
    for (const line of postingLines) sum.amount.fen += line.fen;
    const head = {
      date: text(entry.date, events),
      party: people.cellOf(entry.payload.payee, events),
      document: text(documentOf(entry), events),
      procurement: cells.orBlank(procurement),
    };
    return postingRows(view, cells, entry, postingLines, head, (line, own) => ({
      economic: text(line.economic, own),
    }));
  });
  return registerTable('payments', '支付登记簿', tableColumns, rows, entries, sum, cells);
};

const registerTable = (id, title, tableColumns, rows, entries, sum, cells) => {
  const events = entries.map((entry) => entry.index);
  const figures =
    entries.length === 0
      ? {}
      : fromEntries(Object.keys(sum), (name) => ({ fen: sum[name].fen, events }));
  return table(id, title, tableColumns, [...rows, registerTotal(tableColumns, figures, cells)]);
};

const adjustments = (view, cells) => {
  const tableColumns = columnsOf(`date:日期 document:文号 reason:事由 project:项目 origin:资金来源
      amount:金额`);
  const entries = view.postings(['BudgetAdjusted', 'BudgetTransferred']);
  const sum = { amount: { ...NOTHING } };
  const rows = entries.flatMap((entry) => {
    const events = [entry.index];
    const postingLines = effects(entry, ADJUSTMENT_EFFECT);
    for (const line of postingLines) sum.amount.fen += line.fen;
    const head = {
      date: text(entry.date, events),
      document: text(documentOf(entry), events),
      reason: text(entry.payload.reason, events),
    };
    return postingRows(view, cells, entry, postingLines, head, () => ({}));
  });
  return registerTable('adjustments', '预算调整登记簿', tableColumns, rows, entries, sum, cells);
};

const DAY_MS = 86_400_000;
const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/**
 * Registers of sums that are used up bit by bit. A row for each sum, under it one for each posting that took
 * from it or reversed something; amount − taken = open; the age is counted while something is open.
 */
const openItems = (
  view,
  cells,
  people,
  { id, title, parentType, childTypes, tableColumns, endsWithYear },
) => {
  const entries = view.postings([parentType, ...childTypes]);
  const parents = entries.filter((entry) => entry.type === parentType);
  const sum = { amount: 0n, taken: 0n };
  const all = [];
  const rows = parents.flatMap((parent) => {
    const children = entries.filter((entry) => rootOf(entry) === parent && entry !== parent);
    const state = openState(parent, children);
    const events = [parent.index, ...children.map((child) => child.index)];
    // The close ends all reservations (manual, Reserve): what was open is given back by it.
    if (endsWithYear && view.closed && state.amount > state.taken) {
      state.taken = state.amount;
      events.push(view.lastClosing.index);
    }
    sum.amount += state.amount;
    sum.taken += state.taken;
    all.push(events);
    const cellsOf = (entry, own) =>
      fromEntries(
        tableColumns.map((column) => column.id),
        (name) => own(entry)[name] ?? EMPTY,
      );
    return [
      row(
        String(parent.index),
        postingLabel(parent),
        cellsOf(parent, () => parentCells(view, cells, parent, state, events)),
      ),
      ...children.map((child) =>
        row(
          String(child.index),
          postingLabel(child),
          cellsOf(child, () => childCells(cells, people, child, parent)),
        ),
      ),
    ];
  });
  const events = eventsOf(...all);
  const figures =
    parents.length === 0
      ? {}
      : {
          amount: { fen: sum.amount, events },
          taken: { fen: sum.taken, events },
          open: { fen: sum.amount - sum.taken, events },
        };
  return table(id, title, tableColumns, [...rows, registerTotal(tableColumns, figures, cells)]);
};

/** The sum that a posting belongs to in the end: a reversed payment leads to the reservation that it used. */
const rootOf = (entry) => {
  let root = entry;
  while (root.parent !== undefined) root = root.parent;
  return root;
};

/** What a child adds to `amount` and to `taken` of its parent. */
const childEffect = (child, parent) => {
  if (child.type !== 'EntryReversed') return { taken: child.taken };
  if (child.parent === parent) return { amount: -linesSum(parent.payload) };
  return { taken: -child.parent.taken };
};

const openState = (parent, children) => {
  const state = { amount: linesSum(parent.payload), taken: 0n };
  for (const child of children) {
    const effect = childEffect(child, parent);
    state.amount += effect.amount ?? 0n;
    state.taken += effect.taken ?? 0n;
  }
  return state;
};

const parentCells = (view, cells, parent, { amount, taken }, events) => {
  const own = [parent.index];
  const { payload } = parent;
  const age = daysBetween(parent.date, view.lastDay);
  return {
    date: text(parent.date, own),
    party: text(payload.recipient?.name ?? payload.counterparty ?? '', own),
    document: text(documentOf(parent), own),
    reason: text(payload.reason, own),
    project: text(projectName(view, payload.lines[0].project), own),
    amount: cells.amount({ fen: amount, events }),
    taken: cells.amount({ fen: taken, events }),
    open: cells.amount({ fen: amount - taken, events }),
    age: amount === taken ? EMPTY : text(String(age), events),
  };
};

const childCells = (cells, people, child, parent) => {
  const events = [child.index];
  const { amount, taken } = childEffect(child, parent);
  const figure = (fen) => (fen === undefined ? EMPTY : cells.amount({ fen, events }));
  return {
    date: text(child.date, events),
    party: people.cellOf(child.payload.payee, events),
    document: text(documentOf(child), events),
    reason: text(child.payload.reason ?? '', events),
    amount: figure(amount),
    taken: figure(taken),
  };
};

const directAllocations = (view, cells, people) =>
  openItems(view, cells, people, {
    id: 'direct-allocations',
    title: '直拨资金登记簿',
    parentType: 'FundsAllocatedDirectly',
    childTypes: ['AllocationAcknowledged'],
    endsWithYear: false,
    tableColumns:
      columnsOf(`date:日期 party:接收单位 document:文号 project:项目 amount:金额 taken:已确认
      open:未确认 age:账龄（天）`),
  });

const reservations = (view, cells, people) =>
  openItems(view, cells, people, {
    id: 'reservations',
    title: '指标占用登记簿',
    parentType: 'FundsReserved',
    childTypes: ['ReservationReleased', 'PaymentMade'],
    endsWithYear: true,
    tableColumns:
      columnsOf(`date:日期 party:对方单位 document:文号 reason:事由 project:项目 amount:金额
      taken:已使用或解除 open:占用余额 age:账龄（天）`),
  });

// -- 部门决算公开表 01–09

/** Codes with their names, written one after another. */
const codeList = (written) =>
  [...written.matchAll(/(\d+) ([^\s,]+)/g)].map(([, code, name]) => [code, name]);

/** 支出功能分类, 类: code and printed name, in the order of tables 01 and 04. */
const FUNCTION_CLASSES = codeList(`
  201 一般公共服务支出, 202 外交支出, 203 国防支出, 204 公共安全支出, 205 教育支出
  206 科学技术支出, 207 文化旅游体育与传媒支出, 208 社会保障和就业支出, 210 卫生健康支出
  211 节能环保支出, 212 城乡社区支出, 213 农林水支出, 214 交通运输支出
  215 资源勘探工业信息等支出, 216 商业服务业等支出, 217 金融支出, 219 援助其他地区支出
  220 自然资源海洋气象等支出, 221 住房保障支出, 222 粮油物资储备支出, 223 国有资本经营预算支出
  224 灾害防治及应急管理支出, 229 其他支出, 231 债务还本支出, 232 债务付息支出
  234 抗疫特别国债安排的支出
`);

const chineseNumber = (number) => {
  const digits = ' 一二三四五六七八九';
  const tens = number < 10 ? '' : `${number < 20 ? '' : digits[Math.floor(number / 10)]}十`;
  return `${tens}${number % 10 === 0 ? '' : digits[number % 10]}`;
};

/** Income kinds of table 01; kinds that this ledger does not keep stay blank. */
const INCOME_KINDS = [
  ['general-public-budget', '一、一般公共预算财政拨款收入', ['general-public-budget']],
  ['government-fund', '二、政府性基金预算财政拨款收入', ['government-fund']],
  ['state-capital', '三、国有资本经营预算财政拨款收入', ['state-capital']],
  ['superior', '四、上级补助收入'],
  ['service', '五、事业收入', ['fiscal-special-account']],
  ['operations', '六、经营收入'],
  ['subordinate', '七、附属单位上缴收入'],
  ['other', '八、其他收入', ['social-insurance', 'other-funds']],
];

const table01 = (view, cells) => {
  const names = ['income', 'expenditure'];
  const line = (place, id, label, item, figures, blank = false) =>
    row(id, label, {
      incomeLine: text(String(place)),
      expenditureItem: text(item),
      expenditureLine: text(String(30 + place)),
      ...fromEntries(names, (name) => cells.optional(figures[name], blank)),
    });
  const income = (funds) => funds && view.measure('appropriationIncome', { funds });
  const spent = (code) => view.measure('expenditure', { function: code });
  const rows = FUNCTION_CLASSES.map(([code, name], place) => {
    const [id, label, funds] = INCOME_KINDS[place] ?? [code, ''];
    const item = `${chineseNumber(place + 1)}、${name}`;
    return line(
      place + 1,
      id,
      label,
      item,
      { income: income(funds), expenditure: spent(code) },
      true,
    );
  });
  const [earned, spentAll] = [view.measure('appropriationIncome'), view.measure('expenditure')];
  const [before, after] = [view.measure('carryoverIn'), view.measure('carryoverOut')];
  rows.push(
    line(27, 'income-total', '本年收入合计', '本年支出合计', {
      income: earned,
      expenditure: spentAll,
    }),
    line(28, 'used-surplus', '使用非财政拨款结余（含专用结余）', '结余分配', {}),
    line(29, 'carryover-in', '年初结转和结余', '年末结转和结余', {
      income: before,
      expenditure: after,
    }),
    line(30, 'total', '总计', '总计', {
      income: plus(earned, before),
      expenditure: plus(spentAll, after),
    }),
  );
  return table(
    '01',
    '收入支出决算总表',
    columnsOf(`incomeLine:收入·行次 income:收入·决算数 expenditureItem:支出·项目
      expenditureLine:支出·行次 expenditure:支出·决算数`),
    rows,
  );
};

const table04 = (view, cells) => {
  const fundColumns = TREASURY_FUNDS.map((fund) => `expenditure-${fund}`);
  const scopes = { expenditure: { funds: TREASURY_FUNDS } };
  TREASURY_FUNDS.forEach((fund, place) => (scopes[fundColumns[place]] = { funds: [fund] }));
  const spent = (figureOf) => fromEntries(Object.keys(scopes), (name) => figureOf(scopes[name]));
  const line = (place, id, label, item, figures, blank = false) =>
    row(id, label, {
      incomeLine: text(String(place)),
      expenditureItem: text(item),
      expenditureLine: text(String(32 + place)),
      ...fromEntries(['income', ...Object.keys(scopes)], (name) =>
        cells.optional(figures[name], blank),
      ),
    });
  const rows = FUNCTION_CLASSES.map(([code, name], place) => {
    const fund = TREASURY_FUNDS[place];
    const label = fund === undefined ? '' : INCOME_KINDS[place][1].slice(0, -2);
    const income =
      fund === undefined ? undefined : view.measure('appropriationIncome', { funds: [fund] });
    const figures = {
      income,
      ...spent((scope) => view.measure('expenditure', { ...scope, function: code })),
    };
    return line(
      place + 1,
      fund ?? code,
      label,
      `${chineseNumber(place + 1)}、${name}`,
      figures,
      true,
    );
  });
  const treasury = { funds: TREASURY_FUNDS };
  const [earned, before] = ['appropriationIncome', 'carryoverIn'].map((name) =>
    view.measure(name, treasury),
  );
  const spentAll = spent((scope) => view.measure('expenditure', scope));
  const after = spent((scope) => view.measure('carryoverOut', scope));
  const both = fromEntries(Object.keys(scopes), (name) => plus(spentAll[name], after[name]));
  rows.push(
    line(27, 'income-total', '本年收入合计', '本年支出合计', { income: earned, ...spentAll }),
    line(28, 'carryover-in', '年初财政拨款结转和结余', '年末财政拨款结转和结余', {
      income: before,
      ...after,
    }),
    ...TREASURY_FUNDS.map((fund, place) =>
      line(
        29 + place,
        `carryover-in-${fund}`,
        INCOME_KINDS[place][1].slice(2, -2),
        '',
        { income: view.measure('carryoverIn', { funds: [fund] }) },
        true,
      ),
    ),
    line(32, 'total', '总计', '总计', { income: plus(earned, before), ...both }),
  );
  return table(
    '04',
    '财政拨款收入支出决算总表',
    columns(
      ['incomeLine', '收入·行次'],
      ['income', '收入·决算数'],
      ['expenditureItem', '支出·项目'],
      ['expenditureLine', '支出·行次'],
      ['expenditure', '支出·合计'],
      ...TREASURY_FUNDS.map((fund, place) => [
        fundColumns[place],
        `支出·${INCOME_KINDS[place][1].slice(2, -2)}`,
      ]),
    ),
    rows,
  );
};

/**
 * Tables by 支出功能分类: a total, then 类, 款 and 项 wherever one of the columns is not zero. `figures` gives
 * for a function code (or its beginning) the figure of each column; undefined is a column that stays blank.
 */
const byFunction = (view, cells, id, title, pairs, figuresOf) => {
  const cellsOf = (code) => {
    const figures = figuresOf(code);
    return fromEntries(
      pairs.map(([name]) => name),
      (name) => cells.optional(figures[name]),
    );
  };
  const used = [...new Set(view.buckets.map((bucket) => bucket.function))];
  const levels = new Set(used.flatMap((code) => [code.slice(0, 3), code.slice(0, 5), code]));
  const codes = [...levels].filter((code) =>
    Object.values(figuresOf(code)).some((figure) => figure !== undefined && figure.fen !== 0n),
  );
  return table(id, title, columns(...pairs), [
    row('total', '合计', cellsOf('')),
    ...codes.sort().map((code) => row(code, { startsWith: `${code} ` }, cellsOf(code))),
  ]);
};

const table02 = (view, cells) =>
  byFunction(
    view,
    cells,
    '02',
    '收入决算表',
    [
      ['income', '本年收入合计'],
      ['treasury', '财政拨款收入'],
      ['superior', '上级补助收入'],
      ['service', '事业收入'],
      ['operations', '经营收入'],
      ['subordinate', '附属单位上缴收入'],
      ['other', '其他收入'],
    ],
    (code) => {
      const income = (funds) => view.measure('appropriationIncome', { function: code, funds });
      return {
        income: income(undefined),
        treasury: income(TREASURY_FUNDS),
        service: income(['fiscal-special-account']),
        other: income(['social-insurance', 'other-funds']),
      };
    },
  );

const expenditureByCategory = (view, code, funds) => {
  const spent = (categories) => view.measure('expenditure', { function: code, funds, categories });
  return { total: spent(undefined), basic: spent(BASIC), project: spent(['project']) };
};

const table03 = (view, cells) =>
  byFunction(
    view,
    cells,
    '03',
    '支出决算表',
    [
      ['total', '本年支出合计'],
      ['basic', '基本支出'],
      ['project', '项目支出'],
      ['to-superiors', '上缴上级支出'],
      ['operations', '经营支出'],
      ['to-subordinates', '对附属单位补助支出'],
    ],
    (code) => expenditureByCategory(view, code, undefined),
  );

const SPENDING_COLUMNS = [
  ['total', '本年支出·合计'],
  ['basic', '本年支出·基本支出'],
  ['project', '本年支出·项目支出'],
];

const table05 = (view, cells) =>
  byFunction(view, cells, '05', '一般公共预算财政拨款支出决算表', SPENDING_COLUMNS, (code) =>
    expenditureByCategory(view, code, ['general-public-budget']),
  );

const table07 = (view, cells) =>
  byFunction(
    view,
    cells,
    '07',
    '政府性基金预算财政拨款收入支出决算表',
    [
      ['carryoverIn', '年初结转和结余'],
      ['income', '本年收入'],
      ['total', '本年支出·小计'],
      ['basic', '本年支出·基本支出'],
      ['project', '本年支出·项目支出'],
      ['carryoverOut', '年末结转和结余'],
    ],
    (code) => {
      const funds = ['government-fund'];
      const scope = { function: code, funds };
      return {
        carryoverIn: view.measure('carryoverIn', scope),
        income: view.measure('appropriationIncome', scope),
        ...expenditureByCategory(view, code, funds),
        carryoverOut: view.measure('carryoverOut', scope),
      };
    },
  );

const table08 = (view, cells) =>
  byFunction(view, cells, '08', '国有资本经营预算财政拨款支出决算表', SPENDING_COLUMNS, (code) =>
    expenditureByCategory(view, code, ['state-capital']),
  );

/** 部门预算支出经济分类 of basic expenditure: 301 and 303 personnel, 302 and 310 operating (domain.md). */
const ECONOMIC_NAMES = new Map(
  codeList(`
  301 工资福利支出, 30101 基本工资, 30102 津贴补贴, 30103 奖金, 30106 伙食补助费, 30107 绩效工资
  30108 机关事业单位基本养老保险缴费, 30109 职业年金缴费, 30110 职工基本医疗保险缴费, 30111 公务员医疗补助缴费
  30112 其他社会保障缴费, 30113 住房公积金, 30114 医疗费, 30199 其他工资福利支出
  302 商品和服务支出, 30201 办公费, 30202 印刷费, 30203 咨询费, 30204 手续费, 30205 水费, 30206 电费
  30207 邮电费, 30208 取暖费, 30209 物业管理费, 30211 差旅费, 30212 因公出国（境）费用, 30213 维修（护）费
  30214 租赁费, 30215 会议费, 30216 培训费, 30217 公务接待费, 30218 专用材料费, 30224 被装购置费, 30225 专用燃料费
  30226 劳务费, 30227 委托业务费, 30228 工会经费, 30229 福利费, 30231 公务用车运行维护费, 30239 其他交通费用
  30240 税金及附加费用, 30299 其他商品和服务支出
  303 对个人和家庭的补助, 30301 离休费, 30302 退休费, 30303 退职（役）费, 30304 抚恤金, 30305 生活补助, 30306 救济费
  30307 医疗费补助, 30308 助学金, 30309 奖励金, 30310 个人农业生产补贴, 30311 代缴社会保险费
  30399 其他对个人和家庭的补助
  310 资本性支出, 31001 房屋建筑物购建, 31002 办公设备购置, 31003 专用设备购置, 31005 基础设施建设, 31006 大型修缮
  31007 信息网络及软件购置更新, 31008 物资储备, 31009 土地补偿, 31010 安置补助, 31011 地上附着物和青苗补偿, 31012 拆迁补偿
  31013 公务用车购置, 31019 其他交通工具购置, 31021 文物和陈列品购置, 31022 无形资产购置, 31099 其他资本性支出
`),
);
const economicName = (code) => `${code} ${ECONOMIC_NAMES.get(code) ?? ''}`;

const table06 = (view, cells) => {
  const scope = { funds: ['general-public-budget'], categories: BASIC };
  const spent = (...economics) => view.measure('expenditure', { ...scope, economics });
  const used = [...new Set(view.buckets.map((bucket) => bucket.economic))].sort();
  /** The headings and the codes below them that are not zero, in order. */
  const listed = (headings) =>
    headings
      .flatMap((heading) => [heading, ...used.filter((code) => code.startsWith(heading))])
      .filter((code) => spent(code).fen !== 0n);
  const [personnel, operating] = [listed(['301', '303']), listed(['302', '310'])];
  const rows = Array.from({ length: Math.max(personnel.length, operating.length) }, (_, place) => {
    const [left, right] = [personnel[place], operating[place]];
    return row(left ?? right, left === undefined ? '' : economicName(left), {
      personnel: left === undefined ? EMPTY : cells.amount(spent(left)),
      operatingItem: right === undefined ? EMPTY : text(economicName(right)),
      operating: right === undefined ? EMPTY : cells.amount(spent(right)),
    });
  });
  rows.push(
    row('personnel-total', '人员经费合计', {
      personnel: cells.amount(spent('301', '303')),
      operatingItem: text('公用经费合计'),
      operating: cells.amount(spent('302', '310')),
    }),
  );
  return table(
    '06',
    '一般公共预算财政拨款基本支出决算明细表',
    columnsOf(`personnel:人员经费·决算数 operatingItem:公用经费·科目编码及名称
      operating:公用经费·决算数`),
    rows,
  );
};

const table09 = (view, cells) => {
  const parts = [
    ['total', '合计', THREE_PUBLIC],
    ['abroad', '因公出国（境）费', ABROAD],
    ['vehicles', '公务用车购置及运行维护费·小计', VEHICLES],
    ['purchase', '公务用车购置及运行维护费·购置费', VEHICLE_PURCHASE],
    ['running', '公务用车购置及运行维护费·运行维护费', VEHICLE_RUNNING],
    ['reception', '公务接待费', RECEPTION],
  ];
  const sides = [
    ['budget', '预算数', 'initialBudget'],
    ['final', '决算数', 'expenditure'],
  ];
  const all = sides.flatMap(([side, sideLabel, measure]) =>
    parts.map(([part, label, economics]) => ({
      id: `${side}-${part}`,
      label: `${sideLabel}·${label}`,
      measure,
      economics,
    })),
  );
  const cellsOf = Object.fromEntries(
    all.map(({ id, measure, economics }) => [
      id,
      cells.amount(view.measure(measure, { funds: TREASURY_FUNDS, economics })),
    ]),
  );
  const tableColumns = all.map(({ id, label }) => ({ id, label }));
  return table('09', '财政拨款“三公”经费支出决算表', tableColumns, [
    row('amount', '“三公”经费', cellsOf),
  ]);
};

const FINAL_ACCOUNTS = [
  table01,
  table02,
  table03,
  table04,
  table05,
  table06,
  table07,
  table08,
  table09,
];

// -- 附件2 整体支出绩效评价基础数据表

/** The last statistic of a key, with the kind of value that the form asks for. */
const statistic = (view, key, kind) => {
  const entry = view
    .facts('StatisticRecorded')
    .filter(({ payload }) => payload.key === key)
    .at(-1);
  return { value: entry?.payload[kind], events: entry === undefined ? [] : [entry.index] };
};

const annex2 = (view, cells) => [
  staffTable(view, cells),
  spendingTable(view, cells),
  buildingsTable(view, cells),
  thriftTable(view),
];

const staffTable = (view, cells) => {
  const [authorised, actual] = ['headcount.authorised', 'headcount.actual'].map((key) => {
    const { value, events } = statistic(view, key, 'count');
    return value === undefined
      ? undefined
      : { value, events, fen: countFen(value), cell: text(value, events) };
  });
  const known = [authorised, actual].filter((item) => item !== undefined);
  const rate =
    known.length === 2
      ? cells.percent(actual, authorised)
      : text('', eventsOf(...known.map((item) => item.events)));
  return table(
    'staff',
    '财政供养人员情况',
    columnsOf(`authorised:编制数 actual:${view.year}年实际在职人数 rate:控制率`),
    [
      row('staff', '财政供养人员', {
        authorised: authorised?.cell ?? EMPTY,
        actual: actual?.cell ?? EMPTY,
        rate,
      }),
    ],
  );
};

/** A count in hundredths, so that rates of counts and of amounts are one calculation. */
const countFen = (count) => {
  const [whole, fraction = ''] = count.split('.');
  return BigInt(whole + fraction.padEnd(2, '0').slice(0, 2));
};

const spendingTable = (view, cells) => {
  const line = (id, label, scope, blank = false) => {
    const cell = (figure) => cells.optional(figure, blank);
    return row(id, label, {
      prior: cell(priorExpenditure(view, scope)),
      budget: cell(view.measure('initialBudget', scope)),
      final: cell(view.measure('expenditure', scope)),
    });
  };
  const operating = (economics) => ({ categories: ['operating'], economics });
  const projects = view.projects('project');
  return table(
    'spending',
    '经费控制情况',
    columnsOf(`prior:${view.year - 1}年决算数 budget:${view.year}年预算数
      final:${view.year}年决算数`),
    [
      line('three-public', '三公经费', { economics: THREE_PUBLIC }),
      line('vehicles', '1、公务用车购置和维护经费', { economics: VEHICLES }, true),
      line('vehicle-purchase', '其中：公车购置', { economics: VEHICLE_PURCHASE }, true),
      line('vehicle-running', '公车运行维护', { economics: VEHICLE_RUNNING }, true),
      line('abroad', '2、出国经费', { economics: ABROAD }, true),
      line('reception', '3、公务接待', { economics: RECEPTION }, true),
      line('projects', '项目支出：', { categories: ['project'] }),
      ...projects.map(({ project, name }) => line(project, name, { project })),
      line('operating', '公用经费', { categories: ['operating'] }),
      line('office', '其中：办公经费', operating(['30201'])),
      line('utilities-travel', '水费、电费、差旅费', operating(['30205', '30206', '30211'])),
      line('meetings-training', '会议费、培训费', operating(['30215', '30216'])),
      row('procurement', '政府采购金额', {
        prior: text('——'),
        budget: cells.amount(amountStatistic(view, 'procurement.budget')),
        final: cells.amount(procurementExpenditure(view)),
      }),
      row('basic-adjustment', '部门基本支出预算调整', {
        prior: text('——'),
        budget: EMPTY,
        final: cells.amount(view.measure('midYearAdjustment', { categories: BASIC })),
      }),
    ],
  );
};

const amountStatistic = (view, key) => {
  const { value, events } = statistic(view, key, 'amount');
  return { fen: fenOf(value ?? '0.00'), events };
};

/** Σ procurement of payments − of refunds, reversals taken out (manual, Measures). */
const procurementExpenditure = (view) => {
  const figures = view
    .postings(['PaymentMade', 'PaymentRefunded'])
    .map((entry) => ({ fen: procurementOf(entry.type, entry.payload), events: [entry.index] }));
  return plus(...figures.filter((figure) => figure.fen !== 0n));
};

const buildingsTable = (view, cells) => {
  const area = (key) => {
    const { value = '0', events } = statistic(view, key, 'count');
    return { fen: countFen(value), events, cell: text(value, events) };
  };
  const [approved, actual] = ['buildings.approved-area', 'buildings.actual-area'].map(area);
  const [planned, invested] = ['buildings.planned-investment', 'buildings.actual-investment'].map(
    (key) => amountStatistic(view, key),
  );
  return table(
    'buildings',
    '楼堂馆所控制情况',
    columnsOf(`approvedArea:批复规模（㎡） actualArea:实际规模（㎡） areaRate:规模控制率
      plannedInvestment:预算投资（${cells.amountUnit}）
      actualInvestment:实际投资（${cells.amountUnit}）
      investmentRate:投资概算控制率`),
    [
      row('buildings', '楼堂馆所', {
        approvedArea: approved.cell,
        actualArea: actual.cell,
        areaRate: cells.percent(actual, approved),
        plannedInvestment: cells.amount(planned),
        actualInvestment: cells.amount(invested),
        investmentRate: cells.percent(invested, planned),
      }),
    ],
  );
};

const thriftTable = (view) => {
  const { value, events } = statistic(view, 'thrift.measures', 'text');
  const measures = value === undefined ? EMPTY : text(value, events);
  return table('thrift', '厉行节约保障措施', columnsOf(`measures:保障措施`), [
    row('thrift', '厉行节约保障措施', { measures }),
  ]);
};

// -- 附件3 整体支出绩效自评表

const annex3 = (view, cells) => {
  const adopted = view.facts('IndicatorsAdopted').at(-1);
  const scored = view.facts('ExecutionScored').at(-1);
  return [
    table('unit', '部门（单位）', columnsOf(`name:名称`), [
      row('unit', '区级预算部门（单位）名称', {
        name: text(view.book.unitName, [view.book.openedAt]),
      }),
    ]),
    annexBudget(view, cells, adopted, scored),
    annexNature(view, cells),
    table('goal', '年度总体目标', columnsOf(`goal:预期目标 outcome:实际完成情况`), [
      row('goal', '年度总体目标', {
        goal: factText(adopted, 'goal'),
        outcome: optionalText(scored, 'outcome'),
      }),
    ]),
    annexIndicators(view, adopted, scored),
  ];
};

/** A field of the last record; without the field the record still stands behind the blank. */
const factText = (entry, field) =>
  entry === undefined ? EMPTY : text(entry.payload[field] ?? '', [entry.index]);

/** A remark that may be left out: where there is none, nothing stands behind the blank. */
const optionalText = (entry, field) =>
  entry?.payload[field] === undefined ? EMPTY : factText(entry, field);

const annexBudget = (view, cells, adopted, scored) =>
  table(
    'budget',
    '年度资金总额',
    columnsOf(`initialBudget:年初预算数 fullYearBudget:全年预算数 expenditure:全年执行数
      weight:分值 executionRate:执行率 score:得分`),
    [
      row('total', '年度资金总额', {
        initialBudget: cells.amount(view.measure('initialBudget')),
        fullYearBudget: cells.amount(view.measure('fullYearBudget')),
        expenditure: cells.amount(view.measure('expenditure')),
        weight: factText(adopted, 'executionWeight'),
        executionRate: cells.percent(view.measure('expenditure'), view.measure('fullYearBudget')),
        score: factText(scored, 'score'),
      }),
    ],
  );

const annexNature = (view, cells) => {
  const budget = (scope) => cells.amount(view.measure('fullYearBudget', scope));
  const line = (id, label, funds, item, categories) =>
    row(id, label, {
      income: budget({ funds }),
      expenditureItem: text(item),
      expenditure: categories === undefined ? EMPTY : budget({ categories }),
    });
  return table(
    'nature',
    '按收入性质和支出性质分',
    columnsOf(`income:${cells.amountUnit} expenditureItem:按支出性质分：
      expenditure:${cells.amountUnit}`),
    [
      line(
        'general-public-budget',
        '其中：一般公共预算',
        ['general-public-budget'],
        '其中：基本支出',
        BASIC,
      ),
      line('government-fund', '政府性基金拨款', ['government-fund'], '项目支出', ['project']),
      line('fiscal-special-account', '纳入专户管理的非税收入拨款', ['fiscal-special-account'], ''),
      // The form has no line for 国有资本经营 and 社会保险基金; they stand here, so that the lines give the total.
      line('other-funds', '其他资金', ['state-capital', 'social-insurance', 'other-funds'], ''),
    ],
  );
};

const annexIndicators = (view, adopted, scored) => {
  const indicators = adopted?.payload.indicators ?? [];
  // Adopting again replaces the list: results of an earlier list no longer count.
  const results = new Map();
  for (const entry of view.facts('IndicatorResultRecorded'))
    if (adopted !== undefined && entry.index > adopted.index)
      results.set(entry.payload.indicator, entry);
  const groupWeight = (level1) =>
    sumOfDecimals(indicators.filter((item) => item.level1 === level1).map((item) => item.weight));
  const rows = indicators.map((item) => {
    const own = (field) => text(item[field], [adopted.index]);
    const result = results.get(item.code);
    return row(item.code, `${item.level1}（${groupWeight(item.level1)}分）`, {
      level2: own('level2'),
      level3: own('level3'),
      target: own('target'),
      actual: factText(result, 'actual'),
      weight: own('weight'),
      score: factText(result, 'score'),
      reason: optionalText(result, 'reason'),
    });
  });
  const counted = indicators
    .map(({ code }) => results.get(code))
    .filter((entry) => entry !== undefined);
  if (scored !== undefined) counted.push(scored);
  const names = ['level2', 'level3', 'target', 'actual', 'reason'];
  const weights = [
    ...indicators.map((item) => item.weight),
    adopted?.payload.executionWeight ?? '0',
  ];
  rows.push(
    row('total', '总分', {
      ...fromEntries(names, () => EMPTY),
      weight: adopted === undefined ? EMPTY : text(sumOfDecimals(weights), [adopted.index]),
      score: text(
        sumOfDecimals(['0', ...counted.map((entry) => entry.payload.score)]),
        eventsOf(counted.map((entry) => entry.index)),
      ),
    }),
  );
  return table(
    'indicators',
    '绩效指标',
    columnsOf(`level2:二级指标 level3:三级指标 target:年度指标值 actual:实际完成值 weight:分值
      score:得分 reason:偏差原因分析及改进措施`),
    rows,
  );
};

/** Every report by name: its printed title and its tables. One without `parts` is a single table. */
const REPORTS = new Map([
  ['execution', { build: execution }],
  ['carryover', { build: carryover }],
  ['trial-balance', { build: trialBalance }],
  ['payments', { build: payments }],
  ['adjustments', { build: adjustments }],
  ['direct-allocations', { build: directAllocations }],
  ['reservations', { build: reservations }],
  ...FINAL_ACCOUNTS.map((build, place) => [`final-accounts-0${place + 1}`, { build }]),
  [
    'final-accounts',
    {
      title: '部门决算公开表',
      parts: (...given) => FINAL_ACCOUNTS.map((build) => build(...given)),
    },
  ],
  ['annex-2', { title: '部门（单位）整体支出绩效评价基础数据表', parts: annex2 }],
  ['annex-3', { title: '部门（单位）整体支出绩效自评表', parts: annex3 }],
]);

/** The whole report as this program computes it; rows of one with several tables carry the table in their id. */
export const computeReport = (name, view, amountUnit, people) => {
  const { build, title, parts } = REPORTS.get(name);
  const cells = new Cells(amountUnit);
  if (parts === undefined) {
    const single = build(view, cells, people);
    return { ...single, title: `${view.year}年度${single.title}` };
  }
  const tables = parts(view, cells, people).map((part) => ({
    ...part,
    rows: part.rows.map((item) => ({ ...item, id: `${part.id}/${item.id}`, table: part.id })),
  }));
  return { title: `${view.year}年度${title}`, tables, rows: tables.flatMap((part) => part.rows) };
};

// -------------------------------------------------------- 11 Comparing a report with the computed one

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const quoted = (value) => JSON.stringify(value) ?? 'nothing';
/** One report document against the report that the events give, down to every cell. */
class ReportComparison {
  cells = 0;

  constructor(findings, where, amountUnit) {
    Object.assign(this, { findings, where, amountUnit });
  }

  compare(document, computed, view) {
    this.#value('title', document.title, computed.title);
    this.#value('unitName', document.unitName, view.book.unitName);
    if (computed.tables === undefined) {
      this.#table('', document, computed);
      return;
    }
    const given = new Map(
      (Array.isArray(document.tables) ? document.tables : []).map((part) => [part?.id, part]),
    );
    for (const part of computed.tables) {
      const own = given.get(part.id);
      given.delete(part.id);
      if (own === undefined) this.findings.differs(this.where, `the table ${part.id} is missing`);
      else {
        this.#value(`table ${part.id}, title`, own.title, part.title);
        this.#table(`table ${part.id}, `, own, part);
      }
    }
    for (const id of given.keys())
      this.findings.cannotCheck(this.where, `unknown table ${quoted(id)}`);
    // The document lists all rows a second time; that list must tell the same.
    this.#rows('', document.rows, computed.rows);
  }

  #value(name, stated, computed) {
    if (stated !== computed) this.#differs(name, stated, computed);
  }

  #differs(name, stated, computed) {
    this.findings.differs(
      this.where,
      `${name}: the report says ${quoted(stated)}, the events give ${quoted(computed)}`,
    );
  }

  #table(prefix, given, computed) {
    const known = new Map(computed.columns.map(({ id, label }) => [id, label]));
    const listed = Array.isArray(given.columns) ? given.columns : [];
    for (const column of listed) {
      if (!known.has(column?.id))
        this.findings.cannotCheck(this.where, `${prefix}unknown column ${quoted(column?.id)}`);
      else
        this.#value(`${prefix}heading of column ${column.id}`, column.label, known.get(column.id));
    }
    if (
      !sameList(
        listed.map((column) => column?.id),
        [...known.keys()],
      )
    )
      this.findings.differs(
        this.where,
        `${prefix}the columns are not ${[...known.keys()].join(', ')}`,
      );
    this.#rows(prefix, given.rows, computed.rows);
  }

  #rows(prefix, given, computed) {
    const expected = new Map(computed.map((item) => [item.id, item]));
    const seen = new Set();
    for (const item of Array.isArray(given) ? given : []) {
      const name = `${prefix}row ${item?.id}`;
      if (seen.has(item?.id)) this.findings.differs(this.where, `${name} is there twice`);
      seen.add(item?.id);
      const own = expected.get(item?.id);
      if (own === undefined)
        this.findings.cannotCheck(this.where, `${name}: the events give no such row`);
      else this.#row(name, item, own);
    }
    for (const id of expected.keys())
      if (!seen.has(id)) this.findings.differs(this.where, `${prefix}row ${id} is missing`);
  }

  #row(name, given, computed) {
    const { label } = computed;
    const labelHolds =
      typeof label === 'object'
        ? String(given.label).startsWith(label.startsWith)
        : given.label === label;
    if (!labelHolds)
      this.#differs(
        `${name}, label`,
        given.label,
        typeof label === 'object' ? label.startsWith : label,
      );
    const cells = isObject(given.cells) ? given.cells : {};
    for (const id of Object.keys(cells))
      if (!Object.hasOwn(computed.cells, id))
        this.findings.cannotCheck(this.where, `${name}, unknown column ${quoted(id)}`);
    for (const [id, cell] of Object.entries(computed.cells))
      this.#cell(`${name}, column ${id}`, cells[id], cell);
  }

  #cell(name, given, computed) {
    this.cells += 1;
    if (!isObject(given)) {
      this.#differs(name, given, computed.exact);
      return;
    }
    this.#value(`${name}, exact`, given.exact, computed.exact);
    this.#value(`${name}, shown`, given.shown, computed.shown);
    if (!sameList(given.events, computed.events))
      this.#differs(`${name}, events`, given.events, computed.events);
  }
}

const AS_OF_FIELDS = { to: isDate, from: isDate, knownAt: isCount };

/** The bounds of a report or proof; a field that is not known could bound the figures in a way not checked. */
const parseAsOf = (asOf, logSize) => {
  must(isObject(asOf), 'asOf is missing');
  for (const [name, value] of Object.entries(asOf)) {
    must(Object.hasOwn(AS_OF_FIELDS, name), `asOf has the unknown field ${name}`);
    must(AS_OF_FIELDS[name](value), `asOf.${name} is ${quoted(value)}`);
  }
  const size = asOf.knownAt ?? logSize;
  return { size, to: asOf.to, from: asOf.from };
};

// ------------------------------------------------------------------------------------ 12 The audit pack

const PACK_FORMAT = 'fiscal-ledger/audit-pack/v1';

/** Names of payees that the pack still has; after an erasure only the subject is left. */
class People {
  values = new Map();
  erased = new Map();

  nameOf(payee) {
    if (payee === undefined) return '';
    if (typeof payee === 'string') return payee;
    const known = this.values.get(payee.subject);
    return known === undefined || this.erased.has(payee.subject) ? payee.subject : known.value;
  }

  /** A name is only how the cell is shown; exact is what stays when it is erased. */
  cellOf(payee, events) {
    const name = this.nameOf(payee);
    return { exact: payee?.subject ?? name, shown: name, events };
  }

  /** Does the value in the pack open the commitment in the event? Undefined where the pack has no value. */
  opens({ subject: id, commitment }) {
    const known = this.values.get(id);
    if (known === undefined) return undefined;
    return (
      crypto
        .createHmac('sha256', Buffer.from(known.salt, 'hex'))
        .update(known.value)
        .digest('hex') === commitment
    );
  }

  static read(file, findings) {
    const people = new People();
    let number = 0;
    for (const line of linesOf(file)) {
      number += 1;
      reading(findings, `personal-data.ndjson line ${number}`, () => {
        const item = parseStrict(line ?? '');
        must(
          isObject(item) && isText(item.subject) && isText(item.value),
          'has no subject and value',
        );
        must(SHA256_HEX.test(item.salt), 'has a salt that is not 64 hex digits');
        must(!people.values.has(item.subject), `has the subject ${item.subject} a second time`);
        people.values.set(item.subject, item);
      });
    }
    return people;
  }
}

/** One run over a pack. The methods are called in the order in which they stand here. */
class PackVerification {
  books = new Map();
  rotations = [];
  checkpoints = [];
  roots = new Map();
  trusted = [];

  constructor(directory, { checkpointFile, keyFile }, findings) {
    Object.assign(this, { directory, checkpointFile, keyFile, findings });
  }

  run() {
    const manifest = reading(this.findings, 'pack.json', () => this.#readManifest());
    if (manifest === undefined) return;
    Object.assign(this, manifest);
    this.#readAllKeys();
    this.#readAllCheckpoints();
    this.#readPeople();
    this.#listReports();
    this.#readEvents();
    this.#judgeCheckpoints();
    this.#checkCoverage();
    this.#checkPackedKeys();
    this.#checkReports();
  }

  #path(...names) {
    return path.join(this.directory, ...names);
  }

  #readManifest() {
    const manifest = parseStrict(readText(this.#path('pack.json')));
    must(manifest?.format === PACK_FORMAT, `is not of the format ${PACK_FORMAT}`);
    must(isText(manifest.origin) && isCount(manifest.size), 'lacks origin or size');
    return { origin: manifest.origin, size: manifest.size };
  }

  #readAllKeys() {
    this.packedKeys =
      reading(this.findings, 'public-key', () => readKeys(this.#path('public-key'))) ?? [];
    if (this.keyFile === undefined) {
      this.trusted = [...this.packedKeys];
      this.findings.state(
        'No key was given (--key). The key in the pack proves nothing about who signed: whoever made the pack could have made it too.',
      );
      return;
    }
    this.trusted =
      reading(this.findings, `key ${this.keyFile}`, () => readKeys(this.keyFile)) ?? [];
  }

  #readAllCheckpoints() {
    const names =
      reading(this.findings, 'checkpoints', () => fs.readdirSync(this.#path('checkpoints'))) ?? [];
    for (const name of names) {
      const where = `checkpoints/${name}`;
      reading(this.findings, where, () => {
        const checkpoint = parseCheckpoint(readText(this.#path('checkpoints', name)));
        must(String(checkpoint.size) === name, `is of size ${checkpoint.size}`);
        this.checkpoints.push({ ...checkpoint, where, kept: false });
      });
    }
    if (this.checkpointFile === undefined) {
      this.findings.state(
        'No checkpoint was given (--checkpoint). A history that was rewritten and signed again, or a tail that was cut, would not show.',
      );
    } else {
      const where = `kept checkpoint ${this.checkpointFile}`;
      reading(this.findings, where, () =>
        this.checkpoints.push({
          ...parseCheckpoint(readText(this.checkpointFile)),
          where,
          kept: true,
        }),
      );
    }
    this.checkpoints.sort((left, right) => left.size - right.size);
  }

  #readPeople() {
    const file = this.#path('personal-data.ndjson');
    this.people = new People();
    if (fs.existsSync(file))
      this.people =
        reading(this.findings, 'personal-data.ndjson', () => People.read(file, this.findings)) ??
        this.people;
  }

  /** Reports name the books whose payloads have to be kept while the events go by. */
  #listReports() {
    const root = this.#path('reports');
    const folders = fs.existsSync(root) ? fs.readdirSync(root).sort() : [];
    this.reportFiles = folders.flatMap((folder) => {
      const files =
        reading(this.findings, `reports/${folder}`, () =>
          fs.readdirSync(path.join(root, folder)),
        ) ?? [];
      return files.sort().map((file) => ({ folder, file }));
    });
    this.reported = new Set(folders.map((folder) => `book-${folder}`));
    if (this.reportFiles.length === 0)
      this.findings.state('The pack has no reports: no published figure was checked.');
  }

  #readEvents() {
    this.checker = new EventChecker(this.findings, this.origin);
    const tree = new MerkleTree();
    const wanted = new Set(this.checkpoints.map(({ size }) => size));
    if (wanted.has(0)) this.roots.set(0, tree.root());
    reading(this.findings, 'events.ndjson', () => {
      for (const line of linesOf(this.#path('events.ndjson'))) {
        this.#readEvent(line, tree);
        if (wanted.has(tree.size)) this.roots.set(tree.size, tree.root());
      }
    });
    this.count = tree.size;
    if (this.count !== this.size)
      this.findings.differs(
        'events.ndjson',
        `has ${this.count} events, pack.json says ${this.size}`,
      );
    this.findings.report(
      `${this.count} events in ${this.checker.streams.size} streams: texts, hashes, chains and tree recomputed`,
    );
    this.findings.report(
      `${this.books.size} books replayed: control rules, identities and closings`,
    );
  }

  #readEvent(line, tree) {
    const place = tree.size;
    const record = reading(this.findings, `events.ndjson line ${place + 1}`, () => parseLine(line));
    if (record === undefined) {
      tree.append(sha256(''));
      return;
    }
    if (record.index !== place)
      this.findings.differs(
        `events.ndjson line ${place + 1}`,
        `has the index ${record.index}, ${place} comes next`,
      );
    const leaf = leafHex(record.envelope);
    tree.append(Buffer.from(leaf, 'hex'));
    const event = this.checker.check(place, record.envelope, record.payload, leaf);
    if (event === undefined) return;
    if (event.envelope.type === 'LogKeyRotated') this.#noteRotation(event);
    else if (event.envelope.type === 'PersonalDataErased') this.#noteErasure(event);
    else if (isOfBook(event.envelope.stream)) this.#foldEvent(event);
  }

  #noteRotation({ index, where, payload }) {
    reading(this.findings, where, () =>
      this.rotations.push({
        index,
        where,
        previous: parseVerifierKey(payload.previousPublicKey),
        next: parseVerifierKey(payload.publicKey),
      }),
    );
  }

  #noteErasure({ index, where, payload }) {
    this.people.erased.set(payload.subject, index);
    if (this.people.values.has(payload.subject))
      this.findings.differs(where, `erases ${payload.subject}, but the pack still has its value`);
  }

  #foldEvent(event) {
    const { payload, where } = event;
    const payee = payload.payee ?? payload.posting?.payee;
    if (isObject(payee) && this.people.opens(payee) === false)
      this.findings.differs(
        where,
        `the value of ${payee.subject} in personal-data.ndjson does not fit the commitment`,
      );
    const { stream } = event.envelope;
    let book = this.books.get(stream);
    if (book === undefined) {
      const options = {
        keepPayloads: this.reported.has(stream),
        bookOf: (name) => this.books.get(name),
      };
      this.books.set(stream, (book = new Book(stream, this.findings, options)));
    }
    book.apply(event);
  }

  /** Roots, then signatures; a rotation that is covered by a trusted checkpoint adds its key. */
  #judgeCheckpoints() {
    for (const checkpoint of this.checkpoints) checkpoint.holds = this.#rootHolds(checkpoint);
    this.historical = [];
    while (this.#trustRotation());
    for (const checkpoint of this.checkpoints) {
      const { reason } = this.#signer(checkpoint);
      if (reason !== undefined) this.findings.differs(checkpoint.where, reason);
      else if (checkpoint.holds)
        this.findings.report(
          `${checkpoint.where}: signature and root of ${checkpoint.size} events hold`,
        );
      checkpoint.holds &&= reason === undefined;
    }
    for (const rotation of this.rotations)
      if (!rotation.trusted)
        this.findings.differs(
          rotation.where,
          'changes a key that is not trusted, or no trusted checkpoint covers it',
        );
  }

  #rootHolds({ where, kept, origin, size, root }) {
    if (origin !== this.origin)
      this.findings.differs(where, `is of the log ${origin}, not ${this.origin}`);
    if (size > this.count) {
      const cut = kept ? ': the tail was cut, or this is another log' : '';
      this.findings.differs(where, `covers ${size} events, the pack has only ${this.count}${cut}`);
      return false;
    }
    if (this.roots.get(size).equals(root)) return origin === this.origin;
    this.findings.differs(
      where,
      `root of the first ${size} events: the checkpoint says ${root.toString('base64')}, the events give ${this.roots.get(size).toString('base64')}` +
        (kept ? ': the history is not the one that you kept a checkpoint of' : ''),
    );
    return false;
  }

  #signer({ note, size }) {
    const older = this.historical.filter((item) => size <= item.upTo).map((item) => item.key);
    return signerOf(note, [...this.trusted, ...older]);
  }

  /**
   * Trusts the new key of one more rotation that a trusted checkpoint covers. Where it is the new key that is
   * trusted (the auditor kept a later one), the old key counts for the checkpoints before that one: their
   * roots must be prefixes of what the trusted key has signed.
   */
  #trustRotation() {
    const isTrusted = (key) => this.trusted.some((item) => item.text === key.text);
    for (const rotation of this.rotations) {
      const [before, after] = [isTrusted(rotation.previous), isTrusted(rotation.next)];
      const covering = this.checkpoints.findLast(
        (item) =>
          item.holds && item.size > rotation.index && this.#signer(item).signer !== undefined,
      );
      if (rotation.trusted || !(before || after) || covering === undefined) continue;
      rotation.trusted = true;
      if (!after) this.trusted.push(rotation.next);
      if (!before) this.historical.push({ key: rotation.previous, upTo: covering.size - 1 });
      return true;
    }
    return false;
  }

  #checkCoverage() {
    const sizes = this.checkpoints
      .filter((item) => item.holds && !item.kept)
      .map((item) => item.size);
    const covered = Math.max(0, ...sizes);
    if (sizes.length > 0 && covered === this.count) return;
    this.findings.differs(
      'checkpoints',
      `${this.count - covered} of ${this.count} events are covered by no valid signature (from index ${covered})`,
    );
  }

  #checkPackedKeys() {
    const known = new Set(
      [...this.trusted, ...this.historical.map((item) => item.key)].map((key) => key.text),
    );
    for (const key of this.packedKeys)
      if (!known.has(key.text))
        this.findings.differs(
          'public-key',
          `${key.text} is not the key that you kept, nor does that key vouch for it`,
        );
  }

  #checkReports() {
    let cells = 0;
    for (const { folder, file } of this.reportFiles) {
      const where = `reports/${folder}/${file}`;
      cells += reading(this.findings, where, () => this.#checkReport(folder, file, where)) ?? 0;
    }
    if (this.reportFiles.length > 0)
      this.findings.report(
        `${this.reportFiles.length} reports, ${cells} cells recomputed from the events`,
      );
    this.findings.state(
      'Not checked: notes below the tables (尾差, 空表说明), names of functional codes (支出功能分类), the order of rows.',
    );
  }

  #checkReport(folder, file, where) {
    const name = file.replace(/\.json$/, '');
    if (!REPORTS.has(name) || name === file) {
      this.findings.cannotCheck(where, 'unknown report');
      return 0;
    }
    const document = parseStrict(readText(this.#path('reports', folder, file)));
    must(document?.report === name, `says that it is the report ${quoted(document?.report)}`);
    must(
      `${document.unit}-${document.fiscalYear}` === folder,
      `is of ${document.unit} ${document.fiscalYear}`,
    );
    const book = this.books.get(`book-${folder}`);
    must(book?.openedAt !== undefined, 'there is no such book in the events');
    const { logSize, amountUnit } = document;
    must(
      isCount(logSize) && logSize <= this.count,
      `is of ${quoted(logSize)} events, the pack has ${this.count}`,
    );
    must(['万元', '元'].includes(amountUnit), `has the unit of money ${quoted(amountUnit)}`);
    const bounds = parseAsOf(document.asOf, logSize);
    must(bounds.size === logSize, `logSize ${logSize} is not asOf.knownAt ${bounds.size}`);
    const view = new BookView(book, bounds);
    const comparison = new ReportComparison(this.findings, where, amountUnit);
    comparison.compare(document, computeReport(name, view, amountUnit, this.people), view);
    return comparison.cells;
  }
}

/** The usual spelling of a line: these three keys, once each, and nothing else. */
const USUAL_LINE =
  /^\{"index":\d+,"envelope":"[^"\\]*(?:\\.[^"\\]*)*","payload":"[^"\\]*(?:\\.[^"\\]*)*"\}$/;

/** A line of events.ndjson: exactly index, envelope and payload, the texts as they were hashed. */
const parseLine = (line) => {
  must(line !== undefined, 'is not UTF-8');
  let record;
  try {
    record = JSON.parse(line);
  } catch {
    throw new Unreadable('is not JSON');
  }
  const { index, envelope, payload } = record ?? {};
  must(isCount(index) && isText(envelope) && isText(payload), 'lacks index, envelope or payload');
  // Any other spelling is read the careful way: a second key of the same name could show others another event.
  if (!USUAL_LINE.test(line)) {
    parseStrict(line);
    must(Object.keys(record).length === 3, 'has an unknown field');
  }
  return record;
};

export const verifyPack = (directory, options, findings = new Findings()) => {
  new PackVerification(directory, options, findings).run();
  return findings;
};

// --------------------------------------------------------------------------------- 13 The figure proof

const PROOF_FORMAT = 'fiscal-ledger/figure-proof/v1';
const HEAD_FORMAT = 'fiscal-ledger/stream-head/v1';

/** The signed head of a stream: that its last event is this one, in the log of this size and root. */
const parseHead = (text) => {
  const note = parseNote(text);
  const fields = note.text.slice(0, -1).split('\n');
  must(fields.length === 7 && fields[0] === HEAD_FORMAT, `is not of the format ${HEAD_FORMAT}`);
  const [, origin, stream, revision, leaf, size, root] = fields;
  return {
    note,
    origin,
    stream,
    revision: parseSize(revision),
    leaf,
    size: parseSize(size),
    root: parseRoot(root),
  };
};

/** One run over a figure proof: a cell, the whole stream of each book behind it, and where these stand in the log. */
class ProofVerification {
  books = new Map();

  constructor(file, { checkpointFile, keyFile }, findings) {
    Object.assign(this, { file, checkpointFile, keyFile, findings });
  }

  run() {
    const proof = reading(this.findings, 'proof', () => this.#readProof());
    if (proof === undefined) return;
    this.proof = proof;
    this.trusted = this.#readKeys();
    this.checkpoint = reading(this.findings, 'checkpoint of the proof', () =>
      this.#signed(parseCheckpoint, proof.checkpoint),
    );
    if (this.checkpoint === undefined) return;
    this.#compareKept();
    this.checker = new EventChecker(this.findings, this.checkpoint.origin);
    proof.streams.forEach((stream, place) =>
      reading(this.findings, `stream ${place + 1} of the proof`, () => this.#checkStream(stream)),
    );
    reading(this.findings, 'the cell', () => this.#checkCell());
  }

  #readProof() {
    const proof = parseStrict(readText(this.file));
    must(proof?.format === PROOF_FORMAT, `is not of the format ${PROOF_FORMAT}`);
    must(isText(proof.checkpoint) && Array.isArray(proof.streams), 'lacks checkpoint or streams');
    return proof;
  }

  #readKeys() {
    if (this.keyFile === undefined) {
      this.findings.cannotCheck('signatures', 'no key was given (--key), and a proof brings none');
      return undefined;
    }
    return reading(this.findings, `key ${this.keyFile}`, () => readKeys(this.keyFile)) ?? [];
  }

  #signed(parse, text) {
    const parsed = parse(text);
    if (this.trusted !== undefined) {
      const { reason } = signerOf(parsed.note, this.trusted);
      must(reason === undefined, reason);
    }
    return parsed;
  }

  /** Without a consistency proof a kept checkpoint says something only where it is of the same size. */
  #compareKept() {
    if (this.checkpointFile === undefined) {
      this.findings.state(
        'No checkpoint was given (--checkpoint): the proof was held against its own checkpoint alone.',
      );
      return;
    }
    const where = `kept checkpoint ${this.checkpointFile}`;
    const kept = reading(this.findings, where, () =>
      this.#signed(parseCheckpoint, readText(this.checkpointFile)),
    );
    if (kept === undefined) return;
    if (kept.origin !== this.checkpoint.origin)
      this.findings.differs(
        where,
        `is of the log ${kept.origin}, the proof of ${this.checkpoint.origin}`,
      );
    else if (kept.size !== this.checkpoint.size)
      this.findings.cannotCheck(
        where,
        `is of size ${kept.size}, that of the proof of ${this.checkpoint.size}; the audit pack shows both consistent`,
      );
    else if (!kept.root.equals(this.checkpoint.root))
      this.findings.differs(where, 'has another root than that of the proof');
    else this.findings.report('the kept checkpoint is that of the proof');
  }

  #checkStream({ head: headText, events }) {
    must(isText(headText) && Array.isArray(events) && events.length > 0, 'lacks head or events');
    const head = this.#signed(parseHead, headText);
    const { origin, size, root } = this.checkpoint;
    must(
      head.origin === origin && head.size === size && head.root.equals(root),
      'its head is not of the same log, size and root as the checkpoint',
    );
    let last;
    let previous = -1;
    for (const item of events) {
      must(
        isCount(item?.index) && item.index > previous,
        `the indices do not rise at ${quoted(item?.index)}`,
      );
      previous = item.index;
      last = this.#checkEvent(item, head) ?? last;
    }
    must(
      last !== undefined && last.envelope.revision === head.revision && last.leaf === head.leaf,
      `ends at revision ${last?.envelope.revision}, the head is revision ${head.revision}`,
    );
    this.findings.report(
      `${head.stream}: ${events.length} events, in the log and without gap up to the signed head`,
    );
  }

  #checkEvent({ index, envelope, payload, proof }, head) {
    must(
      isText(envelope) && isText(payload) && Array.isArray(proof),
      `event ${index} lacks a field`,
    );
    must(
      proof.every((hash) => isText(hash) && SHA256_HEX.test(hash)),
      `event ${index} has a proof that is not of hashes`,
    );
    const leaf = leafHex(envelope);
    const siblings = proof.map((hash) => Buffer.from(hash, 'hex'));
    const root = rootOfInclusion(Buffer.from(leaf, 'hex'), index, this.checkpoint.size, siblings);
    if (!root?.equals(this.checkpoint.root))
      this.findings.differs(
        `event ${index}`,
        'its inclusion proof does not lead to the root of the checkpoint',
      );
    const event = this.checker.check(index, envelope, payload, leaf);
    if (event === undefined) return undefined;
    if (event.envelope.stream !== head.stream)
      this.findings.differs(event.where, `is not of the stream ${head.stream}`);
    this.#bookOf(event.envelope.stream).apply(event);
    return event;
  }

  #bookOf(stream) {
    let book = this.books.get(stream);
    if (book === undefined) {
      const options = { keepPayloads: true, bookOf: (name) => this.books.get(name) };
      this.books.set(stream, (book = new Book(stream, this.findings, options)));
    }
    return book;
  }

  #checkCell() {
    const { report, unit, fiscalYear, row: rowId, column, asOf, amountUnit = '万元' } = this.proof;
    if (!REPORTS.has(report)) {
      this.findings.cannotCheck('the cell', `unknown report ${quoted(report)}`);
      return;
    }
    const book = this.books.get(`book-${unit}-${fiscalYear}`);
    must(book?.openedAt !== undefined, `the proof has no stream of the book ${unit} ${fiscalYear}`);
    must(['万元', '元'].includes(amountUnit), `has the unit of money ${quoted(amountUnit)}`);
    const bounds = parseAsOf(asOf, this.checkpoint.size);
    must(
      bounds.size <= this.checkpoint.size,
      'is known at a later index than the checkpoint covers',
    );
    const view = new BookView(book, bounds);
    const computed = computeReport(report, view, amountUnit, new People());
    const found = computed.rows.find((item) => item.id === rowId);
    const where = `${report} ${unit} ${fiscalYear}, row ${rowId}, column ${column}`;
    if (found === undefined || !Object.hasOwn(found.cells, column)) {
      this.findings.cannotCheck(where, 'the events give no such cell');
      return;
    }
    if (report === 'annex-2' && column === 'prior' && view.prior === undefined)
      this.findings.state(
        `The cell rests on prior-year figures as recorded; that the log has no book of ${fiscalYear - 1} a figure proof cannot show.`,
      );
    const cell = found.cells[column];
    for (const name of ['exact', 'shown'])
      if (this.proof[name] !== cell[name])
        this.findings.differs(
          where,
          `${name}: the proof says ${quoted(this.proof[name])}, the events give ${quoted(cell[name])}`,
        );
    if (!sameList(this.proof.events, cell.events))
      this.findings.differs(
        where,
        `events: the proof says ${quoted(this.proof.events)}, the events give ${quoted(cell.events)}`,
      );
    this.findings.report(`${where}: ${cell.exact} recomputed from ${cell.events.length} events`);
  }
}

export const verifyProof = (file, options, findings = new Findings()) => {
  new ProofVerification(file, options, findings).run();
  return findings;
};

// -------------------------------------------------------------------------------------- 14 Command line

const USAGE = `usage: node verify.mjs PACK_DIR [--checkpoint FILE] [--key FILE] [--json]
       node verify.mjs --proof PROOF.json [--checkpoint FILE] [--key FILE] [--json]`;

const OPTIONS = {
  proof: { type: 'string' },
  checkpoint: { type: 'string' },
  key: { type: 'string' },
  json: { type: 'boolean' },
};

/** What was asked, or undefined for wrong usage. */
const parseCommandLine = (args) => {
  let parsed;
  try {
    parsed = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch {
    return undefined;
  }
  const { values, positionals } = parsed;
  const target = values.proof ?? positionals[0];
  if (target === undefined || positionals.length !== (values.proof === undefined ? 1 : 0))
    return undefined;
  for (const file of [target, values.checkpoint, values.key])
    if (file !== undefined && !fs.existsSync(file)) return undefined;
  return { target, isProof: values.proof !== undefined, json: values.json === true, ...values };
};

const printText = (findings) => {
  for (const message of findings.checked) console.log(`ok           ${message}`);
  for (const { where, message } of findings.differences)
    console.log(`DIFFERS      ${where}: ${message}`);
  const more = findings.differenceCount - findings.differences.length;
  if (more > 0) console.log(`DIFFERS      and ${more} more`);
  for (const { where, message } of findings.notChecked)
    console.log(`NOT CHECKED  ${where}: ${message}`);
  for (const message of findings.statements) console.log(`note         ${message}`);
  console.log(
    findings.holds
      ? 'Everything that was checked holds.'
      : `It does not hold: ${findings.differenceCount} differ, ${findings.notChecked.length} could not be checked.`,
  );
};

const printJson = ({ holds, differenceCount, differences, notChecked, checked, statements }) =>
  console.log(
    JSON.stringify(
      { holds, differenceCount, differences, notChecked, checked, statements },
      null,
      2,
    ),
  );

export const main = (args) => {
  const asked = parseCommandLine(args);
  if (asked === undefined) {
    console.error(USAGE);
    return 2;
  }
  const options = { checkpointFile: asked.checkpoint, keyFile: asked.key };
  const findings = new Findings();
  try {
    (asked.isProof ? verifyProof : verifyPack)(asked.target, options, findings);
  } catch (error) {
    findings.cannotCheck('this verifier', `stopped with an error of its own: ${error.stack}`);
  }
  (asked.json ? printJson : printText)(findings);
  return findings.holds ? 0 : 1;
};

const startedAs = process.argv[1] === undefined ? undefined : fs.realpathSync(process.argv[1]);
if (startedAs !== undefined && import.meta.url === pathToFileURL(startedAs).href)
  process.exitCode = main(process.argv.slice(2));
