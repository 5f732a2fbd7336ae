import { parseBase64, toBase64 } from './base64.js';
import { parseCount } from './checkpoint.js';
import { isHash } from './hashing.js';
import type { SignerKey, VerifierKey } from './keys.js';
import { isOrigin, STREAM_HEAD_V1 } from './names.js';
import { openNote, signNote } from './note.js';
import { opened, refused, type Opened } from './opened.js';
import { isCount } from './sizes.js';

/** How far a stream had come in a log of `size` events: its last event, and by the chain all before. */
export interface StreamHead {
  /** Name of the log and of the key that signs for it. */
  readonly origin: string;
  readonly stream: string;
  /** Of the last event of the stream, from 0. */
  readonly revision: number;
  /** Its leaf, 32 bytes. */
  readonly leaf: Uint8Array;
  readonly size: number;
  /** Of the log at that size, 32 bytes. */
  readonly root: Uint8Array;
}

const LEAF_HEX = /^[0-9a-f]{64}$/;

/** Signs the head of a stream as a note. Throws TypeError where the fields cannot be of one. */
export function signStreamHead(head: StreamHead, signer: SignerKey): string {
  const { origin, stream, revision, leaf, size, root } = head;
  if (!isOrigin(origin) || signer.verifier.name !== origin)
    throw new TypeError('the origin of a stream head is the name of its key');
  if (!isStream(stream) || !isCount(revision) || !isCount(size) || revision >= size)
    throw new TypeError('stream, revision and size cannot be of one log');
  if (!isHash(leaf) || !isHash(root)) throw new TypeError('leaf and root are 32 bytes');
  const fields = [
    origin,
    stream,
    revision,
    Buffer.from(leaf).toString('hex'),
    size,
    toBase64(root),
  ];
  return signNote([STREAM_HEAD_V1, ...fields, ''].join('\n'), signer);
}

/**
 * Opens a signed head of a stream; a key named as the origin must have signed. It does not say that the
 * leaf lies in that tree: an inclusion proof does.
 */
export function openStreamHead(note: string, keys: readonly VerifierKey[]): Opened<StreamHead> {
  const read = openNote(note, keys);
  if (!read.ok) return read;
  const lines = read.value.text.slice(0, -1).split('\n');
  const [kind, origin = '', stream = '', revisionText = '', leafHex = '', ...ofLog] = lines;
  if (kind !== STREAM_HEAD_V1 || lines.length !== 7)
    return refused('It is not the head of a stream.');
  if (!isOrigin(origin)) return refused('The second line is not the origin of a log.');
  if (!isStream(stream)) return refused('The third line is not the name of a stream.');
  const revision = parseCount(revisionText);
  if (revision === undefined) return refused('The fourth line is not a revision.');
  if (!LEAF_HEX.test(leafHex)) return refused('The fifth line is not a leaf.');
  const [sizeText = '', rootText = ''] = ofLog;
  const size = parseCount(sizeText);
  if (size === undefined || revision >= size)
    return refused('The sixth line is not the size of a log with that revision.');
  const root = parseBase64(rootText);
  if (!isHash(root)) return refused('The seventh line is not the root of a log.');
  if (!read.value.signedBy.some((key) => key.name === origin))
    return refused(`The head of the stream is not signed by its log, ${origin}.`);
  return opened({ origin, stream, revision, leaf: Buffer.from(leafHex, 'hex'), size, root });
}

const isStream = (name: string): boolean => name !== '' && !name.includes('\n');
