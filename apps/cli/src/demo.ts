import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ledger, type MeasureAnswer } from '#projections';
import { render, reportOf } from '#reports';
import { serve } from './commands/serve.js';
import { importLines } from './import/import-commands.js';
import { readLines } from './import/lines.js';
import { readQueries } from './queries.js';

const BOOK = { unit: '430203-208001', fiscalYear: 2023 };
const REPORTS = ['execution', 'final-accounts', 'carryover', 'annex-2', 'annex-3'];

/** The folder that holds package.json: this file runs from dist as well as from its source. */
function rootOf(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : rootOf(dirname(directory));
}
const samples = join(rootOf(import.meta.dirname), 'samples', 'lusong-2023');

interface PrintedFigure {
  readonly printed: string;
  readonly reproducible?: boolean;
  readonly ledger?: string;
}

const shownBy = (a: MeasureAnswer): number => Number(a.tenThousand ?? a.percent ?? a.score);

/** Holds every printed figure of the published report against the ledger. */
function compare(ledger: Ledger): string {
  const file = JSON.parse(readFileSync(join(samples, 'printed-figures.json'), 'utf8')) as {
    figures: PrintedFigure[];
  };
  const answers = readQueries(file, BOOK).map((query) => shownBy(ledger.measure(query)));
  const reproduced = file.figures.filter((f, i) => answers[i] === Number(f.printed)).length;
  const own = file.figures.filter(
    (f, i) => f.reproducible === false && answers[i] === Number(f.ledger),
  ).length;
  return `${file.figures.length} figures of the published report: ${reproduced} reproduced, ${own} answered with the ledger's own value`;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

// a reader that goes away (| head) is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const directory = mkdtempSync(join(tmpdir(), 'fiscal-demo-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

const ledger = await Ledger.open({ directory });
const lines = readLines(createReadStream(join(samples, 'commands.ndjson')));
const { accepted, rejected } = await importLines(ledger, lines, { actor: 'demo' });
await ledger.catchUp();
for (const name of REPORTS)
  process.stdout.write(`${render(reportOf(ledger, name, BOOK, {}), 'text')}\n\n`);
process.stdout.write(`${accepted} commands posted, ${rejected.length} rejected\n`);
process.stdout.write(`${compare(ledger)}\n`);
await ledger.close();

if (!process.argv.includes('--once')) {
  const port = (await isFree(3000)) ? '3000' : '0';
  process.exitCode = await serve(directory, {
    ...process.env,
    PORT: process.env['PORT'] ?? port,
    // the ledger of the demo is the one that was just made
    FISCAL_STORE: '',
  });
}
