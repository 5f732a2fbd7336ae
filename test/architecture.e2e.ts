import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..');
const planted = join(root, 'libs', 'domain', 'src', 'planted');

const cruise = () =>
  spawnSync(
    process.execPath,
    ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', 'apps', 'libs', 'test'],
    { cwd: root, encoding: 'utf8' },
  );

afterAll(() => rmSync(planted, { recursive: true, force: true }));

it('every import follows the layer rule', () => {
  const { status, stdout } = cruise();
  expect(stdout).toContain('no dependency violations found');
  expect(status).toBe(0);
});

it('an import against the layers is found', () => {
  mkdirSync(planted, { recursive: true });
  writeFileSync(
    join(planted, 'upwards.ts'),
    "import { readFileSync } from 'node:fs';\nexport { Ledger } from '#projections';\nexport { readFileSync };\n",
  );
  const { status, stdout } = cruise();
  expect(stdout).toContain('domain-imports-only-lower-layers');
  expect(stdout).toContain('domain-is-pure');
  expect(status).not.toBe(0);
});
