import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { LedgerRefusal, type Sentence } from '#domain';
import type { Session } from '#accounts';
import { ACCESS } from './sentences.js';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** Whether a request only asks. */
export const isSafe = ({ method }: Pick<FastifyRequest, 'method'>): boolean =>
  SAFE.includes(method);

const refuse = (sentence: Sentence) => LedgerRefusal.of('csrf', sentence);

/** Refuses `csrf` what a page of another site makes a browser send: browsers say so, and whose page it is. */
export function mustBeSameOrigin(request: FastifyRequest): void {
  if (isSafe(request)) return;
  const { headers, host } = request;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw refuse(ACCESS.otherSite({ site: String(site) }));
  const { origin } = headers;
  if (origin !== undefined && hostOf(origin) !== host) throw refuse(ACCESS.otherOrigin());
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined; // the origin `null` of a sandboxed page
  }
}

/** The header X-CSRF-Token must be the one that the session's own pages were told. */
export function mustHaveCsrfToken(request: FastifyRequest, { csrf }: Session): void {
  if (isSafe(request)) return;
  const given = request.headers['x-csrf-token'];
  if (typeof given !== 'string' || !isSame(given, csrf)) throw refuse(ACCESS.otherToken());
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
