import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { coversUnit, isAdminRole, type Grant, type Role, type Units } from '#domain';
import { unitsOf } from '#accounts';

/** Who sees names of persons and raw events of a book: whoever has a duty about it, but for report viewers. */
export const WORKS_ON_BOOKS: readonly Role[] = ['clerk', 'reviewer', 'auditor'];

/** Who asks, as of this request: an account by its session, or by a token with a part of its duties. */
export class Principal {
  constructor(
    readonly account: string,
    /** The natural person, as in `actor` and `approvedBy`: what four eyes are compared by. */
    readonly person: string,
    readonly grants: readonly Grant[],
  ) {}

  /** The units for which one has any of the duties, or any duty about books. */
  units(roles?: readonly Role[]): Units {
    const all = this.grants.map(({ role }) => role);
    return unitsOf(this.grants, roles ?? all.filter((role) => !isAdminRole(role)));
  }

  has(role: Role, unit: string): boolean {
    return coversUnit(this.units([role]), unit);
  }

  /** Whether names of persons and raw events may be shown; where names may not their subjects are. */
  seesNames(unit: string): boolean {
    return coversUnit(this.units(WORKS_ON_BOOKS), unit);
  }
}

const asking = new WeakMap<object, Principal>();

/** Remembers who makes a request; called by the guard. */
export const setPrincipal = (request: FastifyRequest, principal: Principal): void =>
  void asking.set(request.raw, principal);

/** Who makes a request; undefined where no account exists yet, and on public routes. */
export const principalOf = (request: FastifyRequest): Principal | undefined =>
  asking.get(request.raw);

/** Who asks, as a parameter of a route: undefined where no account exists yet. */
export const Asking = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal | undefined =>
    principalOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Whether a book of this unit is to be seen; without accounts everything is. */
export const seesUnit = (principal: Principal | undefined, unit: string): boolean =>
  principal === undefined || coversUnit(principal.units(), unit);

/** Whether names of persons and raw events may be shown; without accounts they are. */
export const seesNames = (principal: Principal | undefined, unit: string): boolean =>
  principal === undefined || principal.seesNames(unit);
