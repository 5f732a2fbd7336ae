import type { BookEvent, Document, Recipient } from './events.js';
import { lineKeyText, type LineKey } from './vocabulary.js';

/** What of a posting names its papers: of its event, or of the command that is proposed, which has the same fields. */
type Papers =
  | BookEvent
  | {
      readonly type:
        'CarryoverBroughtIn' | 'BudgetApproved' | 'BudgetAdjusted' | 'BudgetTransferred';
      readonly data: { readonly document: Document; readonly lines: readonly LineKey[] };
    }
  | {
      readonly type: 'FundsAllocatedDirectly';
      readonly data: {
        readonly document: Document;
        readonly lines: readonly LineKey[];
        readonly recipient: Recipient;
      };
    }
  | {
      readonly type: 'PaymentMade' | 'PaymentRefunded';
      readonly data: { readonly voucher?: string };
    };

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
export function documentKeys(posting: Papers): readonly string[] {
  switch (posting.type) {
    case 'CarryoverBroughtIn':
    case 'BudgetApproved':
    case 'BudgetAdjusted':
    case 'BudgetTransferred':
      return perLine(posting.type, posting.data.document, posting.data.lines);
    case 'FundsAllocatedDirectly': {
      const { document, lines, recipient } = posting.data;
      return perLine(posting.type, document, lines, recipient.code);
    }
    case 'PaymentMade':
    case 'PaymentRefunded':
      return posting.data.voucher === undefined ? [] : [`voucher\n${posting.data.voucher}`];
    default:
      return [];
  }
}
