import type { StoredEvent } from '../../event-store.js';
import { leafHex } from '../../hashing.js';
import { SYSTEM_STREAMS } from '../../system-events.js';
import type { ServerRecord } from './protocol.js';

/** An event of the log as the server has it, with what its envelope says. */
export interface LedgerRecord extends ServerRecord {
  /** '' where the envelope cannot be read. */
  readonly commandId: string;
  readonly leaf: string;
}

const BOOKS = 'book-';

/** Streams of the log begin with one of these; not all that do are of the log. */
export const LOG_PREFIXES: readonly string[] = [BOOKS, ...SYSTEM_STREAMS];

/** Whether the events of a stream count in the log. */
export const isOfLog = ({ stream }: ServerRecord): boolean =>
  stream.startsWith(BOOKS) || SYSTEM_STREAMS.includes(stream);

export const ledgerRecord = (record: ServerRecord): LedgerRecord => ({
  ...record,
  commandId: said(record.envelope).commandId,
  leaf: leafHex(record.envelope),
});

/** An event as the port hands it out. */
export function storedEvent(record: ServerRecord, index: number): StoredEvent {
  const { stream, revision, type, envelope, payload } = record;
  return { index, stream, revision, type, ...said(envelope), envelope, payload };
}

/** What the envelope says of itself; nothing where it is damaged, which whoever verifies is told of. */
function said(envelope: string): { readonly date: string; readonly commandId: string } {
  try {
    const { date, commandId } = JSON.parse(envelope) as Record<string, unknown>;
    return { date: text(date), commandId: text(commandId) };
  } catch {
    return { date: '', commandId: '' };
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
