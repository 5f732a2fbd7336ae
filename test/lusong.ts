import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommand, type Command } from '#domain';
import { parseStrictJson, type Vault } from '#event-store';
import { Ledger } from '#projections';

const SAMPLES = join(import.meta.dirname, '..', 'samples', 'lusong-2023');

export const BOOK = { unit: '430203-208001', fiscalYear: 2023 } as const;

export interface PrintedFigure {
  readonly where: string;
  readonly printed: string;
  readonly unit: string;
  readonly measure: string;
  readonly scope: Readonly<Record<string, unknown>>;
  readonly reproducible?: boolean;
  readonly ledger?: string;
}

/** Every figure of the published report, with the measure and scope that reproduces it. */
export const printedFigures = (
  JSON.parse(readFileSync(join(SAMPLES, 'printed-figures.json'), 'utf8')) as {
    figures: PrintedFigure[];
  }
).figures;

export const commandLines = readFileSync(join(SAMPLES, 'commands.ndjson'), 'utf8')
  .split('\n')
  .filter(Boolean);

export const lusongCommands = (): Command[] =>
  commandLines.map((line) => {
    const json = parseStrictJson(line);
    const command = json.ok ? readCommand(json.value) : json;
    if (!command.ok) throw new Error(command.error.message);
    return command.value;
  });

/** One name for the logs of tests, so that equal commands give equal logs. */
export const ORIGIN = 'example.org/test';

export const recording = { actor: 'test', recordedAt: '2026-01-01T00:00:00.000Z' };

/** A ledger in memory with commands posted one after the other; throws where one is refused. */
export async function ledgerWith(
  commands: readonly Command[],
  directory?: string,
  vault?: Vault,
): Promise<Ledger> {
  const ledger = await Ledger.open({
    origin: ORIGIN,
    ...(directory !== undefined && { directory }),
    ...(vault && { vault }),
  });
  for (const command of commands) {
    const result = await ledger.commands.run(command, recording);
    if (!result.ok) throw new Error(`${command.id}: ${result.error.code}: ${result.error.message}`);
  }
  await ledger.catchUp();
  return ledger;
}
