import type { Account, AccountEvent } from './account.js';
import { evolveAccount, loginKey } from './account.js';
import {
  EMPTY_STREAM,
  isSystemEvent,
  leafHex,
  StoreUnavailable,
  type EventStore,
  type StoredEvent,
  type StreamHead,
} from '#event-store';
import { ACCESS_STORE } from './sentences.js';

const ACCOUNTS_STREAM = 'accounts';
const PAGE = 1000;

/** Every account, folded from the stream `accounts` and brought up to it at each look. */
export class AccountList {
  #head: StreamHead = EMPTY_STREAM;
  readonly #byId = new Map<string, Account>();
  readonly #byLogin = new Map<string, Account>();
  readonly #byIdentity = new Map<string, Account>();
  #reading: Promise<void> | undefined;
  #readingNext: Promise<void> | undefined;

  constructor(private readonly store: EventStore) {}

  /** The end of the stream as far as it was read: what the next append is sealed on. */
  get head(): StreamHead {
    return this.#head;
  }

  get size(): number {
    return this.#byId.size;
  }

  get all(): readonly Account[] {
    return [...this.#byId.values()];
  }

  byId(id: string): Account | undefined {
    return this.#byId.get(id);
  }

  byLogin(login: string): Account | undefined {
    return this.#byLogin.get(loginKey(login));
  }

  byIdentity(issuer: string, subjectHash: string): Account | undefined {
    return this.#byIdentity.get(identityKey(issuer, subjectHash));
  }

  /**
   * Takes what was appended since, also by other processes: one indexed read where there is nothing new. The read
   * starts after the call: whoever asks while one is under way shares the next, so that none waits for more than two.
   */
  refresh(): Promise<void> {
    if (!this.#reading) {
      this.#reading = this.#read().finally(() => (this.#reading = undefined));
      return this.#reading;
    }
    this.#readingNext ??= this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#readingNext = undefined;
        return this.refresh();
      });
    return this.#readingNext;
  }

  async #read(): Promise<void> {
    for (;;) {
      const page = await this.store.readStream(ACCOUNTS_STREAM, this.#head.revision + 1, PAGE);
      for (const stored of page) this.#take(stored);
      if (page.length < PAGE) return;
    }
  }

  #take(stored: StoredEvent): void {
    const { type, payload, revision, envelope } = stored;
    // who may do what must not be guessed: nobody is admitted until a version comes that knows it
    if (!isSystemEvent(stored))
      throw new StoreUnavailable(
        ACCESS_STORE.unknownEvent({ index: stored.index, type }),
        'not-stored',
      );
    const event = { type, data: JSON.parse(payload) as unknown } as AccountEvent;
    const before = this.#byId.get(event.data.account);
    const after = evolveAccount(before, event, revision);
    if (after) this.#replace(before, after);
    this.#head = { revision, leaf: leafHex(envelope) };
  }

  #replace(before: Account | undefined, after: Account): void {
    for (const { issuer, subjectHash } of before?.identities ?? [])
      this.#byIdentity.delete(identityKey(issuer, subjectHash));
    this.#byId.set(after.id, after);
    this.#byLogin.set(loginKey(after.login), after);
    for (const { issuer, subjectHash } of after.identities)
      this.#byIdentity.set(identityKey(issuer, subjectHash), after);
  }
}

const identityKey = (issuer: string, subjectHash: string): string => `${issuer}\n${subjectHash}`;
