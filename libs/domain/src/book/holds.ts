import { movementsOf } from '../entries/movements-of.js';
import {
  CONTROLLED_ACCOUNTS,
  MOVEMENT_KINDS,
  type Account,
  type ControlledAccount,
} from '../entries/movements.js';
import { addFen, formatFen, negateFen, ZERO_FEN, type Fen } from '../money/index.js';
import type { BookEvent, Hold } from './events.js';
import { lineKeyText, type LineKey } from './vocabulary.js';

/** How an event changes one line, in fen, account by account of those that are controlled. */
export interface LineChange extends LineKey {
  readonly change: Readonly<Record<ControlledAccount, Fen>>;
}

/** What an event does to each line that it touches, in the order in which it names them. */
export function changesOf(event: BookEvent): readonly LineChange[] {
  const lines = new Map<string, LineKey & { readonly change: Record<ControlledAccount, Fen> }>();
  for (const { kind, amountFen, project, fund, origin } of movementsOf(event)) {
    const key = lineKeyText({ project, fund, origin });
    const line = lines.get(key) ?? { project, fund, origin, change: noChange() };
    lines.set(key, line);
    const add = (account: Account, amount: Fen) => {
      if (isControlled(account)) line.change[account] = addFen(line.change[account], amount);
    };
    add(MOVEMENT_KINDS[kind].debit, amountFen);
    add(MOVEMENT_KINDS[kind].credit, negateFen(amountFen));
  }
  return [...lines.values()];
}

const noChange = (): Record<ControlledAccount, Fen> => ({
  executable: ZERO_FEN,
  unreleasedCarryover: ZERO_FEN,
  reserved: ZERO_FEN,
});

const isControlled = (account: Account): account is ControlledAccount =>
  (CONTROLLED_ACCOUNTS as readonly Account[]).includes(account);

/**
 * What a proposal of this event keeps from others until it is settled: all that the event will take. The close
 * and its undoing keep nothing, or a proposed close would stop the book.
 */
export function holdsOf(event: BookEvent): readonly Hold[] {
  if (event.type === 'YearClosed' || event.type === 'YearReopened') return [];
  return changesOf(event).flatMap(({ change, ...line }) =>
    CONTROLLED_ACCOUNTS.flatMap((account) =>
      change[account] < 0
        ? [{ ...line, account, amount: formatFen(negateFen(change[account])) }]
        : [],
    ),
  );
}
