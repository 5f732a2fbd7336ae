import { parseSignerKey, parseVerifierKey, type SignerKey, type VerifierKey } from '../keys.js';
import type { Opened } from '../opened.js';

/** The value of what can be read; throws the reason otherwise. */
function must<T>(read: Opened<T>): T {
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

export const signerKey = (text: string): SignerKey => must(parseSignerKey(text));
export const verifierKey = (text: string): VerifierKey => must(parseVerifierKey(text));
