import {
  fen,
  type BookId,
  type Fen,
  type Language,
  type LedgerError,
  type Sentence,
} from '#domain';
import type { BookFigures, Ledger, RegisterEntry } from '#projections';
import { makeReport } from './catalogue.js';
import type { Report } from './model.js';
import { CHECKS } from './sentences.js';

/** One thing to look at before a year is closed. What `blocks` makes the ledger refuse the close. */
export interface ClosingCheck {
  readonly check: 'decision' | 'reservations' | 'direct-allocations' | 'footing';
  readonly holds: boolean;
  readonly blocks: boolean;
  readonly sentence: Sentence;
  /** The sentence in English, as scripts and the command line have it. */
  readonly message: string;
}

/** A direct allocation whose recipient has not said that all of it arrived. */
export interface OpenAllocation {
  readonly allocation: RegisterEntry;
  readonly openFen: Fen;
}

export const REPORTS_OF_THE_CLOSE = ['carryover', 'final-accounts', 'annex-2', 'annex-3'] as const;
const MOST_ENTRIES = 10_000;

/** A check as people are told it, in one language. */
export const checkIn = (
  { sentence, ...check }: ClosingCheck,
  language: Language,
): Omit<ClosingCheck, 'sentence'> => ({ ...check, message: sentence.in(language) });

const checked = (
  check: ClosingCheck['check'],
  holds: boolean,
  sentence: Sentence,
  { blocks = false } = {},
): ClosingCheck => ({ check, holds, blocks, sentence, message: sentence.in('en') });

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
  const sentence = error
    ? CHECKS.refused({ code: error.code, why: error.sentence })
    : CHECKS.wouldClose();
  return checked('decision', !error, sentence, { blocks: true });
}

export function reservationsCheck(figures: BookFigures): ClosingCheck {
  const open = figures.lines().flatMap(({ project, fund, origin }) => {
    const scope = { project: [project], fund: [fund], origin: [origin] };
    const reserved = figures.measure('reserved', scope);
    return reserved.kind === 'money' && reserved.fen !== 0
      ? [CHECKS.reservedOn({ project, origin, amount: reserved.fen })]
      : [];
  });
  const isClear = open.length === 0;
  return checked(
    'reservations',
    isClear,
    isClear ? CHECKS.nothingReserved() : CHECKS.reserved({ lines: open }),
  );
}

export function acknowledgementsCheck(open: readonly OpenAllocation[]): ClosingCheck {
  const allocations = open.map(({ allocation: { party, fen: amount, document } }) =>
    CHECKS.allocation({ party, amount, document }),
  );
  const isClear = open.length === 0;
  return checked(
    'direct-allocations',
    isClear,
    isClear ? CHECKS.allAcknowledged() : CHECKS.notAcknowledged({ allocations }),
  );
}

/** Rounded parts that do not add up are told (尾差) and hold; exact ones that do not are a fault. */
export function footingCheck(reports: readonly Report[]): ClosingCheck {
  const notes = reports.flatMap((r) => [...r.notes, ...r.tables.flatMap((t) => t.notes)]);
  const faults = [...new Set(notes.filter((note) => note.includes('不符')))];
  const isClear = faults.length === 0;
  return checked(
    'footing',
    isClear,
    isClear ? CHECKS.addsUp() : CHECKS.faults({ notes: faults.join(' ') }),
  );
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
