import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from '@jest/globals';
import { importInto, october, pay, sizeOf } from './importing.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-atomic-'));
afterAll(() => rmSync(root, { recursive: true }));

let count = 0;
let data: string;
beforeEach(() => {
  data = join(root, String(count++));
});

const post = (input: string | Uint8Array, ...more: string[]) => importInto(data, input, ...more);
const size = () => sizeOf(data);

it('--atomic takes all of a book or nothing', async () => {
  const lines = [...october, pay({ amount: '2111400.01' })].join('\n');
  const answer = await post(lines, '--atomic');
  expect(answer.accepted).toBe(0);
  expect(answer.rejected).toHaveLength(21);
  expect(answer.rejected.at(-1)).toMatchObject({ line: 21, code: 'insufficient-budget' });
  expect(answer.rejected[0]!.message).toContain('line 21');
  expect(await size()).toBe(0);
  expect(await post(october.join('\n'), '--atomic')).toMatchObject({ accepted: 20, rejected: [] });
});

it('--atomic is by book, and a line that tells no book may belong to any', async () => {
  const others = october.map((l) => l.replaceAll('430203-208001', '430203-208002'));
  const bad = pay({ amount: '2111400.01' });
  const mixed = await post([...october, ...others, bad].join('\n'), '--atomic');
  expect(mixed.accepted).toBe(20);
  expect(mixed.rejected).toHaveLength(21);
  expect(await size()).toBe(20);
  const torn = await post([...october, pay({}).slice(0, 80)].join('\n'), '--atomic');
  expect(torn.accepted).toBe(0);
  expect(torn.rejected).toHaveLength(21);
  expect(torn.rejected.at(-1)).toMatchObject({ line: 21, code: 'invalid-json' });
  expect(torn.rejected[0]!.message).toContain('line 21');
  expect(await size()).toBe(20);
});

it('--atomic refuses a book whose lines name different people, and no other book', async () => {
  const named = october.map((l, i) =>
    i === 5 ? JSON.stringify({ ...(JSON.parse(l) as object), actor: '乙' }) : l,
  );
  const others = october.map((l) => l.replaceAll('430203-208001', '430203-208002'));
  const answer = await post([...others, ...named].join('\n'), '--atomic');
  expect(answer.accepted).toBe(20);
  expect(answer.rejected).toHaveLength(20);
  expect(answer.rejected[0]!.message).toContain('line 26');
});
