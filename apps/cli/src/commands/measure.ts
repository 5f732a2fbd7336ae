import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { isMeasureName, MEASURES, type BookId } from '#domain';
import { readScope, type MeasureAnswer } from '#projections';
import {
  asOfOf,
  bookOf,
  printJson,
  refusalOf,
  withLedger,
  WrongUsage,
  yearOf,
  type AsOfOptions,
  type BookOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';
import { readQueries } from '../queries.js';

interface Options extends GlobalOptions, BookOptions, AsOfOptions {
  readonly queries?: string;
}

export function measureCommand(program: Command, io: Streams): void {
  program
    .command('measure')
    .description('one measure of a book in any scope, exact, with the events behind it')
    .argument('[name]', `one of ${Object.keys(MEASURES).join(', ')}`)
    .option('--unit <unit>')
    .option('--year <year>')
    .option('--project <codes>')
    .option('--category <categories>')
    .option('--fund <funds>')
    .option('--origin <origins>')
    .option('--function <codes>')
    .option('--economic <codes>')
    .option('--from <date>', 'first business date')
    .option('--to <date>', 'last business date')
    .option('--known-at <n>', 'as known when the log had n events')
    .option('--queries <file>', 'a JSON list of queries; answers a list')
    .action(async (name: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options & Record<string, unknown>>();
      const answers = await withLedger(options, async (ledger) => {
        await ledger.catchUp();
        if (options.queries !== undefined) {
          const given: Partial<BookId> = {
            ...(options.unit !== undefined && { unit: options.unit }),
            ...(options.year !== undefined && { fiscalYear: yearOf(options.year) }),
          };
          const queries = readQueries(await readJson(options.queries, io), given);
          return queries.map((query) => ledger.measure(query));
        }
        if (name === undefined) throw new WrongUsage('measure needs a name, or --queries FILE');
        const scope = readScope(options);
        if (!scope.ok) throw refusalOf(scope.error);
        const book = bookOf(options);
        return ledger.measure({
          ...book,
          measure: name,
          scope: scope.value,
          asOf: asOfOf(options),
        });
      });
      if (options.json || options.queries !== undefined) printJson(io, answers);
      else io.stdout(`${sentence(answers as MeasureAnswer)}\n`);
    });
}

async function readJson(file: string, io: Streams): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  if (file !== '-') chunks.push(readFileSync(file));
  else for await (const chunk of io.stdin) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (error) {
    throw new WrongUsage(`${file} is no JSON file: ${(error as Error).message}`);
  }
}

function sentence(answer: MeasureAnswer): string {
  const name = isMeasureName(answer.measure) ? MEASURES[answer.measure].zh : '';
  const value =
    answer.tenThousand !== undefined
      ? `${answer.tenThousand} 万元 (${answer.exact} 元)`
      : answer.percent !== undefined
        ? `${answer.percent} %`
        : `${answer.score} 分`;
  return `${answer.measure} ${name}: ${value}; ${answer.events.length} events, log ${answer.logSize}`;
}
