import { PATH_METADATA } from '@nestjs/common/constants.js';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { DutyName } from './duties.js';

export interface RoutePolicy {
  readonly duty: DutyName;
  /** Whether the answer may have names of persons in it: reading it is noted in the access log. */
  readonly personalData: (params: Params) => boolean;
}

type Params = Readonly<Record<string, string>>;

interface PolicyOptions {
  readonly personalData?: boolean | ((params: Params) => boolean);
}

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: RoutePolicy;
  }
}

/** The policy of a route that is declared without a controller, for its `config`. */
export const policyFor = (
  duty: DutyName,
  { personalData = false }: PolicyOptions = {},
): RoutePolicy => ({
  duty,
  personalData: typeof personalData === 'function' ? personalData : () => personalData,
});

const DECLARED = Symbol('policy');

/**
 * Whose duty a route is: for a method, or for every method of a controller that has none of its own. It
 * becomes a part of the route itself, so that the edge goes by it before anything of a request is read; a
 * route without one keeps the server from starting.
 */
export const Policy =
  (duty: DutyName, options: PolicyOptions = {}) =>
  (target: object, _name?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const routes = descriptor
      ? [descriptor]
      : routesOf((target as { prototype: object }).prototype);
    for (const route of routes) {
      const handler = route.value as object;
      if (Reflect.hasOwnMetadata(DECLARED, handler)) continue;
      Reflect.defineMetadata(DECLARED, true, handler);
      RouteConfig({ policy: policyFor(duty, options) })(target, '', route);
    }
  };

const routesOf = (prototype: object): PropertyDescriptor[] =>
  Object.values(Object.getOwnPropertyDescriptors(prototype)).filter(
    ({ value }) =>
      typeof value === 'function' && Reflect.hasMetadata(PATH_METADATA, value as object),
  );
