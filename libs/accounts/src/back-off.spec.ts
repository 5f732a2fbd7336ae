import { expect, it } from '@jest/globals';
import { SqliteCredentials } from './adapters/sqlite/sqlite-credentials.js';
import { BackOff, networkOf, TooManyAttempts } from './back-off.js';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

const LOGIN = 'zhang.min';

/** How long one has to wait at a time, 0 where an attempt would be looked at. */
async function waitOf(backOff: BackOff, login: string, address: string, now: number) {
  try {
    await backOff.begin(login, address, now);
    return 0;
  } catch (error) {
    if (!(error instanceof TooManyAttempts)) throw error;
    return error.retryAfterSeconds;
  }
}

it('the wait for a login doubles up to a minute, wherever the attempts come from', async () => {
  const backOff = new BackOff(new SqliteCredentials());
  let now = 1_000_000;
  const waits: number[] = [];
  for (let i = 0; i < 14; i++) {
    await backOff.begin(LOGIN, `192.0.2.${i}`, now);
    const wait = await waitOf(backOff, LOGIN, `198.51.100.${i}`, now);
    waits.push(wait);
    // one that is let through counts as a failure as well
    now += wait * 1000;
  }
  expect(Math.max(...waits)).toBe(60);
  expect(waits.filter((w) => w > 0)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60]);
});

it('a success frees the login, and of the address takes back one attempt only', async () => {
  const backOff = new BackOff(new SqliteCredentials());
  const [address, now] = ['192.0.2.1', 5_000];
  for (let i = 0; i < 18; i++) await backOff.begin(`guessed-${i}`, address, now);
  await backOff.begin(LOGIN, address, now);
  await backOff.succeeded(LOGIN, address, now);
  expect(await waitOf(backOff, 'guessed-18', address, now)).toBe(0);
  expect(await waitOf(backOff, 'guessed-19', address, now)).toBe(0);
  expect(await waitOf(backOff, 'guessed-20', address, now)).toBeGreaterThan(0);
});

it('keeps no more counters than its bound', async () => {
  const credentials = new SqliteCredentials();
  const next = () => ({ count: 1, blockedUntil: 0, at: 0 });
  for (let i = 0; i < 10_005; i++)
    await credentials.countAttempt(`k${i}`, i, () => ({ ...next(), at: i }));
  const seen = async (key: string) => (await credentials.countAttempt(key, 20_000, next)).count;
  expect(await seen('k10004')).toBe(1);
  expect(await seen('k0')).toBe(0);
});
