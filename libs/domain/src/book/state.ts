import { Map as PersistentMap } from 'immutable';
import type { Movement } from '../entries/movements-of.js';
import type { ControlledAccount, MovementKind } from '../entries/movements.js';
import { addFen, fen, ZERO_FEN, type Fen } from '../money/index.js';
import { MEASURES, type Coefficients, type SumMeasure } from '../measures/measures.js';
import type { PostingContent } from './commands.js';
import type {
  ApprovalRuleSet,
  BookEventType,
  BookOpened,
  Hold,
  Indicator,
  StoredMovement,
} from './events.js';
import type { BookId, Category, LineKey } from './vocabulary.js';

/** What a book knows of itself: a persistent value, so that an older state stays what it was. */
export interface BookState {
  readonly id: BookId;
  readonly status: 'none' | 'open' | 'closed';
  readonly opened?: BookOpened;
  readonly projects: PersistentMap<string, Project>;
  readonly lines: PersistentMap<string, LineState>;
  /** Entries that others may name, by the id of their command. */
  readonly postings: PersistentMap<string, Posting>;
  /** Documents and vouchers that stand posted, each with the id of the command that did. */
  readonly documents: PersistentMap<string, string>;
  readonly carryoverSources: readonly CarryoverSource[];
  readonly indicators: PersistentMap<string, Indicator>;
  readonly executionWeight?: string;
  readonly closing?: Closing | undefined;
  /** All proposals that were ever made, by their ids. */
  readonly proposals: PersistentMap<string, Proposal>;
  /** What open proposals claim (see `claims.ts`), by what it is; the oldest claim first. */
  readonly claims: PersistentMap<string, readonly StandingClaim[]>;
  readonly approvalRule: ApprovalRuleSet;
  /** The events that set it, oldest first; none where the rule is still the one that every book begins with. */
  readonly approvalRuleRevisions: readonly number[];
  /** Fen posted without a second person, by day and line or party: kept where the rule's threshold is above zero. */
  readonly unapproved?: PersistentMap<string, number> | undefined;
}

export interface Project {
  readonly project: string;
  readonly name: string;
  readonly category: Category;
  readonly function: string;
  readonly endsFiscalYear?: number;
}

/** One budget line: the sum of each kind of movement on it, from which every balance follows. */
export interface LineState {
  readonly key: LineKey;
  readonly sums: Readonly<Partial<Record<MovementKind, Fen>>>;
  /** The command that approved the line's initial budget, while that stands. */
  readonly approvedBy?: string | undefined;
  /** What open proposals keep from others, by account. */
  readonly held?: Readonly<Partial<Record<ControlledAccount, Fen>>>;
}

export interface Posting {
  readonly id: string;
  readonly revision: number;
  readonly type: BookEventType;
  readonly date: string;
  readonly movements: readonly Movement[];
  readonly documents: readonly string[];
  readonly procurementFen: Fen;
  readonly actor: string;
  readonly approvedBy?: string | undefined;
  /** Who gets the money: a payee, a recipient or a counterparty, as a key to compare. */
  readonly party?: string | undefined;
  readonly reversedBy?: string;
  /** What later entries may still take from this one: a payment, a reservation or an allocation. */
  readonly left?: Left;
  /** What this entry took from an earlier one. */
  readonly took?: { readonly from: string; readonly what: Left };
}

/** Amounts by key (see `taking.ts`), and the procurement part of a payment. */
export interface Left {
  readonly amounts: Readonly<Record<string, Fen>>;
  readonly procurementFen: Fen;
}

interface CarryoverSource {
  readonly entry: string;
  readonly line: string;
  readonly sourceFiscalYear: number;
  readonly amountFen: Fen;
}

export type ProposalState = 'open' | 'returned' | 'withdrawn' | 'approved';

/** A posting that somebody proposed, as it is proposed now. */
export interface Proposal {
  readonly id: string;
  readonly state: ProposalState;
  /** 1 as it was first proposed; each revision adds one. */
  readonly version: number;
  /** What an approval is bound to. */
  readonly hash: string;
  readonly posting: PostingContent;
  readonly holds: readonly Hold[];
  readonly proposedBy: string;
  /** Everybody else who revised it. */
  readonly editedBy: readonly string[];
  /** Why it was returned or withdrawn, or what the last revision is for. */
  readonly reason?: string | undefined;
  /** The events of its history, oldest first. */
  readonly revisions: readonly number[];
}

interface StandingClaim {
  readonly proposal: string;
  /** How much of an entry, where others may take the rest. */
  readonly what?: Left;
}

interface Closing {
  readonly id: string;
  readonly revision: number;
  readonly movements: readonly StoredMovement[];
}

/** Until a book has a rule of its own every posting that moves money needs two people. */
const DEFAULT_APPROVAL_RULE: ApprovalRuleSet = { threshold: '0.00', windowDays: 7 };

export const emptyBook = (id: BookId): BookState => ({
  id,
  status: 'none',
  projects: PersistentMap(),
  lines: PersistentMap(),
  postings: PersistentMap(),
  documents: PersistentMap(),
  carryoverSources: [],
  indicators: PersistentMap(),
  proposals: PersistentMap(),
  claims: PersistentMap(),
  approvalRule: DEFAULT_APPROVAL_RULE,
  approvalRuleRevisions: [],
});

/** The signed sum of a line's movements, e.g. a measure or an account's balance, in fen. */
export function sumOfLine(line: Pick<LineState, 'sums'> | undefined, of: Coefficients): Fen {
  let sum = 0;
  if (line)
    for (const kind in line.sums) {
      const c = of[kind as MovementKind];
      if (c) sum += c * line.sums[kind as MovementKind]!;
    }
  return fen(sum);
}

/** A measure over all lines of the book, in fen. */
export function measureOfBook(state: BookState, measure: SumMeasure): Fen {
  const definition: { of: Coefficients; origin?: string } = MEASURES[measure];
  let sum = ZERO_FEN;
  for (const line of state.lines.values())
    if (!definition.origin || definition.origin === line.key.origin)
      sum = addFen(sum, sumOfLine(line, definition.of));
  return sum;
}
