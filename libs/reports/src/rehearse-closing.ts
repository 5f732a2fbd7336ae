import {
  formatFen,
  proposedClosing,
  readCommand,
  remaindersOf,
  type BookState,
  type CommandOf,
  type LedgerError,
  type LineRemainder,
  type Result,
} from '#domain';
import type { CommandMeta } from '#event-store';
import type { Ledger } from '#projections';
import {
  acknowledgementsCheck,
  decisionCheck,
  footingCheck,
  openAllocations,
  REPORTS_OF_THE_CLOSE,
  reservationsCheck,
  type ClosingCheck,
} from './closing-checks.js';
import type { Report } from './model.js';
import { reportOf } from './report-of.js';

export interface ClosingRehearsal {
  readonly remainders: readonly LineRemainder[];
  readonly checks: readonly ClosingCheck[];
  /** Why the close would be refused. */
  readonly refusal?: LedgerError;
  /** As they would be after the close; none where it would be refused. */
  readonly reports: readonly Report[];
}

/** How a year is to be closed, where it is not as the rule proposes. */
export interface ClosingWishes {
  readonly date?: string;
  readonly reason?: string;
  /** The `carryover` of the command, as it came in. */
  readonly carryover?: unknown;
}

/** The close of a book: as the rule proposes it on the last day of the year, but for what is wished otherwise. */
export function closeCommandOf(
  { state, revision }: { readonly state: BookState; readonly revision: number },
  { date, reason, carryover }: ClosingWishes,
): Result<CommandOf<'close-year'>> {
  const { unit, fiscalYear } = state.id;
  return readCommand({
    command: 'close-year',
    // a book that is reopened may be closed again
    id: `close-${unit}-${fiscalYear}-${revision + 1}`,
    unit,
    fiscalYear,
    date: date ?? `${fiscalYear}-12-31`,
    reason: reason ?? '年终结账',
    carryover: carryover ?? proposedClosing(state),
  }) as Result<CommandOf<'close-year'>>;
}

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
    const checks = [
      reservationsCheck(branch.figures(book, {})),
      acknowledgementsCheck(openAllocations(branch, book)),
    ];
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

/** A remainder as scripts get it: amounts in yuan, and what the rule makes of each part. */
export const remainderJson = (r: LineRemainder) => ({
  ...r.key,
  amount: formatFen(r.amountFen),
  executable: formatFen(r.executableFen),
  unreleased: formatFen(r.unreleasedFen),
  reserved: formatFen(r.reservedFen),
  proposed: Object.fromEntries([...r.byDefault].map(([kind, fen]) => [kind, formatFen(fen)])),
});
