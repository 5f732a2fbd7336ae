import type { HistoryRequest } from '#projections';
import { numberOf, type QueryText } from '../http/question.js';

export const MOST_EVENTS = 1000;

export const RANGE = ['from', 'to', 'limit'] as const;

/** `from`, `to` (indices, inclusive) and a bounded `limit`. */
export function rangeOf(query: QueryText, most = MOST_EVENTS): HistoryRequest {
  const to = numberOf(query, 'to');
  return {
    from: numberOf(query, 'from') ?? 0,
    ...(to !== undefined && { to }),
    limit: Math.min(numberOf(query, 'limit') ?? most, most),
  };
}

/** Where the next page starts, where this one is full. */
export const nextOf = (page: readonly { readonly index: number }[], limit: number) =>
  page.length === limit && limit > 0 ? { next: page.at(-1)!.index + 1 } : {};
