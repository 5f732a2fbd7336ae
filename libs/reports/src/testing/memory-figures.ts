import {
  addFen,
  addScores,
  decide,
  emptyBook,
  evolve,
  fen,
  formatPercent,
  lineKeyText,
  MEASURES,
  movementsOf,
  procurementOf,
  readCommand,
  scoreOfPercent,
  sumFen,
  toFen,
  ZERO_FEN,
  type BookEvent,
  type BookEventData,
  type BookEventType,
  type Coefficients,
  type LineKey,
  type MeasureName,
  type Movement,
} from '#domain';
import type { BookFigures, Figure, Recorded, Scope, Sum } from '#projections';

interface Posted {
  readonly index: number;
  readonly date: string;
  readonly event: BookEvent;
}

/**
 * For specs: the figures of a book straight from its commands, by reading every event for every figure.
 * Slow and plain on purpose, so that what reports show can be compared with it.
 */
export function memoryFigures(commands: readonly unknown[]): BookFigures {
  return figuresOf(post(commands));
}

function post(commands: readonly unknown[]): { unit: string; fiscalYear: number; log: Posted[] } {
  const first = commands[0] as { unit: string; fiscalYear: number };
  let state = emptyBook({ unit: first.unit, fiscalYear: first.fiscalYear });
  const log: Posted[] = [];
  for (const [index, input] of commands.entries()) {
    const command = readCommand(input);
    if (!command.ok) throw new Error(command.error.message);
    const event = decide(command.value, state, { actor: 'maker', approvedBy: 'checker' });
    if (!event.ok) throw new Error(event.error.message);
    const { id: commandId, date } = command.value;
    state = evolve(state, { event: event.value, revision: index, commandId, date });
    log.push({ index, date, event: event.value });
  }
  return { unit: first.unit, fiscalYear: first.fiscalYear, log };
}

function figuresOf(book: { unit: string; fiscalYear: number; log: Posted[] }): BookFigures {
  const { log } = book;
  const all = <T extends BookEventType>(type: T): Recorded<BookEventData[T]>[] =>
    log.flatMap(({ event, index, date }) =>
      event.type === type ? [{ ...(event.data as BookEventData[T]), index, date }] : [],
    );
  const projects = all('ProjectRegistered');
  const moves = log.flatMap((p) => movementsOf(p.event).map((m) => ({ m, index: p.index })));
  const inScope = (m: Movement, s: Scope): boolean =>
    (!s.project || s.project.includes(m.project)) &&
    (!s.category || s.category.includes(projects.find((p) => p.project === m.project)!.category)) &&
    (!s.fund || s.fund.includes(m.fund)) &&
    (!s.origin || s.origin.includes(m.origin)) &&
    (!s.function || s.function.some((c) => m.function.startsWith(c))) &&
    (!s.economic || s.economic.some((c) => m.economic.startsWith(c)));

  const sum = (of: Coefficients, scope: Scope = {}): Sum => {
    const hits = moves.filter(({ m }) => of[m.kind] && inScope(m, scope));
    return {
      fen: sumFen(hits.map(({ m }) => fen(of[m.kind]! * m.amountFen))),
      events: [...new Set(hits.map((h) => h.index))],
    };
  };
  const adopted = all('IndicatorsAdopted').at(-1);
  const execution = all('ExecutionScored').at(-1);
  const results = all('IndicatorResultRecorded');
  const indicators = (adopted?.indicators ?? []).map((i) => {
    const result = results.filter((r) => r.indicator === i.code).at(-1);
    return { ...i, index: adopted!.index, date: adopted!.date, ...(result && { result }) };
  });
  const statistic = (key: string) =>
    all('StatisticRecorded')
      .filter((s) => s.key === key)
      .at(-1);
  const categoryOf = (code: string | undefined) =>
    projects.find((p) => p.project === code)?.category;

  function prior(scope: Scope): Figure {
    const hits = all('PriorYearRecorded').flatMap(({ figures, index }) =>
      figures
        .filter(
          (f) =>
            (!scope.project || scope.project.includes(f.project ?? '')) &&
            (!scope.category || scope.category.includes(categoryOf(f.project)!)) &&
            String(f.economic ?? '') === String(scope.economic ?? ''),
        )
        .map((f) => ({ fen: toFen(f.amount), index })),
    );
    return {
      kind: 'money',
      fen: sumFen(hits.map((h) => h.fen)),
      events: [...new Set(hits.map((h) => h.index))],
    };
  }

  function measure(name: MeasureName, scope: Scope = {}): Figure {
    const definition = MEASURES[name];
    switch (definition.kind) {
      case 'sum': {
        const origin = 'origin' in definition ? definition.origin : undefined;
        const admitted = scope.origin?.filter((o) => o === origin) ?? (origin && [origin]);
        return {
          kind: 'money',
          ...sum(definition.of, origin ? { ...scope, origin: admitted! } : scope),
        };
      }
      case 'memo': {
        const hits = log.filter((p) => procurementOf(p.event) !== ZERO_FEN);
        return {
          kind: 'money',
          fen: sumFen(hits.map((h) => procurementOf(h.event))),
          events: hits.map((h) => h.index),
        };
      }
      case 'statistic': {
        const found = statistic(definition.key);
        return {
          kind: 'money',
          fen: toFen(found?.amount ?? '0.00'),
          events: found ? [found.index] : [],
        };
      }
      case 'prior':
        return prior(scope);
      case 'ratio': {
        const part = measure(definition.part, scope) as Figure & { kind: 'money' };
        const whole = measure(definition.whole, scope) as Figure & { kind: 'money' };
        return {
          kind: 'percent',
          percent: formatPercent(part.fen, whole.fen),
          partFen: part.fen,
          wholeFen: whole.fen,
          events: [...new Set([...part.events, ...whole.events])],
        };
      }
      case 'score': {
        const weight = adopted?.executionWeight ?? '0';
        const rate = measure('executionRate') as Figure & { kind: 'percent' };
        const scores = results.length ? indicators.map((i) => i.result?.score ?? '0') : [];
        const score = {
          computed: scoreOfPercent(weight, rate.percent),
          recorded: execution?.score ?? '0',
          total: addScores([execution?.score ?? '0', ...scores]),
        }[definition.of];
        return { kind: 'score', score, events: execution ? [execution.index] : [] };
      }
    }
  }

  const distinct = (codes: readonly string[]) => [...new Set(codes.filter(Boolean))].sort();
  const closing = all('YearClosed').at(-1);
  return {
    id: { unit: book.unit, fiscalYear: book.fiscalYear },
    asOf: {},
    logSize: log.length,
    book: all('BookOpened')[0]!,
    status: closing ? 'closed' : 'open',
    projects,
    ...(closing && { closing }),
    measure,
    sum,
    lines(scope = {}) {
      const keys = new Map<string, LineKey>();
      for (const p of projects)
        for (const { m } of moves)
          if (m.project === p.project && inScope(m, scope))
            keys.set(lineKeyText(m), { project: m.project, fund: m.fund, origin: m.origin });
      return [...keys.values()];
    },
    functions: (scope = {}) =>
      distinct(moves.filter(({ m }) => inScope(m, scope)).map(({ m }) => m.function)),
    economics: (scope = {}) =>
      distinct(moves.filter(({ m }) => inScope(m, scope)).map(({ m }) => m.economic)),
    statistic,
    ...(adopted?.goal !== undefined && { goal: adopted.goal }),
    ...(adopted && { executionWeight: adopted.executionWeight }),
    indicators,
    ...(execution && { execution }),
    broughtIn: all('CarryoverBroughtIn').flatMap((e) =>
      e.lines.map((l) => ({
        project: l.project,
        fund: l.fund,
        origin: l.origin,
        sourceFiscalYear: l.sourceFiscalYear,
        document: e.document.number,
        fen: addFen(ZERO_FEN, toFen(l.amount)),
        index: e.index,
      })),
    ),
  };
}
