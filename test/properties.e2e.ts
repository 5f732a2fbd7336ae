import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  balanceOf,
  decide,
  emptyBook,
  entryLinesOf,
  evolve,
  measureOfBook,
  MEASURES,
  proposedClosing,
  readCommand,
  sumOfLine,
  type BookEvent,
  type BookState,
  type Command,
} from '#domain';
import { MemoryVault } from '#event-store';
import { Ledger } from '#projections';
import { history, HISTORY_BOOK } from './histories.js';
import { ORIGIN, recording } from './lusong.js';

const RUNS = { numRuns: 500 };

interface Step {
  readonly event: BookEvent;
  readonly state: BookState;
}

/** Decides and folds commands; answers each accepted step. */
function play(commands: readonly Command[]): Step[] {
  let state = emptyBook(HISTORY_BOOK);
  const steps: Step[] = [];
  for (const command of commands) {
    const decision = decide(command, state, { actor: 'test' });
    if (!decision.ok) continue;
    const event = decision.value;
    const { id: commandId, date } = command;
    state = evolve(state, { event, revision: steps.length, commandId, date, actor: 'test' });
    steps.push({ event, state });
  }
  return steps;
}

describe('for 500 random histories', () => {
  it('the generator gives commands that the gate accepts, and histories worth the name', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(history(), (commands) => {
        for (const command of commands) expect(readCommand(command)).toMatchObject({ ok: true });
        for (const { event } of play(commands))
          seen.set(event.type, (seen.get(event.type) ?? 0) + 1);
      }),
      RUNS,
    );
    for (const type of [
      'CarryoverBroughtIn',
      'BudgetApproved',
      'BudgetAdjusted',
      'BudgetTransferred',
      'FundsAllocatedDirectly',
      'FundsReserved',
      'PaymentMade',
      'EntryReversed',
    ])
      expect(seen.get(type) ?? 0).toBeGreaterThan(20);
  });

  it('nothing is below zero and income covers spending, for every line at every prefix', () => {
    const below = ['executable', 'unreleasedCarryover', 'reserved'] as const;
    fc.assert(
      fc.property(history(), (commands) => {
        for (const { state } of play(commands)) {
          for (const line of state.lines.values()) {
            for (const account of below)
              expect(sumOfLine(line, balanceOf(account))).toBeGreaterThanOrEqual(0);
            const of = (m: 'carryoverIn' | 'fullYearBudget' | 'expenditure' | 'carryoverOut') =>
              sumOfLine(line, MEASURES[m].of);
            const income = line.key.origin === 'current' ? of('fullYearBudget') : 0;
            expect(of('carryoverIn') + income).toBe(of('expenditure') + of('carryoverOut'));
          }
          const book = (
            m: 'carryoverIn' | 'appropriationIncome' | 'expenditure' | 'carryoverOut',
          ) => measureOfBook(state, m);
          expect(book('carryoverIn') + book('appropriationIncome')).toBe(
            book('expenditure') + book('carryoverOut'),
          );
        }
      }),
      RUNS,
    );
  });

  it('debits equal credits in every event, the close included', () => {
    fc.assert(
      fc.property(history(), (commands) => {
        const steps = play(commands);
        const state = steps.at(-1)!.state;
        const close: Command = {
          command: 'close-year',
          id: 'close',
          ...HISTORY_BOOK,
          date: '2024-12-31',
          reason: '结账',
          carryover: proposedClosing(state),
        };
        const closed = play([...commands, close]).at(-1)!;
        expect(closed.event.type).toBe('YearClosed');
        // after the close nothing is left to spend anywhere
        for (const account of ['executable', 'unreleasedCarryover', 'reserved'] as const)
          expect(measureOfBook(closed.state, account)).toBe(0);
        for (const { event } of [...steps, closed]) {
          let balance = 0;
          for (const l of entryLinesOf(event)) balance += l.debitFen - l.creditFen;
          expect(balance).toBe(0);
        }
      }),
      RUNS,
    );
  });

  it('any batching gives the same read model, and posting twice changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        history(40),
        fc.array(fc.nat(9), { minLength: 46, maxLength: 46 }),
        async (commands, cuts) => {
          // the read models name subjects, and these are random: one vault for both
          const options = { origin: ORIGIN, vault: new MemoryVault() };
          const [eager, lazy] = [await Ledger.open(options), await Ledger.open(options)];
          const recorded: Command[] = [];
          for (const [i, command] of commands.entries()) {
            const { ok } = await eager.commands.run(command, recording);
            if (ok) recorded.push(command);
            if ((cuts[i] ?? 0) < 4) await eager.catchUp();
          }
          for (const command of commands) void lazy.commands.run(command, recording);
          await lazy.commands.run({ ...commands[0]!, id: 'again' }, recording);
          const size = await lazy.store.size();
          expect(await eager.store.size()).toBe(size);
          await Promise.all([eager.catchUp(), lazy.catchUp()]);
          const digest = eager.digest();
          expect(lazy.digest()).toBe(digest);
          for (const command of recorded) await lazy.commands.run(command, recording);
          expect(await lazy.store.size()).toBe(size);
          await lazy.rebuild();
          expect(lazy.digest()).toBe(digest);
          await Promise.all([eager.close(), lazy.close()]);
        },
      ),
      RUNS,
    );
  }, 120_000);

  it('as known at index N is what a ledger shows that stopped at N', async () => {
    await fc.assert(
      fc.asyncProperty(history(40), fc.nat(), async (commands, pick) => {
        const whole = await Ledger.open({ origin: ORIGIN });
        for (const command of commands) await whole.commands.run(command, recording);
        const size = await whole.catchUp();
        const knownAt = 1 + (pick % size);
        const stopped = await Ledger.open({ origin: ORIGIN });
        for (const command of commands) {
          if ((await stopped.store.size()) === knownAt) break;
          await stopped.commands.run(command, recording);
        }
        await stopped.catchUp();
        const then = stopped.figures(HISTORY_BOOK, {}, { events: true });
        const now = whole.figures(HISTORY_BOOK, { knownAt }, { events: true });
        for (const measure of [
          'fullYearBudget',
          'expenditure',
          'reserved',
          'executionRate',
        ] as const)
          expect(now.measure(measure)).toEqual(then.measure(measure));
        expect(now.lines()).toEqual(then.lines());
        await Promise.all([whole.close(), stopped.close()]);
      }),
      RUNS,
    );
  }, 120_000);
});
