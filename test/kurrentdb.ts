import { setTimeout as wait } from 'node:timers/promises';
import { streamOfBook, type Command } from '#domain';
import { parseEnvelope, type EventStore, type StoredEvent } from '#event-store';
import type { Double } from './kurrentdb-double/double.mjs';

/** A call is given up after this time, so that lost answers do not hold up a test. */
const DEADLINE_MS = 1500;
/** The connection string of a double whose lost answers are soon given up. */
export const stringOf = (double: Double): string =>
  `${double.connectionString()}&defaultDeadline=${DEADLINE_MS}`;

export const recording = { actor: 'clerk', recordedAt: '2024-06-01T08:00:00.000Z' };
const YEAR = 2024;
export const bookOf = (unit: string): string => streamOfBook({ unit, fiscalYear: YEAR });

/** The n-th command on a book: it is opened, then figures are recorded. */
export function commandOf(unit: string, n: number): Command {
  const common = { id: `${unit}-${n}`, unit, fiscalYear: YEAR, date: '2024-03-01' };
  if (n === 0)
    return {
      ...common,
      command: 'open-book',
      unitName: `单位${unit}`,
      divisionCode: '430203',
      divisionName: '测试区',
    };
  return { ...common, command: 'record-statistic', key: `k${n}`, text: `数字 ${n}` };
}

/** What identifies the events of the log, in the order of the server's own log. */
export const logOf = (double: Double): string[] =>
  double
    .log()
    .filter(({ stream }) => stream.startsWith('book-'))
    .map(({ stream, revision, metadata }) => nameOf(stream, Number(revision), String(metadata)));

/** The same of events that a store hands out. */
export const namesOf = (events: readonly StoredEvent[]): string[] =>
  events.map(({ stream, revision, envelope }) => nameOf(stream, revision, envelope));

const nameOf = (stream: string, revision: number, envelope: string) =>
  `${stream} ${revision} ${parseEnvelope(envelope).commandId}`;

/** All events of the log of a store, whose indices must have no gaps. */
export async function wholeLog(store: EventStore): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await store.readLog(events.length, 500);
    if (page.length === 0) return events;
    for (const event of page) {
      if (event.index !== events.length) throw new Error(`${event.index} follows ${events.length}`);
      events.push(event);
    }
  }
}

export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  mostMs = 20_000,
) {
  const end = performance.now() + mostMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${mostMs} ms: ${what}`);
    await wait(5);
  }
}
