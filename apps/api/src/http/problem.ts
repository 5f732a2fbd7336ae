import type { FastifyReply } from 'fastify';
import { LEDGER_ERRORS, told, type Language, type LedgerError } from '#domain';
import { answerIn } from './language.js';

const RETRY_AFTER_SECONDS = '1';

/** A refusal as RFC 9457 problem details in one language; the code words are those of docs/errors.md. */
export function problemOf(error: LedgerError, language: Language) {
  const { code, message, errors } = told(error, language);
  const { status, title } = LEDGER_ERRORS[code];
  const body = JSON.stringify({
    type: `urn:fiscal-ledger:error:${code}`,
    title: title[language],
    status,
    detail: message,
    code,
    ...(errors && { errors }),
  });
  return { status, body };
}

/** Answers with a refusal, in the language that the request wants. */
export function sendProblem(reply: FastifyReply, error: LedgerError): void {
  const { status, body } = problemOf(error, answerIn(reply));
  if (status === 503) void reply.header('Retry-After', RETRY_AFTER_SECONDS);
  void reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(body);
}
