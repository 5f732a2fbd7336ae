// 2. The power goes at random moments: what was synced stays, of the rest anything may be there or torn.
// Seen to fail with: makeDurable leaves synchronous as the driver has it, which is NORMAL, and mustBeDurable
// does not look at it. The same is in the test itself, as the control that must lose something.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SqliteEventStore } from '#event-store';
import { record } from './recording.mjs';
import { SimulatedDisk } from './simulated-disk.mjs';
import { here, scratch, whyNoStrace } from './toolbox.mjs';
import { acknowledgedOf, LogVerifier } from './verify-log.mjs';

/** About one acknowledgement as it is printed. */
const LINE_BYTES = 14;

/** The moments of the cuts: any operation, and as often one right after an acknowledgement. */
function momentsOf(operations, cuts, random) {
  const said = operations.flatMap(({ call }, at) => (call === 'said' ? [at] : []));
  const moments = Array.from({ length: cuts }, (_, i) =>
    i % 2 === 0 || said.length === 0 ? random.below(operations.length) : random.pick(said),
  );
  return moments.sort((a, b) => a - b);
}

function perform(disk, { call, name, data, at, length, to }) {
  if (call === 'write') disk.write(name, data, at);
  else if (call === 'truncate') disk.truncate(name, length);
  else if (call === 'sync') disk.sync(name);
  else if (call === 'sync-directory') disk.syncDirectory();
  else if (call === 'unlink') disk.unlink(name);
  else if (call === 'rename') disk.rename(name, to);
}

/** What is wrong with the log after a cut, opened by the product as after any crash. */
async function afterCut(files, acknowledged) {
  const directory = scratch({ fast: true });
  for (const [name, bytes] of files) writeFileSync(join(directory, name), bytes);
  try {
    await new SqliteEventStore({ directory }).close();
    const log = new LogVerifier(directory).take();
    return { lost: log.lost(acknowledged), faults: log.faults, doubled: log.doubled };
  } catch (error) {
    return {
      lost: acknowledged.length,
      faults: [`it cannot be opened: ${error.message}`],
      doubled: 0,
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function cutOften(operations, cuts, random) {
  const disk = new SimulatedDisk();
  const sum = { lost: 0, doubled: 0, faults: [], acknowledged: 0, cuts };
  const acknowledged = [];
  let done = 0;
  for (const moment of momentsOf(operations, cuts, random)) {
    for (; done <= moment; done++) {
      const operation = operations[done];
      if (operation.call === 'said')
        acknowledged.push(...acknowledgedOf(operation.text.split('\n').filter((line) => line)));
      else perform(disk, operation);
    }
    const { lost, faults, doubled } = await afterCut(disk.cut(random), acknowledged);
    sum.lost += lost;
    sum.doubled += doubled;
    sum.faults.push(...faults);
  }
  sum.acknowledged = acknowledged.length;
  return sum;
}

/** A writer that is killed, one that recovers from it and closes; long enough for checkpoints of the WAL. */
async function recordTwo(random, { posts, width }) {
  const directory = scratch();
  const first = await record(directory, here('writer.mjs'), [directory, 0, 1e9, width], {
    killWhen: (bytes) => bytes > posts * LINE_BYTES,
  });
  const again = random.below(posts);
  const second = await record(directory, here('writer.mjs'), [directory, again, posts, width]);
  return [...first, ...second];
}

async function recordWithoutFull(posts) {
  const directory = scratch();
  const flags = ['--import', pathToFileURL(here('without-full.mjs')).href];
  return record(directory, here('writer.mjs'), [directory, 0, posts, 1], { flags });
}

export async function powerCut({ random, quick }) {
  const skipped = whyNoStrace();
  if (skipped) return { skipped };
  const size = quick ? { posts: 150, width: 1 } : { posts: 1300, width: 2 };
  const full = await cutOften(await recordTwo(random, size), quick ? 30 : 250, random);
  const normal = await cutOften(
    await recordWithoutFull(quick ? 60 : 300),
    quick ? 20 : 100,
    random,
  );
  return {
    pass: full.lost + full.doubled + full.faults.length === 0 && normal.lost > 0,
    figure:
      `${full.cuts} cuts, ${full.acknowledged} acknowledged, lost ${full.lost}, doubled ${full.doubled}, ` +
      `faults ${full.faults.length}; with synchronous=NORMAL ${normal.cuts} cuts, lost ${normal.lost} (must be some)`,
    details: full.faults,
  };
}
