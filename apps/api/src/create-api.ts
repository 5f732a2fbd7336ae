import 'reflect-metadata';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { ConsoleLogger, RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyError, FastifyReply } from 'fastify';
import { errorOf } from '#domain';
import { Access } from '#accounts';
import type { Ledger } from '#projections';
import { Gate } from './access/gate.js';
import { policyFor } from './access/policy.js';
import { AppModule } from './app.module.js';
import { LogArrival } from './health/arrival.js';
import { HEALTH_PATHS } from './health/health-paths.js';
import { BODY_LIMIT_BYTES, readBodiesStrictly } from './http/body.js';
import { BodyPipe } from './http/body.pipe.js';
import { answerClientError } from './http/client-error.js';
import { sendProblem } from './http/problem.js';
import { ProblemFilter } from './http/problem.filter.js';
import { QueryGuard } from './http/takes-query.js';
import { closeUnusedConnections } from './http/unused-connections.js';
import { Issuers, type IssuerConfig } from './session/issuers.js';
import { serveWeb } from './web.js';
import { REQUEST } from './http/sentences.js';

const REQUEST_TIMEOUT_MS = 30_000;

export interface ApiOptions {
  readonly logger?: boolean;
  /** Accounts, sessions and the access log, closed by whoever opened them; in memory where left out. */
  readonly access?: Access;
  /** Whether the log has come; nothing but health is told before. */
  readonly arrival?: LogArrival;
  /** Where one may log in beside the ledger's own passwords. */
  readonly issuer?: IssuerConfig;
  /** Addresses and networks of proxies whose X-Forwarded headers are believed. */
  readonly trustProxy?: readonly string[];
}

/**
 * The application over an open ledger, ready to listen. Closing it leaves the ledger to its owner, and so do
 * signals: who closes the ledger must do it after the application, so one place has to do both.
 */
export async function createApi(
  ledger: Ledger,
  options: ApiOptions = {},
): Promise<NestFastifyApplication> {
  const { logger = true, issuer, trustProxy } = options;
  const access = options.access ?? (await Access.open(ledger));
  const gate = new Gate(access);
  const arrival = options.arrival ?? new LogArrival(ledger);
  const adapter = new FastifyAdapter({
    ...(trustProxy !== undefined && { trustProxy: [...trustProxy] }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    clientErrorHandler: answerClientError,
    routerOptions: { maxParamLength: 200 },
    // what the router refuses never gets to the filter
    frameworkErrors: (error: FastifyError, _request: unknown, reply: FastifyReply) =>
      sendProblem(
        reply,
        error.code === 'FST_ERR_BAD_URL'
          ? errorOf('invalid-query', REQUEST.badAddress({ fault: error.message }))
          : errorOf('not-found', REQUEST.nothingHere()),
      ),
  });
  arrival.guard(adapter.getInstance());
  gate.guard(adapter.getInstance());
  const served = { ledger, access, gate, issuers: new Issuers(access, issuer) };
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(served), adapter, {
    logger: logger && new ConsoleLogger({ json: true, logLevels: ['fatal', 'error', 'warn'] }),
    bodyParser: false,
  });
  // what was opened here is closed here
  if (!options.access) adapter.getInstance().addHook('onClose', () => access.close());
  readBodiesStrictly(app);
  closeUnusedConnections(app);
  app.setGlobalPrefix('api/v1', {
    exclude: ['', 'api/v1/'].flatMap((at) =>
      HEALTH_PATHS.map((path) => ({ path: at + path, method: RequestMethod.GET })),
    ),
  });
  app.useGlobalGuards(new QueryGuard());
  app.useGlobalPipes(new BodyPipe());
  app.useGlobalFilters(new ProblemFilter());
  // for its parser and serializer: the gate reads cookies before any hook of a plugin would
  await app.register(cookie, { hook: false });
  await app.register(helmet);
  describe(app);
  await serveWeb(app);
  return app;
}

function describe(app: NestFastifyApplication): void {
  const config = new DocumentBuilder()
    .setTitle('Fiscal ledger')
    .setDescription('Every number a budget unit publishes, from its events.')
    .setVersion('1')
    .build();
  let document: string | undefined;
  const fastify = app.getHttpAdapter().getInstance();
  const open = { config: { policy: policyFor('public') } };
  fastify.get('/api/openapi.json', open, (_request, reply) => {
    document ??= JSON.stringify(SwaggerModule.createDocument(app, config));
    return reply.type('application/json; charset=utf-8').send(document);
  });
}
