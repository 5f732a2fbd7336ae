// The faults of a double: set and cleared while it runs, drawn from a seeded random source.
import { randomOf } from '../torture/toolbox.mjs';

/**
 * How an answer is lost: the connection breaks, the call fails as unavailable, the server cancels it
 * as one that shuts down does, or nothing ever comes.
 * @typedef {'disconnect' | 'error' | 'cancel' | 'silence'} Loss
 * @typedef {'append' | 'read' | 'subscription'} Operation
 * @typedef {'wrong-expected-version' | 'stream-deleted' | 'access-denied' | 'invalid-transaction'
 *   | 'timeout' | 'unknown'} Refusal
 */
export class Faults {
  #random;
  #dropReply = { probability: 0, how: /** @type {Loss} */ ('disconnect') };
  #failBefore = { probability: 0, how: /** @type {Loss} */ ('disconnect') };
  #delay = { minMs: 0, maxMs: 0 };
  /** @type {Refusal[]} */
  #refusals = [];
  /** @type {{ operation: Operation, afterEvents: number, how: Loss }[]} */
  #cuts = [];
  /** @type {Map<Operation, { opened: Promise<void>, open: () => void }>} */
  #gates = new Map();
  #unavailable = false;

  /** @param {number} seed the same seed draws the same faults for the same order of calls */
  constructor(seed) {
    this.#random = randomOf(seed);
  }

  /** Writes are done and then, with this probability, the answer is lost. @param {Loss} [how] */
  dropReplyAfterWrite(probability, how = 'disconnect') {
    this.#dropReply = { probability, how };
  }

  /** With this probability an append is lost before anything is written. @param {Loss} [how] */
  failBeforeWrite(probability, how = 'disconnect') {
    this.#failBefore = { probability, how };
  }

  /** Answers to appends and deletions come this much later; between the two where two are given. */
  slowReplies(minMs, maxMs = minMs) {
    this.#delay = { minMs, maxMs };
  }

  /** The next append is refused so and writes nothing; may be queued. @param {Refusal} refusal */
  refuseNextAppend(refusal) {
    this.#refusals.push(refusal);
  }

  /**
   * The next read or subscription to begin is cut after so many events; may be queued.
   * @param {'read' | 'subscription'} operation @param {Loss} [how]
   */
  cutNext(operation, afterEvents, how = 'disconnect') {
    this.#cuts.push({ operation, afterEvents, how });
  }

  /**
   * Holds all operations of a kind, before the write or between two events, until released.
   * @param {Operation} operation @param {number} [ms] released by itself after so long
   * @returns {() => void} releases
   */
  stall(operation, ms) {
    this.#release(operation);
    const { promise, resolve } = Promise.withResolvers();
    const gate = { opened: promise, open: resolve };
    this.#gates.set(operation, gate);
    const release = () => {
      if (this.#gates.get(operation) === gate) this.#release(operation);
    };
    if (ms !== undefined) setTimeout(release, ms).unref();
    return release;
  }

  /** Every call fails as unavailable, or no longer. */
  unavailable(on = true) {
    this.#unavailable = on;
  }

  /** No fault from here on; what is held is released. */
  clear() {
    this.dropReplyAfterWrite(0);
    this.failBeforeWrite(0);
    this.slowReplies(0);
    this.unavailable(false);
    this.#refusals = [];
    this.#cuts = [];
    for (const operation of [...this.#gates.keys()]) this.#release(operation);
  }

  get isUnavailable() {
    return this.#unavailable;
  }
  /** What holds operations of a kind now. @param {Operation} operation */
  heldBy(operation) {
    return this.#gates.get(operation)?.opened;
  }
  lossBeforeWrite() {
    return this.#drawn(this.#failBefore);
  }
  lossAfterWrite() {
    return this.#drawn(this.#dropReply);
  }
  replyDelayMs() {
    const { minMs, maxMs } = this.#delay;
    return maxMs === 0 ? 0 : this.#random.between(minMs, maxMs);
  }
  takeRefusal() {
    return this.#refusals.shift();
  }
  /** @param {Operation} operation */
  takeCut(operation) {
    const at = this.#cuts.findIndex((cut) => cut.operation === operation);
    return at < 0 ? undefined : this.#cuts.splice(at, 1)[0];
  }

  #drawn({ probability, how }) {
    return probability > 0 && this.#random.chance(probability) ? how : undefined;
  }
  #release(operation) {
    this.#gates.get(operation)?.open();
    this.#gates.delete(operation);
  }
}
