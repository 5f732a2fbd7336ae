import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { leafHash } from '#event-store';
import { openCheckpoint, parseVerifierKey, verifyConsistency, verifyInclusion } from '#proof';
import { CheckpointKeeper, createSigningKey, Ledger, readSigningKey } from '#projections';
import { Api } from './api.js';
import { fiscal } from './cli.js';
import { BOOK, commandLines, ledgerWith, lusongCommands, recording } from './lusong.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-proof-'));
afterAll(() => rmSync(root, { recursive: true }));
const data = join(root, 'data');
const key = join(root, 'key');
const publicKey = join(root, 'key.pub');
const signing = ['--data', data, '--signing-key', key];
let kept: string;

beforeAll(async () => {
  const created = await fiscal(['key', 'create', '--out', key, '--data', data]);
  writeFileSync(publicKey, created.stdout);
  // a checkpoint of the first 30 events, which an auditor keeps
  await fiscal(['import', '-', '--data', data], commandLines.slice(0, 30).join('\n'));
  kept = join(root, 'kept');
  expect((await fiscal(['checkpoint', '--out', kept, ...signing])).code).toBe(0);
  await fiscal(['import', '-', '--data', data], commandLines.slice(30).join('\n'));
});

const verify = (at: string, ...more: string[]) =>
  fiscal(['verify', '--data', at, '--key', publicKey, '--checkpoint', kept, ...more]);

describe('the key', () => {
  it('is readable by its owner only, outside the data directory, and never overwritten', async () => {
    expect(statSync(key).mode & 0o777).toBe(0o600);
    const inside = await fiscal(['key', 'create', '--out', join(data, 'key'), '--data', data]);
    expect([inside.code, inside.stderr]).toEqual([1, expect.stringContaining('no-signing-key')]);
    expect((await fiscal(['key', 'create', '--out', key, '--data', data])).code).toBe(2);
  });

  it('is not used where others can read it, or for another log', async () => {
    const open = join(root, 'open');
    writeFileSync(open, readFileSync(key), { mode: 0o644 });
    const ran = await fiscal(['checkpoint', '--data', data, '--signing-key', open]);
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('chmod 600')]);
    const other = await Ledger.open();
    expect(() => readSigningKey(key, other.store.origin)).toThrow('not for');
    await other.close();
  });
});

describe('checkpoints and proofs', () => {
  it('a checkpoint is a C2SP note over the RFC 9162 root, and the same log gives the same', async () => {
    const first = await fiscal(['checkpoint', ...signing]);
    const opened = openCheckpoint(first.stdout, [verifierKey()]);
    expect(opened).toMatchObject({ ok: true, value: { size: 44 } });
    expect((await fiscal(['checkpoint', ...signing])).stdout).toBe(first.stdout);
  });

  it('every event is proved in every size, and every size goes on from every smaller one', async () => {
    const ledger = await ledgerWith(lusongCommands());
    const { log, store } = ledger;
    const stored = await store.readLog(0, 100);
    for (let size = 1; size <= stored.length; size++) {
      for (const { index, envelope } of stored.slice(0, size)) {
        const proof = log.inclusionProof(index, size);
        const claim = { leaf: leafHash(envelope), index, size, proof, root: log.root(size) };
        expect(verifyInclusion(claim)).toBe(true);
      }
      for (let from = 0; from <= size; from++)
        expect(
          verifyConsistency({
            oldSize: from,
            oldRoot: log.root(from),
            newSize: size,
            newRoot: log.root(size),
            proof: log.consistencyProof(from, size),
          }),
        ).toBe(true);
    }
    expect(() => log.inclusionProof(44, 44)).toThrow('have no index 44');
    expect(() => log.root(45)).toThrow('the log has 44 events');
    await ledger.close();
  });

  it('is signed after every close, every 1 000 events, and a minute after anything else', async () => {
    const ledger = await ledgerWith(lusongCommands().slice(0, 20));
    const signer = readSigningKeyFor(ledger);
    const sizes = () => ledger.log.checkpoints.sizes();
    const keeper = new CheckpointKeeper(ledger, signer);
    await keeper.keep(0);
    expect(await sizes()).toEqual([20]);
    for (const command of lusongCommands().slice(20, 30))
      await ledger.commands.run(command, recording);
    await keeper.keep(59_999);
    expect(await sizes()).toEqual([20]);
    await keeper.keep(60_000);
    expect(await sizes()).toEqual([20, 30]);
    for (const command of lusongCommands().slice(30)) await ledger.commands.run(command, recording);
    await keeper.keep(60_001);
    expect(await sizes()).toEqual([20, 30, 44]);
    await ledger.close();
  });

  it('nothing is signed over stored bytes that are not those of the tree', async () => {
    const at = join(root, 'unsigned');
    cpSync(data, at, { recursive: true });
    rmSync(join(at, 'checkpoints', '44'));
    const ledger = await Ledger.open({ directory: at });
    await ledger.catchUp();
    alter(at, `update events set envelope = replace(envelope, '"v":1', '"v":2') where idx = 40`);
    const refused = ledger.log.checkpoint(readSigningKey(key, ledger.store.origin));
    await expect(refused).rejects.toThrow('not the one of the stored events');
    await ledger.close();
  });
});

describe('fiscal verify', () => {
  it('says that all holds, how many checkpoints it compared, and when it had none from outside', async () => {
    const { code, stdout } = await verify(data, '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { events: 44, findings: [], outsideCheckpoint: true },
    ]);
    const without = await fiscal(['verify', '--data', data]);
    expect([without.code, without.stdout]).toEqual([
      0,
      expect.stringContaining('no checkpoint from outside was given'),
    ]);
  });

  const SWAP = `update events set idx = -1 where idx = 20; update events set idx = 20 where idx = 21;
    update events set idx = 21 where idx = -1;`;
  it.each([
    ['a payload changed', `update events set payload = replace(payload, '9900000', '9900001')`],
    [
      'an amount changed in payload and nothing else',
      `update events set payload = replace(payload, '"amount":"', '"amount":"1') where idx = 12`,
    ],
    [
      'an envelope changed',
      `update events set envelope = replace(envelope, '"actor":"', '"actor":"x') where idx = 3`,
    ],
    ['a date changed beside the envelope', `update events set date = '2023-12-31' where idx = 12`],
    ['an event deleted', 'delete from events where idx = 12'],
    ['two events swapped', SWAP],
    ['the tail cut to before the kept checkpoint', 'delete from events where idx >= 25'],
    [
      'an event moved to another stream',
      `insert into streams(name) values ('book-X-2023');
       update events set stream_id = (select id from streams where name = 'book-X-2023') where idx = 43`,
    ],
  ])('finds %s', async (name, sql) => {
    const at = join(root, name.replaceAll(' ', '-'));
    cpSync(data, at, { recursive: true });
    alter(at, sql);
    const { code, stdout } = await verify(at, '--json');
    const { findings } = JSON.parse(stdout) as { findings: unknown[] };
    expect([code, findings.length > 0]).toEqual([1, true]);
  });

  it('finds a history that was hashed anew from some event on', async () => {
    const at = join(root, 'anew');
    const origin = await originOf(data);
    const forged = await Ledger.open({ directory: at, origin });
    for (const command of lusongCommands()) {
      // one payment of July is another now, and everything after it is sealed on that
      const is = command.command === 'make-payment' && command.date < '2023-07-01';
      const other = is ? { ...command, payee: '另一个收款人' } : command;
      const result = await forged.commands.run(other, recording);
      expect(result.ok).toBe(true);
    }
    await forged.close();
    const { code, stdout } = await verify(at);
    expect([code, stdout]).toEqual([1, expect.stringContaining('are not those that were signed')]);
    // without the checkpoint it looks as good as any
    const without = await fiscal(['verify', '--data', at]);
    expect(without.code).toBe(0);
  });

  it('trusts a key that took over by an event, once the old key signed over it', async () => {
    const at = join(root, 'rotated');
    cpSync(data, at, { recursive: true });
    const next = join(root, 'next');
    await fiscal(['key', 'create', '--out', next, '--data', at]);
    const rotate = ['key', 'rotate', '--to', next, '--reason', '换届', '--actor', 'a'];
    expect((await fiscal([...rotate, '--data', at, '--signing-key', key])).code).toBe(0);
    await fiscal(['import', '-', '--data', at], otherBook());
    expect((await fiscal(['checkpoint', '--data', at, '--signing-key', next])).code).toBe(0);
    const { code, stdout } = await verify(at, '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { findings: [] }]);
    // planted bug: trusting any key that an event names, whoever signed
    rmSync(join(at, 'checkpoints', '45'));
    expect((await verify(at)).code).toBe(1);
  });
});

describe('publishing', () => {
  it('stores hash and checkpoint, and shows what changed after a reopening', async () => {
    const at = join(root, 'published');
    cpSync(data, at, { recursive: true });
    const of = ['--unit', BOOK.unit, '--year', '2023', '--data', at];
    const people = ['--actor', 'a', '--approved-by', 'b'];
    const publish = ['publish', 'annex-3', '--date', '2024-03-01', '--signing-key', key];
    expect((await fiscal([...publish, ...of, ...people])).code).toBe(0);
    const first = await fiscal(['publications', ...of, '--json']);
    expect(first.json()).toMatchObject([{ report: 'annex-3', reproduced: true, changed: [] }]);
    const common = { unit: BOOK.unit, fiscalYear: 2023 };
    const reopened = [
      { command: 'reopen-year', id: 'r1', ...common, date: '2024-03-02', reason: '更正' },
      {
        command: 'reverse-entry',
        id: 'r2',
        ...common,
        date: '2023-12-31',
        entry: 'lusong-2023-0013',
        reason: '误记',
      },
    ];
    const posted = await fiscal(
      ['import', '-', '--data', at, ...people],
      reopened.map((c) => JSON.stringify(c)).join('\n'),
    );
    expect(posted.stdout).toContain('2 accepted');
    const after = await fiscal(['publications', ...of, '--json']);
    const [publication] =
      after.json<
        { reproduced: boolean; changed: { row: string; column: string; difference: string }[] }[]
      >();
    expect(publication!.reproduced).toBe(true);
    expect(publication!.changed).toContainEqual(
      expect.objectContaining({
        row: 'budget/total',
        column: 'expenditure',
        difference: '-9900000.00',
      }),
    );
  });
});

it('a publication of a report that there is not is told as one that cannot be reproduced', async () => {
  const at = join(root, 'unknown-report');
  cpSync(data, at, { recursive: true });
  const command = {
    command: 'publish-report',
    id: 'p1',
    unit: BOOK.unit,
    fiscalYear: 2023,
    date: '2024-03-01',
    report: 'no-such-report',
    figuresHash: '0'.repeat(64),
    logSize: 44,
  };
  await fiscal(['import', '-', '--data', at], JSON.stringify(command));
  const of = ['--unit', BOOK.unit, '--year', '2023', '--data', at, '--json'];
  const { code, stdout } = await fiscal(['publications', ...of]);
  expect([code, JSON.parse(stdout)]).toMatchObject([0, [{ reproduced: false, changed: [] }]]);
});

describe('over HTTP', () => {
  it('hands out the checkpoint and both kinds of proof', async () => {
    const api = await Api.start();
    const url = '/api/v1/log';
    expect(await api.ask(`${url}/checkpoint`)).toMatchObject({
      status: 404,
      body: { code: 'no-checkpoint' },
    });
    for (const line of commandLines) await api.postLine(line);
    await api.ledger.catchUp();
    const signer = readSigningKeyFor(api.ledger);
    const note = await api.ledger.log.checkpoint(signer);
    const answer = await api.ask(`${url}/checkpoint`);
    expect([answer.headers.get('content-type'), answer.text]).toEqual([
      'text/plain; charset=utf-8',
      note,
    ]);
    const opened = openCheckpoint(answer.text, [signer.verifier]);
    if (!opened.ok) throw new Error(opened.reason);
    const bytes = (hex: unknown) => Buffer.from(String(hex), 'hex');
    const { body } = await api.ask(`${url}/proofs/inclusion?index=7&size=44`);
    const [stored] = await api.ledger.store.readLog(7, 1);
    expect(
      verifyInclusion({
        leaf: leafHash(stored!.envelope),
        index: 7,
        size: 44,
        proof: (body['proof'] as string[]).map(bytes),
        root: opened.value.root,
      }),
    ).toBe(true);
    const consistency = await api.ask(`${url}/proofs/consistency?from=30`);
    expect(
      verifyConsistency({
        oldSize: 30,
        oldRoot: api.ledger.log.root(30),
        newSize: 44,
        newRoot: opened.value.root,
        proof: (consistency.body['proof'] as string[]).map(bytes),
      }),
    ).toBe(true);
    for (const path of [
      'inclusion',
      'inclusion?index=44',
      'inclusion?index=1&size=99',
      'consistency?from=45',
      'inclusion?index=-1',
    ])
      expect([path, (await api.ask(`${url}/proofs/${path}`)).status]).toEqual([path, 422]);
    await api.stop();
  });
});

function alter(directory: string, sql: string): void {
  const db = new Database(join(directory, 'events.db'));
  db.pragma('foreign_keys = off');
  db.exec(sql);
  db.close();
}

async function originOf(directory: string): Promise<string> {
  const ledger = await Ledger.open({ directory, create: false });
  const { origin } = ledger.store;
  await ledger.close();
  return origin;
}

const verifierKey = () => {
  const read = parseVerifierKey(readFileSync(publicKey, 'utf8').trim());
  if (!read.ok) throw new Error(read.reason);
  return read.value;
};

let count = 0;
function readSigningKeyFor(ledger: Ledger) {
  const file = join(root, `key-${count++}`);
  createSigningKey(file, ledger.store.origin, data);
  return readSigningKey(file, ledger.store.origin);
}

const otherBook = () =>
  JSON.stringify({
    command: 'open-book',
    id: 'o1',
    unit: 'O',
    fiscalYear: 2024,
    date: '2024-01-01',
    unitName: '乙',
    divisionCode: '430203',
    divisionName: '丙',
  });
