import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { formatFen } from '#domain';
import { eventJson } from '#event-store';
import { findCell, reportOf } from '#reports';
import { addedBy } from '../added-by.js';
import { eventLine } from '../event-text.js';
import {
  asOfOf,
  asOfOptions,
  bookOf,
  printJson,
  withLedger,
  type AsOfOptions,
  type BookOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';
import { figureProof } from '../pack/figure-proof.js';
import { signerOf, signingOption, type SigningOptions } from '../signing.js';

interface Options extends GlobalOptions, BookOptions, AsOfOptions, SigningOptions {
  readonly proof?: string;
}

export function explainCommand(program: Command, io: Streams): void {
  signingOption(asOfOptions(program.command('explain')))
    .description('the events behind one cell of a report, and what each added to it')
    .argument('<report>')
    .argument('<row>')
    .argument('<column>')
    .option('--proof <file>', 'write the proof of the cell, to be checked by verify.mjs')
    .action(async (name: string, row: string, column: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const book = bookOf(options);
      const asOf = asOfOf(options);
      await withLedger(options, async (ledger) => {
        await ledger.catchUp();
        const report = reportOf(ledger, name, book, asOf);
        const cell = findCell(report, row, column);
        const { exact, shown, events } = cell;
        if (options.proof !== undefined) {
          const signer = signerOf(options, ledger.store.origin);
          const place = { report, row, column, cell };
          const proof = await figureProof(ledger, signer, book, asOf, place);
          writeFileSync(options.proof, `${JSON.stringify(proof)}\n`);
        }
        const { logSize } = report;
        const added = addedBy(cell, (knownAt) =>
          findCell(reportOf(ledger, name, book, { ...asOf, knownAt }), row, column),
        );
        const adds = (index: number): string | undefined => {
          const amount = added?.get(index);
          return amount === undefined ? undefined : formatFen(amount);
        };
        const stored = await Promise.all(events.map((index) => ledger.store.readLog(index, 1)));
        const list = stored.flat();
        if (options.json)
          printJson(io, {
            report: name,
            row,
            column,
            exact,
            shown,
            logSize,
            events: list.map((e) => ({ ...eventJson(e), adds: adds(e.index) })),
          });
        else {
          io.stdout(`${name} ${row} ${column}: ${shown} (${exact}), log ${logSize}\n`);
          for (const e of list) {
            const amount = adds(e.index);
            io.stdout(`${eventLine(e)}${amount === undefined ? '' : `  adds ${amount}`}\n`);
          }
        }
      });
    });
}
