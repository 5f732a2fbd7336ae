import { expect, it } from '@jest/globals';
import { decodeEvent, decodeRecorded, UnknownEventType } from './decode-event.js';
import { EMPTY_STREAM, sealEvents } from './envelope.js';
import type { StoredEvent } from './event-store.js';
import { faultOfStored } from './fault-of-stored.js';

const ORIGIN = 'example.org/ledger';
const STREAM = 'book-U-2023';
const [sealed] = sealEvents(
  ORIGIN,
  STREAM,
  EMPTY_STREAM,
  // what the schema is looked up by, where a sender may put it
  { actor: '"schema":7,', approvedBy: 'schema', recordedAt: '2023-06-01T08:00:00.000Z' },
  [
    {
      event: { type: 'StatisticRecorded', data: { key: 'k', count: '7' } },
      date: '2023-06-01',
      commandId: '"schema":9',
      commandHash: '0'.repeat(64),
    },
  ],
);
const { type, date, commandId, envelope, payload } = sealed!;
const stored: StoredEvent = {
  index: 4,
  stream: STREAM,
  revision: 0,
  type,
  date,
  commandId,
  envelope,
  payload,
};

it('reads an event back as it was sealed', () => {
  expect(decodeEvent(stored)).toEqual({
    event: { type: 'StatisticRecorded', data: { key: 'k', count: '7' } },
    revision: 0,
    commandId,
    date,
  });
});

it.each([
  ['张三', '李四'],
  ['张三', undefined],
  ['"approvedBy":"x",', 'a\\"b'],
  ['null', ' '],
])('tells the people of an event, whatever their names are: %p, %p', (actor, approvedBy) => {
  const recording = { actor, recordedAt: '2023-06-01T08:00:00.000Z' };
  const event = { type: 'StatisticRecorded', data: { key: 'k', count: '7' } } as const;
  const [again] = sealEvents(
    ORIGIN,
    STREAM,
    EMPTY_STREAM,
    { ...recording, ...(approvedBy !== undefined && { approvedBy }) },
    [{ event, date, commandId, commandHash: '0'.repeat(64) }],
  );
  const { actor: was, approvedBy: by } = decodeRecorded({ ...stored, ...again! });
  expect([was, by]).toEqual([actor, approvedBy]);
});

const payment = (schema: number, payee: unknown): StoredEvent => ({
  ...stored,
  type: 'PaymentMade',
  envelope: envelope.replace('"schema":1,', `"schema":${schema},`),
  payload: JSON.stringify({ lines: [], payee, voucher: '记-1' }),
});

it('brings a payment of schema 1 to the shape of today, and takes one of schema 2 as it is', () => {
  const sealedPayee = {
    subject: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
    commitment: 'a'.repeat(64),
  };
  const dataOf = (e: StoredEvent) => decodeEvent(e).event.data;
  expect(dataOf(payment(1, '张三'))).toEqual({
    lines: [],
    payee: { name: '张三' },
    voucher: '记-1',
  });
  expect(dataOf(payment(2, sealedPayee))).toMatchObject({ payee: sealedPayee });
});

it.each([0, 3, -1, NaN])('refuses a payment of schema %p', (schema) => {
  expect(() => decodeEvent(payment(schema, '张三'))).toThrow(UnknownEventType);
});

it.each([
  ['type', { type: 'MoneyPrinted' }],
  ['type that every object has', { type: 'constructor' }],
  ['schema', { envelope: envelope.replace('"schema":1,', '"schema":2,') }],
  ['schema of two digits', { envelope: envelope.replace('"schema":1,', '"schema":11,') }],
])('refuses an unknown %s', (_, changed) => {
  expect(() => decodeEvent({ ...stored, ...changed })).toThrow(UnknownEventType);
});

it('an event as it was sealed has no fault', () => {
  expect(faultOfStored(stored, ORIGIN)).toBeUndefined();
});

it.each([
  ['another stream', { stream: 'book-V-2023' }, 'has the stream book-V-2023'],
  ['another revision', { revision: 1 }, 'has the revision 1'],
  ['another type', { type: 'YearClosed' }, 'has the type YearClosed'],
  ['another date', { date: '2023-06-02' }, 'has the date 2023-06-02'],
  ['another command', { commandId: 'x' }, 'has the commandId x'],
  ['another payload', { payload: payload.replace('7', '8') }, 'payload'],
  ['a space in the envelope', { envelope: envelope.replace(':', ': ') }, 'not canonical'],
  ['no JSON for an envelope', { envelope: '' }, 'not canonical'],
])('%s beside the envelope is a fault', (_, changed, says) => {
  expect(faultOfStored({ ...stored, ...changed }, ORIGIN)).toContain(says);
});

it('an event of another log is a fault', () => {
  expect(faultOfStored(stored, 'example.org/other')).toContain('has the origin example.org/other');
});
