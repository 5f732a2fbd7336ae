/**
 * Every way in which the ledger says no: a closed list of code words with what each means. HTTP status,
 * titles, CLI text and the manual's page of errors all come from this one table (docs/errors.md is
 * generated from it). `status` is the HTTP status.
 */
export const LEDGER_ERRORS = {
  // reading a command
  'invalid-encoding': { status: 400, title: 'The input is not UTF-8' },
  'invalid-json': { status: 400, title: 'The input is not a JSON object' },
  'unknown-command': { status: 422, title: 'There is no such command' },
  'invalid-command': { status: 422, title: 'A field is missing or has a wrong form' },
  'unknown-field': { status: 422, title: 'The command has a field that is not known' },
  'invalid-amount': { status: 422, title: 'An amount is not yuan with exactly two decimals' },
  'invalid-date': { status: 422, title: 'A date is not a calendar date YYYY-MM-DD' },
  'date-outside-fiscal-year': {
    status: 422,
    title: 'The business date is outside the fiscal year',
  },
  // names that must exist
  'unknown-project': { status: 422, title: 'The project is not registered in the book' },
  'unknown-fund': { status: 422, title: 'The fund is not one of the list' },
  'unknown-origin': { status: 422, title: 'The origin is neither current nor carryover' },
  'unknown-function': { status: 422, title: 'The functional code is not in the classification' },
  'unknown-economic': { status: 422, title: 'The economic code is not in the classification' },
  'unknown-indicator': { status: 422, title: 'The indicator was not adopted' },
  'unknown-entry': { status: 422, title: 'The book has no such entry' },
  // the state of a book
  'book-not-open': { status: 409, title: 'The book is not open' },
  'book-already-open': { status: 409, title: 'The book is already open' },
  'year-closed': { status: 409, title: 'The year is closed' },
  'year-not-closed': { status: 409, title: 'The year is not closed' },
  'project-already-registered': { status: 409, title: 'The project is already registered' },
  'already-approved': { status: 409, title: 'The line already has an approved budget' },
  'already-reversed': { status: 409, title: 'The entry is already reversed' },
  'not-reversible': { status: 409, title: 'The entry cannot be reversed' },
  'duplicate-document': { status: 409, title: 'The document was already posted' },
  'prior-year-not-closed': { status: 409, title: "The prior year's book is not closed" },
  'unknown-subject': { status: 404, title: 'The vault has no such subject' },
  // the proof of the log
  'no-signing-key': { status: 409, title: 'There is no key that may sign for the log' },
  'no-checkpoint': { status: 404, title: 'There is no such checkpoint' },
  'log-damaged': { status: 500, title: 'The stored events are not those that were signed' },
  // control
  'insufficient-budget': { status: 422, title: 'The line has less executable budget than asked' },
  'insufficient-carryover': {
    status: 422,
    title: 'The line has less unreleased carryover than asked',
  },
  'insufficient-reservation': { status: 422, title: 'The reservation has less left than asked' },
  'carryover-not-transferable': { status: 422, title: 'Carryover stays on its line' },
  'wrong-origin': { status: 422, title: 'The origin does not fit the command' },
  'transfer-unbalanced': {
    status: 422,
    title: 'A transfer must sum to zero within one fund and origin',
  },
  'refund-exceeds-payment': {
    status: 422,
    title: 'The refund is more than is left of the payment',
  },
  'acknowledgement-exceeds-allocation': {
    status: 422,
    title: 'The acknowledgement is more than is open of the allocation',
  },
  'procurement-exceeds-payment': {
    status: 422,
    title: 'The procurement amount is more than was paid',
  },
  'carryover-mismatch': { status: 422, title: 'The carryover differs from what the ledger has' },
  'reason-required': { status: 422, title: 'A reason is required' },
  'score-out-of-range': { status: 422, title: 'The score is more than the weight' },
  'money-overflow': { status: 422, title: 'A sum passes the range in which fen are exact' },
  // people
  'approval-required': { status: 403, title: 'A second person must approve' },
  'four-eyes': { status: 403, title: 'Who proposed or revised a posting cannot approve it' },
  'unknown-proposal': { status: 404, title: 'The book has no such proposal' },
  'proposal-not-open': { status: 409, title: 'The proposal is not open' },
  'proposal-changed': { status: 409, title: 'The proposal is not the one that was shown' },
  'proposals-open': { status: 409, title: 'Proposals are open that must be settled first' },
  // accounts and duties
  'not-authenticated': { status: 401, title: 'Nobody is logged in' },
  'login-failed': { status: 401, title: 'Login and password do not fit' },
  forbidden: { status: 403, title: 'This is not the duty of the account' },
  csrf: { status: 403, title: 'The request does not come from a page of the ledger' },
  'password-change-required': { status: 403, title: 'The password must be changed first' },
  'too-many-attempts': { status: 429, title: 'There were too many attempts to log in' },
  'setup-done': { status: 409, title: 'The ledger has accounts already' },
  'setup-refused': { status: 403, title: 'The setup link is not the one that was printed' },
  'invalid-account': { status: 422, title: 'A field of an account has a wrong form' },
  'invalid-password': { status: 422, title: 'The password is too easy to guess' },
  'login-taken': { status: 409, title: 'Another account has this login' },
  'duties-conflict': { status: 409, title: 'One person must not have these duties together' },
  'last-account-admin': { status: 409, title: 'Nobody would be left to administer accounts' },
  'unknown-account': { status: 404, title: 'There is no such account' },
  'unknown-token': { status: 404, title: 'The account has no such token' },
  'unknown-issuer': { status: 404, title: 'No such issuer is configured' },
  // recording
  'revision-conflict': { status: 409, title: 'The book was changed meanwhile' },
  'precondition-failed': {
    status: 412,
    title: 'The book is not at the revision that If-Match names',
  },
  'idempotency-mismatch': { status: 422, title: 'The id was used before for another content' },
  'command-in-flight': { status: 409, title: 'The same command is being recorded right now' },
  'migration-conflict': {
    status: 409,
    title: 'The target of the migration has something else already',
  },
  'source-changed': { status: 409, title: 'The source was written to during the migration' },
  'append-too-large': { status: 413, title: 'More at once than the event store takes' },
  'catching-up': { status: 503, title: 'The server has not seen all of the log since it started' },
  'store-unavailable': { status: 503, title: 'The ledger cannot be written or read at the moment' },
  // asking
  'unknown-book': { status: 404, title: 'There is no such book' },
  'unknown-measure': { status: 404, title: 'There is no such measure' },
  'unknown-report': { status: 404, title: 'There is no such report' },
  'unknown-cell': { status: 404, title: 'The report has no such cell' },
  'unknown-event': { status: 404, title: 'There is no such event' },
  'invalid-query': { status: 422, title: 'A part of the question has a wrong form' },
  'known-at-beyond-log': { status: 422, title: 'The log is not that long yet' },
  'projection-behind': { status: 503, title: 'The read model has not caught up in time' },
  'projection-failed': {
    status: 503,
    title: 'A read model stopped at an event that it cannot handle',
  },
  // the edge
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'idempotency-key-required': { status: 400, title: 'The header Idempotency-Key is missing' },
  'invalid-header': { status: 400, title: 'A header has a wrong form' },
  'too-many-listeners': { status: 503, title: 'As many listen to the log as the server takes' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'internal-error': { status: 500, title: 'The ledger failed at this request' },
} as const satisfies Record<string, { status: number; title: string }>;

export type LedgerErrorCode = keyof typeof LEDGER_ERRORS;

/** One finding about one place of a command. `pointer` is an RFC 6901 JSON pointer into it. */
export interface FieldError {
  readonly pointer: string;
  readonly code: LedgerErrorCode;
  readonly message: string;
}

/** A refusal as a value: the word, a sentence with names and amounts, and where it applies the fields. */
export interface LedgerError {
  readonly code: LedgerErrorCode;
  readonly message: string;
  readonly errors?: readonly FieldError[];
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: LedgerError };

export const accepted = <T>(value: T): Result<T> => ({ ok: true, value });
export const refused = (code: LedgerErrorCode, message: string): Result<never> => ({
  ok: false,
  error: { code, message },
});
/** A refusal that names the field it is about. */
export const refusedAt = (
  pointer: string,
  code: LedgerErrorCode,
  message: string,
): Result<never> => ({ ok: false, error: { code, message, errors: [{ pointer, code, message }] } });

/** A refusal thrown where a value cannot travel: from queries and from adapters. */
export class LedgerRefusal extends Error {
  constructor(
    readonly error: LedgerError,
    options?: ErrorOptions,
  ) {
    super(error.message, options);
    this.name = 'LedgerRefusal';
  }

  static of(code: LedgerErrorCode, message: string, options?: ErrorOptions): LedgerRefusal {
    return new LedgerRefusal({ code, message }, options);
  }
}
