import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..');

/** Of the built API, whose document the types of the web app are made from. */
const check = () =>
  spawnSync(process.execPath, ['scripts/generate-api.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });

it('the types of the web app are those of the OpenAPI document', () => {
  // planted bug: a field of an answer renamed without `npm run generate:api`
  const { status, stderr } = check();
  expect([status, stderr]).toEqual([0, '']);
}, 60_000);
