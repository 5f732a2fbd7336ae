import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Ledger } from '#projections';
import { Api } from './api.js';
import { fiscal } from './cli.js';
import { commandOf, logOf } from './kurrentdb.js';
import { startDouble, type Double } from './kurrentdb-double/double.mjs';

const root = mkdtempSync(join(tmpdir(), 'fiscal-too-large-'));
afterAll(() => rmSync(root, { recursive: true }));

let double: Double;
afterEach(() => double.stop());

/** Some 3 kB an event. */
const LINES = 400;
const lines = (count = LINES) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      ...commandOf('U', n),
      ...(n > 0 && { text: `${'说明'.repeat(480)}${n}` }),
    }),
  ).join('\n');

interface Answer {
  accepted: number;
  replayed: number;
  rejected: { line: number; code: string; message: string }[];
}
const importInto = async (store: string, input: string, ...more: string[]): Promise<Answer> =>
  (
    await fiscal(['import', '-', '--store', store, '--data', root, '--json', ...more], input)
  ).json<Answer>();

describe('an import of all or nothing that is more than the server takes at once', () => {
  it('is refused before anything is sent, says what to do, and passes without --atomic', async () => {
    double = await startDouble();
    await importInto(double.connectionString(), lines(1));
    // whatever is sent gets no answer
    const release = double.faults.stall('append');
    const refused = await importInto(double.connectionString(), lines(), '--atomic');
    release();
    expect(refused.accepted).toBe(0);
    expect(refused.rejected).toHaveLength(LINES);
    expect(new Set(refused.rejected.map(({ code }) => code))).toEqual(
      new Set(['append-too-large']),
    );
    const { message } = refused.rejected[0]!;
    expect(message).toMatch(
      /nothing was recorded: the 399 events are \d{7} bytes in one append to book-U-2024, and the event store takes 1048576: post less at once, or raise MaxAppendSize/,
    );
    expect(logOf(double)).toHaveLength(1);
    expect(await importInto(double.connectionString(), lines())).toMatchObject({
      accepted: LINES - 1,
    });
  });

  it('is taken once the server takes more and the connection string says so', async () => {
    double = await startDouble({ maxAppendBytes: 4 * 1024 * 1024 });
    const larger = `${double.connectionString()}&maxAppendSize=${4 * 1024 * 1024}`;
    const taken = await importInto(larger, lines(), '--atomic');
    expect(taken).toEqual({ accepted: LINES, replayed: 0, rejected: [] });
    // what was recorded before is not sent again, and so not too large either
    const again = await importInto(double.connectionString(), lines(), '--atomic');
    expect(again).toEqual({ accepted: 0, replayed: LINES, rejected: [] });
  });

  it('is refused in the same words where the string says more than the server takes', async () => {
    double = await startDouble();
    const wrong = `${double.connectionString()}&maxAppendSize=${4 * 1024 * 1024}`;
    const refused = await importInto(wrong, lines(), '--atomic');
    expect(refused.rejected[0]).toMatchObject({
      code: 'append-too-large',
      message: expect.stringContaining('the event store takes 1048576: post less at once'),
    });
    expect(logOf(double)).toEqual([]);
  });
});

it('over HTTP it is 413, and the book goes on', async () => {
  double = await startDouble({ maxAppendBytes: 3000 });
  const api = await Api.over(await Ledger.open({ store: double.connectionString() }));
  try {
    const post = (n: number, text: string) => {
      const { command, id, unit, fiscalYear, ...body } = commandOf('U', n) as unknown as Record<
        string,
        unknown
      >;
      return command === 'open-book'
        ? api.post('/api/v1/books', String(id), { ...body, unit, fiscalYear })
        : api.post('/api/v1/books/U/2024/statistics', String(id), { ...body, text });
    };
    expect(await post(0, '')).toMatchObject({ status: 201 });
    const [large, small] = await Promise.all([post(1, '字'.repeat(960)), post(2, '字')]);
    expect(large).toMatchObject({
      status: 413,
      body: { code: 'append-too-large', detail: expect.stringContaining('the event is ') },
    });
    expect(large.body.detail).toContain('the event store takes 3000');
    expect(small).toMatchObject({ status: 201, body: { revision: 1 } });
    expect(await post(3, '字'.repeat(960))).toMatchObject({ status: 413 });
    expect(logOf(double)).toEqual(['book-U-2024 0 U-0', 'book-U-2024 1 U-2']);
  } finally {
    await api.stop();
  }
});
