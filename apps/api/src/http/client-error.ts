import type { Socket } from 'node:net';
import { errorOf, type LedgerError } from '#domain';
import { problemOf } from './problem.js';
import { REQUEST } from './sentences.js';

const WORDS: Readonly<Record<string, LedgerError>> = {
  HPE_HEADER_OVERFLOW: errorOf('payload-too-large', REQUEST.headersTooLarge()),
};
const UNREADABLE = errorOf('invalid-header', REQUEST.notHttp());

/**
 * What is no HTTP at all reaches neither router nor filter; it gets its problem on the bare socket, in English, for
 * which languages it takes cannot be read either.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const { status, body } = problemOf(WORDS[error.code ?? ''] ?? UNREADABLE, 'en');
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\n` +
      'Content-Type: application/problem+json; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
