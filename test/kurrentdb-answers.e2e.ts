import { afterEach, expect, it } from '@jest/globals';
import { CommandRunner, KurrentEventStore } from '#event-store';
import { startDouble, type Double } from './kurrentdb-double/double.mjs';
import { commandOf, recording } from './kurrentdb.js';

let double: Double;
afterEach(() => double.stop());

it.each([
  ['as it was sent', false],
  ['as two integers, as older servers do', true],
])('hears the answer to an append where its id is given back %s', async (_, structuredIds) => {
  double = await startDouble({ structuredIds });
  const store = await KurrentEventStore.open({ connectionString: double.connectionString() });
  const runner = new CommandRunner(store);
  await runner.run(commandOf('A', 0), recording);
  const before = double.counters();
  for (let n = 1; n <= 50; n++) {
    const outcome = await runner.run(commandOf('A', n), recording);
    expect(outcome).toMatchObject({ ok: true });
  }
  const { appends, reads } = double.counters();
  expect(appends - before.appends).toBe(50);
  // an answer that is not heard is found out by reading, after the deadline
  expect(reads - before.reads).toBe(0);
  await store.close();
});
