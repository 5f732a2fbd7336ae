import 'reflect-metadata';
import helmet from '@fastify/helmet';
import { RequestMethod, ValidationPipe, type ValidationError } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyError, FastifyReply } from 'fastify';
import type { Ledger } from '#projections';
import { AppModule } from './app.module.js';
import { BODY_LIMIT_BYTES, readBodiesStrictly } from './http/body.js';
import { sendProblem } from './http/problem.js';
import { BodyInvalid, ProblemFilter } from './http/problem.filter.js';

const REQUEST_TIMEOUT_MS = 30_000;

/** The application over an open ledger, ready to listen; closing it leaves the ledger to its owner. */
export async function createApi(
  ledger: Ledger,
  { logger = true }: { logger?: boolean } = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
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
    logger: logger ? ['error', 'warn'] : false,
    bodyParser: false,
  });
  readBodiesStrictly(app);
  const plain = ['health/live', 'health/ready', 'metrics'];
  app.setGlobalPrefix('api/v1', {
    exclude: plain.map((path) => ({ path, method: RequestMethod.GET })),
  });
  app.useGlobalPipes(
    new ValidationPipe({
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: (errors) => new BodyInvalid(sentencesOf(errors)),
    }),
  );
  app.useGlobalFilters(new ProblemFilter());
  app.enableShutdownHooks();
  await app.register(helmet);
  describe(app);
  return app;
}

function sentencesOf(errors: readonly ValidationError[], path = ''): string[] {
  return errors.flatMap(({ property, constraints, children }) => [
    ...Object.values(constraints ?? {}).map((c) => `${path}${property}: ${c}`),
    ...sentencesOf(children ?? [], `${path}${property}.`),
  ]);
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
