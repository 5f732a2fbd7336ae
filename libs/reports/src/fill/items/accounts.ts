import {
  ACCOUNTS,
  MOVEMENT_KINDS,
  negateFen,
  subtractFen,
  ZERO_FEN,
  type Account,
  type Coefficients,
  type MovementKind,
} from '#domain';
import type { FillContext } from '../context.js';
import { eventsOf, moneyValue } from '../value.js';
import type { Item } from './item.js';

/** The accounts with their turnover on both sides and their balance on the side where it stands. */
export function accounts({ figures, lang }: FillContext): readonly Item[] {
  return (Object.keys(ACCOUNTS) as Account[]).map((account) => {
    const debit = figures.sum(turnover(account, 'debit'));
    const credit = figures.sum(turnover(account, 'credit'));
    const balance = subtractFen(debit.fen, credit.fen);
    const events = eventsOf([debit, credit]);
    return {
      key: account,
      label: ACCOUNTS[account][lang],
      fields: {
        debit: moneyValue(debit.fen, debit.events),
        credit: moneyValue(credit.fen, credit.events),
        debitBalance: moneyValue(balance > 0 ? balance : ZERO_FEN, events),
        creditBalance: moneyValue(balance < 0 ? negateFen(balance) : ZERO_FEN, events),
      },
    };
  });
}

/** A reversal is a negative amount on the same side (红字), so turnover is what stands posted. */
function turnover(account: Account, side: 'debit' | 'credit'): Coefficients {
  const of: Coefficients = {};
  for (const [kind, entry] of Object.entries(MOVEMENT_KINDS))
    if (entry[side] === account) of[kind as MovementKind] = 1;
  return of;
}
