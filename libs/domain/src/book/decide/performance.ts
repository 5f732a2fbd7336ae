import { compareScores } from '../../money/index.js';
import type { CommandOf } from '../commands.js';
import { accepted, refused, refusedAt, type Result } from '../refusal.js';
import type { BookEvent } from '../events.js';
import type { BookState } from '../state.js';
import { PERFORMANCE } from '../sentences/performance.js';
import { unknownProject } from './control.js';

/** Facts without money movement: statistics, prior-year figures, targets, results and scores. */

export function recordStatistic(command: CommandOf<'record-statistic'>): Result<BookEvent> {
  const { key, count, amount, text } = command;
  const given = [count, amount, text].filter((v) => v !== undefined).length;
  if (given !== 1)
    return refusedAt('', 'invalid-command', PERFORMANCE.statisticForm({ key, given }));
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
      PERFORMANCE.priorYearLater({ year: state.id.fiscalYear, prior: priorFiscalYear }),
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
        PERFORMANCE.indicatorTwice({ code }),
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
      PERFORMANCE.unknownIndicator({ code: command.indicator, book: state.id }),
    );
  if (compareScores(score, indicator.weight) > 0)
    return refusedAt(
      '/score',
      'score-out-of-range',
      PERFORMANCE.scoreOverWeight({ code: indicator.code, weight: indicator.weight, score }),
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
    return refused('unknown-indicator', PERFORMANCE.noIndicators({ book: state.id }));
  if (compareScores(score, state.executionWeight) > 0)
    return refusedAt(
      '/score',
      'score-out-of-range',
      PERFORMANCE.executionOverWeight({ weight: state.executionWeight, score }),
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
