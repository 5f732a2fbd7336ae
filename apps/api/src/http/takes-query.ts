import {
  applyDecorators,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { LedgerRefusal } from '#domain';
import { positionOf } from './headers.js';
import { QUESTION } from './sentences.js';

const NAMES = 'fiscal:query';

/** The names that a question may have after its `?`; all optional, none else taken (`QueryGuard`). */
export const TakesQuery = (...names: readonly string[]): MethodDecorator =>
  applyDecorators(
    SetMetadata(NAMES, names),
    ...names.map((name) => ApiQuery({ name, required: false, type: String })),
  );

/**
 * A misspelt name would be a question about something else, answered in silence: it is refused. So is a position
 * that is none, also where the answer would not depend on it.
 */
export class QueryGuard implements CanActivate {
  readonly #reflector = new Reflector();

  canActivate(context: ExecutionContext): boolean {
    const known = this.#reflector.get<string[] | undefined>(NAMES, context.getHandler());
    if (!known) return true;
    const { query, headers } = context.switchToHttp().getRequest<FastifyRequest>();
    positionOf(headers);
    const unknown = Object.keys(query as object).find((name) => !known.includes(name));
    if (unknown === undefined) return true;
    throw LedgerRefusal.of('invalid-query', QUESTION.unknown({ name: unknown, known }));
  }
}
