// A proxy that loses half of the replies, some requests too, sends requests twice and lets them overtake
// each other. It remembers every reply that came from the server, also those that it has lost.
import { Buffer } from 'node:buffer';
import { createServer, request } from 'node:http';
import { URL } from 'node:url';
import { wait } from './toolbox.mjs';

const LOSES_REQUEST = 0.05;
const LOSES_REPLY = 0.5;
const DOUBLES = 0.3;
const LATEST_MS = 15;

async function bodyOf(message) {
  const parts = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts);
}

const forward = (target, { method, url, headers }, body) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(target);
    const sent = request({ hostname, port, method, path: url, headers, agent: false }, (reply) =>
      bodyOf(reply).then(
        (bytes) => resolve({ status: reply.statusCode, headers: reply.headers, bytes }),
        reject,
      ),
    );
    sent.on('error', reject);
    sent.end(body);
  });

export class BadNetwork {
  /** Where the server is; it may move. */
  target;
  lostReplies = 0;
  doubled = 0;
  /** The replies that said 201, by Idempotency-Key: body, and where the event stands. */
  created = new Map();
  statuses = new Map();
  #server;

  constructor(target, random) {
    this.target = target;
    this.random = random;
  }

  async listen() {
    this.#server = createServer((incoming, outgoing) => {
      this.#carry(incoming, outgoing).catch(() => outgoing.destroy());
    });
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #carry(incoming, outgoing) {
    const { random } = this;
    const body = await bodyOf(incoming);
    if (random.chance(LOSES_REQUEST)) return void outgoing.destroy();
    const doubled = random.chance(DOUBLES);
    if (doubled) this.doubled++;
    const replies = await Promise.all(
      Array.from({ length: doubled ? 2 : 1 }, async () => {
        await wait(random.below(LATEST_MS));
        const reply = await forward(this.target, incoming, body);
        this.#note(incoming.headers['idempotency-key'], reply);
        return reply;
      }),
    );
    if (random.chance(LOSES_REPLY)) {
      this.lostReplies++;
      return void outgoing.destroy();
    }
    const { status, headers, bytes } = random.pick(replies);
    outgoing.writeHead(status, headers).end(bytes);
  }

  #note(key, { status, headers, bytes }) {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status !== 201) return;
    const { etag, location, 'ledger-position': position } = headers;
    const answer = `${String(bytes)} ${etag} ${location} ${position}`;
    if (!this.created.has(key)) this.created.set(key, new Set());
    this.created.get(key).add(answer);
  }
}
