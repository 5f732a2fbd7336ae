// One answer that is a stream of messages: flow control, counters, cuts and stalls.
import { lost } from './failures.mjs';
import { eventBytes } from './wire.mjs';

export class Sender {
  #node;
  #call;
  #operation;
  #cut;
  #events = 0;
  #over = false;
  #wake = () => {};
  #resume = () => {};
  #whenOver;

  /** @param {import('./node.mjs').Node} node @param {'read' | 'subscription'} operation */
  constructor(node, call, operation) {
    const { counters, faults, senders } = node.cluster;
    this.#node = node;
    this.#call = call;
    this.#operation = operation;
    this.#cut = faults.takeCut(operation);
    counters[operation === 'read' ? 'reads' : 'subscriptions'] += 1;
    senders.add(this);
    const { promise, resolve } = Promise.withResolvers();
    this.#whenOver = promise;
    const over = () => {
      this.#over = true;
      senders.delete(this);
      this.#wake();
      this.#resume();
      resolve();
    };
    for (const event of ['cancelled', 'close', 'finish']) call.once(event, over);
    // what waits goes out in one write, as from a real server; gRPC's own way is one message after the other
    call._writev = (chunks, callback) => {
      if (call.cancelled) return;
      const bytes = Buffer.concat(chunks.flatMap(({ chunk }) => framed(node.bytesOf(chunk))));
      call.call.stream.write(bytes, (error) => error || callback());
    };
  }

  get ended() {
    return this.#over;
  }
  /** Messages that wait because the client does not take them. */
  get unsent() {
    return this.#call.writableLength;
  }

  /** Sends an event; a promise where one must wait before the next. */
  event(record) {
    if (this.#cut && this.#events >= this.#cut.afterEvents) return this.#lose(this.#cut.how);
    this.#events += 1;
    return this.send(eventBytes(record));
  }

  /** Sends any message, or the bytes of one; a promise where one must wait before the next. */
  send(message) {
    const held = this.#node.cluster.faults.heldBy(this.#operation);
    return held ? held.then(() => this.#write(message)) : this.#write(message);
  }

  end() {
    if (!this.#over) this.#call.end();
  }
  fail(error) {
    if (!this.#over) this.#call.emit('error', error);
  }

  /** Resolves at `wake`, or when the call is over. */
  woken() {
    return this.#over ? undefined : new Promise((resolve) => (this.#wake = resolve));
  }
  wake() {
    this.#wake();
  }

  #write(message) {
    if (this.#over) return undefined;
    const { counters } = this.#node.cluster;
    counters.messages += 1;
    if (this.#call.write(message)) return undefined;
    counters.waits += 1;
    return new Promise((resolve) => {
      this.#resume = resolve;
      this.#call.once('drain', resolve);
    });
  }

  #lose(how) {
    lost(how, () => this.#node.disconnect(this.#call));
    return this.#whenOver;
  }
}

/** A message with the prefix that gRPC gives it: not compressed, its length. */
function framed(bytes) {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(bytes.length, 1);
  return [prefix, bytes];
}
