import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { CommandRunner, KurrentEventStore, parseEnvelope, type StoredEvent } from '#event-store';
import { faultOfStored } from '../libs/event-store/src/fault-of-stored.js';
import { leafHex } from '../libs/event-store/src/hashing.js';
import { startDouble, type Double, type Loss } from './kurrentdb-double/double.mjs';
import {
  bookOf,
  commandOf,
  logOf,
  namesOf,
  recording,
  stringOf,
  until,
  wholeLog,
} from './kurrentdb.js';

const BOOKS = 8;
const LANES = 2;
const PER_LANE = 125;
const COMMANDS = BOOKS * LANES * PER_LANE;
const DISCONNECTS = 20;
const NODES = 3;
const KINDS: readonly Loss[] = ['disconnect', 'error', 'disconnect', 'error', 'silence'];

let double: Double;
let node: KurrentEventStore;
let other: KurrentEventStore;
beforeEach(async () => {
  double = await startDouble({ nodes: NODES, seed: 20240601 });
  node = await KurrentEventStore.open({ connectionString: stringOf(double) });
  other = await KurrentEventStore.open({ connectionString: stringOf(double) });
});
afterEach(async () => {
  await Promise.all([node.close(), other.close()]);
  await double.stop();
});

const unitOf = (book: number) => `U${book}`;

it('2 000 commands under lost replies and disconnects: each once, in order, seen once by another node', async () => {
  const runner = new CommandRunner(node);
  let answered = 0;
  let tries = 0;
  let disconnects = 0;
  const disconnect = () => {
    double.faults.dropReplyAfterWrite(0.3, KINDS[disconnects % KINDS.length]);
    // every other time the leader changes as well
    if (disconnects % 2 === 0) double.electLeader((disconnects / 2 + 1) % NODES);
    double.disconnectAll();
    disconnects++;
  };
  /** Repeats a command until it is answered, as a client with its key does. */
  const insist = async (unit: string, n: number) => {
    for (;;) {
      tries++;
      const result = await runner.run(commandOf(unit, n), recording);
      if (result.ok) break;
      if (result.error.code !== 'store-unavailable') throw new Error(result.error.message);
    }
    answered++;
    if (answered % (COMMANDS / DISCONNECTS) === 0 && disconnects < DISCONNECTS) disconnect();
  };
  const lane = async (unit: string, first: number) => {
    for (let i = 0; i < PER_LANE; i++) await insist(unit, first + i);
  };
  const sizes: number[] = [];
  other.onAppended((size) => sizes.push(size));
  double.faults.dropReplyAfterWrite(0.3, 'disconnect');
  const started = performance.now();
  await Promise.all(
    Array.from({ length: BOOKS }, async (_, book) => {
      await insist(unitOf(book), 0);
      await Promise.all([lane(unitOf(book), 1), lane(unitOf(book), 1 + PER_LANE)]);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  double.faults.clear();

  const stored = logOf(double);
  await until('the other node has all', async () => (await other.size()) >= stored.length);
  const seen = await wholeLog(other);
  const names = new Set(namesOf(seen));
  const doubled = seen.length - names.size;
  const skipped = stored.filter((name) => !names.has(name)).length;
  process.stdout.write(
    `${COMMANDS + BOOKS} commands, ${tries} tries, ${disconnects} disconnects, ` +
      `${double.counters().appends} appends reached the log in ${seconds.toFixed(1)} s, ` +
      `${double.counters().subscriptions} subscriptions: skipped ${skipped}, doubled ${doubled}\n`,
  );
  expect([disconnects, skipped, doubled]).toEqual([DISCONNECTS, 0, 0]);
  expect(namesOf(seen)).toEqual(stored);
  expect(namesOf(await wholeLog(node))).toEqual(stored);
  expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b));
  expect(stored).toHaveLength(COMMANDS + BOOKS);
  for (let book = 0; book < BOOKS; book++) mustBeWhole(unitOf(book), seen);
  expect(await node.faults()).toEqual([]);
}, 180_000);

/** Each command of a book once, those of a lane in their order, each event sealed on the one before. */
function mustBeWhole(unit: string, seen: readonly StoredEvent[]) {
  const events = seen.filter(({ stream }) => stream === bookOf(unit));
  const numbers = events.map(({ commandId }) => Number(commandId.split('-')[1]));
  const ofLane = (n: number) => numbers.filter((m) => m > 0 && Math.ceil(m / PER_LANE) === n + 1);
  for (let n = 0; n < LANES; n++)
    expect(ofLane(n)).toEqual(Array.from({ length: PER_LANE }, (_, i) => 1 + n * PER_LANE + i));
  expect(numbers).toHaveLength(1 + LANES * PER_LANE);
  let leaf = '';
  for (const event of events) {
    expect(faultOfStored(event, node.origin, leaf)).toBeUndefined();
    expect(parseEnvelope(event.envelope).revision).toBe(event.revision);
    leaf = leafHex(event.envelope);
  }
}
