import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { proposedClosing, type BookId } from '#domain';
import { MemoryVault } from '#event-store';
import { Ledger } from '#projections';
import { reportOf, REPORTS, toJson } from '#reports';
import { fiscal } from './cli.js';
import { history } from './histories.js';
import { BOOK, commandLines, recording } from './lusong.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-pack-'));
afterAll(() => rmSync(root, { recursive: true }));
const data = join(root, 'data');
const key = join(root, 'key');
const publicKey = join(root, 'key.pub');
const kept = join(root, 'kept');
const VERIFIER = join(import.meta.dirname, '..', 'libs', 'proof-pack', 'verify.mjs');
const BOOKS = 60;

/** The verifier as an auditor runs it: a process that has nothing of ours but its one file. */
function verify(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

beforeAll(async () => {
  const created = await fiscal(['key', 'create', '--out', key, '--data', data]);
  writeFileSync(publicKey, created.stdout);
  await fiscal(['import', '-', '--data', data], commandLines.join('\n'));
  expect(
    (await fiscal(['checkpoint', '--out', kept, '--data', data, '--signing-key', key])).code,
  ).toBe(0);
  // random books beside the real one
  const ledger = await Ledger.open({ directory: data });
  const histories = fc.sample(history(), { numRuns: BOOKS, seed: 7 });
  for (const [n, commands] of histories.entries()) {
    const book = { unit: `U-${n}`, fiscalYear: 2024 };
    for (const command of commands) await ledger.commands.run({ ...command, ...book }, PEOPLE);
    // every second one is closed, every fourth reopened in the next year and closed again
    if (n % 2 === 0) await close(ledger, book, 'first');
    if (n % 4 !== 0) continue;
    const reopen = {
      command: 'reopen-year',
      id: 'reopen',
      date: '2025-01-06',
      reason: '更正',
    } as const;
    expect((await ledger.commands.run({ ...reopen, ...book }, PEOPLE)).ok).toBe(true);
    if (n % 8 === 0) await close(ledger, book, 'second');
  }
  await ledger.catchUp();
  await ledger.close();
});

const PEOPLE = { ...recording, approvedBy: 'b' };

async function close(ledger: Ledger, book: BookId, id: string): Promise<void> {
  const { state } = await ledger.commands.bookState(book);
  const carryover = proposedClosing(state);
  const common = { command: 'close-year', date: '2024-12-31', reason: '结账' } as const;
  const result = await ledger.commands.run({ ...common, ...book, id, carryover }, PEOPLE);
  expect(result.ok).toBe(true);
}

describe('the audit pack', () => {
  const at = join(root, 'pack');
  beforeAll(async () => {
    const out = join(root, 'pack.zip');
    const exported = await fiscal([
      'export',
      'audit-pack',
      out,
      '--data',
      data,
      '--signing-key',
      key,
      '--json',
    ]);
    expect(exported.json<{ reports: number }>().reports).toBe((BOOKS + 1) * REPORTS.length);
    unzip(readFileSync(out), at);
  });

  it('is proved by its own verifier, every cell of every report of random books included', () => {
    const { status, said } = verify(
      join(at, 'verify.mjs'),
      at,
      '--checkpoint',
      kept,
      '--key',
      publicKey,
    );
    expect([status, said]).toEqual([
      0,
      expect.stringContaining('Everything that was checked holds'),
    ]);
    expect(Number(/(\d+) cells recomputed/.exec(said)?.[1])).toBeGreaterThan(50_000);
  });

  it('so are reports as of days, as known at indices, and over a range of days', async () => {
    const ledger = await Ledger.open({ directory: data, vault: new MemoryVault() });
    await ledger.catchUp();
    const size = await ledger.store.size();
    const bounds = [
      { to: '2024-06-30' },
      { to: '2024-12-31' },
      { from: '2024-03-01', to: '2024-09-30' },
      { knownAt: Math.floor(size / 2) },
    ];
    for (const bound of bounds) {
      const other = mkdtempSync(join(root, 'bound-'));
      cpSync(at, other, { recursive: true });
      rmSync(join(other, 'reports'), { recursive: true });
      const asOf = { knownAt: size, ...bound };
      for (const book of ledger.books().filter((b) => hasBook(ledger, b, asOf.knownAt))) {
        const directory = join(other, 'reports', `${book.unit}-${book.fiscalYear}`);
        mkdirSync(directory, { recursive: true });
        for (const { name } of REPORTS) {
          const report = toJson(reportOf(ledger, name, book, asOf));
          writeFileSync(join(directory, `${name}.json`), JSON.stringify(report));
        }
      }
      const { status, said } = verify(VERIFIER, other, '--checkpoint', kept, '--key', publicKey);
      const wrong = said.split('\n').filter((line) => /DIFFERS|NOT CHECKED/.test(line));
      expect([bound, status, wrong.slice(0, 5)]).toEqual([bound, 0, []]);
    }
    await ledger.close();
  });

  it('does not overwrite, and says plainly what it could not show without a kept checkpoint', async () => {
    const again = await fiscal([
      'export',
      'audit-pack',
      join(root, 'pack.zip'),
      '--data',
      data,
      '--signing-key',
      key,
    ]);
    expect(again.code).toBe(2);
    const { said } = verify(join(at, 'verify.mjs'), at);
    expect(said).toMatch(/checkpoint/i);
  });
});

describe('names of payees', () => {
  const export_ = async (name: string, ...more: string[]) => {
    const out = join(root, `${name}.zip`);
    const args = ['export', 'audit-pack', out, '--data', data, '--signing-key', key, ...more];
    expect((await fiscal(args)).code).toBe(0);
    const at = join(root, name);
    unzip(readFileSync(out), at);
    return at;
  };
  const bytesOf = (at: string) =>
    Buffer.concat(
      readdirSync(at, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
    );

  it('are in no file of a pack, unless they are asked for; then they are proved too', async () => {
    expect(bytesOf(await export_('nameless')).includes('定期优抚对象')).toBe(false);
    const named = await export_('named', '--with-names');
    expect(bytesOf(named).includes('定期优抚对象')).toBe(true);
    const args = ['--checkpoint', kept, '--key', publicKey];
    expect(verify(VERIFIER, named, ...args).status).toBe(0);
    const file = join(named, 'personal-data.ndjson');
    writeFileSync(file, readFileSync(file, 'utf8').replace('定期优抚对象', '另一个人'));
    expect(verify(VERIFIER, named, ...args).status).toBe(1);
  });

  it('are erased, and everything holds before and after', async () => {
    const erase = [
      'erase-subject',
      '--name',
      '定期优抚对象',
      '--reason',
      '依申请删除',
      '--actor',
      'a',
    ];
    expect((await fiscal([...erase, '--data', data])).code).toBe(0);
    expect((await fiscal([...erase, '--data', data])).code).toBe(1);
    const at = await export_('erased', '--with-names');
    expect(bytesOf(at).includes('定期优抚对象')).toBe(false);
    const { status, said } = verify(VERIFIER, at, '--checkpoint', kept, '--key', publicKey);
    expect([status, said]).toEqual([0, expect.stringContaining('holds')]);
    const args = ['--data', data, '--key', publicKey, '--checkpoint', kept];
    expect((await fiscal(['verify', ...args])).code).toBe(0);
  });
});

describe('the proof of one figure', () => {
  const explain = async (out: string) =>
    fiscal([
      ...[
        'explain',
        'annex-3',
        'budget/total',
        'expenditure',
        '--unit',
        BOOK.unit,
        '--year',
        '2023',
      ],
      ...['--data', data, '--signing-key', key, '--proof', out],
    ]);

  it('is checked by the same verifier, and fails where an event is left out', async () => {
    const proof = join(root, 'proof.json');
    expect((await explain(proof)).code).toBe(0);
    const args = ['--checkpoint', join(data, 'checkpoints', await lastSize()), '--key', publicKey];
    const good = verify(VERIFIER, '--proof', proof, ...args);
    expect([good.status, good.said]).toEqual([0, expect.stringContaining('holds')]);
    interface Proof {
      exact: string;
      streams: { events: object[] }[];
    }
    const read = () => JSON.parse(readFileSync(proof, 'utf8')) as Proof;
    for (const forge of [
      (p: Proof) => p.streams[0]!.events.splice(20, 1),
      (p: Proof) => p.streams[0]!.events.pop(),
      (p: Proof) => (p.exact = '22259700.01'),
    ]) {
      const forged = read();
      forge(forged);
      const file = join(root, 'forged.json');
      writeFileSync(file, JSON.stringify(forged));
      expect(verify(VERIFIER, '--proof', file, ...args).status).toBe(1);
    }
  });

  const lastSize = async () => {
    const ledger = await Ledger.open({ directory: data });
    const size = (await ledger.log.checkpoints.sizes()).at(-1)!;
    await ledger.close();
    return String(size);
  };
});

function hasBook(
  ledger: Ledger,
  book: typeof BOOK | { unit: string; fiscalYear: number },
  knownAt: number,
): boolean {
  try {
    ledger.figures(book, { knownAt });
    return true;
  } catch {
    return false;
  }
}

/** Enough of a zip reader for a test: the central directory, stored and deflated entries. */
function unzip(zip: Buffer, into: string): void {
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((o) => zip.readUInt16LE(at + o)) as [
      number,
      number,
      number,
    ];
    const path = join(into, zip.toString('utf8', at + 46, at + 46 + name));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + size);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, method === 8 ? inflateRawSync(bytes) : bytes);
    at += 46 + name + extra + comment;
  }
}
