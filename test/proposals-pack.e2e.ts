import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentOf, type BookEvent, type Command, type PostingProposed } from '#domain';
import { canonicalJson, leafHash, sealEvents, sha256Hex } from '#event-store';
import { Ledger } from '#projections';
import { fiscal } from './cli.js';
import { approve, BOOK, opening, pay, propose, PROPOSER, REVIEWER } from './proposing.js';
import { unzip } from './unzip.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-proposals-'));
afterAll(() => rmSync(root, { recursive: true }));
const VERIFIER = join(import.meta.dirname, '..', 'libs', 'proof-pack', 'verify.mjs');

/** A book with a proposal of each end, and one that is open. */
async function proposing(directory: string): Promise<Ledger> {
  const ledger = await Ledger.open({ directory });
  const run = async (command: Command, people = PROPOSER) => {
    const result = await ledger.commands.run(command, people);
    if (!result.ok) throw new Error(`${command.id}: ${result.error.message}`);
  };
  for (const command of opening) await run(command);
  for (const id of ['approved', 'returned', 'withdrawn', 'open'])
    await run(propose(pay(id, '10.00')));
  const revised = { ...propose(pay('returned', '11.00')), command: 'revise-proposal' } as Command;
  await run({ ...revised, id: 'revise' }, { ...PROPOSER, actor: 'wang.wu' });
  const { state } = await ledger.commands.bookState(BOOK);
  const { hash } = state.proposals.get('returned')!;
  const common = { ...BOOK, date: '2024-03-01' };
  await run({
    ...common,
    command: 'return-proposal',
    id: 'r',
    proposal: 'returned',
    hash,
    reason: '退',
  });
  await run({ ...common, command: 'withdraw-proposal', id: 'w', proposal: 'withdrawn' });
  await run({
    ...common,
    command: 'set-approval-rule',
    id: 'rule',
    threshold: '5.00',
    windowDays: 7,
  });
  expect(await approve(ledger, 'approved')).toMatchObject({ ok: true });
  return ledger;
}

/** Exports the pack of a ledger, signed by a key of its own, and has it verified. */
async function verified(directory: string) {
  const [key, out, at] = ['key', 'pack.zip', 'pack'].map((name) => join(directory, '..', name));
  const created = await fiscal(['key', 'create', '--out', key!, '--data', directory]);
  writeFileSync(`${key}.pub`, created.stdout);
  const signed = ['--data', directory, '--signing-key', key!];
  const exported = await fiscal(['export', 'audit-pack', out!, '--with-names', ...signed]);
  expect([exported.code, exported.stderr]).toEqual([0, '']);
  unzip(readFileSync(out!), at!);
  const args = [VERIFIER, at!, '--key', `${key}.pub`];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, said: stdout };
}

const ledgerAt = (name: string) => join(root, name, 'data');

describe('a pack with proposals', () => {
  beforeAll(async () => (await proposing(ledgerAt('true'))).close());

  it('holds, names of payees that were only proposed included', async () => {
    const { status, said } = await verified(ledgerAt('true'));
    expect([status, said]).toEqual([0, expect.stringContaining('holds')]);
    const names = readFileSync(join(root, 'true', 'pack', 'personal-data.ndjson'), 'utf8');
    expect(names).toContain('供应商');
  });

  it('is a log that verifies', async () => {
    const { code } = await fiscal(['verify', '--data', ledgerAt('true')]);
    expect(code).toBe(0);
  });
});

interface Forgery {
  readonly event: BookEvent;
  readonly commandId: string;
  readonly commandHash: string;
  readonly actor: string;
  readonly approvedBy?: string | undefined;
}

/** Puts an event into a book past every rule of the ledger, sealed and chained as it should be. */
async function forge(
  name: string,
  forgery: (proposed: PostingProposed, payment: BookEvent) => Forgery,
) {
  const ledger = await proposing(ledgerAt(name));
  const stream = `book-${BOOK.unit}-${BOOK.fiscalYear}`;
  const events = await ledger.store.readStream(stream, 0, 1000);
  const dataOf = (id: string) =>
    JSON.parse(events.find((e) => e.commandId === id)!.payload) as object;
  const proposed = dataOf('propose:open') as PostingProposed;
  const payment = { type: 'PaymentMade', data: dataOf('approved') } as BookEvent;
  const { event, commandId, commandHash, actor, approvedBy } = forgery(proposed, payment);
  const last = events.at(-1)!;
  const head = { revision: last.revision, leaf: leafHash(last.envelope).toString('hex') };
  const people = { ...PROPOSER, actor, ...(approvedBy !== undefined && { approvedBy }) };
  const decided = { event, date: '2024-03-01', commandId, commandHash };
  const sealed = sealEvents(ledger.store.origin, stream, head, people, [decided]);
  await ledger.store.append(stream, head.revision, sealed);
  await ledger.close();
  return verified(ledgerAt(name));
}

describe('what nobody could have decided is found', () => {
  const { actor } = PROPOSER;
  const approvedBy = REVIEWER;
  const payment = (of: PostingProposed, event: BookEvent) => ({
    event,
    commandId: 'open',
    commandHash: of.hash,
    actor,
    approvedBy,
  });
  const cases: [string, string, Parameters<typeof forge>[1]][] = [
    [
      'by who proposed it',
      'zhang.san approved what',
      (p, e) => ({ ...payment(p, e), approvedBy: actor }),
    ],
    ['by nobody', 'nobody approved', (p, e) => ({ ...payment(p, e), approvedBy: undefined })],
    ['in another name', 'is posted by li.si', (p, e) => ({ ...payment(p, e), actor: 'li.si' })],
    [
      'of another content',
      'is not what was proposed',
      (p, e) => ({ ...payment(p, e), commandHash: sha256Hex('other') }),
    ],
    [
      'of another amount',
      'does not record the make-payment',
      (p, e) => {
        const event = structuredClone(e) as unknown as { data: { lines: { amount: string }[] } };
        event.data.lines[0]!.amount = '9.00';
        return payment(p, event as unknown as BookEvent);
      },
    ],
    [
      'of one that was withdrawn',
      'which is withdrawn',
      (p, e) => ({ ...payment(p, e), commandId: 'withdrawn' }),
    ],
    [
      'with a hash that is not that of the posting',
      'is not that of its posting',
      (p) => ({
        event: { type: 'PostingProposed', data: { ...p, proposal: 'new', hash: sha256Hex('x') } },
        commandId: 'forged',
        commandHash: sha256Hex('y'),
        actor,
      }),
    ],
    [
      'that holds more than there is',
      'open proposals hold 2000.00',
      (p) => {
        const posting = { ...p.posting, reason: 'x' } as PostingProposed['posting'];
        return {
          event: {
            type: 'PostingProposed',
            data: {
              proposal: 'new',
              posting,
              hash: sha256Hex(canonicalJson(posting)),
              holds: [{ ...p.holds[0]!, amount: '1990.00' }],
            },
          },
          commandId: 'forged',
          commandHash: sha256Hex('y'),
          actor,
        };
      },
    ],
  ];
  it.each(cases)('an approval or a proposal %s', async (name, says, forgery) => {
    const { status, said } = await forge(name.replaceAll(' ', '-'), forgery);
    expect([status, said]).toEqual([1, expect.stringContaining(says)]);
  });
});

it('the hash of a proposal is the one under which its posting is recorded', async () => {
  const ledger = await proposing(ledgerAt('hash'));
  const { state } = await ledger.commands.bookState(BOOK);
  const { hash, posting } = state.proposals.get('approved')!;
  const stored = await ledger.store.findCommand(`book-${BOOK.unit}-${BOOK.fiscalYear}`, 'approved');
  expect(JSON.parse(stored!.envelope)).toMatchObject({
    commandHash: hash,
    actor: PROPOSER.actor,
    approvedBy: REVIEWER,
  });
  expect(sha256Hex(canonicalJson(contentOf({ ...posting, id: 'approved' })))).toBe(hash);
  await ledger.close();
});
