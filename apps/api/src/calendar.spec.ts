import { expect, it } from '@jest/globals';
import { dayOf, daysBetween, timeGone } from './calendar.js';

it('a day begins when it begins where budgets are executed', () => {
  expect(dayOf(new Date('2024-12-31T15:59:59.999Z'))).toBe('2024-12-31');
  expect(dayOf(new Date('2024-12-31T16:00:00.000Z'))).toBe('2025-01-01');
});

it('days are whole, and so is the part of the year that is gone', () => {
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  expect(timeGone(2024, '2023-12-31')).toEqual({ asOf: '2024-01-01', percent: '0.00' });
  expect(timeGone(2024, '2024-12-31')).toEqual({ asOf: '2024-12-31', percent: '100.00' });
  expect(timeGone(2024, '2025-03-01')).toEqual({ asOf: '2024-12-31', percent: '100.00' });
});
