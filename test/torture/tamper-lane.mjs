// One lane of tamper.mjs: flips a bit in each of its bytes of one file, and says of each what came of it.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const ledger = await Ledger.open({ directory: scratch, create: false });
  try {
    const { findings } = await verifyLog(ledger.store, [{ name: 'kept', note: checkpoint }], [key]);
    if (findings.length > 0) return 'found';
    if (ofReadModel && !(await ledger.readModelsHold())) return 'found';
    return JSON.stringify(await contentOf(ledger));
  } finally {
    await ledger.close();
  }
}

/** All that a user could be shown, by every way in. */
async function contentOf(ledger) {
  const log = await ledger.store.readLog(0, 1000);
  const streams = [...new Set(log.map((e) => e.stream))];
  const content = [log];
  for (const stream of streams) content.push(await ledger.store.readStream(stream, 0, 1000));
  for (const e of log) content.push(await ledger.store.findCommand(e.stream, e.commandId));
  if (ofReadModel)
    for (const name of ['execution', 'trial-balance', 'payments'])
      content.push(toJson(reportOf(ledger, name, book, {})));
  return content;
}

const restore = () => {
  for (const name of ['events.db', 'read-model.db'])
    for (const suffix of ['-wal', '-shm']) rmSync(join(scratch, name + suffix), { force: true });
  cpSync(directory, scratch, { recursive: true });
};

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
