// 10. An event that one projection cannot take, for each of the projections in turn.
// Seen to fail with: the projector goes on behind a failing event without a word (skipped silently), and
// with: a failure of one projection ends the transaction of all (the others do not go on).
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { digestOf, rebuiltDigest } from './digests.mjs';
import { withoutReadModels, workedCase } from './projector-crash.mjs';
import { ask, CLI, endWithin, here, node, scratch, serve, until } from './toolbox.mjs';

const TABLES = {
  entries: 'movement',
  books: 'fact',
  registers: 'register',
  history: 'event_index',
};
/** All but the last command, which closes the year; and more, for the event index has few rows. */
const OPEN_YEAR = 43;
const MORE = 40;
const BOOK = '/api/v1/books/430203-208001/2023';
const statistic = JSON.stringify({ date: '2023-12-31', key: 'headcount.temporary', count: '3' });

/** What must be refused while it is not complete, or answered as it is when all is there. */
const QUESTIONS = [
  '/reports/execution',
  '/reports/annex-3',
  '/reports/payments',
  '/reports/adjustments',
  '/reports/direct-allocations',
  '/reports/trial-balance',
  '/reports/execution/cells/YF/expenditure',
  '/measures/expenditure',
  '/events',
  '/events?from=30',
  '/events?from=70',
  '/events?from=14&to=20',
];
const answersOf = (url) => Promise.all(QUESTIONS.map((path) => ask(url + BOOK + path)));

/** An event that leaves a row in a table, not among the first. */
function victimOf(built, table, random) {
  const db = new Database(join(built, 'read-model.db'));
  const rows = db.prepare(`select distinct idx from ${table} where idx > 12`).pluck().all();
  db.close();
  return random.pick(rows);
}

async function stop(server, wrong) {
  server.kill('SIGTERM');
  const end = await endWithin(server, 10_000);
  if (end?.code !== 0) wrong.push(`the server ended with ${end?.code}`);
}

const healthOf = async (url) => JSON.parse((await ask(`${url}/health/ready`)).text);

/** While it is poisoned: that projection stands before the event, the others are at the end, nothing is hidden. */
async function whilePoisoned(directory, name, victim, wrong) {
  const server = await serve(directory, {
    flags: ['--import', pathToFileURL(here('poison.mjs')).href],
    env: { POISON_TABLE: TABLES[name], POISON_EVENT: String(victim) },
  });
  const key = `poison-${name}`;
  const post = await ask(`${server.url}${BOOK}/statistics`, {
    method: 'POST',
    key,
    body: statistic,
  });
  if (post.status !== 201) wrong.push(`a post got ${post.status} ${post.text}`);
  const size = OPEN_YEAR + MORE + 1;
  await until('the other projections are at the end', async () =>
    (await healthOf(server.url)).projections.every((p) => p.name === name || p.next === size),
  ).catch(async () =>
    wrong.push(`the others stand still: ${JSON.stringify(await healthOf(server.url))}`),
  );
  const { status, projections } = await healthOf(server.url);
  const failed = projections.filter((p) => p.failed !== undefined);
  if (status !== 'down') wrong.push(`the server says that it is ${status}`);
  if (failed.length !== 1 || failed[0].name !== name || failed[0].next !== victim)
    wrong.push(`stopped are ${JSON.stringify(failed)}, not ${name} at ${victim}`);
  else if (!failed[0].failed.includes(`event ${victim}`))
    wrong.push(`it does not say where it stopped: ${failed[0].failed}`);
  const answers = await answersOf(server.url);
  await stop(server, wrong);
  return answers;
}

/** The cause is gone and it is rebuilt: all is there, and what was answered before was not less than all. */
async function afterwards(directory, name, before, wrong) {
  const rebuild = node(CLI, ['rebuild', '--projection', name, '--data', directory]);
  const { code } = await rebuild.ended;
  if (code !== 0) wrong.push(`fiscal rebuild ended with ${code}: ${rebuild.err}`);
  const server = await serve(directory);
  await until('ready', async () => (await ask(`${server.url}/health/ready`)).status === 200).catch(
    async () => wrong.push(`not ready again: ${JSON.stringify(await healthOf(server.url))}`),
  );
  const after = await answersOf(server.url);
  QUESTIONS.forEach((path, i) => {
    if (after[i].status !== 200) wrong.push(`${path} got ${after[i].status} after the rebuild`);
    const [{ status, text }, whole] = [before[i], after[i].text];
    const refused = status === 503 && JSON.parse(text).code === 'projection-failed';
    if (!refused && text !== whole)
      wrong.push(
        `${path} got ${status} while ${name} had stopped, with less than after the rebuild`,
      );
  });
  await stop(server, wrong);
  if ((await digestOf(directory)) !== (await rebuiltDigest(directory)))
    wrong.push('the read models are other than rebuilt');
}

export async function poisonEvent({ random, quick }) {
  const names = Object.keys(TABLES);
  const chosen = quick ? [random.pick(names)] : names;
  const built = await workedCase(OPEN_YEAR, MORE);
  const wrong = [];
  for (const name of chosen) {
    const directory = scratch({ fast: true });
    cpSync(built, directory, { recursive: true });
    const victim = victimOf(built, TABLES[name], random);
    withoutReadModels(directory);
    const found = [];
    const before = await whilePoisoned(directory, name, victim, found);
    await afterwards(directory, name, before, found);
    wrong.push(...found.map((sentence) => `${name}, event ${victim}: ${sentence}`));
  }
  return {
    pass: wrong.length === 0,
    figure: `${chosen.length} projections poisoned (${chosen.join(', ')}), skipped silently or wrong ${wrong.length}`,
    details: wrong,
  };
}
