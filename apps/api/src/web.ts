import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sendProblem } from './http/problem.js';
import { errorOf } from '#domain';
import { REQUEST } from './http/sentences.js';

const NONCE = /__CSP_NONCE__/g;
const NONCE_BYTES = 16;

/** Nothing from elsewhere, and styles only with the nonce of the page: antd makes its styles while it runs. */
const policyOf = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The folder that holds package.json: this file runs from dist as well as from its source. */
function rootOf(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : rootOf(dirname(directory));
}

/**
 * Serves the built app: its files under `/assets/`, which are named by their content and kept for a year, and its one
 * page for every other address that a browser asks for as a page. Where nothing is built the API stands alone.
 */
export async function serveWeb(app: NestFastifyApplication): Promise<void> {
  const root = join(rootOf(import.meta.dirname), 'dist', 'web');
  const index = join(root, 'index.html');
  if (!existsSync(index)) return;
  const page = readFileSync(index, 'utf8');
  const fastify = app.getHttpAdapter().getInstance();

  await fastify.register(fastifyStatic, {
    root: join(root, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    decorateReply: false,
  });
  fastify.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    const { url, headers } = request;
    if (/^\/(api|assets)(\/|$)/.test(url) || !(headers.accept ?? '').includes('text/html')) {
      sendProblem(reply, errorOf('not-found', REQUEST.nothingHere()));
      return;
    }
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    void reply
      .header('content-security-policy', policyOf(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replace(NONCE, nonce));
  });
}
