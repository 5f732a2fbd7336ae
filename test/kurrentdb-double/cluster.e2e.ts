import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { clientOf, errorOf, event, follow, textsOf, until, withDouble } from './trying.js';

const SERVE = new URL('./serve.mjs', import.meta.url);
const LEADER = { requiresLeader: true } as const;
const portOf = (connectionString: string) => Number(new URL(connectionString).port);
/** One attempt after another until one succeeds: how many it took. */
async function attempts(attempt: () => Promise<unknown>): Promise<number> {
  for (let n = 1; n <= 20; n += 1) if ((await errorOf(attempt())) === 'none') return n;
  throw new Error('20 attempts failed');
}

test.each(['esdb', 'esdb+discover'])('%s finds the leader by gossip and follows it', (scheme) =>
  withDouble({ nodes: 3 }, async (double) => {
    double.electLeader(2);
    const client = clientOf(double.connectionString().replace(/^esdb/, scheme));
    expect(await errorOf(client.appendToStream('book-a', event('1'), LEADER))).toBe('none');
    double.electLeader(1);
    await attempts(() => client.appendToStream('book-b', event('2'), LEADER));
    double.down(1);
    expect(await errorOf(client.appendToStream('book-c', event('3'), LEADER))).toBe('unavailable');
    double.electLeader(0);
    await attempts(() => client.appendToStream('book-c', event('3'), LEADER));
    expect(await textsOf(client.readStream('book-a', LEADER))).toEqual(['1']);
    await client.dispose();
  }),
);

test.each([true, false])(
  'a follower asked for the leader names it; in batches: %s',
  (batchAppend) =>
    withDouble({ nodes: 2, batchAppend }, async (double) => {
      const client = clientOf(double.nodeString(1));
      const leader = { address: '127.0.0.1', port: portOf(double.nodeString(0)) };
      const notLeader = { type: 'not-leader', leader };
      const append = () => client.appendToStream('book-a', event('1'), LEADER);
      await expect(append()).rejects.toMatchObject(notLeader);
      await append(); // the client has gone to the leader that was named
      expect(double.log().filter(({ stream }) => stream === 'book-a')).toHaveLength(1);
      const reader = clientOf(double.nodeString(1));
      await expect(textsOf(reader.readStream('book-a', LEADER))).rejects.toMatchObject(notLeader);
      expect(await textsOf(reader.readStream('book-a'))).toEqual(['1']);
      await client.dispose();
      await reader.dispose();
    }),
);

test('without a leader nothing is written, and reads that do not ask for one are answered', () =>
  withDouble({ nodes: 2 }, async (double) => {
    const client = clientOf(double.nodeString(0));
    await client.appendToStream('book-a', event('1'));
    double.loseLeader();
    expect(await errorOf(client.appendToStream('book-a', event('2')))).toBe('unavailable');
    expect(await errorOf(textsOf(client.readStream('book-a', LEADER)))).toBe('unknown');
    expect(await textsOf(client.readStream('book-a'))).toEqual(['1']);
    double.electLeader(1);
    expect(await errorOf(client.appendToStream('book-a', event('2')))).toBe('none');
    await client.dispose();
  }));

test('a follower that lags has all but the newest records, and gives them when it has them', () =>
  withDouble({ nodes: 2, systemEventEvery: 0 }, async (double, client) => {
    double.lag(1, 2);
    for (const text of ['1', '2', '3', '4']) await client.appendToStream('book-a', event(text));
    const follower = clientOf(double.nodeString(1));
    expect(await textsOf(follower.readStream('book-a'))).toEqual(['1', '2']);
    const { texts, subscription } = follow(follower);
    await until(() => texts.length === 2);
    await client.appendToStream('book-a', event('5'));
    await until(() => texts.length === 3);
    double.lag(1, 0);
    await until(() => texts.length === 5);
    expect(texts).toEqual(['1', '2', '3', '4', '5']);
    await subscription.unsubscribe();
    await follower.dispose();
  }));

test('a node that is down refuses connections until it is up', () =>
  withDouble({}, async (double, client) => {
    await client.appendToStream('book-a', event('1'));
    double.down(0);
    expect(await errorOf(client.appendToStream('book-a', event('2')))).toBe('unavailable');
    // where the client asks a node anew what it supports, it hands on the error of gRPC as it is
    const unavailable = { code: 14 };
    await expect(client.appendToStream('book-a', event('2'))).rejects.toMatchObject(unavailable);
    double.up(0);
    await attempts(() => client.appendToStream('book-a', event('2')));
    expect(await textsOf(client.readStream('book-a'))).toEqual(['1', '2']);
  }));

test.each(['SIGTERM', 'the end of its input'])(
  'a process of its own serves until %s',
  async (end) => {
    const child = spawn(process.execPath, [fileURLToPath(SERVE), '--nodes', '1'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { connectionString } = JSON.parse(line) as { connectionString: string };
    const client = clientOf(connectionString);
    try {
      await client.appendToStream('book-a', event('1'));
      expect(await textsOf(client.readStream('book-a'))).toEqual(['1']);
      if (end === 'SIGTERM') child.kill('SIGTERM');
      else child.stdin.end();
      expect(await ended).toEqual([0, null]);
    } finally {
      await client.dispose();
      child.kill('SIGKILL'); // nothing to do where it has ended
    }
  },
);
