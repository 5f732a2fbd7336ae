import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { streamOfBook, type BookEvent } from '#domain';
import { EMPTY_STREAM, parseEnvelope, sealEvents, type StreamHead } from './envelope.js';
import {
  DuplicateCommand,
  WrongRevision,
  type EventStore,
  type SealedEvent,
} from './event-store.js';
import { faultOfStored } from './fault-of-stored.js';
import { leafHex } from './hashing.js';

const STREAM = streamOfBook({ unit: 'U', fiscalYear: 2023 });
const OTHER = streamOfBook({ unit: 'V', fiscalYear: 2023 });
const event = (text: string): BookEvent => ({
  type: 'StatisticRecorded',
  data: { key: 'k', text },
});
const recording = { actor: 'clerk', recordedAt: '2023-06-01T08:00:00.000Z' };

/** What every adapter of the port must do. */
export function storeContract(name: string, open: () => EventStore | Promise<EventStore>): void {
  describe(`the ${name} store`, () => {
    let store: EventStore;
    const seal = (head: StreamHead, ids: readonly string[], stream = STREAM) =>
      sealEvents(
        store.origin,
        stream,
        head,
        recording,
        ids.map((id) => ({
          event: event(`文本 ${id}`),
          date: '2023-06-01',
          commandId: id,
          commandHash: 'f'.repeat(64),
        })),
      );
    const headAfter = (revision: number, sealed: readonly SealedEvent[]): StreamHead => ({
      revision,
      leaf: sealed.at(-1)!.leaf,
    });
    const append = (sealed: readonly SealedEvent[], expected = -1, stream = STREAM) =>
      store.append(stream, expected, sealed);

    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('finds nothing wrong in its files where nothing is', async () => {
      await append(seal(EMPTY_STREAM, ['1', '2']));
      expect(await store.faults()).toEqual([]);
    });

    it('gives indices without gaps over all streams, and revisions within each', async () => {
      const [a, b] = [seal(EMPTY_STREAM, ['1', '2']), seal(EMPTY_STREAM, ['1'], OTHER)];
      expect(await append(a)).toEqual({ index: 1, revision: 1 });
      expect(await append(b, -1, OTHER)).toEqual({ index: 2, revision: 0 });
      expect(await append(seal(headAfter(1, a), ['3']), 1)).toEqual({ index: 3, revision: 2 });
      const log = await store.readLog(0, 10);
      expect(log.map((e) => [e.index, e.stream, e.revision])).toEqual([
        [0, STREAM, 0],
        [1, STREAM, 1],
        [2, OTHER, 0],
        [3, STREAM, 2],
      ]);
      expect(await store.size()).toBe(4);
      expect((await store.readStream(STREAM, 1, 1)).map((e) => e.commandId)).toEqual(['2']);
      expect(await store.readLog(4, 10)).toEqual([]);
    });

    it('hands out the bytes that were sealed, each event chained to the one before', async () => {
      const sealed = seal(EMPTY_STREAM, ['1', '2', '3']);
      await append(sealed);
      const stored = await store.readStream(STREAM, 0, 10);
      expect(stored.map((e) => [e.envelope, e.payload])).toEqual(
        sealed.map((e) => [e.envelope, e.payload]),
      );
      const chain = stored.map((e) => parseEnvelope(e.envelope).streamPrev);
      expect(chain).toEqual(['', leafHex(stored[0]!.envelope), leafHex(stored[1]!.envelope)]);
      for (const e of stored) expect(faultOfStored(e, store.origin)).toBeUndefined();
    });

    it('refuses a revision that is not the stream’s, and stores nothing of that append', async () => {
      await append(seal(EMPTY_STREAM, ['1']));
      await expect(append(seal(EMPTY_STREAM, ['2']))).rejects.toThrow(WrongRevision);
      await expect(append(seal({ revision: 4, leaf: '' }, ['2']), 4)).rejects.toThrow(
        `${STREAM} is at revision 0, not 4`,
      );
      expect(await store.size()).toBe(1);
    });

    it('refuses an append that was sealed on another event than the stream’s last', async () => {
      await append(seal(EMPTY_STREAM, ['1']));
      const rival = seal({ revision: 0, leaf: 'a'.repeat(64) }, ['2']);
      await expect(append(rival, 0)).rejects.toThrow(WrongRevision);
      expect(await store.size()).toBe(1);
    });

    it('refuses a command id twice in a stream, all of the append, but not in two streams', async () => {
      const first = seal(EMPTY_STREAM, ['1']);
      await append(first);
      const again = seal(headAfter(0, first), ['2', '1']);
      await expect(append(again, 0)).rejects.toThrow(DuplicateCommand);
      expect(await store.size()).toBe(1);
      await append(seal(EMPTY_STREAM, ['1'], OTHER), -1, OTHER);
      expect((await store.findCommand(OTHER, '1'))?.index).toBe(1);
      expect(await store.findCommand(STREAM, '2')).toBeUndefined();
    });

    it('judges appends that come together each by itself', async () => {
      const a = seal(EMPTY_STREAM, ['1']);
      const b = seal(headAfter(0, a), ['2']);
      const outcomes = await Promise.allSettled([
        append(a),
        append(b, 0),
        append(seal(EMPTY_STREAM, ['3'])),
        append(seal(EMPTY_STREAM, ['4'], OTHER), -1, OTHER),
      ]);
      expect(outcomes.map((o) => o.status)).toEqual([
        'fulfilled',
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      expect(await store.size()).toBe(3);
    });

    it('tells after each commit how long the log is, until told to stop', async () => {
      const sizes: number[] = [];
      const stop = store.onAppended((size) => sizes.push(size));
      const a = seal(EMPTY_STREAM, ['1', '2']);
      await append(a);
      stop();
      await append(seal(headAfter(1, a), ['3']), 1);
      // a server may hand out one append in parts
      expect(sizes.at(-1)).toBe(2);
      expect(sizes.length).toBeLessThanOrEqual(2);
    });

    it('answers nothing any more once it is closed', async () => {
      const sealed = seal(EMPTY_STREAM, ['1']);
      await store.close();
      await expect(append(sealed)).rejects.toThrow('closed');
      await expect(store.readLog(0, 1)).rejects.toThrow('closed');
    });
  });
}
