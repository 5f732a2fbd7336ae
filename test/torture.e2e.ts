import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const RUN = join(import.meta.dirname, 'torture', 'run.mjs');

/** The reliability programme in short, on what was built; `npm run test:torture` is the long one. */
it('survives what the reliability programme does to it', async () => {
  const child = spawn(process.execPath, [RUN, '--quick'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.on('data', (data: Buffer) => (told += data.toString()));
  const code = await new Promise((done) => child.on('exit', done));
  process.stdout.write(told);
  expect([code, told]).toEqual([0, expect.stringContaining(' 0 failed')]);
}, 400_000);
