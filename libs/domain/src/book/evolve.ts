import { movementsOf, procurementOf, type Movement } from '../entries/movements-of.js';
import { addFen, formatFen, negateFen, subtractFen, toFen, ZERO_FEN } from '../money/index.js';
import { partyOf, withoutUnapproved, withRule, withUnapproved } from './approval-rule.js';
import { documentKeys } from './documents.js';
import type { RecordedEvent, StoredMovement } from './events.js';
import { approved, closedProposal, proposed } from './evolve-proposals.js';
import type { BookState, LineState, Posting } from './state.js';
import { leftAfter, takeFrom, takenBy } from './taking.js';
import { lineKeyText } from './vocabulary.js';

/** The state after one more event. Pure; never throws for an event that `decide` accepted. */
export function evolve(before: BookState, recorded: RecordedEvent): BookState {
  const { event } = recorded;
  // an event with the id of an open proposal is its approval
  const state = before.proposals.size > 0 ? approved(before, recorded) : before;
  switch (event.type) {
    case 'BookOpened':
      return { ...state, status: 'open', opened: event.data };
    case 'ProjectRegistered':
      return { ...state, projects: state.projects.set(event.data.project, event.data) };
    case 'IndicatorsAdopted':
      return {
        ...state,
        executionWeight: event.data.executionWeight,
        indicators: state.indicators
          .clear()
          .withMutations((map) => event.data.indicators.forEach((i) => map.set(i.code, i))),
      };
    case 'StatisticRecorded':
    case 'PriorYearRecorded':
    case 'IndicatorResultRecorded':
    case 'ExecutionScored':
    case 'ReportPublished':
      return state;
    case 'YearClosed': {
      const movements = movementsOf(event);
      return {
        ...withMovements(state, movements),
        status: 'closed',
        closing: {
          id: recorded.commandId,
          revision: recorded.revision,
          movements: movements.map(undone),
        },
      };
    }
    case 'YearReopened': {
      return { ...withMovements(state, movementsOf(event)), status: 'open', closing: undefined };
    }
    case 'EntryReversed':
      return reversed(state, recorded, event.data.entry.id);
    case 'PostingProposed':
    case 'ProposalRevised':
      return proposed(state, recorded, event.data);
    case 'ProposalReturned':
      return closedProposal(state, recorded, event.data, 'returned');
    case 'ProposalWithdrawn':
      return closedProposal(state, recorded, event.data, 'withdrawn');
    case 'ApprovalRuleSet':
      return {
        ...withRule(state, event.data),
        approvalRuleRevisions: [...state.approvalRuleRevisions, recorded.revision],
      };
    default:
      return posted(state, recorded);
  }
}

/** A movement taken back, as events write it out: the same accounts, the amount negated (红字). */
export function undone(m: Movement): StoredMovement {
  const { kind, amountFen, economic, ...line } = m;
  return {
    ...line,
    movement: kind,
    ...(economic && { economic }),
    amount: formatFen(negateFen(amountFen)),
  };
}

/** The state with movements added to their lines' sums. */
export function withMovements(state: BookState, movements: readonly Movement[]): BookState {
  let { lines } = state;
  for (const m of movements) {
    const key = lineKeyText(m);
    const line = lines.get(key) ?? emptyLine(m);
    lines = lines.set(key, {
      ...line,
      sums: { ...line.sums, [m.kind]: addFen(line.sums[m.kind] ?? ZERO_FEN, m.amountFen) },
    });
  }
  return { ...state, lines };
}

const emptyLine = ({ project, fund, origin }: Movement): LineState => ({
  key: { project, fund, origin },
  sums: {},
});

function posted(before: BookState, recorded: RecordedEvent): BookState {
  const { event, commandId: id } = recorded;
  const movements = movementsOf(event);
  const took = takenBy(event);
  const documents = documentKeys(event);
  const left = leftAfter(event, movements);
  const posting: Posting = {
    id,
    revision: recorded.revision,
    type: event.type,
    date: recorded.date,
    movements,
    documents,
    procurementFen: procurementOf(event),
    actor: recorded.actor,
    approvedBy: recorded.approvedBy,
    party: partyOf(event),
    ...(left && { left }),
    ...(took && { took }),
  };
  let state = withMovements(before, movements);
  let postings = state.postings.set(id, posting);
  if (took) postings = takeFrom(postings, took, subtractFen);
  state = { ...state, postings, documents: withDocuments(state.documents, documents, id) };
  state = withUnapproved(state, posting);
  if (event.type === 'BudgetApproved') return withApproval(state, movements, id);
  if (event.type === 'CarryoverBroughtIn')
    return {
      ...state,
      carryoverSources: [
        ...state.carryoverSources,
        ...event.data.lines.map((l) => ({
          entry: id,
          line: lineKeyText(l),
          sourceFiscalYear: l.sourceFiscalYear,
          amountFen: toFen(l.amount),
        })),
      ],
    };
  return state;
}

function reversed(before: BookState, recorded: RecordedEvent, entry: string): BookState {
  const state = withMovements(before, movementsOf(recorded.event));
  const original = state.postings.get(entry);
  if (!original) return state;
  let postings = state.postings.set(entry, { ...original, reversedBy: recorded.commandId });
  if (original.took) postings = takeFrom(postings, original.took, addFen);
  const documents = state.documents.deleteAll(original.documents);
  const after: BookState = {
    ...state,
    postings,
    documents,
    carryoverSources: state.carryoverSources.filter((s) => s.entry !== entry),
  };
  const uncounted = withoutUnapproved(after, original);
  return original.type === 'BudgetApproved'
    ? withApproval(uncounted, original.movements, undefined)
    : uncounted;
}

const withDocuments = (documents: BookState['documents'], keys: readonly string[], id: string) =>
  keys.reduce((all, key) => all.set(key, id), documents);

function withApproval(
  state: BookState,
  movements: readonly Movement[],
  id: string | undefined,
): BookState {
  let { lines } = state;
  for (const m of movements) {
    const key = lineKeyText(m);
    lines = lines.set(key, { ...(lines.get(key) ?? emptyLine(m)), approvedBy: id });
  }
  return { ...state, lines };
}
