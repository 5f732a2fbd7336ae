import { streamOfBook, type BookId } from '#domain';
import type { SignerKey } from '#proof';
import { proveStreams, sizeOfCheckpoint, type AsOf, type Ledger } from '#projections';
import type { Cell, Report } from '#reports';

/**
 * The proof of one cell (docs/formats.md): the whole streams that it rests on, each event with its place in
 * the signed log, so that an event that was left out shows as a gap or as a wrong head.
 */
export async function figureProof(
  ledger: Ledger,
  signer: SignerKey,
  book: BookId,
  asOf: AsOf,
  cell: {
    readonly report: Report;
    readonly row: string;
    readonly column: string;
    readonly cell: Cell;
  },
) {
  const { report, row, column } = cell;
  const { exact, shown, events } = cell.cell;
  const checkpoint = await ledger.log.checkpoint(signer);
  const size = sizeOfCheckpoint(checkpoint)!;
  // the year before answers for prior-year figures where this ledger keeps it
  const streams = [book, { ...book, fiscalYear: book.fiscalYear - 1 }].map(streamOfBook);
  return {
    format: 'fiscal-ledger/figure-proof/v1',
    report: report.report,
    unit: book.unit,
    fiscalYear: book.fiscalYear,
    row,
    column,
    asOf,
    amountUnit: report.amountUnit,
    exact,
    shown,
    events,
    checkpoint,
    streams: await proveStreams(ledger.store, ledger.log, streams, size, signer),
  };
}
