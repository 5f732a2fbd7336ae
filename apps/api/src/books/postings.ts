import type { CommandName } from '#domain';

/** Where each command is posted: /books/{unit}/{year}/{segment}. */
export const POSTINGS = {
  projects: 'register-project',
  carryovers: 'bring-in-carryover',
  appropriations: 'approve-budget',
  adjustments: 'adjust-budget',
  transfers: 'transfer-budget',
  'direct-allocations': 'allocate-directly',
  acknowledgements: 'acknowledge-allocation',
  reservations: 'reserve',
  releases: 'release',
  payments: 'make-payment',
  refunds: 'refund-payment',
  reversals: 'reverse-entry',
  statistics: 'record-statistic',
  'prior-years': 'record-prior-year',
  indicators: 'adopt-indicators',
  'indicator-results': 'record-indicator-result',
  'execution-scores': 'score-execution',
  closing: 'close-year',
  reopening: 'reopen-year',
  publications: 'publish-report',
} as const satisfies Record<string, CommandName>;

export type PostingSegment = keyof typeof POSTINGS;

export const isPostingSegment = (segment: string): segment is PostingSegment =>
  Object.hasOwn(POSTINGS, segment);

/** The command that a body is, with what address and headers say of it. */
export function commandOf(
  segment: PostingSegment | 'books',
  body: object,
  id: string,
  book?: { unit: string; year: string },
): Record<string, unknown> {
  const command = segment === 'books' ? 'open-book' : POSTINGS[segment];
  const fields = { ...body, command, id };
  if (!book) return fields;
  return {
    ...fields,
    unit: book.unit,
    fiscalYear: /^\d{4}$/.test(book.year) ? Number(book.year) : book.year,
  };
}
