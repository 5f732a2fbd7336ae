import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatTenThousandYuan, type Command } from '#domain';
import { decodeEvent } from '#event-store';
import { readScope, type Ledger } from '#projections';
import { BOOK, ledgerWith, lusongCommands, printedFigures, recording } from './lusong.js';

const commands = lusongCommands();
const closing = commands.at(-1) as Extract<Command, { command: 'close-year' }>;
const beforeClose = commands.slice(0, -1);

describe('the published 2023 report of 芦淞区退役军人事务局', () => {
  let ledger: Ledger;
  beforeAll(async () => {
    ledger = await ledgerWith(commands);
  });
  afterAll(() => ledger.close());

  it('has 78 figures, 76 of which the ledger reproduces', () => {
    expect(printedFigures).toHaveLength(78);
    expect(printedFigures.filter((f) => f.reproducible === false)).toHaveLength(2);
  });

  it.each(printedFigures)('$where: $measure is $printed $unit', (figure) => {
    const scope = readScope(figure.scope);
    if (!scope.ok) throw new Error(scope.error.message);
    const answer = ledger.measure({
      ...BOOK,
      measure: figure.measure,
      scope: scope.value,
      asOf: {},
    });
    const shown = answer.tenThousand ?? answer.percent ?? answer.score;
    const expected = figure.reproducible === false ? figure.ledger : figure.printed;
    expect(Number(shown)).toBe(Number(expected));
    // the running totals, which answer without the events, agree with the sum over the facts
    const totals = ledger.figures(BOOK, {}).measure(answer.measure as 'expenditure', scope.value);
    if (totals.kind === 'money') expect(formatTenThousandYuan(totals.fen)).toBe(shown);
  });

  it('seals carryover of 17640.00, shown 0.21 + 1.56, at the close', async () => {
    const events = await ledger.history(BOOK, { from: 0, limit: 100 });
    const closed = decodeEvent(events.at(-1)!).event;
    if (closed.type !== 'YearClosed') throw new Error(closed.type);
    expect(closed.data.totals.carryoverOut).toBe('17640.00');
    const carried = closed.data.remainders.map((r) => [r.project, r.amount, r.carriedForward]);
    expect(carried).toEqual([
      ['GL', '15560.00', [{ sourceFiscalYear: 2022, amount: '15560.00' }]],
      ['YF', '2080.00', [{ sourceFiscalYear: 2022, amount: '2080.00' }]],
    ]);
    const carriedForward = ledger.figures(BOOK, {}).measure('carriedForward');
    expect(carriedForward).toMatchObject({ kind: 'money', fen: 1764000 });
  });

  it('prepares the next opening, which brings in exactly what was carried forward', async () => {
    const opening = await ledger.nextYearOpening(BOOK);
    if (!opening.ok) throw new Error(opening.error.message);
    for (const command of opening.value) {
      const result = await ledger.commands.run(command, recording);
      expect(result).toMatchObject({ ok: true });
    }
    await ledger.catchUp();
    const next = ledger.figures({ ...BOOK, fiscalYear: 2024 }, {}, { events: true });
    expect(next.measure('carryoverIn')).toMatchObject({ fen: 1764000 });
    // the prior year is in this ledger now, and answers for itself
    expect(next.measure('priorExpenditure')).toMatchObject({ fen: 2225970000 });
  });
});

it('refuses a close that is one fen off, naming the difference, and stores nothing', async () => {
  const ledger = await ledgerWith(beforeClose);
  const [first, ...rest] = closing.carryover;
  const off = { ...closing, carryover: [{ ...first!, amount: '2080.01' }, ...rest] };
  const result = await ledger.commands.run(off, recording);
  expect(result).toMatchObject({ ok: false, error: { code: 'carryover-mismatch' } });
  if (!result.ok) {
    expect(result.error.message).toContain('YF 优抚经费');
    expect(result.error.message).toContain('2080.00');
    expect(result.error.message).toContain('0.01');
  }
  expect(await ledger.store.size()).toBe(beforeClose.length);
  await ledger.close();
});

it('refuses carryover that differs from what the prior book carried forward', async () => {
  const ledger = await ledgerWith(commands);
  const opening = await ledger.nextYearOpening(BOOK);
  if (!opening.ok) throw new Error(opening.error.message);
  const carry = opening.value.at(-1) as Extract<Command, { command: 'bring-in-carryover' }>;
  for (const command of opening.value.slice(0, -1)) await ledger.commands.run(command, recording);
  const [first, ...rest] = carry.lines;
  const more = { ...carry, lines: [{ ...first!, amount: '15560.01' }, ...rest] };
  const result = await ledger.commands.run(more, recording);
  expect(result).toMatchObject({ ok: false, error: { code: 'carryover-mismatch' } });
  await ledger.close();
});

it('shows at every log index what a ledger shows that stopped there', async () => {
  const whole = await ledgerWith(commands);
  const growing = await ledgerWith([]);
  for (const [i, command] of commands.entries()) {
    await growing.commands.run(command, recording);
    await growing.catchUp();
    const knownAt = i + 1;
    const then = growing.figures(BOOK, {}, { events: true });
    const now = whole.figures(BOOK, { knownAt }, { events: true });
    for (const measure of ['fullYearBudget', 'expenditure', 'executable', 'totalScore'] as const)
      expect(now.measure(measure)).toEqual(then.measure(measure));
    expect(now.status).toBe(then.status);
    expect(now.projects).toEqual(then.projects);
  }
  await whole.close();
  await growing.close();
});

it('shows on a business date what had happened by then', async () => {
  const ledger = await ledgerWith(commands);
  const june = ledger.figures(BOOK, { to: '2023-06-30' });
  expect(june.measure('expenditure')).toMatchObject({ fen: 990000000 });
  const august = ledger.figures(BOOK, { from: '2023-08-01', to: '2023-08-31' });
  expect(august.measure('expenditure')).toMatchObject({ fen: 446100000 });
  await ledger.close();
});

it('reopens a year with two people only, and closing again is possible', async () => {
  const ledger = await ledgerWith(commands);
  const reopen: Command = {
    command: 'reopen-year',
    id: 'reopen-1',
    ...BOOK,
    date: '2024-02-01',
    reason: '补记',
  };
  const alone = await ledger.commands.run(reopen, recording);
  expect(alone).toMatchObject({ ok: false, error: { code: 'approval-required' } });
  const self = await ledger.commands.run(reopen, { ...recording, approvedBy: recording.actor });
  expect(self).toMatchObject({ ok: false, error: { code: 'approval-required' } });
  const two = await ledger.commands.run(reopen, { ...recording, approvedBy: 'reviewer' });
  expect(two).toMatchObject({ ok: true });
  const again = await ledger.commands.run({ ...closing, id: 'close-2' }, recording);
  expect(again).toMatchObject({ ok: true });
  await ledger.close();
});
