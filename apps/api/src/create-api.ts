import 'reflect-metadata';
import helmet from '@fastify/helmet';
import { ConsoleLogger, RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyError, FastifyReply } from 'fastify';
import type { Ledger } from '#projections';
import { AppModule } from './app.module.js';
import { HEALTH_PATHS } from './health/health.controller.js';
import { BODY_LIMIT_BYTES, readBodiesStrictly } from './http/body.js';
import { BodyPipe } from './http/body.pipe.js';
import { answerClientError } from './http/client-error.js';
import { sendProblem } from './http/problem.js';
import { ProblemFilter } from './http/problem.filter.js';
import { QueryGuard } from './http/takes-query.js';
import { serveWeb } from './web.js';

const REQUEST_TIMEOUT_MS = 30_000;

/**
 * The application over an open ledger, ready to listen. Closing it leaves the ledger to its owner, and so do
 * signals: who closes the ledger must do it after the application, so one place has to do both.
 */
export async function createApi(
  ledger: Ledger,
  { logger = true }: { logger?: boolean } = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    clientErrorHandler: answerClientError,
    routerOptions: { maxParamLength: 200 },
    // what the router refuses never gets to the filter
    frameworkErrors: (error: FastifyError, _request: unknown, reply: FastifyReply) =>
      sendProblem(
        reply,
        error.code === 'FST_ERR_BAD_URL'
          ? { code: 'invalid-query', message: error.message }
          : { code: 'not-found', message: 'there is nothing at this address' },
      ),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(ledger), adapter, {
    logger: logger && new ConsoleLogger({ json: true, logLevels: ['fatal', 'error', 'warn'] }),
    bodyParser: false,
  });
  readBodiesStrictly(app);
  app.setGlobalPrefix('api/v1', {
    exclude: ['', 'api/v1/'].flatMap((at) =>
      HEALTH_PATHS.map((path) => ({ path: at + path, method: RequestMethod.GET })),
    ),
  });
  app.useGlobalGuards(new QueryGuard());
  app.useGlobalPipes(new BodyPipe());
  app.useGlobalFilters(new ProblemFilter());
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
  fastify.get('/api/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(SwaggerModule.createDocument(app, config));
    return reply.type('application/json; charset=utf-8').send(document);
  });
}
