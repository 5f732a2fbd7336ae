import { hash, randomBytes } from 'node:crypto';

const BYTES = 32;

/** 256 random bits as text: a session, an API token, a setup link. */
export const newSecret = (prefix = ''): string => prefix + randomBytes(BYTES).toString('base64url');

/**
 * What is kept of such a secret. It has too much randomness to be guessed, so a plain hash is enough, and
 * looking it up tells nothing of it by its time.
 */
export const keyOf = (secret: string): string => hash('sha256', secret, 'hex');

/** The proof, sent by a page in a header, that it can read answers of this session (CSRF). */
export const csrfOf = (secret: string): string => hash('sha256', `csrf\n${secret}`, 'base64url');

/** The `state` of a login at an issuer: it fits no other browser than the one that has the secret. */
export const stateOf = (secret: string): string => hash('sha256', `state\n${secret}`, 'base64url');

/** A password that is given out: 100 random bits in groups that can be read out. */
export function newPassword(): string {
  // without letters and digits that look alike
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  const text = [...randomBytes(20)].map((byte) => letters[byte % letters.length]!).join('');
  return text.replace(/(.{5})(?=.)/g, '$1-');
}
