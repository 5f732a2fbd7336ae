import { SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { DutyName } from './duties.js';

export interface Policy {
  readonly duty: DutyName;
  /** The answer may have names of persons in it: reading it is noted in the access log. */
  readonly personalData: boolean;
}

const POLICY = 'fiscal:policy';

/**
 * Whose duty a route is, for its method or its whole controller. Every route has one: the start and a test
 * fail where one has none.
 */
export const Policy = (duty: DutyName, { personalData = false } = {}) =>
  SetMetadata(POLICY, { duty, personalData } satisfies Policy);

/** The one of the method wins over the one of its controller. */
export const policyOf = (...targets: Parameters<Reflector['getAllAndOverride']>[1]) =>
  new Reflector().getAllAndOverride<Policy | undefined>(POLICY, targets);
