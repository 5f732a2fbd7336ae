import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { EMPTY_STREAM, sealEvents } from '../../envelope.js';
import { StoreUnavailable } from '../../event-store.js';
import { SqliteEventStore } from './sqlite-event-store.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-writer-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
let directory: string;
let store: SqliteEventStore;
let told: string[];
beforeEach(() => {
  directory = join(root, String(count++));
  told = [];
  store = new SqliteEventStore({
    directory,
    busyTimeoutMs: 50,
    onFailure: (reason) => told.push(reason),
  });
});
afterEach(() => store.close());

/** Appends to a new stream, so that appends do not depend on each other. */
const append = (unit: number | string, events = 1) => {
  const stream = `book-${unit}-2023`;
  const sealed = sealEvents(
    store.origin,
    stream,
    EMPTY_STREAM,
    { actor: 'a', recordedAt: '2023-06-01T08:00:00.000Z' },
    Array.from({ length: events }, (_, i) => ({
      event: { type: 'StatisticRecorded', data: { key: 'k', text: 'x'.repeat(200) } },
      date: '2023-06-01',
      commandId: String(i),
      commandHash: '0'.repeat(64),
    })),
  );
  return store.append(stream, -1, sealed);
};

const failure = async (appending: Promise<unknown>): Promise<StoreUnavailable> => {
  const error = await appending.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(StoreUnavailable);
  return error as StoreUnavailable;
};

it('bounds a commit at 512 events, and splits no append', async () => {
  await Promise.all(Array.from({ length: 1500 }, (_, i) => append(i)));
  expect(store.statistics.commits).toBe(3);
  await Promise.all([append('a', 300), append('b', 300), append('c', 700)]);
  expect(store.statistics.commits).toBe(6);
  expect(await store.size()).toBe(2800);
});

it('takes no more into the queue than it can promise to write', async () => {
  const taken = Array.from({ length: 10 }, (_, i) => append(i, 1000));
  expect((await failure(append('late'))).message).toContain('10000 events are waiting');
  await Promise.all(taken);
  await append('later');
  expect(await store.size()).toBe(10_001);
});

it('stores what was appended before it was closed, and says so', async () => {
  const appending = append('U');
  await store.close();
  expect(await appending).toEqual({ index: 0, revision: 0 });
  store = new SqliteEventStore({ directory });
  expect(await store.size()).toBe(1);
});

it('keeps the write-ahead log short while events come in', async () => {
  for (let i = 0; i < 40; i++) await append(i, 500);
  // without checkpoints it would hold all of the 20 000 events, at more than a kilobyte each
  expect(statSync(join(directory, 'events.db-wal')).size).toBeLessThan(12_000_000);
});

it('waits for a rival process a bounded time, then says that nothing was stored', async () => {
  const rival = new Database(join(directory, 'events.db'));
  rival.exec('begin immediate');
  const { outcome, message } = await failure(append('U'));
  expect([outcome, message]).toEqual([
    'not-stored',
    'another process has been writing to the event store too long',
  ]);
  rival.exec('commit');
  rival.close();
  expect(await append('U')).toEqual({ index: 0, revision: 0 });
});

// a real error of the system: the file under SQLite's hand is exchanged, which takes Linux's /proc
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('an error of the disk', () => {
  let wal: number;
  const exchangeWal = (path: string) => {
    closeSync(wal);
    // the lowest free number, which is the one just closed
    expect(openSync(path, 'r+')).toBe(wal);
  };
  const walPath = () => join(directory, 'events.db-wal');
  beforeEach(() => {
    wal = Number(
      readdirSync('/proc/self/fd').find((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`) === walPath();
        } catch {
          return false;
        }
      }),
    );
  });

  it('on a full disk nothing is acknowledged, and writing goes on once there is space', async () => {
    await append('before');
    exchangeWal('/dev/full');
    const both = [failure(append('U')), failure(append('V'))];
    for (const { outcome, message } of await Promise.all(both))
      expect([outcome, message]).toEqual(['not-stored', 'the disk of the event store is full']);
    exchangeWal(walPath());
    expect(await store.size()).toBe(1);
    expect(await append('U')).toEqual({ index: 1, revision: 0 });
    expect(store.failure).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('after a failed flush it is not known what is stored, and nothing more is written', async () => {
    await append('before');
    // takes every write and cannot be flushed
    exchangeWal('/dev/null');
    const failed = await failure(append('U'));
    expect(failed.outcome).toBe('unknown');
    exchangeWal(walPath());
    const refused = await failure(append('V'));
    expect(refused.outcome).toBe('not-stored');
    expect(refused.message).toContain('takes no more writes');
    expect(store.failure).toBe(refused.message);
    expect(told).toEqual([refused.message]);
    expect((await store.readLog(0, 10)).map((e) => e.stream)).toEqual(['book-before-2023']);
  });
});
