import { beforeAll, expect, it } from '@jest/globals';
import type { Command } from '#domain';
import { createKey, parseSignerKey } from '#proof';
import {
  verifyLog,
  type Entry,
  type Finding,
  type LogSource,
} from '../apps/web/src/pages/audit/proof/verify-log.js';
import { ledgerWith, lusongCommands, ORIGIN, recording } from './lusong.js';

/** The verifier of the audit page, which is code of its own, against the server's tree and against liars. */
const SIGNED = 30;
const { signerKey, verifierKey } = createKey(ORIGIN);
let entries: readonly Entry[];
let checkpoint: string;
let honest: LogSource;

beforeAll(async () => {
  const signer = parseSignerKey(signerKey);
  if (!signer.ok) throw new Error(signer.reason);
  const commands = lusongCommands();
  const { ledger, post } = await begun();
  await post(commands.slice(0, SIGNED));
  checkpoint = await ledger.log.checkpoint(signer.value);
  await post(commands.slice(SIGNED));
  const { log, store } = ledger;
  entries = (await store.readLog(0, 1000)).map(({ index, envelope, payload }) => ({
    index,
    envelope,
    payload,
  }));
  const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex');
  honest = {
    entries: async (from) => ({
      entries: entries.slice(from, from + 7),
      logSize: entries.length,
    }),
    inclusion: async (index, size) => log.inclusionProof(index, size).map(hex),
    consistency: async (from, to) => log.consistencyProof(from, to).map(hex),
  };
});

async function begun() {
  const ledger = await ledgerWith([]);
  const post = async (commands: readonly Command[]) => {
    for (const command of commands) await ledger.commands.run(command, recording);
    await ledger.catchUp();
  };
  return { ledger, post };
}

const verdictOf = (source: LogSource) =>
  verifyLog(source, { checkpoint, keys: `${verifierKey}\n` }, () => undefined);

/** The log as a server would give it that hands out these entries. */
const giving = (all: readonly Entry[]): LogSource => ({
  ...honest,
  entries: async (from) => ({ entries: all.slice(from, from + 7), logSize: all.length }),
});

it('finds nothing in an honest log, whose root it computes like the server', async () => {
  const { findings, logSize, checkpoint: opened } = await verdictOf(honest);
  expect(findings).toEqual([]);
  expect([logSize, opened.size, opened.origin]).toEqual([entries.length, SIGNED, ORIGIN]);
});

const changed = (at: number, from: string, to: string): Entry[] =>
  entries.map((e) =>
    e.index === at
      ? {
          ...e,
          envelope: e.envelope!.replace(from, to),
          payload: e.payload!.replace(from, to),
        }
      : e,
  );

const lies: readonly [string, () => readonly Entry[], Finding['fault']][] = [
  ['a changed business date', () => changed(5, '2023-', '2024-'), 'root'],
  [
    'a changed payload under an unchanged envelope',
    () => entries.map((e) => (e.index === 5 ? { ...e, payload: `${e.payload} ` } : e)),
    'payload',
  ],
  [
    'two records in each other’s place',
    () => [...entries.slice(0, 8), entries[9]!, entries[8]!, ...entries.slice(10)],
    'gap',
  ],
  ['a record left out', () => entries.filter((e) => e.index !== 12), 'gap'],
  ['an end that was cut off', () => entries.slice(0, SIGNED - 1), 'short'],
  ['a change after the checkpoint', () => changed(SIGNED + 3, '2023-', '2024-'), 'consistency'],
  [
    'a record that is said to be of another unit, with a leaf of its own',
    () => entries.map((e) => (e.index === 5 ? { index: 5, leaf: 'ab'.repeat(32) } : e)),
    'root',
  ],
];

it.each(lies)('tells of %s', async (_, all, fault) => {
  const { findings } = await verdictOf(giving(all()));
  // planted bug: the root that was computed is not held against the signed one
  expect(findings.map((f) => f.fault)).toContain(fault);
});

it('tells of a proof that does not hold', async () => {
  const lying = { ...honest, inclusion: async () => ['00'.repeat(32)] };
  const { findings } = await verdictOf(lying);
  expect(findings.every((f) => f.fault === 'inclusion')).toBe(true);
  expect(findings.length).toBeGreaterThan(0);
});

it.each([
  ['a changed size', (note: string) => note.replace(`\n${SIGNED}\n`, '\n29\n'), 'badSignature'],
  ['another key', (note: string) => note, 'unsigned'],
  ['no note', () => 'hello', 'noNote'],
])('refuses %s of a checkpoint', async (what, change, reason) => {
  const keys = what === 'another key' ? createKey(ORIGIN).verifierKey : verifierKey;
  const files = { checkpoint: change(checkpoint), keys };
  await expect(verifyLog(honest, files, () => undefined)).rejects.toMatchObject({ reason });
});
