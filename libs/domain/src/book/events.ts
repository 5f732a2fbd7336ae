import type { ControlledAccount, MovementKind } from '../entries/movements.js';
import type { PostingContent } from './commands.js';
import type { Document, Indicator, PriorYearFigure, Recipient, SealedPayee } from './parts.js';
import type { Category, LineKey, RemainderKind } from './vocabulary.js';

export type { Document, Indicator, PriorYearFigure, Recipient, SealedPayee };

/**
 * The events of a book: what is stored as the payload, in RFC 8785 canonical JSON, each at the schema number
 * of EVENT_SCHEMAS. Amounts are strings of yuan; scores and weights are decimal strings; counts are strings of
 * digits. Fields that were not given are left out. These shapes are hashed: they grow by new schema numbers,
 * never by change; older ones are brought to this shape on reading.
 */

/** A line of a posting; `function` is filled in from the project where the command left it out. */
export interface PostedLine extends LineKey {
  readonly function: string;
  readonly economic?: string;
  readonly amount: string;
}

/** One movement written out, in events that undo others: they name every amount they take back. */
export interface StoredMovement extends PostedLine {
  readonly movement: MovementKind;
}

/** Names an earlier entry of the same book: the id of its command and its revision in the stream. */
export interface EntryReference {
  readonly id: string;
  readonly revision: number;
}

export interface BookOpened {
  readonly unit: string;
  readonly fiscalYear: number;
  readonly unitName: string;
  readonly unitKind?: string;
  readonly divisionCode: string;
  readonly divisionName: string;
  readonly currency: 'CNY';
}

export interface ProjectRegistered {
  readonly project: string;
  readonly name: string;
  readonly category: Category;
  readonly function: string;
  /** The last fiscal year of the project, where it is known: its remainder is then surplus, not carry-forward. */
  readonly endsFiscalYear?: number;
}

export interface CarryoverLine extends PostedLine {
  /** The fiscal year that the money was first appropriated in. */
  readonly sourceFiscalYear: number;
}

export interface CarryoverBroughtIn {
  readonly document: Document;
  readonly fromFiscalYear: number;
  readonly lines: readonly CarryoverLine[];
}

export interface BudgetApproved {
  readonly document: Document;
  readonly lines: readonly PostedLine[];
}

export interface BudgetAdjusted {
  readonly document: Document;
  readonly reason: string;
  readonly lines: readonly PostedLine[];
}

export interface BudgetTransferred {
  readonly document: Document;
  readonly reason: string;
  readonly lines: readonly PostedLine[];
}

export interface FundsAllocatedDirectly {
  readonly document: Document;
  readonly recipient: Recipient;
  readonly reason: string;
  readonly lines: readonly PostedLine[];
}

export interface AllocationAcknowledged {
  readonly allocation: EntryReference;
  readonly amount: string;
  readonly acknowledgedOn: string;
  readonly document?: Document;
}

export interface FundsReserved {
  readonly document: Document;
  readonly reason: string;
  readonly counterparty?: string;
  readonly lines: readonly PostedLine[];
}

export interface ReservationReleased {
  readonly reservation: EntryReference;
  readonly reason: string;
  readonly lines: readonly PostedLine[];
}

export interface PaymentLine extends PostedLine {
  readonly economic: string;
  /** How much of the amount comes out of the reservation that the payment names. */
  readonly fromReservation?: string;
}

/** Who was paid: sealed since schema 2 of the payment, a name in the open in schema 1. */
export type Payee = { readonly name: string } | SealedPayee;

export interface PaymentMade {
  readonly payee: Payee;
  readonly voucher?: string;
  readonly document?: Document;
  readonly reason?: string;
  readonly reservation?: EntryReference;
  /** How much of the payment was government procurement (政府采购). */
  readonly procurement?: string;
  readonly lines: readonly PaymentLine[];
}

export interface PaymentRefunded {
  readonly payment: EntryReference;
  readonly reason: string;
  readonly voucher?: string;
  readonly document?: Document;
  /** How much of the refund takes procurement back. */
  readonly procurement?: string;
  readonly lines: readonly PostedLine[];
}

export interface EntryReversed {
  readonly entry: EntryReference;
  readonly entryType: string;
  readonly reason: string;
  readonly document?: Document;
  readonly movements: readonly StoredMovement[];
  readonly procurement?: string;
}

export interface StatisticRecorded {
  readonly key: string;
  readonly count?: string;
  readonly amount?: string;
  readonly text?: string;
}

export interface PriorYearRecorded {
  readonly priorFiscalYear: number;
  readonly reason: string;
  readonly figures: readonly PriorYearFigure[];
}

export interface IndicatorsAdopted {
  readonly executionWeight: string;
  readonly goal?: string;
  readonly indicators: readonly Indicator[];
}

export interface IndicatorResultRecorded {
  readonly indicator: string;
  readonly actual: string;
  readonly score: string;
  readonly reason?: string;
}

export interface ExecutionScored {
  readonly score: string;
  readonly reason?: string;
  readonly outcome?: string;
}

export interface Treatment {
  readonly kind: RemainderKind;
  readonly amount: string;
  /** Why the kind differs from the default of the rule; absent where it is the default. */
  readonly reason?: string;
}

export interface SourceYearAmount {
  readonly sourceFiscalYear: number;
  readonly amount: string;
}

/** What was left on one line at the close, where it stood, and what becomes of it. */
export interface Remainder extends LineKey {
  readonly function: string;
  readonly executable: string;
  readonly unreleased: string;
  readonly reserved: string;
  readonly amount: string;
  readonly treatments: readonly Treatment[];
  /** The part that is carried forward, by the year each yuan comes from. */
  readonly carriedForward: readonly SourceYearAmount[];
}

export interface SealedTotals {
  readonly initialBudget: string;
  readonly midYearAdjustment: string;
  readonly directAllocation: string;
  readonly carryoverIn: string;
  readonly fullYearBudget: string;
  readonly appropriationIncome: string;
  readonly expenditure: string;
  readonly carryoverOut: string;
}

export interface YearClosed {
  readonly reason: string;
  readonly remainders: readonly Remainder[];
  readonly totals: SealedTotals;
}

export interface YearReopened {
  readonly reason: string;
  readonly closing: EntryReference;
  readonly movements: readonly StoredMovement[];
}

export interface ReportPublished {
  readonly report: string;
  /** SHA-256 of the rendered figures, hex. */
  readonly figuresHash: string;
  /** The number of events in the log that the figures were computed from. */
  readonly logSize: number;
  readonly checkpoint?: string;
}

/** What an open proposal keeps from others on one line, in yuan above zero. */
export interface Hold extends LineKey {
  readonly account: ControlledAccount;
  readonly amount: string;
}

/** Somebody proposes a posting; it moves nothing until another person approves it. */
export interface PostingProposed {
  /** The id under which the posting will be recorded. */
  readonly proposal: string;
  /** SHA-256 (hex) of the JCS of `posting`: the `commandHash` that the posting will have. */
  readonly hash: string;
  readonly posting: PostingContent;
  readonly holds: readonly Hold[];
}

/** Another posting in the place of the one proposed: what was approved or returned of the old one is void. */
export interface ProposalRevised extends PostingProposed {
  readonly reason?: string;
}

export interface ProposalReturned {
  readonly proposal: string;
  /** The hash of what the reviewer saw. */
  readonly hash: string;
  readonly reason: string;
}

export interface ProposalWithdrawn {
  readonly proposal: string;
  readonly reason?: string;
}

/** From which amount on a second person must approve; see approval-rule.ts. */
export interface ApprovalRuleSet {
  /** Yuan: what is above it needs approval. */
  readonly threshold: string;
  /** Postings at most so many days apart are looked at together. */
  readonly windowDays: number;
}

/** Every event of a book by its type: the closed list that the codec accepts. */
export interface BookEventData {
  BookOpened: BookOpened;
  ProjectRegistered: ProjectRegistered;
  CarryoverBroughtIn: CarryoverBroughtIn;
  BudgetApproved: BudgetApproved;
  BudgetAdjusted: BudgetAdjusted;
  BudgetTransferred: BudgetTransferred;
  FundsAllocatedDirectly: FundsAllocatedDirectly;
  AllocationAcknowledged: AllocationAcknowledged;
  FundsReserved: FundsReserved;
  ReservationReleased: ReservationReleased;
  PaymentMade: PaymentMade;
  PaymentRefunded: PaymentRefunded;
  EntryReversed: EntryReversed;
  StatisticRecorded: StatisticRecorded;
  PriorYearRecorded: PriorYearRecorded;
  IndicatorsAdopted: IndicatorsAdopted;
  IndicatorResultRecorded: IndicatorResultRecorded;
  ExecutionScored: ExecutionScored;
  YearClosed: YearClosed;
  YearReopened: YearReopened;
  ReportPublished: ReportPublished;
  PostingProposed: PostingProposed;
  ProposalRevised: ProposalRevised;
  ProposalReturned: ProposalReturned;
  ProposalWithdrawn: ProposalWithdrawn;
  ApprovalRuleSet: ApprovalRuleSet;
}

export type BookEventType = keyof BookEventData;

/** A book event as a discriminated union over `type`. */
export type BookEvent = {
  [T in BookEventType]: { readonly type: T; readonly data: BookEventData[T] };
}[BookEventType];

/** An event and where it stands. */
export interface PlacedEvent {
  readonly event: BookEvent;
  readonly revision: number;
  readonly commandId: string;
  /** The business date. */
  readonly date: string;
}

/** All that `evolve` is told of an event. */
export interface RecordedEvent extends PlacedEvent {
  readonly actor: string;
  readonly approvedBy?: string | undefined;
}

/** The schema number that each event type is written with now. */
export const EVENT_SCHEMAS: Readonly<Record<BookEventType, number>> = {
  BookOpened: 1,
  ProjectRegistered: 1,
  CarryoverBroughtIn: 1,
  BudgetApproved: 1,
  BudgetAdjusted: 1,
  BudgetTransferred: 1,
  FundsAllocatedDirectly: 1,
  AllocationAcknowledged: 1,
  FundsReserved: 1,
  ReservationReleased: 1,
  PaymentMade: 2,
  PaymentRefunded: 1,
  EntryReversed: 1,
  StatisticRecorded: 1,
  PriorYearRecorded: 1,
  IndicatorsAdopted: 1,
  IndicatorResultRecorded: 1,
  ExecutionScored: 1,
  YearClosed: 1,
  YearReopened: 1,
  ReportPublished: 1,
  PostingProposed: 1,
  ProposalRevised: 1,
  ProposalReturned: 1,
  ProposalWithdrawn: 1,
  ApprovalRuleSet: 1,
};

export const isBookEventType = (type: string): type is BookEventType =>
  Object.hasOwn(EVENT_SCHEMAS, type);
