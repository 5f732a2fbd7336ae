import { addFen, subtractFen, sumFen, toFen, ZERO_FEN, type Fen } from '../money/index.js';
import { amountOfMovements } from './approval-rule.js';
import type { PostingContent } from './commands.js';
import type { BookState } from './state.js';

/**
 * The amount of a posting as it is proposed, in fen, whether or not it could be posted now: what the rule compares
 * with the threshold. Of a reversal it is that of the entry, of a close the sum of the remainders.
 */
export function amountOfPosting(state: BookState, posting: PostingContent): Fen {
  switch (posting.command) {
    case 'reverse-entry':
      return amountOfMovements(state.postings.get(posting.entry)?.movements ?? []);
    case 'close-year':
      return sumFen(posting.carryover.map(({ amount }) => toFen(amount)));
    case 'reopen-year':
      return ZERO_FEN;
    default: {
      let brought = ZERO_FEN;
      let taken = ZERO_FEN;
      for (const amount of posting.lines.map((l) => toFen(l.amount)))
        if (amount > 0) brought = addFen(brought, amount);
        else taken = subtractFen(taken, amount);
      return brought > taken ? brought : taken;
    }
  }
}
