import { expect, it } from '@jest/globals';
import type { EventJson } from '../../api/types.js';
import { rowsOf } from './posting-rows.js';

const event = (type: string, data: Record<string, unknown>): EventJson => ({
  index: 7,
  stream: 'book-430203-208001-2023',
  revision: 7,
  id: 'e7',
  type,
  date: '2023-07-15',
  recordedAt: '2023-07-15T02:00:00.000Z',
  actor: '张敏',
  approvedBy: null,
  commandId: 'c7',
  data,
});
const line = (amount: string) => ({
  project: 'YF',
  fund: 'general-public-budget',
  origin: 'current',
  amount,
});

it('a posting has a row for each of its lines', () => {
  const rows = rowsOf(event('PaymentMade', { lines: [line('1.00'), line('2.00')] }));
  expect(rows.map((row) => row.line?.amount)).toEqual(['1.00', '2.00']);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(2);
});

it('a reversal stands on the lines that it takes back, in red', () => {
  const data = {
    entry: { id: 'c3', revision: 3 },
    movements: [{ ...line('-1.00'), movement: 'payment' }],
  };
  expect(rowsOf(event('EntryReversed', data))[0]?.line).toMatchObject(line('-1.00'));
});

it('an event without money is a row without a line, a proposal is none', () => {
  expect(rowsOf(event('StatisticRecorded', { key: 'headcount.actual' }))).toHaveLength(1);
  expect(rowsOf(event('PostingProposed', { posting: { lines: [line('1.00')] } }))).toEqual([]);
});
