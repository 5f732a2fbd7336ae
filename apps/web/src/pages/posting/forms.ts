/** What kind of thing a field takes. An amount is read as people write it; an entry is the id of an earlier posting. */
type FieldKind = 'text' | 'sentence' | 'date' | 'amount' | 'entry';

export interface Field {
  /** Where its value stands in the posting: `document/number`. The server's refusals name the same place. */
  readonly at: string;
  readonly kind: FieldKind;
  readonly optional?: true;
}

export interface PostingForm {
  /** Where it is posted: /books/{unit}/{year}/{segment}. */
  readonly segment: string;
  readonly fields: readonly Field[];
  /** Whether it has lines, whether these may go up and down, and whether they carry an economic code. */
  readonly lines?: { readonly signed?: true; readonly economic?: true };
}

const field = (at: string, kind: FieldKind = 'text'): Field => ({ at, kind });
const perhaps = (at: string, kind: FieldKind = 'text'): Field => ({ at, kind, optional: true });

const DATE = field('date', 'date');
const DOCUMENT = [field('document/number'), field('document/date', 'date')];
const REASON = field('reason', 'sentence');

/** The postings that officers write by hand, each a form given as data; field by field the bodies of the API. */
export const FORMS = {
  'adjust-budget': {
    segment: 'adjustments',
    fields: [DATE, ...DOCUMENT, REASON],
    lines: { signed: true },
  },
  'transfer-budget': {
    segment: 'transfers',
    fields: [DATE, ...DOCUMENT, REASON],
    lines: { signed: true },
  },
  'make-payment': {
    segment: 'payments',
    fields: [
      DATE,
      field('payee'),
      perhaps('voucher'),
      perhaps('reason', 'sentence'),
      perhaps('reservation', 'entry'),
      perhaps('procurement', 'amount'),
    ],
    lines: { economic: true },
  },
  'allocate-directly': {
    segment: 'direct-allocations',
    fields: [DATE, ...DOCUMENT, field('recipient/code'), field('recipient/name'), REASON],
    lines: {},
  },
  'acknowledge-allocation': {
    segment: 'acknowledgements',
    fields: [
      DATE,
      field('allocation', 'entry'),
      field('amount', 'amount'),
      perhaps('acknowledgedOn', 'date'),
    ],
  },
  'refund-payment': {
    segment: 'refunds',
    fields: [
      DATE,
      field('payment', 'entry'),
      REASON,
      perhaps('voucher'),
      perhaps('procurement', 'amount'),
    ],
    lines: { economic: true },
  },
  'reverse-entry': {
    segment: 'reversals',
    fields: [DATE, field('entry', 'entry'), REASON],
  },
  reserve: {
    segment: 'reservations',
    fields: [DATE, ...DOCUMENT, perhaps('counterparty'), REASON],
    lines: {},
  },
  release: {
    segment: 'releases',
    fields: [DATE, field('reservation', 'entry'), REASON],
    lines: {},
  },
} as const satisfies Record<string, PostingForm>;

export type FormName = keyof typeof FORMS;
export const FORM_NAMES = Object.keys(FORMS) as FormName[];
export const isFormName = (name: unknown): name is FormName =>
  typeof name === 'string' && Object.hasOwn(FORMS, name);
