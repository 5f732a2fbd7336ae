import { sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createKey } from './index.js';
import { openNote, signNote } from './note.js';
import { signerKey, verifierKey } from './testing/keys.js';

// the examples of Go's sumdb/note
const PETER = verifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
const ENOCH = verifierKey('EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop');
const TEXT =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n";
const BY_PETER =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const BY_ENOCH =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';
const NOTE = `${TEXT}\n${BY_PETER}`;

describe('signed notes', () => {
  it('opens what Go signed, and signs what Go would sign', () => {
    expect(openNote(NOTE, [ENOCH, PETER])).toEqual({
      ok: true,
      value: { text: TEXT, signedBy: [PETER] },
    });
    const peter = signerKey(
      'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
    );
    expect(signNote(TEXT, peter)).toBe(NOTE);
  });

  it("opens a tree head of Go's checksum database", () => {
    const text = 'go.sum database tree\n31700353\nqINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=\n';
    const line =
      '— sum.golang.org Az3grnmrIUEDFqHzAElIQCPNoRFRAAdFo47fooyWKMHb89k11GJh5zHIfNCOBmwn/C3YI8oW9/C8DJ87F61QqspBYwM=\n';
    const key = verifierKey('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8');
    expect(openNote(`${text}\n${line}`, [key])).toMatchObject({ value: { text } });
    expect(openNote(`${text.replace('31700353', '31700354')}\n${line}`, [key]).ok).toBe(false);
  });

  it('opens no note that differs in one character', () => {
    for (let i = 0; i < NOTE.length; i++) {
      const changed = String.fromCharCode(NOTE.charCodeAt(i) ^ 1);
      expect(openNote(NOTE.slice(0, i) + changed + NOTE.slice(i + 1), [PETER]).ok).toBe(false);
      expect(openNote(NOTE.slice(0, i) + NOTE.slice(i + 1), [PETER]).ok).toBe(false);
    }
  });

  it('passes over signatures of unknown keys, and needs one of a known key', () => {
    const two = `${TEXT}\n${BY_ENOCH}${BY_PETER}`;
    expect(openNote(two, [PETER])).toMatchObject({ value: { signedBy: [PETER] } });
    expect(openNote(two, [PETER, ENOCH])).toMatchObject({ value: { signedBy: [ENOCH, PETER] } });
    expect(openNote(two, [])).toEqual({ ok: false, reason: 'No signature is of a known key.' });
    // a cosignature of an unknown kind, under the name of a known key
    const cosigned = `${NOTE}— PeterNeumann ${Buffer.alloc(80, 9).toString('base64')}\n`;
    expect(openNote(cosigned, [PETER])).toMatchObject({ value: { signedBy: [PETER] } });
    expect(openNote(NOTE + BY_PETER, [PETER])).toMatchObject({ value: { signedBy: [PETER] } });
  });

  it('refuses the note for one bad signature of a known key, beside a good one too', () => {
    const bad = BY_ENOCH.replace('5n2ti', '5n3ti');
    const reason = 'The signature of EnochRoot+af0cfe78 is not of this text.';
    expect(openNote(`${NOTE}${bad}`, [PETER, ENOCH])).toEqual({ ok: false, reason });
    expect(openNote(`${NOTE}${bad}`, [PETER]).ok).toBe(true);
    const short = `— EnochRoot ${Buffer.from('af0cfe7801', 'hex').toString('base64')}\n`;
    expect(openNote(`${NOTE}${short}`, [PETER, ENOCH])).toEqual({ ok: false, reason });
    const twice = BY_PETER.replace('x08go/Z', 'x08go/Y');
    expect(openNote(`${NOTE}${twice}`, [PETER]).ok).toBe(false);
  });

  it('refuses what is no note', () => {
    const hostile = [
      '',
      '\n',
      '\n\n',
      TEXT,
      `${TEXT}\n`,
      `${TEXT}${BY_PETER}`,
      NOTE.slice(0, -1),
      NOTE.replaceAll('\n', '\r\n'),
      `\u0001${NOTE}`,
      `\u0000${NOTE}`,
      `${NOTE}\n`,
      `${NOTE}Unexpected line.\n`,
      `${NOTE}Unexpected end`,
      `${NOTE}— Bad Name x08go/Y=\n`,
      `${NOTE}— Bad+Name x08go/Y=\n`,
      `${NOTE}— Short x08goA==\n`,
      `${NOTE}— Dirty x08go/Z=\n`, // bits behind the last byte
      `${NOTE}— Unpadded x08go/Y\n`,
      `${NOTE}—  x08go/Y=\n`,
      `${NOTE}\ud800`,
      NOTE.replace('—', '-'),
      NOTE.replace('—', '–'),
      NOTE.replace('— PeterNeumann ', '— PeterNeumann  '),
      `${TEXT}\n${BY_PETER.repeat(101)}`,
    ];
    for (const bad of hostile)
      expect({ bad, ok: openNote(bad, [PETER]).ok }).toEqual({ bad, ok: false });
    expect(openNote(`${TEXT}\n${BY_PETER.repeat(100)}`, [PETER]).ok).toBe(true);
  });

  it('refuses what should not have been signed', () => {
    const key = signerKey(createKey('a').signerKey);
    const sealed = (text: string) => {
      const signature = sign(null, Buffer.from(text), key.privateKey);
      const bytes = Buffer.concat([Buffer.from(key.verifier.hash, 'hex'), signature]);
      return openNote(`${text}\n— a ${bytes.toString('base64')}\n`, [key.verifier]).ok;
    };
    expect(sealed('text\n')).toBe(true);
    for (const bad of ['text\r\n', 'te\u0000xt\n', '\u001b[2Jtext\n', `${'x'.repeat(1_000_000)}\n`])
      expect(sealed(bad)).toBe(false);
  });

  it('takes an empty line in the text as text', () => {
    const key = signerKey(createKey('a').signerKey);
    const text = 'one\n\nthree\n';
    expect(openNote(signNote(text, key), [key.verifier])).toMatchObject({ value: { text } });
  });

  it('signs only what can be read back', () => {
    const key = signerKey(createKey('a').signerKey);
    for (const bad of ['', 'no line feed', 'a\r\n', '\u0000\n', '\udc00\n'])
      expect(() => signNote(bad, key)).toThrow(TypeError);
  });
});
