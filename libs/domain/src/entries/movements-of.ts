import { negateFen, toFen, ZERO_FEN, type Fen } from '../money/index.js';
import type { BookEvent, PostedLine, Remainder, StoredMovement } from '../book/events.js';
import type { LineKey, RemainderKind } from '../book/vocabulary.js';
import { MOVEMENT_KINDS, type Account, type MovementKind } from './movements.js';

/** One amount that goes from the credited to the debited account of its kind, on one line. */
export interface Movement extends LineKey {
  readonly kind: MovementKind;
  readonly function: string;
  /** Economic code, '' where the posting has none. */
  readonly economic: string;
  readonly amountFen: Fen;
}

/** One side of a movement: what bookkeeping calls a line of a journal entry. */
export interface EntryLine extends LineKey {
  readonly account: Account;
  readonly function: string;
  readonly economic: string;
  readonly debitFen: Fen;
  readonly creditFen: Fen;
}

const TREATMENT_KINDS: Record<RemainderKind, MovementKind> = {
  'carry-forward': 'carriedForward',
  surplus: 'surplusTaken',
  recovery: 'recovered',
};

const movement = (kind: MovementKind, line: PostedLine, amountFen: Fen): Movement => ({
  kind,
  project: line.project,
  fund: line.fund,
  origin: line.origin,
  function: line.function,
  economic: line.economic ?? '',
  amountFen,
});

const all = (kind: MovementKind, lines: readonly PostedLine[]): readonly Movement[] =>
  lines.map((line) => movement(kind, line, toFen(line.amount)));

/** A signed line as one of two kinds of movement, both with a positive amount. */
function signed(line: PostedLine, plus: MovementKind, minus: MovementKind): Movement {
  const amountFen = toFen(line.amount);
  return amountFen < 0
    ? movement(minus, line, negateFen(amountFen))
    : movement(plus, line, amountFen);
}

const writtenOut = (movements: readonly StoredMovement[]): readonly Movement[] =>
  movements.map((m) => movement(m.movement, m, toFen(m.amount)));

function closing(remainder: Remainder): Movement[] {
  const line: PostedLine = remainder;
  const moves: [MovementKind, string][] = [
    ['unreleasedClosed', remainder.unreleased],
    ['reservedClosed', remainder.reserved],
    ...remainder.treatments.map((t): [MovementKind, string] => [TREATMENT_KINDS[t.kind], t.amount]),
  ];
  return moves
    .map(([kind, amount]) => movement(kind, line, toFen(amount)))
    .filter((m) => m.amountFen !== ZERO_FEN);
}

/** The movements of an event: pure, and all that any balance or measure is ever computed from. */
export function movementsOf(event: BookEvent): readonly Movement[] {
  switch (event.type) {
    case 'CarryoverBroughtIn':
      return all('broughtIn', event.data.lines);
    case 'BudgetApproved':
      return all('approved', event.data.lines);
    case 'BudgetAdjusted':
      return event.data.lines.map((l) =>
        l.origin === 'current' ? signed(l, 'added', 'reduced') : signed(l, 'released', 'takenBack'),
      );
    case 'BudgetTransferred':
      return event.data.lines.map((l) => signed(l, 'transferredIn', 'transferredOut'));
    case 'FundsAllocatedDirectly':
      return all('allocated', event.data.lines);
    case 'FundsReserved':
      return all('reserved', event.data.lines);
    case 'ReservationReleased':
      return all('reservationReleased', event.data.lines);
    case 'PaymentMade':
      return event.data.lines.flatMap((l) =>
        l.fromReservation === undefined
          ? [movement('paid', l, toFen(l.amount))]
          : [
              movement('reservationReleased', l, toFen(l.fromReservation)),
              movement('paid', l, toFen(l.amount)),
            ],
      );
    case 'PaymentRefunded':
      return all('refunded', event.data.lines);
    case 'EntryReversed':
    case 'YearReopened':
      return writtenOut(event.data.movements);
    case 'YearClosed':
      return event.data.remainders.flatMap(closing);
    case 'BookOpened':
    case 'ProjectRegistered':
    case 'AllocationAcknowledged':
    case 'StatisticRecorded':
    case 'PriorYearRecorded':
    case 'IndicatorsAdopted':
    case 'IndicatorResultRecorded':
    case 'ExecutionScored':
    case 'ReportPublished':
    case 'PostingProposed':
    case 'ProposalRevised':
    case 'ProposalReturned':
    case 'ProposalWithdrawn':
    case 'ApprovalRuleSet':
      return [];
    default:
      return assertNever(event);
  }
}

/** The signed procurement amount (政府采购) that an event adds; not a movement of money. */
export function procurementOf(event: BookEvent): Fen {
  switch (event.type) {
    case 'PaymentMade':
    case 'EntryReversed':
      return event.data.procurement === undefined ? ZERO_FEN : toFen(event.data.procurement);
    case 'PaymentRefunded':
      return event.data.procurement === undefined
        ? ZERO_FEN
        : negateFen(toFen(event.data.procurement));
    default:
      return ZERO_FEN;
  }
}

/** The balanced double-entry lines of an event: two for each movement. */
export function entryLinesOf(event: BookEvent): readonly EntryLine[] {
  return movementsOf(event).flatMap(({ kind, amountFen, ...line }) => {
    const { debit, credit } = MOVEMENT_KINDS[kind];
    return [
      { ...line, account: debit, debitFen: amountFen, creditFen: ZERO_FEN },
      { ...line, account: credit, debitFen: ZERO_FEN, creditFen: amountFen },
    ];
  });
}

function assertNever(event: never): never {
  throw new TypeError(`not an event of a book: ${JSON.stringify(event)}`);
}
