import { PROPOSABLE, type CommandName, type ProposableName } from '../commands.js';
import { READING } from '../sentences/reading.js';
import {
  amount,
  category,
  code,
  commandId,
  countText,
  currency,
  date,
  economicCode,
  expenditureName,
  fiscalYear,
  functionCode,
  fund,
  list,
  object,
  optional,
  origin,
  proposalId,
  remainderKind,
  required,
  score,
  sha256Hex,
  shown,
  text,
  wholeNumber,
  type Field,
  type Reader,
  type Shape,
  type Sign,
} from './fields.js';

const NAME = 200;
const REASON = 1000;
const NARRATIVE = 10_000;
const MOST_LINES = 1000;
const MOST_INDICATORS = 200;
const MOST_WINDOW_DAYS = 366;

const lineKey = { project: required(code), fund: required(fund), origin: required(origin) };

const lines = (sign: Sign, more: Shape = {}, economic: Field<string> = optional(economicCode)) =>
  required(
    list(
      object({
        ...lineKey,
        function: optional(functionCode),
        economic,
        amount: required(amount(sign)),
        ...more,
      }),
      MOST_LINES,
    ),
  );

const document = object({ number: required(text(NAME)), date: required(date) });
const reason = required(text(REASON));
const party = object({ code: required(code), name: required(text(NAME)) });
const indicator = object({
  code: required(code),
  level1: required(text(NAME)),
  level2: required(text(NAME)),
  level3: required(text(NAME)),
  target: required(text(REASON)),
  weight: required(score),
});

/** Reads a posting inside a proposal: its command and date, and the fields of its kind. */
const proposedPosting: Reader<Record<string, unknown>> = (value, pointer, findings) => {
  const command = (value as { command?: unknown } | null)?.command;
  const name = PROPOSABLE.find((n): n is ProposableName => n === command);
  if (name === undefined)
    return findings.add(
      `${pointer}/command`,
      'unknown-command',
      READING.notProposable({ commands: PROPOSABLE, value: shown(command) }),
    );
  const shape = { command: required(text(NAME)), date: required(date), ...COMMAND_SHAPES[name] };
  return object(shape)(value, pointer, findings);
};

/** The fields of every command beside `command`, `id`, `unit`, `fiscalYear` and `date`. */
export const COMMAND_SHAPES: Readonly<Record<CommandName, Shape>> = {
  'open-book': {
    unitName: required(text(NAME)),
    unitKind: optional(text(NAME)),
    divisionCode: required(code),
    divisionName: required(text(NAME)),
    currency: optional(currency),
  },
  'register-project': {
    project: required(code),
    name: required(text(NAME)),
    category: required(category),
    function: required(functionCode),
    endsFiscalYear: optional(fiscalYear),
  },
  'bring-in-carryover': {
    document: required(document),
    fromFiscalYear: required(fiscalYear),
    lines: lines('positive', { sourceFiscalYear: optional(fiscalYear) }),
  },
  'approve-budget': { document: required(document), lines: lines('positive') },
  'adjust-budget': { document: required(document), reason, lines: lines('not-zero') },
  'transfer-budget': { document: required(document), reason, lines: lines('not-zero') },
  'allocate-directly': {
    document: required(document),
    recipient: required(party),
    reason,
    lines: lines('positive'),
  },
  'acknowledge-allocation': {
    allocation: required(commandId),
    amount: required(amount('positive')),
    acknowledgedOn: optional(date),
    document: optional(document),
  },
  reserve: {
    document: required(document),
    reason,
    counterparty: optional(text(NAME)),
    lines: lines('positive'),
  },
  release: { reservation: required(commandId), reason, lines: lines('positive') },
  'make-payment': {
    payee: required(text(NAME)),
    voucher: optional(text(NAME)),
    document: optional(document),
    reason: optional(text(REASON)),
    reservation: optional(commandId),
    procurement: optional(amount('not-negative')),
    lines: lines('positive', {}, required(economicCode)),
  },
  'refund-payment': {
    payment: required(commandId),
    reason,
    voucher: optional(text(NAME)),
    document: optional(document),
    procurement: optional(amount('not-negative')),
    lines: lines('positive', {}, required(economicCode)),
  },
  'reverse-entry': { entry: required(commandId), reason, document: optional(document) },
  'record-statistic': {
    key: required(code),
    count: optional(countText),
    amount: optional(amount('not-negative')),
    text: optional(text(REASON)),
  },
  'record-prior-year': {
    priorFiscalYear: required(fiscalYear),
    reason,
    figures: required(
      list(
        object({
          measure: required(expenditureName),
          project: optional(code),
          fund: optional(fund),
          economic: optional(list(economicCode, 50)),
          amount: required(amount('not-negative')),
        }),
        MOST_LINES,
      ),
    ),
  },
  'adopt-indicators': {
    executionWeight: required(score),
    goal: optional(text(NARRATIVE)),
    indicators: required(list(indicator, MOST_INDICATORS)),
  },
  'record-indicator-result': {
    indicator: required(code),
    actual: required(text(REASON)),
    score: required(score),
    reason: optional(text(REASON)),
  },
  'score-execution': {
    score: required(score),
    reason: optional(text(REASON)),
    outcome: optional(text(NARRATIVE)),
  },
  'close-year': {
    reason,
    carryover: required(
      list(
        object({
          ...lineKey,
          amount: required(amount('not-negative')),
          kind: optional(remainderKind),
          reason: optional(text(REASON)),
        }),
        MOST_LINES,
        true,
      ),
    ),
  },
  'reopen-year': { reason },
  'publish-report': {
    report: required(code),
    figuresHash: required(sha256Hex),
    logSize: required(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
    checkpoint: optional(text(NARRATIVE)),
  },
  'propose-posting': { proposal: required(proposalId), posting: required(proposedPosting) },
  'revise-proposal': {
    proposal: required(proposalId),
    posting: required(proposedPosting),
    reason: optional(text(REASON)),
  },
  'return-proposal': { proposal: required(proposalId), hash: required(sha256Hex), reason },
  'withdraw-proposal': { proposal: required(proposalId), reason: optional(text(REASON)) },
  'set-approval-rule': {
    threshold: required(amount('not-negative')),
    windowDays: required(wholeNumber(1, MOST_WINDOW_DAYS)),
  },
};
