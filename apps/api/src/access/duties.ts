import type { Role } from '#domain';

/**
 * Where the unit of a request stands: in its address, in its body, or nowhere. `own` is for addresses over
 * all books: who is asked answers with those of the units in scope only. `all` needs the duty for all units.
 */
type UnitIn = 'address' | 'body' | 'none' | 'own' | 'all';

export interface Duty {
  /** `anyone`: no account needed. `any account`: whatever its duties. */
  readonly roles: readonly Role[] | 'anyone' | 'any account';
  readonly unit: UnitIn;
  readonly what: string;
}

const READERS = ['clerk', 'reviewer', 'auditor', 'viewer'] as const;
const WITH_EVENTS = ['clerk', 'reviewer', 'auditor'] as const;
const SETS_RULES = 'system-admin';

/**
 * Who may do what: the one table. Every route names its line by `@Policy`, the guard goes by it, the manual
 * shows it (docs/duties.md) and the tests are generated from it.
 */
export const DUTIES = {
  // without an account
  public: { roles: 'anyone', unit: 'none', what: 'health, login, the setup link' },
  session: { roles: 'any account', unit: 'none', what: 'the own session and password' },
  // a book
  'open-book': { roles: ['clerk'], unit: 'body', what: 'open a book' },
  post: { roles: ['clerk'], unit: 'address', what: 'draft and submit postings' },
  propose: {
    roles: ['clerk'],
    unit: 'address',
    what: 'propose, edit and withdraw, see what it would do',
  },
  review: { roles: ['reviewer'], unit: 'address', what: 'approve or return a proposal' },
  'rehearse-closing': { roles: WITH_EVENTS, unit: 'address', what: 'rehearse the close' },
  'set-approval-rule': {
    roles: [SETS_RULES],
    unit: 'address',
    what: 'set the threshold of a book',
  },
  'read-approval-rule': {
    roles: [...WITH_EVENTS, SETS_RULES],
    unit: 'address',
    what: 'the threshold of a book, and who set it when',
  },
  'read-figures': { roles: READERS, unit: 'address', what: 'measures, reports, lines, overview' },
  'read-events': { roles: WITH_EVENTS, unit: 'address', what: 'history, replay' },
  'read-proposals': { roles: WITH_EVENTS, unit: 'address', what: 'proposals and their history' },
  // all books
  'list-books': { roles: [...READERS, SETS_RULES], unit: 'own', what: 'which books there are' },
  'follow-books': { roles: READERS, unit: 'own', what: 'classifications, what is new' },
  'list-proposals': { roles: WITH_EVENTS, unit: 'own', what: 'proposals over all books' },
  'read-log': {
    roles: ['auditor'],
    unit: 'own',
    what: 'the log; what is of other units only as hashes',
  },
  'read-proofs': { roles: READERS, unit: 'none', what: 'checkpoints and proofs, which are hashes' },
  // 三员
  'administer-accounts': {
    roles: ['account-admin'],
    unit: 'none',
    what: 'accounts, grants, tokens',
  },
  'read-access-log': { roles: ['log-admin', 'auditor'], unit: 'all', what: 'who asked for what' },
  'watch-system': { roles: ['system-admin'], unit: 'none', what: 'metrics' },
} as const satisfies Record<string, Duty>;

export type DutyName = keyof typeof DUTIES;
