import { parseBase64, toBase64 } from './base64.js';
import { EMPTY_ROOT, isHash, sameHash } from './hashing.js';
import type { SignerKey, VerifierKey } from './keys.js';
import { isOrigin } from './names.js';
import { openNote, signNote } from './note.js';
import { opened, refused, type Opened } from './opened.js';
import { isCount } from './sizes.js';

/** The state of a log: its first `size` events and nothing else make `root`. */
export interface Checkpoint {
  /** Name of the log and of the key that signs for it. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes: MTH of the leaves 0 … size − 1. */
  readonly root: Uint8Array;
}

/** A checkpoint with a good signature of its log. */
export interface OpenedCheckpoint extends Checkpoint {
  /** Lines after the third, not read by us; signed all the same. */
  readonly extensions: readonly string[];
  /** The given keys that signed, one of them named as the origin. */
  readonly signedBy: readonly VerifierKey[];
}

/**
 * Signs a checkpoint (C2SP tlog-checkpoint) as a note. Throws TypeError where the fields cannot be of a
 * checkpoint or the key is not named as the origin.
 */
export function signCheckpoint({ origin, size, root }: Checkpoint, signer: SignerKey): string {
  if (!isOrigin(origin) || signer.verifier.name !== origin)
    throw new TypeError('the origin of a checkpoint is the name of its key');
  if (!isCount(size) || !isHash(root) || !isRootOf(size, root))
    throw new TypeError('size and root cannot be of one log');
  return signNote(`${origin}\n${size}\n${toBase64(root)}\n`, signer);
}

/** Opens a signed checkpoint: the note first, see `openNote`; a key named as the origin must have signed. */
export function openCheckpoint(
  note: string,
  keys: readonly VerifierKey[],
): Opened<OpenedCheckpoint> {
  const read = openNote(note, keys);
  if (!read.ok) return read;
  const { text, signedBy } = read.value;
  const [origin = '', sizeText = '', rootText = '', ...extensions] = text.slice(0, -1).split('\n');
  if (!isOrigin(origin)) return refused('The first line is not the origin of a log.');
  const size = parseCount(sizeText);
  if (size === undefined) return refused('The second line is not the size of a log.');
  const root = parseBase64(rootText);
  if (!isHash(root)) return refused('The third line is not the root of a log.');
  if (!isRootOf(size, root)) return refused('The root is not that of a log without events.');
  if (extensions.includes('')) return refused('A line after the third is empty.');
  if (!signedBy.some((key) => key.name === origin))
    return refused(`The checkpoint is not signed by its log, ${origin}.`);
  return opened({ origin, size, root, extensions, signedBy });
}

/** Reads a count in its one spelling, up to 2^53 − 1. */
export function parseCount(text: string): number | undefined {
  const count = /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : undefined;
  return isCount(count) ? count : undefined;
}

const isRootOf = (size: number, root: Uint8Array): boolean =>
  size > 0 || sameHash(root, EMPTY_ROOT);
