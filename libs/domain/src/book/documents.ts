import type { BookEvent, Document } from './events.js';
import { lineKeyText, type LineKey } from './vocabulary.js';

const perLine = (type: string, document: Document, lines: readonly LineKey[], party = '') => [
  ...new Set(
    lines.map((l) => [type, document.number, document.date, party, lineKeyText(l)].join('\n')),
  ),
];

/**
 * What makes a paper unique in a book: one document changes one line once by one kind of posting, and a
 * voucher pays once. A second posting of the same paper is a double entry and is refused
 * (`duplicate-document`) for as long as the first one is not reversed.
 */
export function documentKeys(event: BookEvent): readonly string[] {
  switch (event.type) {
    case 'CarryoverBroughtIn':
    case 'BudgetApproved':
    case 'BudgetAdjusted':
    case 'BudgetTransferred':
      return perLine(event.type, event.data.document, event.data.lines);
    case 'FundsAllocatedDirectly':
      return perLine(event.type, event.data.document, event.data.lines, event.data.recipient.code);
    case 'PaymentMade':
    case 'PaymentRefunded':
      return event.data.voucher === undefined ? [] : [`voucher\n${event.data.voucher}`];
    default:
      return [];
  }
}
