import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './fixtures.mjs';

const child = (side, directory) => {
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'rebuild-child.mjs'), side, directory],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};

/** Rebuild of all read models from zero, against a raw scan with JSON.parse of every payload. */
export function benchRebuild(directory, rounds = 3) {
  const pairs = Array.from({ length: rounds }, () => {
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(directory, `read-model.db${suffix}`), { force: true });
    return { scan: child('scan', directory), ours: child('rebuild', directory) };
  });
  const { events } = pairs[0].ours;
  const rss = Math.max(...pairs.map((p) => p.ours.maxRssMb));
  return [
    {
      name: `rebuild of all read models from ${events} events against a raw scan with JSON.parse`,
      ratio: median(pairs.map((p) => p.scan.took / p.ours.took)),
      aim: 0.4,
      detail: `${median(pairs.map((p) => p.ours.took)).toFixed(1)} s against ${median(pairs.map((p) => p.scan.took)).toFixed(1)} s`,
    },
    { name: 'peak memory of that rebuild, MB', value: rss, aim: 300, atMost: true },
  ];
}
