import { Ledger } from '#projections';
import { LedgerRefusal, type BookId, type LedgerError } from '#domain';

/** Where a run reads and writes: the process's own streams, or a test's. */
export interface Streams {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Progress is drawn only on a terminal. */
  readonly terminal: boolean;
}

export interface GlobalOptions {
  readonly data: string;
  readonly json?: boolean;
}

/** Thrown for words of the command line that cannot be meant: exit code 2. */
export class WrongUsage extends Error {}

export const printJson = (io: Streams, value: unknown): void =>
  io.stdout(`${JSON.stringify(value)}\n`);

/** Opens the ledger of the data directory, brings it up to date, and closes it whatever happens. */
export async function withLedger<T>(
  { data }: GlobalOptions,
  use: (ledger: Ledger) => Promise<T> | T,
): Promise<T> {
  const ledger = await Ledger.open({ directory: data });
  try {
    return await use(ledger);
  } finally {
    await ledger.close();
  }
}

export const refusalOf = (error: LedgerError): LedgerRefusal => new LedgerRefusal(error);

/** `--unit U --year Y`. */
export function bookOf({ unit, year }: { unit?: string; year?: string }): BookId {
  if (unit === undefined || year === undefined)
    throw new WrongUsage('--unit and --year name the book and are both needed');
  if (!/^\d{4}$/.test(year)) throw new WrongUsage(`--year takes a year like 2023, not ${year}`);
  return { unit, fiscalYear: Number(year) };
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

export function asOfOf({ from, to, knownAt }: AsOfOptions) {
  const n = wholeNumber('--known-at', knownAt);
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(n !== undefined && { knownAt: n }),
  };
}
