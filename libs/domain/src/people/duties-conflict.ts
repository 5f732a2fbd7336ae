import type { Sentence } from '../sentences/sentence.js';
import { DUTIES_OF_PEOPLE } from './sentences.js';
import { isAdminRole, type Role } from './roles.js';

/** Why one person must not have these duties together, over all their accounts; undefined where they may. */
export function dutiesConflict(roles: Iterable<Role>): Sentence | undefined {
  const all = [...new Set(roles)];
  const admin = all.find(isAdminRole);
  const other = all.find((role) => role !== admin);
  if (admin === undefined || other === undefined) return undefined;
  return DUTIES_OF_PEOPLE.conflict({ admin, other });
}
