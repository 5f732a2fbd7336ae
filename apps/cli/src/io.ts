import type { Command } from 'commander';
import { LedgerRefusal, type BookId, type BookState, type LedgerError } from '#domain';
import type { Vault } from '#event-store';
import { ASKING, configuredStore, Ledger } from '#projections';

/** Where a run reads and writes: the process's own streams, or a test's. */
export interface Streams {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Waits until the reader of stdout has taken most of it, so that a long answer does not fill the memory. */
  readonly drained: () => Promise<void>;
  /** Progress is drawn only on a terminal. */
  readonly terminal: boolean;
}

export interface GlobalOptions {
  readonly data: string;
  /** The connection string of a KurrentDB. */
  readonly store?: string;
  readonly json?: boolean;
}

/** Thrown for words of the command line that cannot be meant: exit code 2. */
export class WrongUsage extends Error {}

export const printJson = (io: Streams, value: unknown): void =>
  io.stdout(`${JSON.stringify(value)}\n`);

/** Opens the ledger that the options name, where there is one, and closes it whatever happens. */
export async function withLedger<T>(
  { data, store = configuredStore() }: GlobalOptions,
  use: (ledger: Ledger) => Promise<T> | T,
  { create = false, vault }: { readonly create?: boolean; readonly vault?: Vault } = {},
): Promise<T> {
  const ledger = await Ledger.open({
    directory: data,
    create,
    ...(store !== undefined && { store }),
    ...(vault && { vault }),
  });
  try {
    return await use(ledger);
  } finally {
    await ledger.close();
  }
}

export const refusalOf = (error: LedgerError): LedgerRefusal => new LedgerRefusal(error);

/** `--unit U --year Y`. */
export interface BookOptions {
  readonly unit?: string;
  readonly year?: string;
}

export function bookOf({ unit, year }: BookOptions): BookId {
  if (unit === undefined || year === undefined)
    throw new WrongUsage('--unit and --year name the book and are both needed');
  return { unit, fiscalYear: yearOf(year) };
}

export function yearOf(year: string): number {
  if (!/^\d{4}$/.test(year)) throw new WrongUsage(`--year takes a year like 2023, not ${year}`);
  return Number(year);
}

/** The state of a book; an unknown one is said to be unknown. */
export async function knownBook(
  ledger: Ledger,
  book: BookId,
): Promise<{ readonly state: BookState; readonly revision: number }> {
  const known = await ledger.commands.bookState(book);
  if (known.revision < 0) throw LedgerRefusal.of('unknown-book', ASKING.noBook({ book }));
  return known;
}

export function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new WrongUsage(`${name} takes a whole number, not ${text}`);
  return Number(text);
}

export interface AsOfOptions {
  readonly from?: string;
  readonly to?: string;
  readonly knownAt?: string;
}

/** The options of what is asked about one book at one moment. */
export const asOfOptions = (command: Command): Command =>
  command
    .option('--unit <unit>')
    .option('--year <year>')
    .option('--from <date>', 'first business date')
    .option('--to <date>', 'last business date')
    .option('--known-at <n>', 'as known when the log had n events');

export function asOfOf({ from, to, knownAt }: AsOfOptions) {
  const n = wholeNumber('--known-at', knownAt);
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(n !== undefined && { knownAt: n }),
  };
}
