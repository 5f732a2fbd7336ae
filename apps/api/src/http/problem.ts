import type { FastifyReply } from 'fastify';
import { LEDGER_ERRORS, type LedgerError } from '#domain';

const RETRY_AFTER_SECONDS = '1';

/** A refusal as RFC 9457 problem details; the code words are those of docs/errors.md. */
export function problemOf({ code, message, errors }: LedgerError) {
  const { status, title } = LEDGER_ERRORS[code];
  const body = JSON.stringify({
    type: `urn:fiscal-ledger:error:${code}`,
    title,
    status,
    detail: message,
    code,
    ...(errors && { errors }),
  });
  return { status, body };
}

export function sendProblem(reply: FastifyReply, error: LedgerError): void {
  const { status, body } = problemOf(error);
  if (status === 503) void reply.header('Retry-After', RETRY_AFTER_SECONDS);
  void reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(body);
}
