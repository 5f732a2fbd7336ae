import { fen, formatFen, type BookId, type Fen, type LedgerError } from '#domain';
import type { BookFigures, Ledger, RegisterEntry } from '#projections';
import { makeReport } from './catalogue.js';
import type { Report } from './model.js';

/** One thing to look at before a year is closed. What `blocks` makes the ledger refuse the close. */
export interface ClosingCheck {
  readonly check: 'decision' | 'reservations' | 'direct-allocations' | 'footing';
  readonly holds: boolean;
  readonly blocks: boolean;
  readonly message: string;
}

/** A direct allocation whose recipient has not said that all of it arrived. */
export interface OpenAllocation {
  readonly allocation: RegisterEntry;
  readonly openFen: Fen;
}

export const REPORTS_OF_THE_CLOSE = ['carryover', 'final-accounts', 'annex-2', 'annex-3'] as const;
const MOST_ENTRIES = 10_000;

/** What can be said of a book at any time of the year, without trying the close. */
export const bookChecks = (
  figures: BookFigures,
  allocations: readonly OpenAllocation[],
): readonly ClosingCheck[] => [
  reservationsCheck(figures),
  acknowledgementsCheck(allocations),
  footingCheck(REPORTS_OF_THE_CLOSE.map((name) => makeReport(name, { figures }))),
];

export function decisionCheck(error: LedgerError | undefined): ClosingCheck {
  const message = error ? `${error.code}: ${error.message}` : 'the ledger would take the close';
  return { check: 'decision', holds: !error, blocks: true, message };
}

export function reservationsCheck(figures: BookFigures): ClosingCheck {
  const open = figures.lines().flatMap(({ project, fund, origin }) => {
    const scope = { project: [project], fund: [fund], origin: [origin] };
    const reserved = figures.measure('reserved', scope);
    return reserved.kind === 'money' && reserved.fen !== 0
      ? [`${project}/${origin} ${formatFen(reserved.fen)}`]
      : [];
  });
  return {
    check: 'reservations',
    holds: open.length === 0,
    blocks: false,
    message: open.length
      ? `reserved still, and part of the remainder at the close: ${open.join(', ')}`
      : 'nothing is reserved',
  };
}

export function acknowledgementsCheck(open: readonly OpenAllocation[]): ClosingCheck {
  const named = open.map(
    ({ allocation: { party, fen: amountFen, document } }) =>
      `${party} ${formatFen(amountFen)} (${document})`,
  );
  return {
    check: 'direct-allocations',
    holds: open.length === 0,
    blocks: false,
    message: open.length
      ? `not acknowledged in full: ${named.join(', ')}`
      : 'every direct allocation is acknowledged in full',
  };
}

/** Rounded parts that do not add up are told (尾差) and hold; exact ones that do not are a fault. */
export function footingCheck(reports: readonly Report[]): ClosingCheck {
  const notes = reports.flatMap((r) => [...r.notes, ...r.tables.flatMap((t) => t.notes)]);
  const faults = [...new Set(notes.filter((note) => note.includes('不符')))];
  return {
    check: 'footing',
    holds: faults.length === 0,
    blocks: false,
    message: faults.length ? faults.join(' ') : 'the exact amounts of every report add up',
  };
}

/** The direct allocations of a book that are not acknowledged in full, oldest first. */
export function openAllocations(ledger: Ledger, book: BookId): readonly OpenAllocation[] {
  const page = { offset: 0, limit: MOST_ENTRIES };
  const { entries } = ledger.register('direct-allocations', book, {}, page);
  const reversed = new Set(entries.filter((e) => e.type === 'EntryReversed').map((e) => e.follows));
  const standing = entries.filter((e) => !reversed.has(e.revision));
  return standing
    .filter((e) => e.type === 'FundsAllocatedDirectly')
    .flatMap((allocation) => {
      const acknowledged = standing
        .filter((e) => e.type === 'AllocationAcknowledged' && e.follows === allocation.revision)
        .reduce((sum, e) => sum + e.fen, 0);
      const openFen = fen(allocation.fen - acknowledged);
      return openFen > 0 ? [{ allocation, openFen }] : [];
    });
}
