import { expect, test } from '@jest/globals';
import { binaryEvent, EventStoreDBClient, streamNameFilter } from '@eventstore/db-client';
import { startDouble } from './double.mjs';

const event = (text: string) =>
  binaryEvent({ type: 'Noted', data: Buffer.from(text), metadata: Uint8Array.from([1, 2, 3]) });

test.each([true, false])(
  'an event comes back as it was written; in batches: %s',
  async (batchAppend) => {
    const double = await startDouble({ batchAppend });
    const client = EventStoreDBClient.connectionString(double.connectionString());
    await client.appendToStream('book-a', event('one'), { expectedRevision: 'no_stream' });
    const read = [];
    for await (const { event } of client.readStream('book-a')) read.push(event?.data);
    expect(read).toEqual([Uint8Array.from(Buffer.from('one'))]);
    expect(streamNameFilter({ prefixes: ['book-'] })).toBeDefined();
    await client.dispose();
    await double.stop();
  },
);
