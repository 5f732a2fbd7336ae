// One node of the cluster: a port, the services behind it, its place as leader or follower.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { noLeaderKnown, notLeader, unavailable } from './failures.mjs';
import {
  clusterMessage,
  featuresMessage,
  GossipService,
  grpc,
  ServerFeaturesService,
  StreamsService,
} from './protocol.mjs';
import { read } from './reads.mjs';
import { writeHandlers } from './writes.mjs';

const ADDRESS = '127.0.0.1';
const MAX_MESSAGE_BYTES = 17 * 1024 * 1024;

export class Node {
  /** How many of the newest records a follower does not have yet. */
  lag = 0;
  instanceId = randomUUID();
  port = 0;
  #server;
  #listener;
  /** @type {Map<string, import('node:net').Socket>} by the peer's name, as a call tells it */
  #sockets = new Map();
  #isUp = true;

  /** @param {import('./double.mjs').Cluster} cluster */
  constructor(cluster) {
    this.cluster = cluster;
    this.#server = new grpc.Server({
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
    });
    this.#server.addService(this.#countedStreams(), {
      read: (call) => void read(this, call),
      ...writeHandlers(this),
    });
    this.#server.addService(GossipService, { read: this.#answering(() => cluster.gossip()) });
    this.#server.addService(ServerFeaturesService, {
      getSupportedMethods: this.#answering(() => featuresMessage(cluster.version, cluster.methods)),
    });
    const injector = this.#server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
    this.#listener = createServer((socket) => this.#accept(socket, injector));
  }

  /** Listens on loopback. @param {number} [port] 0 for any that is free */
  async listen(port = 0) {
    this.#listener.listen(port, ADDRESS);
    await once(this.#listener, 'listening');
    this.port = this.#listener.address().port;
  }

  get isLeader() {
    return this.cluster.leader === this;
  }
  get isUp() {
    return this.#isUp;
  }
  get state() {
    if (this.isLeader) return 'LEADER';
    return this.cluster.leader ? 'FOLLOWER' : 'UNKNOWN';
  }
  /** How many records of the log this node has. */
  visible() {
    const { length } = this.cluster.log.records;
    return this.isLeader ? length : Math.max(0, length - this.lag);
  }

  /** Throws where the node does not take a call: unavailable, or asked for the leader and not it. */
  admit(call) {
    const { faults, leader } = this.cluster;
    if (faults.isUnavailable) throw unavailable();
    if (this.isLeader || call.metadata.get('requires-leader')[0] !== 'true') return;
    throw leader ? notLeader(leader.port) : noLeaderKnown();
  }
  /** A follower hands writes on to the leader, where there is one. */
  admitWrite(call) {
    this.admit(call);
    if (!this.cluster.leader) throw unavailable();
  }

  /** Breaks the connection of a call, or all of this node, without a word. */
  disconnect(call) {
    const sockets = call ? [this.#sockets.get(call.getPeer())] : [...this.#sockets.values()];
    for (const socket of sockets) socket?.destroy();
  }
  /** The node is gone: connections break and new ones are refused, until `up`. */
  down() {
    this.#isUp = false;
    this.disconnect();
  }
  up() {
    this.#isUp = true;
  }

  async stop() {
    this.#server.forceShutdown();
    this.disconnect();
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  get connections() {
    return this.#sockets.size;
  }

  #accept(socket, injector) {
    if (!this.#isUp) return socket.destroy();
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    this.#sockets.set(peer, socket);
    socket.once('close', () => this.#sockets.delete(peer));
    socket.on('error', () => {}); // a broken connection is the client's matter
    socket.setNoDelay(true);
    return injector.injectConnection(socket);
  }

  #answering(answer) {
    return (_call, callback) =>
      this.cluster.faults.isUnavailable ? callback(unavailable()) : callback(null, answer());
  }

  /** The bytes of an answer to a read, which are counted. */
  bytesOf(message) {
    const { responseSerialize } = StreamsService.read;
    const bytes = message instanceof Uint8Array ? message : responseSerialize(message);
    this.cluster.counters.bytes += bytes.length;
    return bytes;
  }

  #countedStreams() {
    const read = { ...StreamsService.read, responseSerialize: (message) => this.bytesOf(message) };
    return { ...StreamsService, read };
  }
}

/** @param {Node[]} nodes */
export const gossipOf = (nodes) =>
  clusterMessage(
    nodes.map(({ port, state, isUp, instanceId }) => ({ port, state, isAlive: isUp, instanceId })),
  );
