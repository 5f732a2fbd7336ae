import { LedgerRefusal, type BookId } from '#domain';
import { decodeEvent } from '#event-store';
import type { Ledger } from '#projections';
import { compareReports, type CellDifference } from './compare.js';
import { figuresHashOf } from './figures-hash.js';
import type { Report } from './model.js';
import { reportOf } from './report-of.js';

/** A publication of a report, and what became of its figures. */
export interface Publication {
  readonly index: number;
  readonly date: string;
  readonly report: string;
  readonly logSize: number;
  readonly figuresHash: string;
  /** Whether the ledger, asked as of that moment, still gives the figures that were published. */
  readonly reproduced: boolean;
  /** Published figures that are others now. */
  readonly changed: readonly CellDifference[];
}

/** Every publication of a book, oldest first, beside what the ledger shows now. */
export async function publicationsOf(
  ledger: Ledger,
  book: BookId,
): Promise<readonly Publication[]> {
  ledger.figures(book, {}); // an unknown book is said to be unknown
  const found: Publication[] = [];
  for await (const page of ledger.pages(book))
    for (const stored of page) {
      if (stored.type !== 'ReportPublished') continue;
      const { event } = decodeEvent(stored);
      if (event.type !== 'ReportPublished') continue;
      const { report, figuresHash, logSize } = event.data;
      const published = asPublished(ledger, report, book, logSize);
      found.push({
        index: stored.index,
        date: stored.date,
        report,
        logSize,
        figuresHash,
        reproduced: published !== undefined && figuresHashOf(published) === figuresHash,
        changed: published ? compareReports(published, reportOf(ledger, report, book, {})) : [],
      });
    }
  return found;
}

/** None where what was recorded names no report that there could have been. */
function asPublished(
  ledger: Ledger,
  report: string,
  book: BookId,
  knownAt: number,
): Report | undefined {
  try {
    return reportOf(ledger, report, book, { knownAt });
  } catch (error) {
    if (error instanceof LedgerRefusal) return undefined;
    throw error;
  }
}
