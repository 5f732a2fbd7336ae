import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fill, median, payment, seconds } from './fixtures.mjs';

const POSTINGS = 100_000;

/** The same postings replayed to balances by ledger(1) and by the command line, as whole processes. */
export async function benchLedgerCli() {
  const name = `${POSTINGS} postings replayed, ledger(1) against us`;
  if (spawnSync('ledger', ['--version']).status !== 0)
    return { name, skipped: 'ledger (Debian package) is not installed' };
  const directory = mkdtempSync(join(tmpdir(), 'fiscal-bench-'));
  const journal = join(directory, 'journal.ledger');
  const lines = ['2024-01-05 approved\n  executable:P0  CNY 900000000.00\n  source:initial\n'];
  for (let n = 0; n < POSTINGS; n++) {
    const { date, payee, lines: posted } = payment('U0', n);
    const [l] = posted;
    lines.push(
      `${date} ${payee}\n  expended:${l.project}:${l.economic}  CNY ${l.amount}\n  executable:${l.project}\n`,
    );
  }
  writeFileSync(journal, lines.join('\n'));
  await fill(directory, 1, POSTINGS);
  const run = (command, args) => {
    const t = performance.now();
    const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
    if (status !== 0) throw new Error(stderr);
    return seconds(t);
  };
  const cli = join(import.meta.dirname, '..', '..', 'dist', 'apps', 'cli', 'src', 'main.js');
  const pairs = [];
  for (let round = 0; round < 3; round++) {
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(directory, `read-model.db${suffix}`), { force: true });
    const book = ['--unit', 'U0', '--year', '2024'];
    const ours = run(process.execPath, [
      cli,
      'report',
      'trial-balance',
      ...book,
      '--data',
      directory,
    ]);
    pairs.push({ ours, theirs: run('ledger', ['-f', journal, 'balance']) });
  }
  rmSync(directory, { recursive: true });
  return {
    name,
    ratio: median(pairs.map((p) => p.theirs / p.ours)),
    aim: 5,
    detail: `${median(pairs.map((p) => p.theirs)).toFixed(2)} s against ${median(pairs.map((p) => p.ours)).toFixed(2)} s`,
  };
}
