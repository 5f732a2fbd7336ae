import { compareScores } from '../../money/index.js';
import type { CommandOf } from '../commands.js';
import { accepted, refused, refusedAt, type Result } from '../errors.js';
import type { BookEvent } from '../events.js';
import type { BookState } from '../state.js';
import { unknownProject } from './control.js';

/** Facts without money movement: statistics, prior-year figures, targets, results and scores. */

export function recordStatistic(command: CommandOf<'record-statistic'>): Result<BookEvent> {
  const { key, count, amount, text } = command;
  const given = [count, amount, text].filter((v) => v !== undefined).length;
  if (given !== 1)
    return refusedAt(
      '',
      'invalid-command',
      `statistic ${key} must have exactly one of count, amount and text; it has ${given}`,
    );
  return accepted({
    type: 'StatisticRecorded',
    data: {
      key,
      ...(count !== undefined && { count }),
      ...(amount !== undefined && { amount }),
      ...(text !== undefined && { text }),
    },
  });
}

export function recordPriorYear(
  command: CommandOf<'record-prior-year'>,
  state: BookState,
): Result<BookEvent> {
  const { priorFiscalYear, reason, figures } = command;
  if (priorFiscalYear >= state.id.fiscalYear)
    return refusedAt(
      '/priorFiscalYear',
      'invalid-command',
      `a prior year is before ${state.id.fiscalYear}, not ${priorFiscalYear}`,
    );
  for (const [i, { project }] of figures.entries())
    if (project !== undefined && !state.projects.has(project))
      return unknownProject(`/figures/${i}/project`, project, state);
  return accepted({ type: 'PriorYearRecorded', data: { priorFiscalYear, reason, figures } });
}

export function adoptIndicators(command: CommandOf<'adopt-indicators'>): Result<BookEvent> {
  const { executionWeight, goal, indicators } = command;
  const codes = new Set<string>();
  for (const [i, { code }] of indicators.entries()) {
    if (codes.has(code))
      return refusedAt(
        `/indicators/${i}/code`,
        'invalid-command',
        `indicator ${code} stands twice in the list`,
      );
    codes.add(code);
  }
  return accepted({
    type: 'IndicatorsAdopted',
    data: { executionWeight, ...(goal !== undefined && { goal }), indicators },
  });
}

export function recordIndicatorResult(
  command: CommandOf<'record-indicator-result'>,
  state: BookState,
): Result<BookEvent> {
  const { actual, score, reason } = command;
  const indicator = state.indicators.get(command.indicator);
  if (!indicator)
    return refusedAt(
      '/indicator',
      'unknown-indicator',
      `indicator ${command.indicator} was not adopted in book ${state.id.unit} ${state.id.fiscalYear}`,
    );
  if (compareScores(score, indicator.weight) > 0)
    return refusedAt(
      '/score',
      'score-out-of-range',
      `indicator ${indicator.code} has the weight ${indicator.weight}, the score given is ${score}`,
    );
  return accepted({
    type: 'IndicatorResultRecorded',
    data: {
      indicator: indicator.code,
      actual,
      score,
      ...(reason !== undefined && { reason }),
    },
  });
}

export function scoreExecution(
  command: CommandOf<'score-execution'>,
  state: BookState,
): Result<BookEvent> {
  const { score, reason, outcome } = command;
  if (state.executionWeight === undefined)
    return refused(
      'unknown-indicator',
      `no indicators were adopted in book ${state.id.unit} ${state.id.fiscalYear}, so execution has no weight`,
    );
  if (compareScores(score, state.executionWeight) > 0)
    return refusedAt(
      '/score',
      'score-out-of-range',
      `execution has the weight ${state.executionWeight}, the score given is ${score}`,
    );
  return accepted({
    type: 'ExecutionScored',
    data: {
      score,
      ...(reason !== undefined && { reason }),
      ...(outcome !== undefined && { outcome }),
    },
  });
}
