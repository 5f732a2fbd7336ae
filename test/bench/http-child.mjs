// A server in a process of its own: the product on a fresh store, or a bare route with the same DTO.
import 'reflect-metadata';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ledger } from '#projections';
import { bookCommands, meta } from './fixtures.mjs';

const [, , side, directory] = process.argv;
const api = (file) =>
  import(pathToFileURL(join(import.meta.dirname, '../../dist/apps/api/src', file)).href);

async function product() {
  const { createApi } = await api('create-api.js');
  const ledger = await Ledger.open({ directory });
  for (const command of bookCommands('U', 0)) await ledger.commands.run(command, meta);
  return createApi(ledger, { logger: false });
}

/** Nest on the same adapter, one route that validates the same DTO and answers 201 with a small body. */
async function bare() {
  const { Body, Controller, Module, Post, ValidationPipe } = await import('@nestjs/common');
  const { NestFactory } = await import('@nestjs/core');
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  const { PaymentDto } = await api('dto/postings.js');
  class BareController {
    post(body) {
      return { accepted: body.lines.length };
    }
  }
  const decorate = (decorators, ...target) =>
    [...decorators].reverse().forEach((d) => d(...target));
  Reflect.defineMetadata('design:paramtypes', [PaymentDto], BareController.prototype, 'post');
  Body()(BareController.prototype, 'post', 0);
  decorate(
    [Post('payments')],
    BareController.prototype,
    'post',
    Object.getOwnPropertyDescriptor(BareController.prototype, 'post'),
  );
  Controller()(BareController);
  class BareModule {}
  Module({ controllers: [BareController] })(BareModule);
  const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
  app.useGlobalPipes(
    new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }),
  );
  return app;
}

const app = await (side === 'product' ? product() : bare());
await app.listen(0, '127.0.0.1');
process.stdout.write(`${await app.getUrl()}\n`);
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
