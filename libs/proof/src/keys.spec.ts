import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createKey, parseSignerKey, parseVerifierKey } from './index.js';

// the example of Go's sumdb/note
const VERIFIER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const SIGNER = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';

/** Every part of a text, and the text with one character changed, anywhere. */
function* mangled(text: string): Generator<string> {
  for (let i = 0; i < text.length; i++) {
    for (let j = i + 1; j <= text.length; j++) if (j - i < text.length) yield text.slice(i, j);
    yield text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) + 1) + text.slice(i + 1);
  }
  yield* ['', `${text}\n`, ` ${text}`, `${text}=`, text.replace('c74f20a3', 'C74F20A3')];
}

describe('keys', () => {
  it("reads the example of Go's sumdb/note", () => {
    const key = parseVerifierKey(VERIFIER);
    expect(key).toMatchObject({
      ok: true,
      value: { name: 'PeterNeumann', hash: 'c74f20a3', text: VERIFIER },
    });
    expect(parseSignerKey(SIGNER)).toMatchObject({ value: { verifier: { text: VERIFIER } } });
  });

  it('reads no mangled key, and says nothing of a secret one', () => {
    for (const bad of mangled(VERIFIER)) expect({ bad, ...parseVerifierKey(bad) }.ok).toBe(false);
    for (const bad of mangled(SIGNER)) {
      const read = parseSignerKey(bad);
      if (read.ok) throw new Error(`read ${bad}`);
      expect(read.reason).not.toMatch(/AYEKFALV|Neumann/);
    }
  });

  it('reads no key of another length or algorithm, though its hash be right', () => {
    const longer = 'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==';
    const other = 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    expect(parseVerifierKey(longer).ok).toBe(false);
    expect(parseVerifierKey(other)).toEqual({
      ok: false,
      reason: 'The verifier key does not hold an Ed25519 key.',
    });
  });

  it('makes keys whose texts say the same key', () => {
    const { signerKey, verifierKey } = createKey('fiscal-ledger.local/0123');
    const [signer, verifier] = [parseSignerKey(signerKey), parseVerifierKey(verifierKey)];
    if (!signer.ok || !verifier.ok) throw new Error('unreadable');
    expect(signer.value.verifier.text).toBe(verifierKey);
    expect(createKey('fiscal-ledger.local/0123').signerKey).not.toBe(signerKey);
    const raw = Buffer.from(verifierKey.split('+').slice(2).join('+'), 'base64');
    const digest = createHash('sha256').update('fiscal-ledger.local/0123\n').update(raw);
    expect(verifier.value.hash).toBe(digest.digest('hex').slice(0, 8));
  });

  it('names a key only as a log can be named', () => {
    for (const bad of [
      '',
      'a b',
      'a+b',
      'a\u00a0b',
      'a\nb',
      '\ud800',
      'fiscal-ledger/stream-head/v1',
    ])
      expect(() => createKey(bad)).toThrow(TypeError);
  });
});
