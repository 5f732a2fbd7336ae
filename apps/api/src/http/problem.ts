import type { FastifyReply } from 'fastify';
import { LEDGER_ERRORS, type LedgerError } from '#domain';

const RETRY_AFTER_SECONDS = '1';

/** Answers a refusal as RFC 9457 problem details; the code words are those of docs/errors.md. */
export function sendProblem(reply: FastifyReply, error: LedgerError): void {
  const { status, title } = LEDGER_ERRORS[error.code];
  if (status === 503) void reply.header('Retry-After', RETRY_AFTER_SECONDS);
  void reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(
      JSON.stringify({
        type: `urn:fiscal-ledger:error:${error.code}`,
        title,
        status,
        detail: error.message,
        code: error.code,
        ...(error.errors && { errors: error.errors }),
      }),
    );
}
