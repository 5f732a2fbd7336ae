import type { AsOf } from '#projections';
import { WrongUsage } from './io.js';

/** A moment as people write it: a business date, or how many events of the log are known. */
export function momentOf(text: string): AsOf {
  if (/^\d{1,15}$/.test(text)) return { knownAt: Number(text) };
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { to: text };
  throw new WrongUsage(
    `${text} is no moment: a date like 2023-06-30, or a number of events like 18`,
  );
}
