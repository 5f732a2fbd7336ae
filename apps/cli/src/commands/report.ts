import { writeFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { eventJson } from '#event-store';
import { findCell, render, REPORT_FORMATS, reportOf, REPORTS, type ReportFormat } from '#reports';
import {
  asOfOf,
  bookOf,
  printJson,
  withLedger,
  WrongUsage,
  type AsOfOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';
import { eventLine } from '../event-text.js';

interface Options extends GlobalOptions, AsOfOptions {
  readonly unit?: string;
  readonly year?: string;
  readonly format?: ReportFormat;
  readonly lang: 'zh' | 'en';
  readonly in: string;
  readonly out?: string;
  readonly list?: boolean;
}

const bookOptions = (command: Command): Command =>
  command
    .option('--unit <unit>')
    .option('--year <year>')
    .option('--from <date>', 'first business date')
    .option('--to <date>', 'last business date')
    .option('--known-at <n>', 'as known when the log had n events');

export function reportCommand(program: Command, io: Streams): void {
  bookOptions(program.command('report'))
    .description('a report of a book')
    .argument('[name]', 'see --list')
    .option('--list', 'the reports there are')
    .addOption(new Option('--format <format>').choices(Object.keys(REPORT_FORMATS)))
    .addOption(new Option('--lang <lang>').choices(['zh', 'en']).default('zh'))
    .addOption(
      new Option('--in <unit>', 'unit of money')
        .choices(['万元', '元', 'ten-thousand', 'yuan'])
        .default('万元'),
    )
    .option('--out <file>', 'write to a file')
    .action(async (name: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if (options.list) {
        if (options.json) printJson(io, REPORTS);
        else for (const r of REPORTS) io.stdout(`${r.name.padEnd(20)} ${r.zh}  ${r.en}\n`);
        return;
      }
      if (name === undefined) throw new WrongUsage('report needs a name; --list shows them');
      const book = bookOf(options);
      const text = await withLedger(options, async (ledger) => {
        await ledger.catchUp();
        const report = reportOf(ledger, name, book, asOfOf(options), {
          lang: options.lang,
          amountUnit: ['元', 'yuan'].includes(options.in) ? '元' : '万元',
        });
        return render(report, options.json ? 'json' : (options.format ?? 'text'));
      });
      const ended = text.endsWith('\n') ? text : `${text}\n`;
      if (options.out === undefined) io.stdout(ended);
      else writeFileSync(options.out, ended);
    });
}

export function explainCommand(program: Command, io: Streams): void {
  bookOptions(program.command('explain'))
    .description('the events behind one cell of a report')
    .argument('<report>')
    .argument('<row>')
    .argument('<column>')
    .action(async (name: string, row: string, column: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const book = bookOf(options);
      await withLedger(options, async (ledger) => {
        await ledger.catchUp();
        const report = reportOf(ledger, name, book, asOfOf(options));
        const { exact, shown, events } = findCell(report, row, column);
        const stored = await Promise.all(events.map((index) => ledger.store.readLog(index, 1)));
        const { logSize } = report;
        const list = stored.flat();
        if (options.json)
          printJson(io, {
            report: name,
            row,
            column,
            exact,
            shown,
            logSize,
            events: list.map(eventJson),
          });
        else {
          io.stdout(`${name} ${row} ${column}: ${shown} (${exact}), log ${logSize}\n`);
          for (const e of list) io.stdout(`${eventLine(e)}\n`);
        }
      });
    });
}
