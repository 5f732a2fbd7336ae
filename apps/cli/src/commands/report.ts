import { writeFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { render, REPORT_FORMATS, reportOf, REPORTS, type ReportFormat } from '#reports';
import {
  asOfOf,
  asOfOptions,
  bookOf,
  printJson,
  withLedger,
  WrongUsage,
  type AsOfOptions,
  type BookOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';

interface Options extends GlobalOptions, BookOptions, AsOfOptions {
  readonly format?: ReportFormat;
  readonly lang: 'zh' | 'en';
  readonly in: string;
  readonly out?: string;
  readonly list?: boolean;
}

export function reportCommand(program: Command, io: Streams): void {
  asOfOptions(program.command('report'))
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
