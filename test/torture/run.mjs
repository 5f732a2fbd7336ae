// npm run test:torture [-- NAME…] [--seed N] [--quick]: the long reliability programme.
import { parseArgs } from 'node:util';
import { approvers } from './approvers.mjs';
import { backup } from './backup.mjs';
import { fsyncError } from './fsync-error.mjs';
import { fullDisk } from './full-disk.mjs';
import { fuzzAll } from './fuzz.mjs';
import { kill } from './kill.mjs';
import { lostReplies } from './lost-replies.mjs';
import { nodes } from './nodes.mjs';
import { poisonEvent } from './poison-event.mjs';
import { powerCut } from './power-cut.mjs';
import { projectorCrash } from './projector-crash.mjs';
import { tamper } from './tamper.mjs';
import { rivals } from './rivals.mjs';
import { cleanUp, randomOf, wait } from './toolbox.mjs';

const TESTS = {
  kill,
  'power-cut': powerCut,
  'full-disk': fullDisk,
  'fsync-error': fsyncError,
  rivals,
  approvers,
  tamper,
  'projector-crash': projectorCrash,
  'poison-event': poisonEvent,
  backup,
  'lost-replies': lostReplies,
  nodes,
  fuzz: fuzzAll,
};
const TIME_LIMIT_MS = 200_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const names = positionals.length > 0 ? positionals : Object.keys(TESTS);
const unknown = names.filter((name) => !Object.hasOwn(TESTS, name));
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(values.seed);
if (unknown.length > 0 || !Number.isSafeInteger(seed) || seed < 0) {
  console.error(`usage: run.mjs [${Object.keys(TESTS).join(' | ')}]… [--seed N] [--quick]`);
  process.exit(2);
}

async function outcomeOf(name) {
  const late = wait(TIME_LIMIT_MS, undefined, { ref: false }).then(() => {
    throw new Error(`not ended within ${TIME_LIMIT_MS / 1000} s`);
  });
  try {
    return await Promise.race([TESTS[name]({ random: randomOf(seed), quick: values.quick }), late]);
  } catch (error) {
    return { pass: false, figure: 'it could not be carried out', details: [error.stack] };
  } finally {
    await cleanUp();
  }
}

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void cleanUp().then(() => process.exit(1)));

const counts = { PASS: 0, FAIL: 0, SKIPPED: 0 };
const since = performance.now();
for (const name of names) {
  const start = performance.now();
  const { pass, skipped, figure, details = [] } = await outcomeOf(name);
  const word = skipped !== undefined ? 'SKIPPED' : pass ? 'PASS' : 'FAIL';
  counts[word]++;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${word} ${name}: ${skipped ?? figure} (seed ${seed}, ${seconds} s)`);
  if (word === 'FAIL') for (const line of details.slice(0, 20)) console.log(`  ${line}`);
}
const seconds = ((performance.now() - since) / 1000).toFixed(0);
console.log(
  `${counts.PASS} passed, ${counts.FAIL} failed, ${counts.SKIPPED} skipped in ${seconds} s, seed ${seed}`,
);
process.exit(counts.FAIL > 0 ? 1 : 0);
