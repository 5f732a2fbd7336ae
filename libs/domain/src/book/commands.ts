import type { Document, Indicator, PriorYearFigure, Recipient, SealedPayee } from './parts.js';
import type { BookId, Category, LineKey, RemainderKind } from './vocabulary.js';

/** A line as a command gives it; amounts are strings of yuan (`AMOUNT_PATTERN`). */
export interface CommandLine extends LineKey {
  readonly function?: string;
  readonly economic?: string;
  readonly amount: string;
}

/** What every command carries: who it concerns, its idempotency key and its business date. */
interface Common extends BookId {
  readonly id: string;
  readonly date: string;
}

interface CommandBodies {
  'open-book': {
    unitName: string;
    unitKind?: string;
    divisionCode: string;
    divisionName: string;
    currency?: 'CNY';
  };
  'register-project': {
    project: string;
    name: string;
    category: Category;
    function: string;
    endsFiscalYear?: number;
  };
  'bring-in-carryover': {
    document: Document;
    fromFiscalYear: number;
    lines: readonly (CommandLine & { readonly sourceFiscalYear?: number })[];
  };
  'approve-budget': { document: Document; lines: readonly CommandLine[] };
  'adjust-budget': { document: Document; reason: string; lines: readonly CommandLine[] };
  'transfer-budget': { document: Document; reason: string; lines: readonly CommandLine[] };
  'allocate-directly': {
    document: Document;
    recipient: Recipient;
    reason: string;
    lines: readonly CommandLine[];
  };
  'acknowledge-allocation': {
    allocation: string;
    amount: string;
    acknowledgedOn?: string;
    document?: Document;
  };
  reserve: {
    document: Document;
    reason: string;
    counterparty?: string;
    lines: readonly CommandLine[];
  };
  release: { reservation: string; reason: string; lines: readonly CommandLine[] };
  'make-payment': {
    /** Comes in as a name, and is sealed before the command is hashed and decided. */
    payee: string | SealedPayee;
    voucher?: string;
    document?: Document;
    reason?: string;
    reservation?: string;
    procurement?: string;
    lines: readonly CommandLine[];
  };
  'refund-payment': {
    payment: string;
    reason: string;
    voucher?: string;
    document?: Document;
    procurement?: string;
    lines: readonly CommandLine[];
  };
  'reverse-entry': { entry: string; reason: string; document?: Document };
  'record-statistic': { key: string; count?: string; amount?: string; text?: string };
  'record-prior-year': {
    priorFiscalYear: number;
    reason: string;
    figures: readonly PriorYearFigure[];
  };
  'adopt-indicators': {
    executionWeight: string;
    goal?: string;
    indicators: readonly Indicator[];
  };
  'record-indicator-result': { indicator: string; actual: string; score: string; reason?: string };
  'score-execution': { score: string; reason?: string; outcome?: string };
  'close-year': {
    reason: string;
    carryover: readonly (LineKey & {
      readonly amount: string;
      readonly kind?: RemainderKind;
      readonly reason?: string;
    })[];
  };
  'reopen-year': { reason: string };
  'publish-report': {
    report: string;
    figuresHash: string;
    logSize: number;
    checkpoint?: string;
  };
  'propose-posting': { proposal: string; posting: ProposedPosting };
  'revise-proposal': { proposal: string; posting: ProposedPosting; reason?: string };
  'return-proposal': { proposal: string; hash: string; reason: string };
  'withdraw-proposal': { proposal: string; reason?: string };
  'set-approval-rule': { threshold: string; windowDays: number };
}

export type CommandName = keyof CommandBodies;
export type CommandBody<N extends CommandName> = Readonly<CommandBodies[N]>;

/** A command of one kind: the common fields, its name and its body in one object, as in NDJSON. */
export type CommandOf<N extends CommandName> = Common & { readonly command: N } & CommandBody<N>;

/** Any command, as a discriminated union over `command`. */
export type Command = { [N in CommandName]: CommandOf<N> }[CommandName];

/** The commands that a second person can be asked to approve: those that move money, and the year end. */
export const PROPOSABLE = [
  'bring-in-carryover',
  'approve-budget',
  'adjust-budget',
  'transfer-budget',
  'allocate-directly',
  'reserve',
  'release',
  'make-payment',
  'refund-payment',
  'reverse-entry',
  'close-year',
  'reopen-year',
] as const satisfies readonly CommandName[];
export type ProposableName = (typeof PROPOSABLE)[number];

/** A posting inside a proposal: its command without id, unit and fiscal year, which the proposal has. */
export type ProposedPosting = {
  [N in ProposableName]: Omit<Common, 'id' | keyof BookId> & {
    readonly command: N;
  } & CommandBody<N>;
}[ProposableName];

/** The posting that a proposal will be recorded as: its id is the proposal's. */
export type ProposableCommand = { [N in ProposableName]: CommandOf<N> }[ProposableName];

/** The posting that a command proposes; nothing where it proposes none. */
export function postingIn(command: Command): ProposableCommand | undefined {
  if (command.command !== 'propose-posting' && command.command !== 'revise-proposal')
    return undefined;
  const { proposal: id, unit, fiscalYear, posting } = command;
  return { ...posting, id, unit, fiscalYear };
}

type WithoutId<C> = C extends unknown ? Omit<C, 'id'> : never;

/** A posting as a proposal keeps it: all of its command but the id, so that its hash is that of these bytes. */
export type PostingContent = WithoutId<ProposableCommand>;

/** A command without its id: what its idempotency hash covers. */
export function contentOf<C extends Command>(command: C): WithoutId<C> {
  const { id, ...content } = command;
  void id; // only the rest is wanted; a deleted field would make a slow object, and every command is hashed
  return content as WithoutId<C>;
}
