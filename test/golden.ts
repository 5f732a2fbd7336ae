import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Command } from '#domain';
import type { CommandMeta } from '#event-store';
import { Ledger } from '#projections';
import { reportOf, toJson } from '#reports';
import { accountsOf, administerAccounts, rootOf, rotateKey } from './golden-accounts.js';

/**
 * Golden stores: `test/golden/schema-N` is a store as the code of its time wrote it, and what that code answered.
 * Every later version must open it, answer the same and leave its bytes alone.
 */
export const GOLDEN = join(import.meta.dirname, 'golden');
const BOOK = { unit: '430203-299001', fiscalYear: 2024 };
const REPORTS = ['execution', 'payments', 'reservations', 'trial-balance', 'annex-2', 'annex-3'];
const MEASURES = ['fullYearBudget', 'expenditure', 'carryoverOut', 'executionRate', 'totalScore'];

export interface StoredBytes {
  readonly idx: number;
  readonly type: string;
  readonly payload: string;
  readonly envelope: string;
}

export const recording = {
  actor: 'zhang.min',
  approvedBy: 'li.hua',
  recordedAt: '2026-01-01T00:00:00.000Z',
};

/** A command, and who gave it. */
interface GoldenCommand {
  readonly command: Command;
  readonly people: CommandMeta;
}

/** Stores with proposals, on the next year's book. */
const WITH_PROPOSALS = ['proposals', 'accounts'];

/** The commands of every golden store, and of some those that came with four eyes. */
export const goldenCommands = (name: string): readonly GoldenCommand[] =>
  ['commands', ...(WITH_PROPOSALS.includes(name) ? ['proposals'] : [])]
    .flatMap((file) => readFileSync(join(GOLDEN, `${file}.ndjson`), 'utf8').split('\n'))
    .filter(Boolean)
    .map((line) => {
      const { by, ...command } = JSON.parse(line) as Command & { by?: Partial<CommandMeta> };
      return { command: command, people: { ...recording, ...by } };
    });

/** The proposals of the next year's book. */
export async function proposalsOf(ledger: Ledger): Promise<unknown> {
  const { state } = await ledger.commands.bookState({ ...BOOK, fiscalYear: BOOK.fiscalYear + 1 });
  const line = state.lines.get('YF|general-public-budget|current');
  const proposals = [...state.proposals.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const { approvalRule } = state;
  return JSON.parse(JSON.stringify({ proposals, approvalRule, held: line?.held })) as unknown;
}

/** What a golden store answers, as JSON would give it back. */
export function answersOf(ledger: Ledger): unknown {
  const reports = REPORTS.map((name) => {
    const report = reportOf(ledger, name, BOOK, {}, { lang: 'zh', amountUnit: '元' });
    return [name, toJson(report)];
  });
  const measures = MEASURES.map((measure) => {
    return [measure, ledger.measure({ ...BOOK, measure, scope: {}, asOf: {} }).exact];
  });
  const answers = {
    measures: Object.fromEntries(measures) as unknown,
    reports: Object.fromEntries(reports) as unknown,
  };
  return JSON.parse(JSON.stringify(answers)) as unknown;
}

/** The events of a log, read past the ledger. */
export function bytesOf(file: string): readonly StoredBytes[] {
  const db = new Database(file, { fileMustExist: true });
  try {
    return db
      .prepare<[], StoredBytes>('select idx, type, payload, envelope from events order by idx')
      .all();
  } finally {
    db.close();
  }
}

export const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Makes a golden store with the code as it is now. One that is there is never made anew. */
export async function makeGolden(name: string): Promise<void> {
  const out = join(GOLDEN, name);
  if (existsSync(out)) throw new Error(`${out} is there already`);
  const directory = mkdtempSync(join(tmpdir(), 'fiscal-golden-'));
  const ledger = await Ledger.open({ directory, origin: 'example.org/golden' });
  const withAccounts = name === 'accounts';
  if (withAccounts) await administerAccounts(ledger);
  for (const { command, people } of goldenCommands(name)) {
    const result = await ledger.commands.run(command, people);
    if (!result.ok) throw new Error(`${command.id}: ${result.error.message}`);
  }
  await ledger.catchUp();
  const publicKey = withAccounts ? await rotateKey(ledger) : undefined;
  const answers = answersOf(ledger);
  const proposals = await proposalsOf(ledger);
  const accounts = withAccounts ? await accountsOf(ledger) : undefined;
  const root = withAccounts ? rootOf(ledger) : undefined;
  await ledger.close();
  mkdirSync(out);
  for (const file of ['events.db', 'vault.db'])
    if (existsSync(join(directory, file))) compact(join(directory, file), join(out, file));
  if (withAccounts)
    cpSync(join(directory, 'checkpoints'), join(out, 'checkpoints'), { recursive: true });
  rmSync(directory, { recursive: true });
  const storedBytes = digestOf(bytesOf(join(out, 'events.db')));
  // the answers themselves are those of `proposals`
  const told = withAccounts ? { answersDigest: digestOf(answers) } : { answers };
  const expected = { storedBytes, publicKey, root, ...told, proposals, accounts };
  writeFileSync(join(out, 'expected.json'), `${JSON.stringify(expected, null, 1)}\n`);
}

/** One file, as small as it gets, without a journal beside it. */
function compact(from: string, to: string): void {
  const db = new Database(from);
  db.prepare('vacuum into ?').run(to);
  db.close();
  const copy = new Database(to);
  copy.pragma('journal_mode = delete');
  copy.close();
}
