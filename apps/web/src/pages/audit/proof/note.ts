import { fromBase64, hexOf, sha256, utf8 } from './bytes.js';

/** The browser's own form of a key. */
type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** A key that may sign for a log: `name+hash+base64(0x01 ‖ Ed25519 public key)` (C2SP signed-note). */
export interface VerifierKey {
  readonly name: string;
  readonly hash: string;
  readonly key: Key;
  /** The whole line: two keys are the same where this is, for a hash of four bytes can be met on purpose. */
  readonly text: string;
}

export const nameOfKey = ({ name, hash }: VerifierKey): string => `${name}+${hash}`;

interface Signature {
  readonly name: string;
  readonly keyHash: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A signed state of the log (C2SP tlog-checkpoint), whoever signed it. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly signed: Uint8Array<ArrayBuffer>;
  readonly signatures: readonly Signature[];
}

/** What is wrong with a file that was dropped in; `reason` is a word of the page. */
export class NoteFault extends Error {
  constructor(
    readonly reason: 'noKey' | 'badKey' | 'noNote' | 'noCheckpoint' | 'unsigned' | 'badSignature',
  ) {
    super(reason);
  }
}

const ED25519 = 1;
const SIGNATURE = /^\u2014 (\S+) (\S+)$/;
const HASH_BYTES = 4;

/** Reads the keys of a file, one a line. Throws NoteFault `noKey`, `badKey`. */
export async function readKeys(text: string): Promise<readonly VerifierKey[]> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new NoteFault('noKey');
  return Promise.all(lines.map(readKey));
}

/** Throws NoteFault `badKey`. */
export async function readKey(line: string): Promise<VerifierKey> {
  const text = line.trim();
  const [, name, hash, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const bytes = fromBase64(base64 ?? '');
  if (name === undefined || bytes?.length !== 33 || bytes[0] !== ED25519)
    throw new NoteFault('badKey');
  const named = await sha256(utf8(`${name}\n`), bytes);
  if (hexOf(named.slice(0, HASH_BYTES)) !== hash) throw new NoteFault('badKey');
  const key = await crypto.subtle.importKey('raw', bytes.slice(1), 'Ed25519', false, ['verify']);
  return { name, hash, key, text };
}

/** What a checkpoint says. Throws NoteFault `noNote`, `noCheckpoint`. */
export function readCheckpoint(note: string): Checkpoint {
  const end = note.lastIndexOf('\n\n') + 1;
  const lines = note.slice(end + 1).split('\n');
  if (end === 0 || lines.pop() !== '' || lines.length === 0) throw new NoteFault('noNote');
  const signatures = lines.map(readSignature);
  const text = note.slice(0, end);
  const [origin = '', size = '', rootText = ''] = text.split('\n');
  const root = fromBase64(rootText);
  if (!/^(0|[1-9]\d{0,14})$/.test(size) || root?.length !== 32) throw new NoteFault('noCheckpoint');
  return { origin, size: Number(size), root, signed: utf8(text), signatures };
}

function readSignature(line: string): Signature {
  const [, name, base64] = SIGNATURE.exec(line) ?? [];
  const bytes = fromBase64(base64 ?? '');
  if (name === undefined || !bytes || bytes.length <= HASH_BYTES) throw new NoteFault('noNote');
  const keyHash = hexOf(bytes.slice(0, HASH_BYTES));
  return { name, keyHash, bytes: bytes.slice(HASH_BYTES) };
}

/**
 * Which of the keys, named as the log, has signed a checkpoint; none where no signature is of one of them: of
 * somebody whom we do not know one is neither good nor bad. Throws NoteFault `badSignature`.
 */
export async function signerOf(
  { origin, signed, signatures }: Checkpoint,
  keys: readonly VerifierKey[],
): Promise<VerifierKey | undefined> {
  let signer: VerifierKey | undefined;
  for (const { name, keyHash, bytes } of signatures) {
    const known = keys.find((k) => k.name === name && k.hash === keyHash);
    if (!known) continue;
    if (!(await crypto.subtle.verify('Ed25519', known.key, bytes, signed)))
      throw new NoteFault('badSignature');
    if (known.name === origin) signer ??= known;
  }
  return signer;
}
