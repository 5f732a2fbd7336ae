import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { LedgerRefusal, type Sentence } from '#domain';
import { createKey, parseSignerKey, signerNamed, type SignerKey } from '#proof';
import { PROOF } from '../sentences/keeping.js';

const OWNER_ONLY = 0o077;

const unusable = (sentence: Sentence) => LedgerRefusal.of('no-signing-key', sentence);

/**
 * Makes a key that signs for the log and puts it into a new file that only its owner can read; answers the
 * public key. Whoever has the data directory must not have the key, so it cannot lie there. Throws
 * LedgerRefusal `no-signing-key`.
 */
export function createSigningKey(file: string, origin: string, dataDirectory: string): string {
  if (!relative(resolve(dataDirectory), resolve(file)).startsWith('..'))
    throw unusable(PROOF.keyInData({ directory: dataDirectory }));
  const { signerKey, verifierKey } = createKey(origin);
  const fd = openSync(file, 'wx', 0o600);
  try {
    writeSync(fd, `${signerKey}\n`);
  } finally {
    closeSync(fd);
  }
  return verifierKey;
}

/** The name of the access log of a ledger, which differs from the ledger's: no checkpoint of one fits the other. */
export const accessLogOrigin = (origin: string): string => `${origin}/access-log`;

/** Reads the key that signs for a log; that of a ledger signs for its access log as well. Throws LedgerRefusal `no-signing-key` where it must not be used. */
export function readSigningKey(file: string, origin: string): SignerKey {
  if (process.platform !== 'win32' && (statSync(file).mode & OWNER_ONLY) !== 0)
    throw unusable(PROOF.keyReadable({ file }));
  const key = parseSignerKey(readFileSync(file, 'utf8').trimEnd());
  if (!key.ok) throw unusable(PROOF.keyMalformed({ file, reason: key.reason }));
  const { name } = key.value.verifier;
  if (accessLogOrigin(name) === origin) return signerNamed(origin, key.value);
  if (name !== origin) throw unusable(PROOF.keyOfOther({ file, name, origin }));
  return key.value;
}
