import { sign, verify } from 'node:crypto';
import { parseBase64, toBase64 } from './base64.js';
import type { SignerKey, VerifierKey } from './keys.js';
import { isKeyName } from './names.js';
import { opened, refused, type Opened } from './opened.js';

/** A note of which at least one signature is good. */
export interface Note {
  /** What was signed, with its last line feed. */
  readonly text: string;
  /** The given keys whose signatures it bears, each once. */
  readonly signedBy: readonly VerifierKey[];
}

const LONGEST_NOTE = 1_000_000; // characters
const MOST_SIGNATURES = 100; // as Go's sumdb/note; C2SP asks for 16 at least
const SIGNATURE_LINE = /^\u2014 (\S+) (\S+)$/;
const KEY_HASH_BYTES = 4;

/**
 * Signs a text as a C2SP signed note with Ed25519. Throws TypeError for a text that cannot be one: it ends
 * with a line feed, has no other control character and no unpaired surrogate.
 */
export function signNote(text: string, signer: SignerKey): string {
  if (!isClean(text) || !text.endsWith('\n')) throw new TypeError('the text cannot be signed');
  const { name, hash } = signer.verifier;
  const signature = sign(null, Buffer.from(text), signer.privateKey);
  const line = toBase64(Buffer.concat([Buffer.from(hash, 'hex'), signature]));
  return `${text}\n\u2014 ${name} ${line}\n`;
}

/**
 * Opens a C2SP signed note. Signatures of keys that are not given are passed over, as the specification
 * wants; a bad one of a given key, or no good one, refuses the note.
 */
export function openNote(note: string, keys: readonly VerifierKey[]): Opened<Note> {
  if (note.length > LONGEST_NOTE) return refused('The note is longer than any note is.');
  if (!isClean(note))
    return refused('The note has control characters, or it is not valid Unicode.');
  const end = note.lastIndexOf('\n\n') + 1;
  const lines = note.slice(end + 1).split('\n');
  if (end === 0 || lines.pop() !== '' || lines.length === 0)
    return refused('It is not a signed note: a text, an empty line and lines of signatures.');
  if (lines.length > MOST_SIGNATURES) return refused('The note has too many signatures.');

  const text = note.slice(0, end);
  const signedBy = new Set<VerifierKey>();
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) return refused('A line of the signatures is malformed.');
    const key = keys.find((k) => k.name === signature.name && k.hash === signature.hash);
    if (key === undefined) continue;
    if (!verify(null, Buffer.from(text), key.publicKey, signature.bytes))
      return refused(`The signature of ${key.name}+${key.hash} is not of this text.`);
    signedBy.add(key);
  }
  if (signedBy.size === 0) return refused('No signature is of a known key.');
  return opened({ text, signedBy: [...signedBy] });
}

function parseSignature(line: string): { name: string; hash: string; bytes: Buffer } | undefined {
  const [, name = '', base64 = ''] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = parseBase64(base64);
  if (!isKeyName(name) || bytes === undefined || bytes.length <= KEY_HASH_BYTES) return undefined;
  const hash = bytes.toString('hex', 0, KEY_HASH_BYTES);
  return { name, hash, bytes: bytes.subarray(KEY_HASH_BYTES) };
}

// no control characters but the line feed, and no unpaired surrogate, which would be signed as another text
const isClean = (text: string): boolean =>
  !/[^\n\u0020-\u{10ffff}]/u.test(text) && text.isWellFormed();
