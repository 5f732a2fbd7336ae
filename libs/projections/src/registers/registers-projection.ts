import { procurementOf, toFen, type BookEvent, type Movement, type Payee } from '#domain';
import type { ReadModelDatabase } from '../kernel/database.js';
import {
  dayNumber,
  type LogEvent,
  type Projection,
  type ProjectionWriter,
} from '../kernel/projection.js';
import { REGISTERS, type RegisterName } from './register.js';

/**
 * The registers: one row for each entry and for each that follows one. Only added to; what a reversal, a
 * refund or an acknowledgement changes is seen by reading them together, at any moment. A payee who is
 * sealed is here by subject only, so that an erased name is gone without a rebuild.
 */
const SCHEMA = `
  create table if not exists register(
    book integer not null, register integer not null, idx integer not null,
    revision integer not null, day integer not null, type text not null, command_id text not null,
    follows integer, party text not null, subject text, document text not null, reason text not null,
    fen integer not null, procurement integer not null,
    primary key(book, register, idx)
  ) strict, without rowid;`;

export const registersProjection: Projection = {
  name: 'registers',
  tables: ['register'],
  schema: SCHEMA,
  writer: (db) => new RegistersWriter(db),
};

export const registerNumber = (name: RegisterName): number => REGISTERS.indexOf(name);

const REGISTER_OF: Readonly<Record<string, RegisterName>> = {
  PaymentMade: 'payments',
  PaymentRefunded: 'payments',
  BudgetAdjusted: 'adjustments',
  BudgetTransferred: 'adjustments',
  FundsAllocatedDirectly: 'direct-allocations',
  AllocationAcknowledged: 'direct-allocations',
  FundsReserved: 'reservations',
  ReservationReleased: 'reservations',
};

class RegistersWriter implements ProjectionWriter {
  readonly #add;

  constructor(db: ReadModelDatabase) {
    this.#add = db.prepare<unknown[]>(
      'insert or ignore into register values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
  }

  apply({ index, book, revision, commandId, date, event, movements }: LogEvent): void {
    const add = (name: RegisterName, entry: Entry) =>
      this.#add.run(
        book,
        registerNumber(name),
        index,
        revision,
        dayNumber(date),
        event.type,
        commandId,
        entry.follows ?? null,
        entry.party ?? '',
        entry.subject ?? null,
        entry.document ?? '',
        entry.reason ?? '',
        entry.fen,
        procurementOf(event),
      );
    const type = event.type === 'EntryReversed' ? event.data.entryType : event.type;
    const name = REGISTER_OF[type];
    if (name) add(name, entryOf(event, movements));
    // a payment out of a reservation stands in both registers, and so does its reversal
    if (type === 'PaymentMade' && consumed(movements) !== 0)
      add('reservations', {
        ...entryOf(event, movements),
        ...(event.type === 'PaymentMade' && { follows: event.data.reservation!.revision }),
        fen: -consumed(movements),
      });
  }

  flush(): void {}

  reset(): void {}
}

interface Entry {
  readonly follows?: number;
  readonly party?: string;
  readonly subject?: string;
  readonly document?: string;
  readonly reason?: string;
  readonly fen: number;
}

const consumed = (movements: readonly Movement[]): number =>
  movements.reduce((s, m) => (m.kind === 'reservationReleased' ? s + m.amountFen : s), 0);

/** What each kind of movement adds to the total of its entry. */
const SIGNS: Readonly<Record<string, 1 | -1>> = {
  paid: 1,
  refunded: -1,
  added: 1,
  reduced: -1,
  released: 1,
  takenBack: -1,
  transferredIn: 1,
  transferredOut: -1,
  allocated: 1,
  reserved: 1,
};

const payeeOf = (payee: Payee): Pick<Entry, 'party' | 'subject'> =>
  'name' in payee ? { party: payee.name } : { subject: payee.subject };

function entryOf(event: BookEvent, movements: readonly Movement[]): Entry {
  const signed = () => movements.reduce((sum, m) => sum + (SIGNS[m.kind] ?? 0) * m.amountFen, 0);
  switch (event.type) {
    case 'PaymentMade':
      return {
        ...payeeOf(event.data.payee),
        document: event.data.voucher ?? event.data.document?.number ?? '',
        reason: event.data.reason ?? '',
        fen: signed(),
      };
    case 'PaymentRefunded':
      return {
        follows: event.data.payment.revision,
        document: event.data.voucher ?? event.data.document?.number ?? '',
        reason: event.data.reason,
        fen: signed(),
      };
    case 'BudgetAdjusted':
    case 'BudgetTransferred':
      return { document: event.data.document.number, reason: event.data.reason, fen: signed() };
    case 'FundsAllocatedDirectly':
      return {
        party: event.data.recipient.name,
        document: event.data.document.number,
        reason: event.data.reason,
        fen: signed(),
      };
    case 'AllocationAcknowledged':
      return {
        follows: event.data.allocation.revision,
        document: event.data.document?.number ?? '',
        reason: event.data.acknowledgedOn,
        fen: toFen(event.data.amount),
      };
    case 'FundsReserved':
      return {
        party: event.data.counterparty ?? '',
        document: event.data.document.number,
        reason: event.data.reason,
        fen: signed(),
      };
    case 'ReservationReleased':
      return {
        follows: event.data.reservation.revision,
        reason: event.data.reason,
        fen: -consumed(movements),
      };
    case 'EntryReversed':
      return {
        follows: event.data.entry.revision,
        document: event.data.document?.number ?? '',
        reason: event.data.reason,
        fen: event.data.entryType === 'ReservationReleased' ? -consumed(movements) : signed(),
      };
    default:
      return { fen: 0 };
  }
}
