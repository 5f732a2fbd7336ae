import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  approvalNeeded,
  contentOf,
  effectOf,
  readCommand,
  SOMEBODY,
  told,
  type BookId,
  type Command,
  type Language,
} from '#domain';
import { Ledger } from '#projections';
import type { PreviewDto } from '../dto/proposals.js';
import type { People } from '../http/headers.js';
import { knownBook } from './proposal-queries.js';

export class PreviewPosting extends Query<PreviewDto> {
  constructor(
    readonly book: BookId,
    readonly posting: Readonly<Record<string, unknown>>,
    readonly people: People,
    readonly language: Language,
    /** The proposal that the posting would take the place of: what it holds is free for this. */
    readonly revises?: string,
  ) {
    super();
  }
}

@QueryHandler(PreviewPosting)
export class PreviewPostingHandler implements IQueryHandler<PreviewPosting> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  /** Stores nothing. A refusal is a part of the answer, for this is asked while somebody types. */
  async execute({ book, posting, people, language, revises }: PreviewPosting): Promise<PreviewDto> {
    await knownBook(this.ledger, book);
    const read = readCommand({ ...posting, id: `preview:${randomUUID()}`, ...book });
    if (!read.ok) return { effect: [], refusal: told(read.error, language), needsApproval: false };
    const { actor, fourEyes } = people;
    const asked = this.#withSubject(read.value);
    const { state, decision } = await this.ledger.commands.preview(
      asked,
      { actor, approvedBy: SOMEBODY },
      revises,
    );
    const command = contentOf(read.value);
    if (!decision.ok) {
      const refusal = told(decision.error, language);
      return { command, effect: [], refusal, needsApproval: false };
    }
    const why = fourEyes && approvalNeeded(asked, state, decision.value);
    return {
      command,
      effect: effectOf(state, decision.value),
      needsApproval: why !== undefined,
      ...(why && { why }),
    };
  }

  /** A payee who is known is told from others by the subject; one who is new is known to nobody. */
  #withSubject(command: Command): Command {
    if (command.command !== 'make-payment' || typeof command.payee !== 'string') return command;
    return { ...command, payee: this.ledger.vault.find(command.payee) ?? command.payee };
  }
}
