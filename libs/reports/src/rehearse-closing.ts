import {
  formatFen,
  remaindersOf,
  type CommandOf,
  type LedgerError,
  type LineRemainder,
} from '#domain';
import type { CommandMeta } from '#event-store';
import type { Ledger, RegisterEntry } from '#projections';
import type { Report } from './model.js';
import { reportOf } from './report-of.js';

/** One thing to look at before a year is closed. What `blocks` makes the ledger refuse the close. */
export interface ClosingCheck {
  readonly check: 'decision' | 'reservations' | 'direct-allocations' | 'footing';
  readonly holds: boolean;
  readonly blocks: boolean;
  readonly message: string;
}

export interface ClosingRehearsal {
  readonly remainders: readonly LineRemainder[];
  readonly checks: readonly ClosingCheck[];
  /** Why the close would be refused. */
  readonly refusal?: LedgerError;
  /** As they would be after the close; none where it would be refused. */
  readonly reports: readonly Report[];
}

const REPORTS_OF_THE_CLOSE = ['carryover', 'final-accounts', 'annex-2', 'annex-3'] as const;
const MOST_ENTRIES = 10_000;

/** What a close would do and show, tried on a branch of the ledger, which itself stays as it is. */
export async function rehearseClosing(
  ledger: Ledger,
  command: CommandOf<'close-year'>,
  meta: CommandMeta,
): Promise<ClosingRehearsal> {
  const book = { unit: command.unit, fiscalYear: command.fiscalYear };
  const branch = await ledger.branch([book]);
  try {
    const { state } = await branch.commands.bookState(book);
    const remainders = remaindersOf(state);
    const checks = [reservationsCheck(remainders), acknowledgementsCheck(branch, book)];
    const outcome = await branch.commands.run(command, meta);
    if (!outcome.ok)
      return {
        remainders,
        refusal: outcome.error,
        checks: [decisionCheck(outcome.error), ...checks],
        reports: [],
      };
    await branch.catchUp();
    const reports = REPORTS_OF_THE_CLOSE.map((name) => reportOf(branch, name, book, {}));
    return {
      remainders,
      checks: [decisionCheck(undefined), ...checks, footingCheck(reports)],
      reports,
    };
  } finally {
    await branch.close();
  }
}

function decisionCheck(error: LedgerError | undefined): ClosingCheck {
  const message = error ? `${error.code}: ${error.message}` : 'the ledger would take the close';
  return { check: 'decision', holds: !error, blocks: true, message };
}

function reservationsCheck(remainders: readonly LineRemainder[]): ClosingCheck {
  const open = remainders.filter((r) => r.reservedFen !== 0);
  const lines = open.map(
    ({ key, reservedFen }) => `${key.project}/${key.origin} ${formatFen(reservedFen)}`,
  );
  return {
    check: 'reservations',
    holds: open.length === 0,
    blocks: false,
    message: open.length
      ? `reserved still, and part of the remainder at the close: ${lines.join(', ')}`
      : 'nothing is reserved',
  };
}

/** Money allocated directly whose recipient has not said that it arrived. */
function acknowledgementsCheck(
  ledger: Ledger,
  book: { readonly unit: string; readonly fiscalYear: number },
): ClosingCheck {
  const page = { offset: 0, limit: MOST_ENTRIES };
  const { entries } = ledger.register('direct-allocations', book, {}, page);
  const open = entries.filter((e) => e.type === 'FundsAllocatedDirectly' && !isSettled(e, entries));
  return {
    check: 'direct-allocations',
    holds: open.length === 0,
    blocks: false,
    message: open.length
      ? `not acknowledged in full: ${open.map((e) => `${e.party} ${formatFen(e.fen)} (${e.document})`).join(', ')}`
      : 'every direct allocation is acknowledged in full',
  };
}

function isSettled(allocation: RegisterEntry, entries: readonly RegisterEntry[]): boolean {
  const after = entries.filter((e) => e.follows === allocation.revision);
  if (after.some((e) => e.type === 'EntryReversed')) return true;
  const reversed = new Set(entries.filter((e) => e.type === 'EntryReversed').map((e) => e.follows));
  const acknowledged = after
    .filter((e) => e.type === 'AllocationAcknowledged' && !reversed.has(e.revision))
    .reduce((sum, e) => sum + e.fen, 0);
  return acknowledged >= allocation.fen;
}

/** Rounded parts that do not add up are told (尾差) and hold; exact ones that do not are a fault. */
function footingCheck(reports: readonly Report[]): ClosingCheck {
  const notes = reports.flatMap((r) => [...r.notes, ...r.tables.flatMap((t) => t.notes)]);
  const faults = [...new Set(notes.filter((note) => note.includes('不符')))];
  return {
    check: 'footing',
    holds: faults.length === 0,
    blocks: false,
    message: faults.length ? faults.join(' ') : 'the exact amounts of every report add up',
  };
}
