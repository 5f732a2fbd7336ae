import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { v5 } from 'uuid';
import { canonicalJson, canonicalOfSorted } from './canonical-json.js';
import { EVENT_ID_NAMESPACE, eventId } from './event-id.js';
import { EMPTY_STREAM, sealEvents } from './envelope.js';

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

// written out by hand: these bytes are what every stored log is made of, and never change again
const PAYLOAD = '{"count":"7","key":"headcount.authorised"}';
const ENVELOPE =
  '{"actor":"经办","approvedBy":null,"commandHash":"00","commandId":"c-1","date":"2023-12-31",' +
  '"id":"ID","origin":"example.org/ledger","payloadHash":"PAYLOAD","recordedAt":"2024-01-02T03:04:05.678Z",' +
  '"revision":0,"schema":1,"stream":"book-U-2023","streamPrev":"","type":"StatisticRecorded","v":1}';

it('an event is sealed in exactly these bytes', () => {
  const [sealed, next] = sealEvents(
    'example.org/ledger',
    'book-U-2023',
    EMPTY_STREAM,
    { actor: '经办', recordedAt: '2024-01-02T03:04:05.678Z' },
    ['c-1', 'c-2'].map((commandId) => ({
      event: { type: 'StatisticRecorded', data: { key: 'headcount.authorised', count: '7' } },
      date: '2023-12-31',
      commandId,
      commandHash: '00',
    })),
  );
  const id = v5('book-U-2023\nc-1', EVENT_ID_NAMESPACE);
  expect(sealed!.payload).toBe(PAYLOAD);
  expect(sealed!.envelope).toBe(ENVELOPE.replace('ID', id).replace('PAYLOAD', sha256(PAYLOAD)));
  const leaf = sha256(Buffer.concat([Buffer.from([0]), Buffer.from(sealed!.envelope)]));
  expect(sealed!.leaf).toBe(leaf);
  expect(next!.envelope).toContain(`"revision":1,`);
  expect(next!.envelope).toContain(`"streamPrev":"${leaf}"`);
});

it('the quick canonical JSON equals the package’s for every value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(value)).toBe(canonicalize(value));
    }),
    { numRuns: 2000 },
  );
});

it('so it does for keys in any order, and for values that are not plain', () => {
  const key = fc.constantFrom(
    'b',
    'a',
    '10',
    '9',
    '',
    '__proto__',
    '"',
    '\u20ac',
    '\u{1f600}',
    '\ufb33',
  );
  const value = fc.oneof(
    fc.constantFrom(
      -0,
      1e21,
      1e-7,
      null,
      true,
      undefined,
      'a\\ud800',
      '\u007f\u2028\n',
      '🙂',
      new Date(0),
    ),
    fc.array(fc.constantFrom(1, 'x', null)),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(key, value)), (members) => {
      const object = Object.fromEntries(members);
      expect(canonicalJson(object)).toBe(canonicalize(object));
    }),
    { numRuns: 1000 },
  );
});

it('canonical JSON refuses what has no one reading', () => {
  expect(() => canonicalJson({ a: '\ud800' })).toThrow();
  expect(() => canonicalJson({ '\udfff': 1 })).toThrow();
  expect(() => canonicalJson({ a: Infinity })).toThrow();
  expect(() => canonicalOfSorted({ a: '\ud800' })).toThrow();
  expect(canonicalOfSorted({ a: 'b\\ud800' })).toBe('{"a":"b\\\\ud800"}');
});

it('event ids are UUIDv5 of stream and command', () => {
  fc.assert(
    fc.property(fc.string(), (id) =>
      expect(eventId('book-U-2023', id)).toBe(v5(`book-U-2023\n${id}`, EVENT_ID_NAMESPACE)),
    ),
  );
});
