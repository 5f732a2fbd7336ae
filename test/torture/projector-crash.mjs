// 9. The building of read models is killed before each of its statements, one run for each
// (of those of a rebuild a random share).
// Seen to fail with: the projector moves the checkpoint after the transaction of the rows (doubled), and
// with: before it (skipped).
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readCommand } from '#domain';
import { Ledger } from '#projections';
import { meta } from '../bench/fixtures.mjs';
import { digestOf, rebuiltDigest } from './digests.mjs';
import { here, node, ROOT, scratch } from './toolbox.mjs';

const AT_ONCE = 2;
const PAGE = 7;

/** The first commands of the worked case and then `more` statistics, in a store with its read models. */
export async function workedCase(commands, more = 0) {
  const directory = scratch({ fast: true });
  const ledger = await Ledger.open({ directory });
  const file = join(ROOT, 'samples', 'lusong-2023', 'commands.ndjson');
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const [{ unit, fiscalYear }] = lines;
  const statistics = Array.from({ length: more }, (_, i) => ({
    command: 'record-statistic',
    id: `statistic-${i}`,
    unit,
    fiscalYear,
    date: '2023-12-31',
    key: 'headcount.temporary',
    count: String(i),
  }));
  for (const given of [...lines.slice(0, commands), ...statistics]) {
    const command = readCommand(given);
    const result = command.ok ? await ledger.commands.run(command.value, meta) : command;
    if (!result.ok) throw new Error(result.error.message);
  }
  await ledger.catchUp();
  await ledger.close();
  return directory;
}

export const withoutReadModels = (directory) => {
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(join(directory, `read-model.db${suffix}`), { force: true });
};

const build = (directory, how, crashAt) =>
  node(here('catch-up.mjs'), [directory, how, PAGE, crashAt]);

async function crashAndGoOn(origin, how, crashAt) {
  const directory = scratch({ fast: true });
  cpSync(origin, directory, { recursive: true });
  const { signal } = await build(directory, how, crashAt).ended;
  const digest = signal === 'SIGKILL' ? await digestOf(directory) : `it ended by ${signal}`;
  rmSync(directory, { recursive: true });
  return digest;
}

export async function projectorCrash({ random, quick }) {
  const built = await workedCase(quick ? 12 : 20);
  const wanted = await rebuiltDigest(built);
  const fresh = scratch({ fast: true });
  cpSync(built, fresh, { recursive: true });
  withoutReadModels(fresh);
  const crashes = [];
  const calls = {};
  for (const [how, origin] of Object.entries({ 'catch-up': fresh, rebuild: built })) {
    const rehearsal = scratch({ fast: true });
    cpSync(origin, rehearsal, { recursive: true });
    const child = build(rehearsal, how, 0);
    if ((await child.ended).code !== 0) throw new Error(child.err);
    calls[how] = Number(child.out);
    for (let at = 1; at <= calls[how]; at++) crashes.push({ how, origin, at });
  }
  // in the long run every one of a catch-up; a rebuild is the same after its first statements
  const share = { 'catch-up': quick ? 0.06 : 1, rebuild: quick ? 0.03 : 0.15 };
  const chosen = crashes.filter(({ how }) => random.chance(share[how]));
  const wrong = [];
  const next = chosen.values();
  const lane = async () => {
    for (const { how, origin, at } of next)
      if ((await crashAndGoOn(origin, how, at)) !== wanted) wrong.push(`${how} killed at ${at}`);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return {
    pass: wrong.length === 0,
    figure:
      `${chosen.length} crashes at ${calls['catch-up']} statements of a catch-up and ${calls.rebuild} of a ` +
      `rebuild, skipped or doubled in ${wrong.length}`,
    details: wrong,
  };
}
