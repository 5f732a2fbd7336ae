// One lane of tamper.mjs: flips a bit in each of its bytes of one file, and says of each what came of it.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryVault, SqliteEventStore } from '#event-store';
import { Ledger, verifyLog } from '#projections';
import { parseVerifierKey } from '#proof';
import { reportOf, toJson } from '#reports';
import { randomOf } from './toolbox.mjs';

const [, , directory, scratch, file, firstText, stepText, seed, given] = process.argv;
const { keyText, checkpoint, book } = JSON.parse(given);
const key = parseVerifierKey(keyText).value;
const random = randomOf(Number(seed));
const original = readFileSync(join(directory, file));
const ofReadModel = file === 'read-model.db';
const counts = { refused: 0, found: 0, harmless: 0, unseen: [] };

async function lookAt() {
  return ofReadModel ? lookAtLedger() : lookAtStore();
}

async function lookAtLedger() {
  const ledger = await Ledger.open({
    directory: scratch,
    create: false,
    vault: new MemoryVault(),
  });
  try {
    if (await isFound(ledger.store)) return 'found';
    if (!(await ledger.readModelsHold())) return 'found';
    const reports = ['execution', 'trial-balance', 'payments'];
    return JSON.stringify(reports.map((name) => toJson(reportOf(ledger, name, book, {}))));
  } finally {
    await ledger.close();
  }
}

async function lookAtStore() {
  const store = new SqliteEventStore({ directory: scratch, create: false });
  try {
    return (await isFound(store)) ? 'found' : JSON.stringify(await contentOf(store));
  } finally {
    await store.close();
  }
}

async function isFound(store) {
  const { findings } = await verifyLog(store, [{ name: 'kept', note: checkpoint }], [key]);
  return findings.length > 0;
}

/** All that the store could tell anybody, by every way in. */
async function contentOf(store) {
  const log = await store.readLog(0, 1000);
  const content = [log];
  for (const stream of new Set(log.map((e) => e.stream)))
    content.push(await store.readStream(stream, 0, 1000));
  for (const e of log) content.push(await store.findCommand(e.stream, e.commandId));
  return content;
}

const FILES = ['events.db', 'read-model.db'];
const restore = () => {
  for (const name of FILES)
    for (const suffix of ['-wal', '-shm']) rmSync(join(scratch, name + suffix), { force: true });
  for (const name of ofReadModel ? FILES : []) cpSync(join(directory, name), join(scratch, name));
};

for (const name of FILES) cpSync(join(directory, name), join(scratch, name));
restore();
const untouched = await lookAt();
if (untouched === 'found') throw new Error('the untouched store does not verify');
for (let at = Number(firstText); at < original.length; at += Number(stepText)) {
  restore();
  const bytes = Buffer.from(original);
  bytes[at] ^= 1 << random.below(8);
  writeFileSync(join(scratch, file), bytes);
  let outcome;
  try {
    outcome = await lookAt();
  } catch (error) {
    if (error.code === 'EMFILE' || /unable to open/.test(error.message)) throw error;
    outcome = 'refused';
  }
  if (outcome === 'refused') counts.refused++;
  else if (outcome === 'found') counts.found++;
  else if (outcome === untouched) counts.harmless++;
  else counts.unseen.push(at);
}
process.stdout.write(JSON.stringify(counts));
