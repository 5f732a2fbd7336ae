import { isCalendarDate } from '#domain';
import { dayOf } from '../calendar.js';

/** Where a book is, as an address names it. */
export interface Place {
  readonly unit: string;
  readonly year: string;
}

const idOfProposing = (proposal: string): string => `propose:${proposal}`;

/**
 * The command that proposes a posting: under the posting's own id and on its day. It takes the posting as it came:
 * what is wrong with it the gate says.
 */
export const proposing = (
  { unit, year }: Place,
  proposal: string,
  posting: Readonly<Record<string, unknown>>,
) => ({
  command: 'propose-posting',
  id: idOfProposing(proposal),
  unit,
  fiscalYear: fiscalYearOf(year),
  date: dateOf(posting),
  proposal,
  posting,
});

/** A year that is none is left for the gate to refuse. */
const fiscalYearOf = (year: string): number | string =>
  /^\d{4}$/.test(year) ? Number(year) : year;

/** The business date of a posting, or today where it has none that can be read. */
const dateOf = ({ date }: Readonly<Record<string, unknown>>): string =>
  typeof date === 'string' && isCalendarDate(date) ? date : dayOf(new Date());
