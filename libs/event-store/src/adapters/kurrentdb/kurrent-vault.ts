import { randomBytes, randomUUID } from 'node:crypto';
import type { SealedPayee } from '#domain';
import { StoreUnavailable } from '../../event-store.js';
import {
  SALT_BYTES,
  type Disclosure,
  type MovableVault,
  type SealedNames,
  type Subject,
} from '../../vault/vault.js';
import { AgreedStream } from './agreed-stream.js';
import { connect } from './connect.js';
import { Connection } from './connection.js';
import type { JsonEvent } from './json-events.js';
import { KnownSubjects } from './known-subjects.js';
import { VaultRecords } from './vault-records.js';
import { VAULT } from '../../sentences/store.js';

/** Which subjects there are: never a name, nor anything made from one. */
const INDEX = 'vault-names';
const BEGUN = 'SubjectBegun';
const SEALED = 'SubjectSealed';
const ERASED = 'SubjectErased';

interface SubjectEvent extends JsonEvent {
  readonly data: { readonly subject: string };
}

const eventOf = (type: string, subject: string): SubjectEvent => ({
  id: randomUUID(),
  type,
  data: { subject },
});

const MOST_TRIES = 5;

interface Waiting {
  readonly names: readonly string[];
  readonly resolve: (sealed: SealedNames) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The vault of a cluster (docs/decisions/0015). A record lies in a stream of its own, so that it can be removed
 * for good; the index says which subjects stand, and that all nodes agree on it makes one name one subject.
 * Each node has the names in memory.
 */
export class KurrentVault implements MovableVault {
  readonly #connection: Connection;
  readonly #records: VaultRecords;
  readonly #index: AgreedStream;
  readonly #known = new KnownSubjects();
  readonly #closing = new AbortController();
  #waiting: Waiting[] = [];
  #sealing = false;

  private constructor(connectionString: string) {
    const connected = connect(connectionString);
    this.#connection = new Connection(connected);
    const server = { client: connected.client, connection: this.#connection };
    const { signal } = this.#closing;
    this.#records = new VaultRecords(server, signal);
    this.#index = new AgreedStream(server, INDEX, (events) => this.#take(events), signal);
  }

  /** Throws StoreUnavailable, and LedgerRefusal `store-unavailable` for a malformed connection string. */
  static async open(connectionString: string): Promise<KurrentVault> {
    const vault = new KurrentVault(connectionString);
    try {
      await vault.catchUp();
      await vault.#finish();
      // what cannot be read now is read at the next news, or by whoever needs it
      const look = () => void vault.catchUp().catch(() => undefined);
      void vault.#index.follow(look);
      return vault;
    } catch (error) {
      vault.close();
      throw error;
    }
  }

  /** Takes in what other nodes have sealed and erased until now. */
  catchUp(): Promise<void> {
    return this.#index.catchUp();
  }

  seal(names: readonly string[]): SealedNames | Promise<SealedNames> {
    this.#mustBeOpen();
    const sealed = this.#sealed(names);
    if (names.every((name) => sealed.has(name))) return sealed;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ names, resolve, reject });
      if (!this.#sealing) void this.#sealWaiting();
    });
  }

  find(name: string): SealedPayee | undefined {
    this.#mustBeOpen();
    return this.#known.find(name);
  }

  nameOf(subject: string): string | undefined {
    return this.disclose(subject)?.value;
  }

  disclose(subject: string): Disclosure | undefined {
    this.#mustBeOpen();
    return this.#known.disclose(subject);
  }

  subjects(): readonly string[] {
    this.#mustBeOpen();
    return this.#known.subjects();
  }

  async erase(subject: string): Promise<boolean> {
    this.#mustBeOpen();
    await this.catchUp();
    const wasThere = this.#known.has(subject);
    const erasure = eventOf(ERASED, subject);
    await this.#index.append(() => (this.#known.has(subject) ? [erasure] : []));
    // also where another erased it, or this one was cut off before
    if (this.#known.isErased(subject)) await this.#records.remove([subject]);
    return wasThere;
  }

  async take(subjects: readonly Subject[]): Promise<readonly string[]> {
    await this.catchUp();
    const isNew = ({ subject, value }: Subject) =>
      !this.#known.has(subject) && !this.#known.isErased(subject) && !this.#known.find(value);
    await this.#add(subjects.filter(isNew));
    return subjects.filter((s) => !this.#known.hasExactly(s)).map((s) => s.subject);
  }

  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    void this.#connection.close();
  }

  #sealed(names: readonly string[]): Map<string, SealedPayee> {
    const sealed = new Map<string, SealedPayee>();
    for (const name of names) {
      const found = this.#known.find(name);
      if (found) sealed.set(name, found);
    }
    return sealed;
  }

  /** What is asked for while the server is written to shares the next write. */
  async #sealWaiting(): Promise<void> {
    this.#sealing = true;
    while (this.#waiting.length > 0) {
      const waiting = this.#waiting;
      this.#waiting = [];
      const names = [...new Set(waiting.flatMap((w) => w.names))];
      try {
        const sealed = await this.#sealAll(names);
        for (const { resolve } of waiting) resolve(sealed);
      } catch (error) {
        for (const { reject } of waiting) reject(error as Error);
      }
    }
    this.#sealing = false;
  }

  /** Again where a name that another node had sealed before is erased by it before we can answer with it. */
  async #sealAll(names: readonly string[]): Promise<Map<string, SealedPayee>> {
    for (let tries = 0; ; tries++) {
      const missing = names.filter((name) => !this.#known.find(name));
      if (missing.length === 0) return this.#sealed(names);
      if (tries === MOST_TRIES) throw new StoreUnavailable(VAULT.erasedAtOnce(), 'not-stored');
      await this.#add(missing.map(newSubject));
    }
  }

  /**
   * Begun in the index, recorded, then sealed in the index where the name is still new: whoever reads of a sealed
   * subject finds its record, and of a record that was cut off from its seal the index knows.
   */
  async #add(subjects: readonly Subject[]): Promise<void> {
    if (subjects.length === 0) return;
    const begun = subjects.map(({ subject }) => eventOf(BEGUN, subject));
    await this.#index.append(() => begun.filter(({ data }) => !this.#known.isNamed(data.subject)));
    await this.#records.write(subjects);
    await this.#settle(subjects);
  }

  /** The index's word on subjects that have a record: one is sealed for each name, others are erased. */
  async #settle(subjects: readonly Subject[]): Promise<void> {
    this.#known.expect(subjects);
    const [seals, erasures] = [SEALED, ERASED].map((type) =>
      subjects.map(({ subject }) => eventOf(type, subject)),
    ) as [SubjectEvent[], SubjectEvent[]];
    await this.#index.append(() => {
      const names = new Set<string>();
      return subjects.flatMap(({ subject, value }, i) => {
        if (this.#known.has(subject) || this.#known.isErased(subject)) return [];
        const isTaken = names.has(value) || this.#known.find(value) !== undefined;
        names.add(value);
        return [(isTaken ? erasures : seals)[i]!];
      });
    });
    const erased = subjects.filter(({ subject }) => this.#known.isErased(subject));
    await this.#records.remove(erased.map(({ subject }) => subject));
  }

  /** Takes in events of the index, with the records behind them. */
  async #take(events: readonly JsonEvent[]): Promise<void> {
    const of = (wanted: string) =>
      events
        .filter(({ type }) => type === wanted)
        .map(({ data }) => (data as unknown as SubjectEvent['data']).subject);
    const erased = new Set(of(ERASED));
    const sealed = of(SEALED).filter((subject) => !erased.has(subject));
    const unread = sealed.filter((subject) => !this.#known.isExpected(subject));
    this.#known.expect(await this.#recorded(unread));
    for (const subject of of(BEGUN)) this.#known.begin(subject);
    for (const subject of sealed) this.#known.seal(subject);
    for (const subject of erased) this.#known.erase(subject);
  }

  /** Ends what a node that was stopped has left: records without a seal, and records that are erased. */
  async #finish(): Promise<void> {
    await this.#settle(await this.#recorded(this.#known.begun()));
    const erased = await this.#recorded(this.#known.erased());
    await this.#records.remove(erased.map(({ subject }) => subject));
  }

  /** Those of the subjects that have a record. */
  async #recorded(subjects: readonly string[]): Promise<readonly Subject[]> {
    const records = await this.#records.read(subjects);
    return subjects.flatMap((subject, i) => (records[i] ? [{ subject, ...records[i] }] : []));
  }

  #mustBeOpen(): void {
    if (this.#closing.signal.aborted) throw new StoreUnavailable(VAULT.closed(), 'not-stored');
  }
}

const newSubject = (value: string): Subject => ({
  subject: randomUUID(),
  salt: randomBytes(SALT_BYTES).toString('hex'),
  value,
});
