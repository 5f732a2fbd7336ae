import { sumFen, toFen } from '../../money/index.js';
import { approvalKey, claimantOf } from '../claims.js';
import type { CommandOf } from '../commands.js';
import { accepted, refused, refusedAt, type Result } from '../refusal.js';
import type { BookEvent } from '../events.js';
import type { BookState } from '../state.js';
import { lineKeyText, type LineKey, type Origin } from '../vocabulary.js';
import { BUDGET } from '../sentences/budget.js';
import { controlled, namedLine, postedLines } from './control.js';

/** Budget: what a line may spend and where it comes from. */

export function openBook(command: CommandOf<'open-book'>, state: BookState): Result<BookEvent> {
  const { unit, fiscalYear } = state.id;
  if (state.status !== 'none')
    return refused('book-already-open', BUDGET.openedBefore({ book: state.id }));
  const { unitName, unitKind, divisionCode, divisionName } = command;
  return accepted({
    type: 'BookOpened',
    data: {
      unit,
      fiscalYear,
      unitName,
      ...(unitKind !== undefined && { unitKind }),
      divisionCode,
      divisionName,
      currency: 'CNY',
    },
  });
}

export function registerProject(
  command: CommandOf<'register-project'>,
  state: BookState,
): Result<BookEvent> {
  const { project, name, category, endsFiscalYear } = command;
  const known = state.projects.get(project);
  if (known)
    return refused('project-already-registered', BUDGET.registered({ project, name: known.name }));
  return accepted({
    type: 'ProjectRegistered',
    data: {
      project,
      name,
      category,
      function: command.function,
      ...(endsFiscalYear !== undefined && { endsFiscalYear }),
    },
  });
}

export function approveBudget(
  command: CommandOf<'approve-budget'>,
  state: BookState,
): Result<BookEvent> {
  const wrong = wrongOrigin(command.lines, 'current', BUDGET.budgetOrigin);
  if (wrong) return wrong;
  const lines = postedLines(state, command.lines);
  if (!lines.ok) return lines;
  for (const [i, line] of lines.value.entries()) {
    const by = state.lines.get(lineKeyText(line))?.approvedBy;
    if (by !== undefined)
      return refusedAt(
        `/lines/${i}`,
        'already-approved',
        BUDGET.approvedBefore({ line: namedLine(state, line), by }),
      );
    const proposal = claimantOf(state, approvalKey(line));
    if (proposal !== undefined)
      return refusedAt(
        `/lines/${i}`,
        'already-approved',
        BUDGET.approvalProposed({ line: namedLine(state, line), proposal }),
      );
  }
  return controlled(state, {
    type: 'BudgetApproved',
    data: { document: command.document, lines: lines.value },
  });
}

export function adjustBudget(
  { document, reason, lines }: CommandOf<'adjust-budget'>,
  state: BookState,
): Result<BookEvent> {
  const posted = postedLines(state, lines);
  if (!posted.ok) return posted;
  return controlled(state, {
    type: 'BudgetAdjusted',
    data: { document, reason, lines: posted.value },
  });
}

export function transferBudget(
  { document, reason, lines }: CommandOf<'transfer-budget'>,
  state: BookState,
): Result<BookEvent> {
  const moved = staysOnItsLine(lines, BUDGET.carryoverTransferred);
  if (moved) return moved;
  const posted = postedLines(state, lines);
  if (!posted.ok) return posted;
  const funds = [...new Set(lines.map((l) => l.fund))];
  if (funds.length > 1)
    return refused('transfer-unbalanced', BUDGET.transferAcrossFunds({ funds }));
  const sum = sumFen(lines.map((l) => toFen(l.amount)));
  if (sum !== 0) return refused('transfer-unbalanced', BUDGET.transferUnbalanced({ sum }));
  return controlled(state, {
    type: 'BudgetTransferred',
    data: { document, reason, lines: posted.value },
  });
}

/**
 * Carryover is spent or closed where it was brought in: it is neither transferred nor allocated directly,
 * or carryoverIn + appropriationIncome = expenditure + carryoverOut would not hold for its line
 * (docs/decisions/0003).
 */
export function staysOnItsLine(
  lines: readonly LineKey[],
  say: typeof BUDGET.carryoverTransferred,
): Result<never> | undefined {
  const i = lines.findIndex((l) => l.origin === 'carryover');
  return i < 0
    ? undefined
    : refusedAt(
        `/lines/${i}/origin`,
        'carryover-not-transferable',
        say({ project: lines[i]!.project }),
      );
}

/** A refusal where a line is not of the one origin that a posting is for. */
export function wrongOrigin(
  lines: readonly LineKey[],
  origin: Origin,
  say: typeof BUDGET.budgetOrigin,
): Result<never> | undefined {
  const i = lines.findIndex((l) => l.origin !== origin);
  return i < 0
    ? undefined
    : refusedAt(`/lines/${i}/origin`, 'wrong-origin', say({ origin: lines[i]!.origin }));
}
