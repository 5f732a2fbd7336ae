import {
  Catch,
  HttpException,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  errorOf,
  LedgerRefusal,
  readCommand,
  type LedgerError,
  type LedgerErrorCode,
  type Sentence,
} from '#domain';
import { StoreUnavailable } from '#event-store';
import { commandOf, isPostingSegment } from '../books/postings.js';
import { BodyInvalid } from './body.pipe.js';
import { sendProblem } from './problem.js';
import { BODY, REQUEST } from './sentences.js';

/** Every failure as RFC 9457 problem details; the code words are those of docs/errors.md. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    sendProblem(reply, this.#errorOf(exception, request));
  }

  #errorOf(exception: unknown, request: FastifyRequest): LedgerError {
    if (exception instanceof LedgerRefusal) return exception.error;
    if (exception instanceof BodyInvalid) return inLedgerWords(exception, request);
    if (exception instanceof StoreUnavailable)
      return errorOf('store-unavailable', exception.sentence);
    const status = statusOf(exception);
    if (status !== undefined && status < 500) return ofStatus(status, exception as Error);
    // an object, which the JSON logger writes as one line
    this.logger.error({
      method: request.method,
      url: request.url,
      error:
        exception instanceof Error ? (exception.stack ?? exception.message) : String(exception),
    });
    return errorOf('internal-error', REQUEST.failed());
  }
}

function statusOf(exception: unknown): number | undefined {
  if (exception instanceof HttpException) return exception.getStatus();
  const { statusCode } = (exception ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
}

function ofStatus(status: number, { message }: Error): LedgerError {
  const codes: Readonly<Record<number, LedgerErrorCode>> = {
    404: 'not-found',
    405: 'not-found',
    413: 'payload-too-large',
  };
  const code = codes[status] ?? 'invalid-json';
  const sentences: Readonly<Record<number, Sentence>> = {
    404: REQUEST.nothingHere(),
    405: REQUEST.nothingHere(),
    415: REQUEST.notJson(),
  };
  return errorOf(code, sentences[status] ?? REQUEST.badRequest({ fault: message }));
}

/** The structure of a body was wrong: the gate says it with the word and the place that it would use anyway. */
function inLedgerWords(exception: BodyInvalid, request: FastifyRequest): LedgerError {
  const [path] = request.url.split('?');
  const segment = path!.split('/').at(-1)!;
  const params = request.params as { unit?: string; year?: string };
  const { body } = request;
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  if (isObject && (segment === 'books' || isPostingSegment(segment))) {
    const book =
      params.unit === undefined ? undefined : { unit: params.unit, year: params.year ?? '' };
    const read = readCommand(commandOf(segment, body, 'id', book));
    if (!read.ok) return read.error;
  }
  return errorOf('invalid-command', BODY.all({ found: exception.findings }));
}
