import type { components } from './schema.js';

type Problem = components['schemas']['ProblemDto'];
type FieldError = components['schemas']['ProblemErrorDto'];

const UNEXPECTED = 'unexpected-answer';

/** A refusal of the server (RFC 9457): its word from docs/errors.md, its sentence, and the places it is about. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldError[];
  /** Not of the ledger: its words are those of a proxy, say. */
  readonly isForeign: boolean;

  constructor({ status, code, detail, errors }: Problem) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors ?? [];
    this.isForeign = code === UNEXPECTED;
  }
}

/** Nobody answered: what the browser says of that is in its own language, and is the cause. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;

/** The refusal that an answer carries; one that is none of the ledger's (a proxy's page, say) gets a word too. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return new ProblemError(body);
  const { status, statusText } = response;
  return new ProblemError({
    type: 'about:blank',
    title: statusText,
    status,
    detail: `${status} ${statusText}`.trim(),
    code: UNEXPECTED,
  });
}
