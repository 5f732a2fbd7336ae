import { NO_EVENTS } from '../../event-store.js';
import type { Disclosure, Subject } from '../../vault/vault.js';
import { SERVER } from '../../sentences/server.js';
import { VAULT } from '../../sentences/store.js';
import { attempts, type AgreedServer } from './agreed-stream.js';
import { NotAtRevision } from './failure.js';
import { CALL_MS, isGone, proposalOf, readEvents } from './json-events.js';

const TYPE = 'SubjectRecorded';
/** How many calls are under way at once. */
const WIDTH = 32;

/** One stream for each person, with one record: so that it can be removed by itself. */
const streamOf = (subject: string): string => `vault-${subject}`;

/** The records behind subjects, on the server. Every method may throw StoreUnavailable. */
export class VaultRecords {
  constructor(
    private readonly server: AgreedServer,
    private readonly signal: AbortSignal,
  ) {}

  async write(subjects: readonly Subject[]): Promise<void> {
    await each(subjects, ({ subject, salt, value }) => {
      const record = proposalOf({ id: subject, type: TYPE, data: { salt, value } });
      return attempts(SERVER.vaultNotWritten, this.signal, async () => {
        try {
          await this.server.connection.append(streamOf(subject), NO_EVENTS, [record]);
        } catch (error) {
          // subjects are random numbers: it was this call, whose answer was lost. Or it is erased already,
          // which the index tells
          if (!(error instanceof NotAtRevision || isGone(error))) throw error;
        }
      });
    });
  }

  /** In the order of the subjects; undefined where there is none any more. */
  read(subjects: readonly string[]): Promise<readonly (Disclosure | undefined)[]> {
    return each(subjects, (subject) =>
      attempts(VAULT.unreadable, this.signal, async () => {
        const [event] = await readEvents(this.server.client, streamOf(subject), 0, 1);
        return event && (event.data as unknown as Disclosure);
      }),
    );
  }

  /** Removes records for good: such a stream can never be written again. What was removed stays so. */
  async remove(subjects: readonly string[]): Promise<void> {
    const options = { requiresLeader: true, deadline: CALL_MS };
    await each(subjects, (subject) =>
      attempts(SERVER.recordNotRemoved, this.signal, async () => {
        try {
          await this.server.client.tombstoneStream(streamOf(subject), options);
        } catch (error) {
          if (!isGone(error)) throw error;
        }
      }),
    );
  }
}

async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += WIDTH)
    results.push(...(await Promise.all(items.slice(at, at + WIDTH).map(work))));
  return results;
}
