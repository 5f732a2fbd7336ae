import { describe, it } from '@jest/globals';
import { approve, bookOpened, command, given, projectRegistered } from '../../testing/given.js';

const HALF = '60000000000000.00';
const line = (project: string) => ({
  project,
  fund: 'general-public-budget',
  origin: 'current',
  amount: HALF,
});
const document = { number: '文', date: '2023-06-01' };
const book = [
  bookOpened(),
  projectRegistered('AZ'),
  projectRegistered('YF'),
  approve('AZ', HALF),
  approve('YF', HALF),
];

describe('a posting whose lines together pass the range of fen', () => {
  it('is refused where something counts their sum', () => {
    given(...book)
      .when(
        command('allocate-directly', {
          document,
          recipient: { code: 'jd', name: '街道' },
          reason: '直拨',
          lines: [line('AZ'), line('YF')],
        }),
      )
      .refused('money-overflow');
  });
  it('is taken where nothing does', () => {
    given(...book)
      .when(
        command('reserve', {
          document,
          reason: '合同',
          lines: [line('AZ'), line('YF')],
        }),
      )
      .then('FundsReserved');
  });
});
