import { coversUnit, isAdminRole, LedgerRefusal, type Grant, type Role } from '#domain';
import { DUTIES, type Duty, type DutyName } from './duties.js';
import { ASKING } from '#projections';
import { ACCESS } from './sentences.js';

/** Where a request is about a book: as its address or body has it. */
export interface Place {
  readonly unit: string;
  readonly year: string;
}

const forbidden = (duty: Duty['what']) => LedgerRefusal.of('forbidden', ACCESS.forbidden({ duty }));

/** A book of a unit out of scope is one that there is not. */
const unknownBook = ({ unit, year }: Place) =>
  LedgerRefusal.of('unknown-book', ASKING.noBook({ book: { unit, fiscalYear: year } }));

/**
 * Whether these grants carry a duty: answers the refusal, undefined where they do. A pure function of the table
 * of duties; the unit is looked at first, so that nothing is learned about units out of scope.
 */
export function judge(
  name: DutyName,
  grants: readonly Grant[],
  place: Place | undefined,
): LedgerRefusal | undefined {
  const { roles, unit, what }: Duty = DUTIES[name];
  if (roles === 'anyone' || roles === 'any account') return undefined;
  const fitting = grants.filter(({ role }) => roles.includes(role));
  if (unit === 'address' || unit === 'body') {
    if (!place) return forbidden(what);
    const covers = (grant: Grant) => coversUnit(grant.units, place.unit);
    const sees = ({ role }: Grant) => roles.includes(role) || !isAdminRole(role);
    if (!grants.some((grant) => sees(grant) && covers(grant))) return unknownBook(place);
    return fitting.some(covers) ? undefined : forbidden(what);
  }
  const isEnough = unit === 'all' ? fitting.some(({ units }) => units === '*') : fitting.length > 0;
  return isEnough ? undefined : forbidden(what);
}

/** Duties that nobody has while there is no account: everything about accounts themselves. */
const OF_ACCOUNTS: readonly DutyName[] = ['session', 'administer-accounts', 'read-access-log'];

export const needsAccounts = (name: DutyName): boolean => OF_ACCOUNTS.includes(name);

export const rolesOf = (grants: readonly Grant[]): readonly Role[] => grants.map((g) => g.role);
