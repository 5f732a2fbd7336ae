import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { LedgerRefusal, told, type BookId, type Language } from '#domain';
import { Ledger } from '#projections';
import {
  checkIn,
  closeCommandOf,
  formOf,
  rehearseClosing,
  remainderJson,
  toJson,
  type ClosingWishes,
} from '#reports';
import { LedgerQuery, waited } from '../books/queries.js';
import type { ClosingRehearsalDto } from './closing.dto.js';

/** A rehearsal is not about who commits: that takes two people, and they are asked when it is. */
const IN_REHEARSAL = { actor: 'rehearsal', approvedBy: 'second person' } as const;

export class RehearseClosing extends LedgerQuery<ClosingRehearsalDto> {
  constructor(
    readonly book: BookId,
    readonly wishes: ClosingWishes,
    readonly now: Date,
    readonly language: Language,
    position?: number,
  ) {
    super(position);
  }
}

@QueryHandler(RehearseClosing)
export class RehearseClosingHandler implements IQueryHandler<RehearseClosing> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  /** Throws LedgerRefusal where the wishes cannot be read; what the close would be refused with is an answer. */
  async execute(asked: RehearseClosing): Promise<ClosingRehearsalDto> {
    const { book, wishes, now, language, position } = asked;
    await waited(this.ledger, position);
    this.ledger.figures(book, {}); // an unknown book is 404
    const close = closeCommandOf(await this.ledger.commands.bookState(book), wishes);
    if (!close.ok) throw new LedgerRefusal(close.error);
    const meta = { ...IN_REHEARSAL, recordedAt: now.toISOString() };
    const { remainders, checks, refusal, reports } = await rehearseClosing(
      this.ledger,
      close.value,
      meta,
    );
    return {
      command: { ...close.value, carryover: [...close.value.carryover] },
      remainders: remainders.map(remainderJson),
      checks: checks.map((check) => checkIn(check, language)),
      ...(refusal && { refusal: told(refusal, language) as ClosingRehearsalDto['refusal'] }),
      reports: reports.map(toJson) as ClosingRehearsalDto['reports'],
      forms: reports.map(formOf) as ClosingRehearsalDto['forms'],
    };
  }
}
