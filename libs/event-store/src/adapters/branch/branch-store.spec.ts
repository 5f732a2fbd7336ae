import { expect, it } from '@jest/globals';
import { storeContract } from '../../contract-suite.js';
import { EMPTY_STREAM, sealEvents, type StreamHead } from '../../envelope.js';
import { MemoryEventStore } from '../memory/memory-event-store.js';
import { BranchStore } from './branch-store.js';

storeContract('branch', () => new BranchStore(new MemoryEventStore(), 0));

const STREAM = 'book-U-2023';
const seal = (origin: string, head: StreamHead, commandId: string, actor = 'a') =>
  sealEvents(origin, STREAM, head, { actor, recordedAt: '2023-06-01T08:00:00.000Z' }, [
    {
      event: { type: 'StatisticRecorded', data: { key: 'k', text: commandId } },
      date: '2023-06-01',
      commandId,
      commandHash: '0'.repeat(64),
    },
  ]);

it('goes on from a moment of the other log, and leaves that as it is', async () => {
  const base = new MemoryEventStore();
  let head: StreamHead = EMPTY_STREAM;
  for (const id of ['a', 'b', 'c']) {
    const [event] = seal(base.origin, head, id);
    await base.append(STREAM, head.revision, [event!]);
    head = { revision: head.revision + 1, leaf: event!.leaf };
  }
  const [, second] = await base.readLog(0, 3);
  const branch = new BranchStore(base, 2);
  const { leafHex } = await import('../../hashing.js');
  const after = { revision: 1, leaf: leafHex(second!.envelope) };
  // 'c' is taken in the other log, but only after the branch left it
  const appended = await branch.append(STREAM, 1, seal(base.origin, after, 'c', 'b'));
  expect(appended).toEqual({ index: 2, revision: 2 });
  const ids = (events: readonly { commandId: string }[]) => events.map((e) => e.commandId);
  expect(ids(await branch.readLog(0, 10))).toEqual(['a', 'b', 'c']);
  expect((await branch.readLog(2, 1))[0]).not.toEqual((await base.readLog(2, 1))[0]);
  expect(await branch.readStream(STREAM, 1, 10)).toEqual(await branch.readLog(1, 10));
  expect(await base.size()).toBe(3);
  await branch.close();
  expect(await base.size()).toBe(3);
});
