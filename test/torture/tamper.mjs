// 5. One bit is flipped in every byte of a small store's log, and in a share of those of its read models:
// whatever changed what anybody can be shown must be refused or found by the verifier.
// Seen to fail with: the verifier does not compare the columns beside the envelope, and with: read models
// compared by their rows alone (a column under another name in the schema hid it).
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createSigningKey, Ledger, readSigningKey } from '#projections';
import { workedCase } from './projector-crash.mjs';
import { here, node, scratch } from './toolbox.mjs';

const LANES = 2;
const EVENTS = 7;

export async function tamper({ random, quick }) {
  const directory = await workedCase(EVENTS);
  const ledger = await Ledger.open({ directory });
  const keyFile = join(scratch(), 'key');
  const keyText = createSigningKey(keyFile, ledger.store.origin, directory);
  await ledger.catchUp();
  const checkpoint = await ledger.log.checkpoint(readSigningKey(keyFile, ledger.store.origin));
  const [book] = ledger.books();
  await ledger.close();
  const given = JSON.stringify({ keyText, checkpoint, book });
  // every byte of the log; of the read models, which are built anew for each, one of many
  const steps = { 'events.db': quick ? 400 : 1, 'read-model.db': quick ? 3000 : 100 };
  const total = { refused: 0, found: 0, harmless: 0, unseen: [] };
  const sizes = [];
  for (const [file, step] of Object.entries(steps)) {
    sizes.push(`${statSync(join(directory, file)).size} bytes of ${file}, every ${step}`);
    const offset = random.below(step);
    const lanes = Array.from({ length: LANES }, async (_, lane) => {
      const args = [directory, scratch({ fast: true }), file, offset + lane * step, LANES * step];
      const child = node(here('tamper-lane.mjs'), [...args, random.below(2 ** 31), given]);
      const { code } = await child.ended;
      if (code !== 0) throw new Error(child.err);
      return JSON.parse(child.out);
    });
    for (const counts of await Promise.all(lanes)) {
      for (const word of ['refused', 'found', 'harmless']) total[word] += counts[word];
      total.unseen.push(...counts.unseen.map((at) => `${file} byte ${at}`));
    }
  }
  return {
    pass: total.unseen.length === 0 && total.found > 0,
    figure:
      `${sizes.join('; ')}: refused ${total.refused}, found ${total.found}, without effect ` +
      `${total.harmless}, changed and verified ${total.unseen.length}`,
    details: total.unseen,
  };
}
