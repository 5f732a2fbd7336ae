import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { streamOfBook, type ApprovalRuleSet, type BookId } from '#domain';
import { eventJson } from '#event-store';
import { Ledger } from '#projections';
import { knownBook } from '../proposals/proposal-queries.js';
import type { ApprovalRuleDto, RuleSetDto } from './approval-rule.dto.js';

const MOST_SET = 100;

export class GetApprovalRule extends Query<ApprovalRuleDto> {
  constructor(readonly book: BookId) {
    super();
  }
}

/** Read from the book itself, so nothing lags: the rule that the next posting is held to. */
@QueryHandler(GetApprovalRule)
export class GetApprovalRuleHandler implements IQueryHandler<GetApprovalRule> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ book }: GetApprovalRule): Promise<ApprovalRuleDto> {
    const { approvalRule, approvalRuleRevisions } = await knownBook(this.ledger, book);
    const newest = approvalRuleRevisions.slice(-MOST_SET).reverse();
    const { threshold, windowDays } = approvalRule;
    return {
      rule: { threshold, windowDays },
      history: await Promise.all(newest.map((revision) => this.#setAt(book, revision))),
    };
  }

  async #setAt(book: BookId, revision: number): Promise<RuleSetDto> {
    const [stored] = await this.ledger.store.readStream(streamOfBook(book), revision, 1);
    const { index, date, recordedAt, actor, data } = eventJson(stored!);
    const { threshold, windowDays } = data as ApprovalRuleSet;
    return { threshold, windowDays, index, date, recordedAt, actor };
  }
}
