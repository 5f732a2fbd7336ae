import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createKey, EMPTY_ROOT, openCheckpoint, signCheckpoint } from './index.js';
import { signNote } from './note.js';
import { signerKey } from './testing/keys.js';

const ORIGIN = 'fiscal-ledger.local/0123456789abcdef0123456789abcdef';
const log = signerKey(createKey(ORIGIN).signerKey);
const witness = signerKey(createKey('witness.example').signerKey);
const root = Buffer.alloc(32, 7);
const base64 = root.toString('base64');

const open = (text: string) => openCheckpoint(signNote(text, log), [log.verifier]);

describe('checkpoints', () => {
  it('are three lines and a signature', () => {
    const note = signCheckpoint({ origin: ORIGIN, size: 20_852_163, root }, log);
    expect(note.startsWith(`${ORIGIN}\n20852163\n${base64}\n\n— ${ORIGIN} `)).toBe(true);
    expect(openCheckpoint(note, [log.verifier])).toEqual({
      ok: true,
      value: { origin: ORIGIN, size: 20_852_163, root, extensions: [], signedBy: [log.verifier] },
    });
  });

  it('are read back for every size and root', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat().map((n) => n || 1),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (size, hash) => {
          const note = signCheckpoint({ origin: ORIGIN, size, root: hash }, log);
          const wanted = { origin: ORIGIN, size, root: Buffer.from(hash) };
          expect(openCheckpoint(note, [log.verifier])).toMatchObject({ value: wanted });
        },
      ),
    );
    const empty = signCheckpoint({ origin: ORIGIN, size: 0, root: EMPTY_ROOT }, log);
    expect(openCheckpoint(empty, [log.verifier])).toMatchObject({ value: { size: 0 } });
  });

  it('keep lines that we do not read', () => {
    expect(open(`${ORIGIN}\n5\n${base64}\nmore\n2\n`)).toMatchObject({
      value: { size: 5, extensions: ['more', '2'] },
    });
  });

  it.each([
    [
      'size',
      [
        '05',
        '+5',
        '5 ',
        '-1',
        '',
        '5.0',
        '0x5',
        '５',
        '1e3',
        '9007199254740992',
        '99999999999999999',
      ],
    ],
    [
      'root',
      [
        '',
        `${base64} `,
        base64.slice(0, -1),
        base64.replace('c=', 'd='),
        `${base64}AAAA`,
        'AAAA',
        base64.slice(4),
      ],
    ],
    ['origin', ['', 'a b', 'a+b', 'fiscal-ledger/stream-head/v1', 'fiscal-ledger/stream-head/v2']],
  ])('refuse every other spelling of the %s, though signed', (line, spellings) => {
    for (const bad of spellings) {
      const lines = { origin: ORIGIN, size: '5', root: base64, [line]: bad };
      const read = open(`${lines.origin}\n${lines.size}\n${lines.root}\n`);
      expect({ bad, ok: read.ok }).toEqual({ bad, ok: false });
      expect(read).toHaveProperty('reason', expect.stringMatching(/^The \w+ line is not .*\.$/));
    }
  });

  it('refuse fewer lines, an empty line, and a root that no empty log has', () => {
    for (const bad of [
      `${ORIGIN}\n`,
      `${ORIGIN}\n5\n`,
      `${ORIGIN}\n5\n${base64}\n\n`,
      `${ORIGIN}\n0\n${base64}\n`,
    ])
      expect({ bad, ok: open(bad).ok }).toEqual({ bad, ok: false });
  });

  it('are signed by their own log, whoever else signs', () => {
    const text = `${ORIGIN}\n5\n${base64}\n`;
    const byWitness = signNote(text, witness);
    const keys = [log.verifier, witness.verifier];
    expect(openCheckpoint(byWitness, keys)).toEqual({
      ok: false,
      reason: `The checkpoint is not signed by its log, ${ORIGIN}.`,
    });
    const both = signNote(text, log) + byWitness.slice(text.length + 1);
    expect(openCheckpoint(both, keys)).toMatchObject({ value: { signedBy: keys } });
    expect(openCheckpoint(both, [witness.verifier]).ok).toBe(false);
    const namesake = signerKey(createKey(ORIGIN).signerKey);
    expect(openCheckpoint(both, [namesake.verifier]).ok).toBe(false);
  });

  it('are signed only where they can be', () => {
    const good = { origin: ORIGIN, size: 5, root };
    for (const bad of [
      { origin: 'another' },
      { size: -1 },
      { size: 0.5 },
      { size: 0 },
      { root: root.subarray(1) },
    ])
      expect(() => signCheckpoint({ ...good, ...bad }, log)).toThrow(TypeError);
    expect(() => signCheckpoint(good, witness)).toThrow(TypeError);
  });
});
