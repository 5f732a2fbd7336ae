/** What somebody may be trusted with, with the words for it. What each may do is in apps/api/src/access/duties.ts. */
export const ROLES = {
  clerk: { zh: '经办', en: 'clerk' },
  reviewer: { zh: '复核', en: 'reviewer' },
  auditor: { zh: '审计', en: 'auditor' },
  viewer: { zh: '报表查看', en: 'report viewer' },
  'account-admin': { zh: '账户管理员', en: 'administrator of accounts' },
  'system-admin': { zh: '系统管理员', en: 'administrator of the system' },
  'log-admin': { zh: '日志管理员', en: 'administrator of the access log' },
} as const;

export type Role = keyof typeof ROLES;

export const isRole = (text: unknown): text is Role =>
  typeof text === 'string' && Object.hasOwn(ROLES, text);

/** 三员: three persons, none of whom has any other duty. */
export const ADMIN_ROLES = ['account-admin', 'system-admin', 'log-admin'] as const;

export const isAdminRole = (role: Role): boolean => (ADMIN_ROLES as readonly Role[]).includes(role);

/** Unit codes, or every unit there is or will be. */
export type Units = readonly string[] | '*';

/** A duty and the units that it is for. */
export interface Grant {
  readonly role: Role;
  readonly units: Units;
}

export const coversUnit = (units: Units, unit: string): boolean =>
  units === '*' || units.includes(unit);

/** The units of both. */
export const commonUnits = (a: Units, b: Units): Units => {
  if (a === '*') return b;
  return b === '*' ? a : a.filter((unit) => b.includes(unit));
};
