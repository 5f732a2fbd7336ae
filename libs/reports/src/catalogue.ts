import { LedgerRefusal } from '#domain';
import type { BookFigures, RegisterPage } from '#projections';
import type { FillOptions } from './fill/context.js';
import { fill } from './fill/fill.js';
import type { Report } from './model.js';
import type { Template } from './template.js';
import { ANNEX_2 } from './templates/annex-2.js';
import { ANNEX_3 } from './templates/annex-3.js';
import { CARRYOVER } from './templates/carryover.js';
import { EXECUTION } from './templates/execution.js';
import {
  FINAL_ACCOUNTS,
  FINAL_ACCOUNTS_TABLES,
} from './templates/final-accounts/final-accounts.js';
import { ADJUSTMENTS, DIRECT_ALLOCATIONS, PAYMENTS, RESERVATIONS } from './templates/registers.js';
import { TRIAL_BALANCE } from './templates/trial-balance.js';
import { REPORTING } from './sentences.js';

/** What a report is made from: figures alone, or figures and the register of the same name. */
export type ReportKind = 'figures' | 'register';

export interface ReportEntry {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly kind: ReportKind;
}

const TEMPLATES: readonly (readonly [ReportKind, Template])[] = [
  ['figures', EXECUTION],
  ['figures', CARRYOVER],
  ['figures', FINAL_ACCOUNTS],
  ...FINAL_ACCOUNTS_TABLES.map((t): [ReportKind, Template] => ['figures', t]),
  ['figures', ANNEX_2],
  ['figures', ANNEX_3],
  ['figures', TRIAL_BALANCE],
  ['register', PAYMENTS],
  ['register', ADJUSTMENTS],
  ['register', DIRECT_ALLOCATIONS],
  ['register', RESERVATIONS],
];

const BY_NAME = new Map(TEMPLATES.map(([, template]) => [template.report, template]));

/** Titles speak of a year by a placeholder; the catalogue names the report of any year. */
const ofAnyYear = (title: string): string =>
  title.replace('{fiscalYear}年度', '').replace(' {fiscalYear}', '');

/** Every report there is, in the order of the manual. */
export const REPORTS: readonly ReportEntry[] = TEMPLATES.map(([kind, { report, title }]) => ({
  name: report,
  zh: ofAnyYear(title.zh),
  en: ofAnyYear(title.en),
  kind,
}));

/**
 * Makes a report by its name. Reports of kind `register` need the page of entries. Throws LedgerRefusal
 * `unknown-report`, with the names there are.
 */
export function makeReport(
  name: string,
  from: { readonly figures: BookFigures; readonly register?: RegisterPage },
  options: FillOptions = {},
): Report {
  const template = BY_NAME.get(name);
  if (!template)
    throw LedgerRefusal.of(
      'unknown-report',
      REPORTING.noReport({ name, known: REPORTS.map((r) => r.name) }),
    );
  return fill(template, from.figures, {
    ...options,
    ...(from.register && { register: from.register }),
  });
}
