import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { vaultContract } from '../../contract-suite-vault.js';
import { SqliteVault } from './sqlite-vault.js';
import { dueSweep } from './sweep-vault.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-vault-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const directory = () => join(root, String(count++));
const opened: SqliteVault[] = [];
const open = (at: string, busyTimeoutMs?: number) => {
  const vault = new SqliteVault({ directory: at, ...(busyTimeoutMs && { busyTimeoutMs }) });
  opened.push(vault);
  return vault;
};
afterEach(() => opened.splice(0).forEach((vault) => vault.close()));

vaultContract('SQLite', () => new SqliteVault({ directory: directory() }));

const names = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
const sealOne = async (vault: SqliteVault, name: string) => (await vault.seal([name])).get(name)!;

/** Every byte that the vault has on the disk. */
const bytesOf = (at: string): Buffer =>
  Buffer.concat(
    ['vault.db', 'vault.db-wal']
      .map((file) => join(at, file))
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file)),
  );

type Secrets = Readonly<Record<'lookup' | 'salt' | 'nonce' | 'value' | 'key', Buffer>>;

/** What the file has of a subject, read past the vault. */
function secretsOf(at: string, subject: string): Secrets {
  const db = new Database(join(at, 'vault.db'));
  const row = db
    .prepare<[string], Secrets>(
      'select lookup, salt, nonce, value, key from subject join subject_key using (subject) where subject = ?',
    )
    .get(subject)!;
  db.close();
  return row;
}

it('keeps names and subjects over a restart', async () => {
  const at = directory();
  const first = open(at);
  const payee = await sealOne(first, '张三');
  first.close();
  const second = open(at);
  expect(second.seal(['张三'])).toEqual(new Map([['张三', payee]]));
  expect(second.nameOf(payee.subject)).toBe('张三');
});

it('has no name in the open, in no file', async () => {
  const at = directory();
  const vault = open(at);
  await vault.seal(names('某某专用收款人', 500));
  expect(bytesOf(at).includes('某某专用收款人')).toBe(false);
  vault.close();
  expect(bytesOf(at).includes('某某专用收款人')).toBe(false);
});

it('what is asked for together is written in one transaction, and only what is new', async () => {
  const at = directory();
  const vault = open(at);
  const versions = new Database(join(at, 'vault.db'));
  const version = () => versions.pragma('data_version', { simple: true }) as number;
  const before = version();
  await Promise.all(names('甲', 300).map(async (name) => vault.seal([name, '乙'])));
  expect(version()).toBe(before + 1);
  await vault.seal(names('甲', 300));
  expect(version()).toBe(before + 1);
  versions.close();
});

it('two processes that are given one new name at once have one subject for it', async () => {
  const at = directory();
  const [a, b] = [open(at), open(at)];
  for (const name of names('同名', 25)) {
    expect([a.find(name), b.find(name)]).toEqual([undefined, undefined]);
    // both have looked in vain when the first one writes
    const [ofA, ofB] = await Promise.all([a, b].map(async (vault) => vault.seal([name])));
    expect(ofB).toEqual(ofA);
  }
});

it('what one process erases another does not remember', async () => {
  const at = directory();
  const [a, b] = [open(at), open(at)];
  const payee = await sealOne(a, '张三');
  expect(b.nameOf(payee.subject)).toBe('张三');
  expect(b.seal(['张三'])).toEqual(new Map([['张三', payee]]));
  expect(await a.erase(payee.subject)).toBe(true);
  await setImmediate();
  expect(b.nameOf(payee.subject)).toBeUndefined();
  expect((await sealOne(b, '张三')).subject).not.toBe(payee.subject);
});

it.each([1, 40, 600])(
  'nothing of an erased subject is left on the disk, among %i others',
  async (others) => {
    const at = directory();
    const vault = open(at);
    const [before, after] = [names('前', others), names('后', others)];
    await vault.seal(before);
    const { subject } = await sealOne(vault, '张三');
    for (let i = 0; i < others; i += 500) await vault.seal(after.slice(i, i + 500));
    const secrets = secretsOf(at, subject);
    for (const secret of Object.values(secrets)) expect(bytesOf(at).includes(secret)).toBe(true);
    expect(bytesOf(at).includes(subject)).toBe(true);
    expect(await vault.erase(subject)).toBe(true);
    for (const [what, secret] of Object.entries(secrets))
      expect([what, bytesOf(at).includes(secret)]).toEqual([what, false]);
    expect(bytesOf(at).includes(subject)).toBe(false);
    expect(vault.nameOf(vault.find('前0')!.subject)).toBe('前0');
  },
);

// planted bug: with secure_delete alone, pages that were split keep a few salts in their free space
it('nothing is left of many erasures among names of all lengths', async () => {
  const at = directory();
  const vault = open(at);
  const all = names('', 1200).map((n, i) => `${n}，${'某'.repeat((i * 37) % 190)}`);
  for (let i = 0; i < all.length; i += 60) await vault.seal(all.slice(i, i + 60));
  const db = new Database(join(at, 'vault.db'));
  db.pragma('secure_delete = ON');
  const rows = db
    .prepare<[], Secrets & { subject: string }>(
      'select * from subject join subject_key using (subject)',
    )
    .all();
  const gone = rows.filter((_, i) => i % 2 === 0);
  db.transaction(() => {
    for (const { subject } of gone.slice(1)) {
      db.prepare('delete from subject where subject = ?').run(subject);
      db.prepare('delete from subject_key where subject = ?').run(subject);
    }
  })();
  db.close();
  await vault.erase(gone[0]!.subject);
  const bytes = bytesOf(at);
  expect(gone.filter((r) => bytes.includes(r.salt) || bytes.includes(r.subject))).toEqual([]);
  expect(rows.filter((r) => bytes.includes(r.salt))).toHaveLength(rows.length - gone.length);
});

it('an erasure that another process holds up says so, and is finished by erasing again', async () => {
  const at = directory();
  const vault = open(at, 50);
  const { subject } = await sealOne(vault, '张三');
  const { salt } = secretsOf(at, subject);
  const reader = new Database(join(at, 'vault.db'));
  reader.exec('begin');
  reader.prepare('select count(*) from subject').get();
  await expect(vault.erase(subject)).rejects.toThrow('erase it again');
  expect(vault.nameOf(subject)).toBeUndefined();
  expect(bytesOf(at).includes(salt)).toBe(true);
  reader.close();
  expect(await vault.erase(subject)).toBe(false);
  expect(bytesOf(at).includes(salt)).toBe(false);
});

it('an erasure that was cut off after the deletion is finished at the next opening', async () => {
  const at = directory();
  const vault = open(at);
  const { subject } = await sealOne(vault, '张三');
  const { salt } = secretsOf(at, subject);
  // held open, so that closing the vault does not tidy the WAL away
  const other = new Database(join(at, 'vault.db'));
  other.transaction(() => {
    dueSweep(other);
    other.prepare('delete from subject where subject = ?').run(subject);
    other.prepare('delete from subject_key where subject = ?').run(subject);
  })();
  vault.close();
  expect(bytesOf(at).includes(salt)).toBe(true);
  open(at);
  expect(bytesOf(at).includes(salt)).toBe(false);
  other.close();
});

it('a name whose key is lost is not told, and others are', async () => {
  const at = directory();
  const vault = open(at);
  const { subject } = await sealOne(vault, '张三');
  const { subject: other } = await sealOne(vault, '李四');
  const db = new Database(join(at, 'vault.db'));
  db.prepare('delete from subject_key where subject = ?').run(subject);
  db.close();
  expect(vault.nameOf(subject)).toBeUndefined();
  expect(vault.nameOf(other)).toBe('李四');
});

it('a value that was moved to another subject is refused, not shown', async () => {
  const at = directory();
  const vault = open(at);
  const [a, b] = [await sealOne(vault, '张三'), await sealOne(vault, '李四')];
  const db = new Database(join(at, 'vault.db'));
  const { value } = secretsOf(at, a.subject);
  db.prepare('update subject set value = ? where subject = ?').run(value, b.subject);
  db.close();
  expect(() => vault.nameOf(b.subject)).toThrow('could not be read');
});

it('a vault that is held by another writer too long says so, and nothing is half sealed', async () => {
  const at = directory();
  const vault = open(at, 50);
  const writer = new Database(join(at, 'vault.db'));
  writer.exec('begin immediate');
  await expect(vault.seal(['张三'])).rejects.toMatchObject({
    name: 'StoreUnavailable',
    outcome: 'not-stored',
  });
  writer.close();
  expect(vault.find('张三')).toBeUndefined();
  expect(await sealOne(vault, '张三')).toBeDefined();
});

it('refuses a file that is no vault, and a vault of another version', () => {
  const at = directory();
  mkdirSync(at);
  writeFileSync(join(at, 'vault.db'), 'not a database, but long enough to look like one');
  expect(() => open(at)).toThrow('cannot be opened');
  const later = directory();
  open(later).close();
  const db = new Database(join(later, 'vault.db'));
  db.prepare("update meta set value = x'32' where key = 'schema'").run();
  db.close();
  expect(() => open(later)).toThrow('has the schema 2');
});

it('a closed vault answers nothing', async () => {
  const vault = open(directory());
  vault.close();
  expect(() => vault.find('张三')).toThrow('closed');
  await expect(vault.erase('x')).rejects.toThrow('closed');
});
