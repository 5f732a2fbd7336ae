import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { Access } from '#accounts';
import { Ledger } from '#projections';
import { fiscal } from './cli.js';
import { commandLines } from './lusong.js';
import { unzip } from './unzip.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-accounts-'));
afterAll(() => rmSync(root, { recursive: true }));
const data = join(root, 'data');
const key = join(root, 'key');
const UNIT = '430203-208001';
const SECRET_NAME = '欧阳某某管理员';
const PASSWORD = 'correct horse battery';

const account = (...args: string[]) =>
  fiscal(['--json', '--data', data, 'account', ...args, '--actor', 'host']);

/** Opens what a server has open, uses it and closes it. */
async function withAccess<T>(use: (access: Access, ledger: Ledger) => Promise<T>): Promise<T> {
  const ledger = await Ledger.open({ directory: data });
  const access = await Access.open(ledger, { directory: data });
  try {
    return await use(access, ledger);
  } finally {
    await access.close();
    await ledger.close();
  }
}

const entry = {
  account: 'a',
  person: 'p',
  roles: ['viewer'],
  method: 'GET',
  route: '/api/v1/books/:unit/:year/events',
  target: '/api/v1/books/x/2023/events',
  outcome: 'denied',
  reason: 'forbidden',
  remote: '127.0.0.1',
} as const;

beforeAll(async () => {
  await fiscal(['import', '-', '--data', data], commandLines.join('\n'));
  await fiscal(['key', 'create', '--out', key, '--data', data]);
});

describe('fiscal account', () => {
  let oneTime = '';

  it('creates one with its duties and a password for once', async () => {
    const made = await account(
      'create',
      'zhang.min',
      '--name',
      SECRET_NAME,
      '--grant',
      `clerk=${UNIT}`,
    );
    expect(made).toMatchObject({ code: 0 });
    oneTime = made.json<{ oneTimePassword: string }>().oneTimePassword;
    const begun = await withAccess((access) => access.sessions.login('zhang.min', oneTime, '::1'));
    expect(begun.grants).toEqual([{ role: 'clerk', units: [UNIT] }]);
    expect(begun.session.limited).toBe(true);
  });

  it('refuses the login that somebody has, however it is written, and duties that one must not have', async () => {
    const code = async (...args: string[]) =>
      (await account(...args)).json<{ error: { code: string } }>().error.code;
    expect(await code('create', 'ZHANG.min', '--name', '张')).toBe('login-taken');
    const second = ['create', 'zhang2', '--name', '张', '--person', 'zhang.min', '--grant'];
    expect(await code(...second, 'account-admin=*')).toBe('duties-conflict');
    expect(await code('create', 'x', '--name', '张')).toBe('invalid-account');
    expect(await code('disable', 'nobody')).toBe('unknown-account');
    for (const [i, role] of ['account-admin', 'system-admin', 'log-admin'].entries()) {
      const other = ['account-admin', 'system-admin', 'log-admin'][(i + 1) % 3]!;
      const both = ['create', `admin-${i}`, '--name', '某', '--grant', `${role}=*`, `${other}=*`];
      expect(await code(...both)).toBe('duties-conflict');
    }
    expect((await account('create', 'y.y', '--name', '张', '--grant', 'boss=*')).code).toBe(2);
  });

  it('keeps somebody to administer accounts', async () => {
    await account('create', 'li.hua', '--name', '李华', '--grant', 'account-admin=*');
    const refused = await account('disable', 'li.hua');
    expect(refused.json()).toMatchObject({ error: { code: 'last-account-admin' } });
    await account('create', 'wang.li', '--name', '王力', '--grant', 'account-admin=*');
    expect((await account('disable', 'li.hua')).code).toBe(0);
    expect((await account('grant', 'wang.li', '--grant', 'viewer=*')).code).toBe(1);
  });

  it('ends sessions of a server that has the same directory open', async () => {
    await withAccess(async (access) => {
      const { secret } = await access.sessions.login('zhang.min', oneTime, '::1');
      expect(await access.sessions.bySession(secret)).toBeDefined();
      expect((await account('reset-password', 'zhang.min')).code).toBe(0);
      expect(await access.sessions.bySession(secret)).toBeUndefined();
    });
  });

  it('lists them without any secret', async () => {
    const { stdout } = await fiscal(['--json', '--data', data, 'account', 'list']);
    expect(stdout).toContain('"login":"zhang.min","person":"zhang.min"');
    expect(stdout).not.toMatch(/argon2|password/i);
  });
});

describe('what is kept', () => {
  it('has no secret and no name in the log, and no secret in the open beside it', async () => {
    const issued = await withAccess(async (access) => {
      const by = access.by('host');
      const { account: made } = await access.open(
        { login: 'w.w', name: SECRET_NAME },
        PASSWORD,
        by,
      );
      await access.accounts.grant(made.id, [{ role: 'clerk', units: [UNIT] }], by);
      const expiresAt = '2099-01-01T00:00:00.000Z';
      const given = { name: 'n', role: 'clerk', units: [UNIT], expiresAt } as const;
      const { token, id } = await access.issueToken(made.id, given, by);
      const { secret } = await access.sessions.login('w.w', PASSWORD, '::1');
      const setup = await access.newSetupLink();
      await access.accounts.bindIdentity(made.id, 'https://issuer.example', 'ab'.repeat(32), by);
      await access.accounts.releaseIdentity(made.id, 'ab'.repeat(32), by);
      await access.revokeToken(made.id, id, by);
      await access.disable(made.id, by);
      await access.accounts.enable(made.id, by);
      return [token, secret, setup, PASSWORD, SECRET_NAME];
    });
    for (const file of readdirSync(data).filter((name) =>
      /^(access|events|vault)\.db/.test(name),
    )) {
      const bytes = readFileSync(join(data, file));
      for (const secret of issued) expect([file, bytes.includes(secret)]).toEqual([file, false]);
    }
    expect(statSync(join(data, 'access.db')).mode & 0o777).toBe(0o600);
  });

  it('is proved in an audit pack by the verifier that knows nothing of ours', async () => {
    const [pack, publicKey] = [join(root, 'pack.zip'), join(root, 'key.pub')];
    writeFileSync(
      publicKey,
      (await fiscal(['key', 'show', '--data', data, '--signing-key', key])).stdout,
    );
    expect(
      (await fiscal(['export', 'audit-pack', pack, '--data', data, '--signing-key', key])).code,
    ).toBe(0);
    const directory = join(root, 'pack');
    unzip(readFileSync(pack), directory);
    const verifier = join(import.meta.dirname, '..', 'libs', 'proof-pack', 'verify.mjs');
    const args = [verifier, directory, '--key', publicKey];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('holds')]);
    expect(readFileSync(join(directory, 'events.ndjson'), 'utf8')).toContain('TokenRevoked');
  });
});

describe('the access log', () => {
  it('is one JSON line an entry, whatever is asked for', async () => {
    await withAccess(async ({ log }) => {
      const nasty = '/a\n{"outcome":"allowed"}\r\u2028\u0000\ud83d\ude00';
      await log.record({ ...entry, target: nasty, reason: '\n' });
      const [stored] = await log.ledger.store.readLog((await log.ledger.store.size()) - 1, 1);
      expect(stored!.payload).not.toMatch(/[\n\r]/);
      expect(JSON.parse(stored!.payload)).toMatchObject({ target: nasty, outcome: 'denied' });
    });
  });

  it('takes many at once, from two processes as well, and loses none', async () => {
    await withAccess(async ({ log }, ledger) => {
      const other = await Access.open(ledger, { directory: data });
      const before = await log.ledger.store.size();
      await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          (i % 2 ? log : other.log).record({ ...entry, target: `/${i}` }),
        ),
      );
      const { entries } = await log.read({ from: before, limit: 1000 });
      expect(new Set(entries.map(({ target }) => target)).size).toBe(200);
      await other.close();
    });
  });

  it('is not filled by strangers: what is left out is counted', async () => {
    let now = Date.parse('2026-01-01T00:00:00.000Z');
    const ledger = await Ledger.open();
    const { log, close } = await Access.open(ledger, { now: () => now }).then((access) => ({
      log: access.log,
      close: () => access.close(),
    }));
    const stranger = { ...entry, account: null, person: null, roles: [] };
    for (let i = 0; i < 1000; i++) await log.record(stranger);
    now += 61_000;
    await log.record(stranger);
    const { entries } = await log.read({ from: 0, limit: 1000 });
    expect(entries.length).toBe(31);
    expect(entries.at(-1)).toMatchObject({ leftOut: 970 });
    await close();
    await ledger.close();
  });

  it('is verified like the log itself, against checkpoints of the same key', async () => {
    const verify = () =>
      fiscal(['--json', '--data', data, 'verify', '--access-log', '--signing-key', key]);
    expect((await verify()).json()).toMatchObject({ findings: [] });
    const shown = (...more: string[]) =>
      fiscal(['--data', data, 'key', 'show', '--signing-key', key, ...more]);
    expect((await shown('--access-log')).stdout).toContain('/access-log+');
    // planted: a denial that somebody would rather not have had
    const db = new Database(join(data, 'access-log', 'events.db'));
    const { changes } = db
      .prepare(
        `update events set payload = replace(payload, '"denied"', '"allowed"'),
           envelope = envelope where idx = 3`,
      )
      .run();
    db.close();
    expect(changes).toBe(1);
    const damaged = await verify();
    expect(damaged.code).toBe(1);
    expect(damaged.json<{ findings: { index?: number }[] }>().findings).toContainEqual(
      expect.objectContaining({ index: 3 }),
    );
  });
});
