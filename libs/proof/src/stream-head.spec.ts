import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  createKey,
  openCheckpoint,
  openStreamHead,
  signCheckpoint,
  signStreamHead,
  type SignerKey,
  type StreamHead,
} from './index.js';
import { signNote } from './note.js';
import { signerKey } from './testing/keys.js';

const ORIGIN = 'fiscal-ledger.local/0123456789abcdef0123456789abcdef';
const log = signerKey(createKey(ORIGIN).signerKey);
const keys = [log.verifier];
const HEAD: StreamHead = {
  origin: ORIGIN,
  stream: 'book-430203-299001-2024',
  revision: 41,
  leaf: Buffer.alloc(32, 0xab),
  size: 1_000,
  root: Buffer.alloc(32, 7),
};
const TEXT = `fiscal-ledger/stream-head/v1
${ORIGIN}
book-430203-299001-2024
41
${'ab'.repeat(32)}
1000
${Buffer.alloc(32, 7).toString('base64')}
`;

/** A key under a name that createKey does not give. */
function keyNamed(name: string): SignerKey {
  const text = createKey('x').signerKey;
  const seed = text.slice('PRIVATE+KEY+x+00000000+'.length);
  const publicKey = signerKey(text).verifier.text.slice('x+00000000+'.length);
  const digest = createHash('sha256').update(`${name}\n`).update(publicKey, 'base64').digest('hex');
  return signerKey(`PRIVATE+KEY+${name}+${digest.slice(0, 8)}+${seed}`);
}

describe('heads of streams', () => {
  it('are seven lines and a signature', () => {
    const note = signStreamHead(HEAD, log);
    expect(note.startsWith(`${TEXT}\n— ${ORIGIN} `)).toBe(true);
    expect(openStreamHead(note, keys)).toEqual({ ok: true, value: HEAD });
    expect(openStreamHead(note.replace('41', '40'), keys).ok).toBe(false);
  });

  it('refuse every other spelling of a line, though signed', () => {
    const lines = TEXT.slice(0, -1).split('\n');
    const spellings: [number, string[]][] = [
      [0, ['', ORIGIN, 'fiscal-ledger/stream-head/v2', 'fiscal-ledger/stream-head/v1 ']],
      [1, ['', 'a b', 'another.example', lines[0]!]],
      [2, ['']],
      [3, ['', '041', '-1', '1000', '4.1', '41 ']],
      [4, ['', 'ab', 'AB'.repeat(32), 'ab'.repeat(33), 'xy'.repeat(32)]],
      [5, ['', '01000', '41', '1e3', '9007199254740992']],
      [6, ['', 'AAAA', `${lines[6]} `, lines[6]!.slice(0, -1), `${lines[6]}\nmore`]],
    ];
    for (const [line, bads] of spellings)
      for (const bad of bads) {
        const note = signNote(`${lines.toSpliced(line, 1, bad).join('\n')}\n`, log);
        expect({ line, bad, ok: openStreamHead(note, keys).ok }).toEqual({ line, bad, ok: false });
      }
    expect(openStreamHead(signNote(TEXT, log), keys).ok).toBe(true);
  });

  it('are signed by their own log', () => {
    const other = signerKey(createKey('other.example').signerKey);
    expect(openStreamHead(signNote(TEXT, other), [other.verifier, ...keys])).toEqual({
      ok: false,
      reason: `The head of the stream is not signed by its log, ${ORIGIN}.`,
    });
    expect(() => signStreamHead(HEAD, other)).toThrow(TypeError);
  });

  it('are signed only where they can be', () => {
    const bads: Partial<StreamHead>[] = [
      { origin: 'another' },
      { stream: '' },
      { stream: 'a\nb' },
      { stream: 'a\rb' },
      { revision: -1 },
      { revision: 1_000 },
      { size: 0.5 },
      { leaf: new Uint8Array(31) },
      { root: new Uint8Array(33) },
    ];
    for (const bad of bads)
      expect(() => signStreamHead({ ...HEAD, ...bad }, log)).toThrow(TypeError);
  });
});

describe('a head of a stream and a checkpoint', () => {
  it('are never taken for each other', () => {
    const checkpoint = signCheckpoint({ origin: ORIGIN, size: 5, root: HEAD.root }, log);
    expect(openCheckpoint(signStreamHead(HEAD, log), keys).ok).toBe(false);
    expect(openStreamHead(checkpoint, keys).ok).toBe(false);
  });

  it('are never taken for each other under an origin and a stream made for it', () => {
    // a text that would be both, was the constant an origin and "5" one too
    const constant = 'fiscal-ledger/stream-head/v1';
    const [a, b] = [keyNamed(constant), keyNamed('5')];
    const root = Buffer.from(HEAD.root).toString('base64');
    const both = `${constant}\n5\n${root}\n41\n${'ab'.repeat(32)}\n1000\n${root}\n`;
    const note = signNote(both, a) + signNote(both, b).slice(both.length + 1);
    expect(openStreamHead(note, [a.verifier, b.verifier]).ok).toBe(true);
    expect(openCheckpoint(note, [a.verifier, b.verifier])).toEqual({
      ok: false,
      reason: 'The first line is not the origin of a log.',
    });
    const byConstant = signNote(TEXT.replace(ORIGIN, constant), a);
    expect(openStreamHead(byConstant, [a.verifier]).ok).toBe(false);
    const { root: hash } = HEAD;
    expect(() => signCheckpoint({ origin: constant, size: 5, root: hash }, a)).toThrow(TypeError);
    expect(() => signStreamHead({ ...HEAD, origin: constant }, a)).toThrow(TypeError);
  });
});
