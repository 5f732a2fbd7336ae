// 1. A writer is killed at random moments, again and again on the same directory.
// Seen to fail with: LogWriter answers its appends at once and commits only every tenth batch (lost), and
// with: the projector moves a checkpoint in a transaction after the one of the rows (read model differs).
import { closeSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, rebuiltDigest } from './digests.mjs';
import { here, node, scratch, until, wait, wholeLines } from './toolbox.mjs';
import { acknowledgedOf, LogVerifier } from './verify-log.mjs';

/** The kills that come before the writer has said anything, of all. */
const DURING_START = 0.2;
const SET_UP = 5;

async function killOnce(directory, file, from, random) {
  const stdout = openSync(file, 'w');
  const writer = node(
    here('writer.mjs'),
    [directory, from, 1e9, random.pick([1, 8, 64]), 'follow'],
    {
      stdout,
    },
  );
  closeSync(stdout);
  if (!random.chance(DURING_START))
    await until('the writer posts', () => {
      if (!writer.alive) throw new Error(`the writer ended: ${writer.err}`);
      return statSync(file).size > 0;
    });
  await wait(random.next() * 250);
  writer.kill('SIGKILL');
  const { code, signal } = await writer.ended;
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself (${code}): ${writer.err}`);
  return acknowledgedOf(wholeLines(file));
}

export async function kill({ random, quick }) {
  const [kills, checkEvery] = quick ? [6, 3] : [100, 20];
  const directory = scratch();
  const file = join(scratch(), 'acknowledged');
  const acknowledged = new Map();
  const log = new LogVerifier(directory);
  let from = 0;
  let lost = 0;
  let differing = 0;
  for (let round = 1; round <= kills; round++) {
    const said = await killOnce(directory, file, from, random);
    for (const [index, id] of said) {
      // said before: the same place again
      if ((acknowledged.get(id) ?? index) !== index) lost++;
      acknowledged.set(id, index);
    }
    const digest = await digestOf(directory); // the product opens it first, as after any crash
    log.take();
    lost += log.lost(said);
    // the next writer starts some way back: clients repeat what they got no answer to
    from = Math.max(0, log.size - SET_UP - random.below(100));
    if (round % checkEvery === 0 && digest !== (await rebuiltDigest(directory))) differing++;
  }
  const whole = new LogVerifier(directory).take();
  lost += whole.lost([...acknowledged].map(([id, index]) => [index, id]));
  return {
    pass: lost + whole.doubled + log.faults.length + whole.faults.length + differing === 0,
    figure:
      `${kills} kills, ${acknowledged.size} acknowledged, lost ${lost}, doubled ${whole.doubled}, ` +
      `faults ${whole.faults.length}, read models other than rebuilt ${differing} of ${kills / checkEvery}`,
    details: [...log.faults, ...whole.faults],
  };
}
