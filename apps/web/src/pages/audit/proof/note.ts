import { fromBase64, hexOf, sha256, utf8 } from './bytes.js';

/** The browser's own form of a key. */
type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** A key that may sign for a log: `name+hash+base64(0x01 ‖ Ed25519 public key)` (C2SP signed-note). */
export interface VerifierKey {
  readonly name: string;
  readonly hash: string;
  readonly key: Key;
}

/** A signed state of the log (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly signedBy: string;
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

async function readKey(line: string): Promise<VerifierKey> {
  const [, name, hash, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line.trim()) ?? [];
  const bytes = fromBase64(base64 ?? '');
  if (name === undefined || bytes?.length !== 33 || bytes[0] !== ED25519)
    throw new NoteFault('badKey');
  const named = await sha256(utf8(`${name}\n`), bytes);
  if (hexOf(named.slice(0, HASH_BYTES)) !== hash) throw new NoteFault('badKey');
  const key = await crypto.subtle.importKey('raw', bytes.slice(1), 'Ed25519', false, ['verify']);
  return { name, hash, key };
}

/** Opens a checkpoint that one of the keys, named as the log, has signed. Throws NoteFault. */
export async function openCheckpoint(
  note: string,
  keys: readonly VerifierKey[],
): Promise<Checkpoint> {
  const end = note.lastIndexOf('\n\n') + 1;
  const signatures = note.slice(end + 1).split('\n');
  if (end === 0 || signatures.pop() !== '' || signatures.length === 0)
    throw new NoteFault('noNote');
  const text = note.slice(0, end);
  const [origin = '', size = '', rootText = ''] = text.split('\n');
  const root = fromBase64(rootText);
  if (!/^(0|[1-9]\d{0,14})$/.test(size) || root?.length !== 32) throw new NoteFault('noCheckpoint');
  let signedBy: string | undefined;
  for (const line of signatures) {
    const [, name, base64] = SIGNATURE.exec(line) ?? [];
    const bytes = fromBase64(base64 ?? '');
    if (!bytes || bytes.length <= HASH_BYTES) throw new NoteFault('noNote');
    const hash = hexOf(bytes.slice(0, HASH_BYTES));
    const known = keys.find((k) => k.name === name && k.hash === hash);
    if (!known) continue; // of somebody whom we do not know: neither good nor bad
    const signature = bytes.slice(HASH_BYTES);
    if (!(await crypto.subtle.verify('Ed25519', known.key, signature, utf8(text))))
      throw new NoteFault('badSignature');
    if (known.name === origin) signedBy = `${known.name}+${known.hash}`;
  }
  if (signedBy === undefined) throw new NoteFault('unsigned');
  return { origin, size: Number(size), root, signedBy };
}
