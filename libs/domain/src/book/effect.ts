import { balanceOf } from '../measures/measures.js';
import { addFen, formatFen, type Fen } from '../money/index.js';
import type { BookEvent } from './events.js';
import { changesOf } from './holds.js';
import { sumOfLine, type BookState } from './state.js';
import { lineKeyText, type LineKey } from './vocabulary.js';

/** A balance before and after, in yuan. */
export interface BeforeAfter {
  readonly before: string;
  readonly after: string;
}

export interface LineEffect extends LineKey {
  readonly executable: BeforeAfter;
  readonly unreleased: BeforeAfter;
}

const EXECUTABLE = balanceOf('executable');
const UNRELEASED = balanceOf('unreleasedCarryover');

/** What an event would do to each line that it touches. What proposals hold is not taken off: see `held`. */
export const effectOf = (state: BookState, event: BookEvent): readonly LineEffect[] =>
  changesOf(event).map(({ change, ...key }) => {
    const line = state.lines.get(lineKeyText(key));
    return {
      ...key,
      executable: beforeAfter(sumOfLine(line, EXECUTABLE), change.executable),
      unreleased: beforeAfter(sumOfLine(line, UNRELEASED), change.unreleasedCarryover),
    };
  });

const beforeAfter = (before: Fen, change: Fen): BeforeAfter => ({
  before: formatFen(before),
  after: formatFen(addFen(before, change)),
});
