import type { BookId } from '#domain';
import {
  REGISTERS,
  type AsOf,
  type Ledger,
  type RegisterEntry,
  type RegisterName,
} from '#projections';
import { makeReport } from './catalogue.js';
import type { FillOptions } from './fill/context.js';
import type { Report } from './model.js';

export interface ReportOptions extends FillOptions {
  /** False: persons are shown as their subjects. */
  readonly names?: boolean;
  /** False: cells do not name the events behind their amounts; faster, and small whatever the book's length. */
  readonly events?: boolean;
}

/** A register on paper ends somewhere: this many entries. */
const MOST_ENTRIES = 10_000;

const isRegister = (name: string): name is RegisterName =>
  (REGISTERS as readonly string[]).includes(name);

/** Fills a report of a book; every cell knows its events. */
export function reportOf(
  ledger: Ledger,
  name: string,
  id: BookId,
  asOf: AsOf,
  { names = true, events = true, ...options }: ReportOptions = {},
): Report {
  const figures = ledger.figures(id, asOf, { events });
  const page = isRegister(name)
    ? ledger.register(name, id, asOf, { offset: 0, limit: MOST_ENTRIES })
    : undefined;
  const register = page && !names ? { ...page, entries: page.entries.map(withoutName) } : page;
  return makeReport(name, { figures, ...(register && { register }) }, options);
}

const withoutName = (entry: RegisterEntry): RegisterEntry =>
  entry.subject === undefined ? entry : { ...entry, party: entry.subject };
