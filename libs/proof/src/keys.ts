import { createPrivateKey, createPublicKey, hash, randomBytes, type KeyObject } from 'node:crypto';
import { parseBase64, toBase64 } from './base64.js';
import { isKeyName, isOrigin } from './names.js';
import { opened, refused, type Opened } from './opened.js';

/** The public half of a key that signs notes. */
export interface VerifierKey {
  readonly name: string;
  /** Eight hex digits: the first four bytes of SHA-256(name ‖ line feed ‖ 0x01 ‖ public key). */
  readonly hash: string;
  /** `name+hash+base64(0x01 ‖ public key)`: what is given to whoever is to verify. */
  readonly text: string;
  readonly publicKey: KeyObject;
}

/** A key that signs notes, with its public half. */
export interface SignerKey {
  readonly verifier: VerifierKey;
  readonly privateKey: KeyObject;
}

const PRIVATE = 'PRIVATE+KEY+';
const ED25519 = 0x01;
const RAW_BYTES = 32; // of a seed as of a public key
const PKCS8_OF_SEED = Buffer.from('302e020100300506032b657004220420', 'hex'); // RFC 8410 §7

/**
 * Makes a new Ed25519 key. The name is the origin of the log that it is to sign. Gives both texts as Go's
 * sumdb/note writes them; the signer's is secret. Throws TypeError for a name that cannot be one.
 */
export function createKey(name: string): { signerKey: string; verifierKey: string } {
  if (!isOrigin(name)) throw new TypeError(`not a name for a log: ${JSON.stringify(name)}`);
  const seed = randomBytes(RAW_BYTES);
  const { verifier } = signerOf(name, seed);
  const signerKey = `${PRIVATE}${name}+${verifier.hash}+${toBase64(typed(seed))}`;
  return { signerKey, verifierKey: verifier.text };
}

/** Reads a verifier's key text; its hash must be the one of its name and key. */
export function parseVerifierKey(text: string): Opened<VerifierKey> {
  const parts = parseKeyText(text);
  if (parts === undefined) return refused('It is not a verifier key of the form name+hash+key.');
  if (parts.raw === undefined) return refused('The verifier key does not hold an Ed25519 key.');
  const key = verifierOf(parts.name, parts.raw);
  return key.hash === parts.hash
    ? opened(key)
    : refused('The hash of the verifier key is not that of its name and key.');
}

/** Reads a signer's key text. The reason of a refusal never repeats any of it. */
export function parseSignerKey(text: string): Opened<SignerKey> {
  const parts = text.startsWith(PRIVATE) ? parseKeyText(text.slice(PRIVATE.length)) : undefined;
  if (parts === undefined)
    return refused('It is not a signer key of the form PRIVATE+KEY+name+hash+key.');
  if (parts.raw === undefined) return refused('The signer key does not hold an Ed25519 key.');
  const key = signerOf(parts.name, parts.raw);
  return key.verifier.hash === parts.hash
    ? opened(key)
    : refused('The hash of the signer key is not that of its name and key.');
}

/** The same key under another name, to sign for another log of the same keeper. */
export function signerNamed(name: string, { privateKey }: SignerKey): SignerKey {
  const { d = '' } = privateKey.export({ format: 'jwk' });
  return signerOf(name, Buffer.from(d, 'base64url'));
}

function parseKeyText(
  text: string,
): { name: string; hash: string; raw: Buffer | undefined } | undefined {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const [, name = '', hash = '', base64 = ''] = match ?? [];
  const bytes = parseBase64(base64);
  if (!isKeyName(name) || bytes === undefined) return undefined;
  const isEd25519 = bytes.length === 1 + RAW_BYTES && bytes[0] === ED25519;
  return { name, hash, raw: isEd25519 ? bytes.subarray(1) : undefined };
}

function signerOf(name: string, seed: Buffer): SignerKey {
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_OF_SEED, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { verifier: verifierOf(name, Buffer.from(x, 'base64url')), privateKey };
}

function verifierOf(name: string, raw: Buffer): VerifierKey {
  const bytes = typed(raw);
  const digest = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), bytes]), 'hex');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
  return {
    name,
    hash: digest.slice(0, 8),
    text: `${name}+${digest.slice(0, 8)}+${toBase64(bytes)}`,
    publicKey: createPublicKey({ key: jwk, format: 'jwk' }),
  };
}

const typed = (raw: Buffer): Buffer => Buffer.concat([Buffer.of(ED25519), raw]);
