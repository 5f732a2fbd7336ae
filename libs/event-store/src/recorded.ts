import { accepted, contentOf, refused, type BookEvent, type Command, type Result } from '#domain';
import { canonicalJson } from './canonical-json.js';
import { decodeEvent } from './decode-event.js';
import { parseEnvelope, type DecidedEvent, type Recording } from './envelope.js';
import type { Appended, Revision, SealedEvent, StoredEvent } from './event-store.js';
import { sha256Hex } from './hashing.js';
import { RECORDING } from './sentences/recording.js';

/** A command's answer: the event that records it and where it lies in the log. */
export interface Recorded {
  readonly event: BookEvent;
  /** The payload as it is stored, in the shape of the schema that it was written with. */
  readonly data: unknown;
  readonly index: number;
  readonly revision: Revision;
  readonly id: string;
  readonly date: string;
  readonly recordedAt: string;
  readonly commandId: string;
  readonly actor: string;
  readonly approvedBy?: string;
  /** True where the command had been recorded before and this is the same answer again. */
  readonly replayed: boolean;
}

/** What makes two commands the same: SHA-256 over the canonical JSON of all but the id. */
export const hashOfCommand = (command: Command): string =>
  sha256Hex(canonicalJson(contentOf(command)));

/** The answers to commands that were just appended together. */
export function recordedNow(
  appended: Appended,
  { actor, approvedBy, recordedAt }: Recording,
  decided: readonly DecidedEvent[],
  sealed: readonly SealedEvent[],
): Recorded[] {
  return decided.map(({ event, date, commandId }, i) => {
    const before = decided.length - 1 - i;
    return {
      event,
      data: event.data,
      index: appended.index - before,
      revision: appended.revision - before,
      id: sealed[i]!.id,
      date,
      recordedAt,
      commandId,
      actor,
      ...(approvedBy !== undefined && { approvedBy }),
      replayed: false,
    };
  });
}

/**
 * The answer that a command got when it was recorded, where this is the same command: sealed as it is
 * recorded now, or as given, which is what was hashed before there was a vault.
 */
export function recordedBefore(
  stored: StoredEvent,
  commandHash: string,
  given: Command,
): Result<Recorded> {
  const envelope = parseEnvelope(stored.envelope);
  const { id, recordedAt, actor, approvedBy } = envelope;
  const { index, revision, date, commandId } = stored;
  if (envelope.commandHash !== commandHash && envelope.commandHash !== hashOfCommand(given))
    return refused(
      'idempotency-mismatch',
      RECORDING.idUsed({ id: commandId, revision, type: envelope.type, date }),
    );
  return accepted({
    event: decodeEvent(stored).event,
    data: JSON.parse(stored.payload) as unknown,
    index,
    revision,
    id,
    date,
    recordedAt,
    commandId,
    actor,
    ...(approvedBy !== null && { approvedBy }),
    replayed: true,
  });
}
