/**
 * A double of a KurrentDB (EventStoreDB) cluster for tests: real gRPC servers on loopback that
 * speak what `@eventstore/db-client` 6.2.1 asks of a node, over one log in memory.
 *
 *   const double = await startDouble({ nodes: 3, seed: 7 });
 *   const client = EventStoreDBClient.connectionString(double.connectionString());
 *   double.faults.dropReplyAfterWrite(0.2);     // the write is done, its answer is lost
 *   double.electLeader(1);                      // node 0 now answers NotLeader
 *   await double.stop();
 *
 * It follows a server of version 24.10 where the protocol leaves a choice: the rules of expected
 * revisions and idempotency, what deletion writes, checkpoints after so many records considered and
 * on catching up, `caughtUp` and `fellBehind`, the trailers of each error. Positions are byte
 * offsets with gaps, and records of the system (`$…`) lie between those of the tests.
 * It keeps nothing on disk, asks for no credentials and knows no persistent subscriptions,
 * projections, links or scavenging; a new leader has all that the old one had.
 *
 * `double.d.mts` lists the calls, `faults.mjs` says what each fault does.
 */
import { Faults } from './faults.mjs';
import { gossipOf, Node } from './node.mjs';
import { RecordLog, system } from './record-log.mjs';

const VERSION = '24.10.0';
const METHODS = ['read', 'append', 'delete', 'tombstone'];
/** The server's default, in bytes (MaxAppendSize). */
const MAX_APPEND_BYTES = 1024 * 1024;

/** What the nodes share. */
export class Cluster {
  senders = new Set();
  counters = { appends: 0, reads: 0, subscriptions: 0, messages: 0, bytes: 0, waits: 0 };
  version = VERSION;
  /** @type {Node[]} */
  nodes = [];
  /** @type {Node | undefined} */
  leader;
  #appends = 0;

  constructor({ nodes, seed, batchAppend, systemEventEvery, ...how }) {
    this.structuredIds = how.structuredIds;
    this.filtersReads = how.filtersReads;
    this.maxAppendBytes = how.maxAppendBytes;
    this.faults = new Faults(seed);
    this.methods = batchAppend ? [...METHODS, 'batchappend'] : METHODS;
    this.log = new RecordLog(() => {
      this.#appends += 1;
      if (systemEventEvery > 0 && this.#appends % systemEventEvery === 0) this.writeSystemEvent();
      else this.wakeSenders();
    });
    this.nodes = Array.from({ length: nodes }, () => new Node(this));
    this.leader = this.nodes[0];
    this.writeSystemEvent();
  }

  gossip() {
    return gossipOf(this.nodes);
  }
  wakeSenders() {
    for (const sender of this.senders) sender.wake();
  }
  /** What a server writes of itself every so often. */
  writeSystemEvent() {
    const data = Buffer.from(`{"proc-mem":${4096 + this.log.records.length}}`);
    this.log.append('$stats-127.0.0.1', 'any', [system('$statsCollected', data)]);
  }
}

/** @type {typeof import('./double.mjs').startDouble} */
export async function startDouble(options = {}) {
  const { nodes = 1, seed = 1, port = 0, batchAppend = true, systemEventEvery = 10 } = options;
  const { structuredIds = false, filtersReads = true } = options;
  const { maxAppendBytes = MAX_APPEND_BYTES } = options;
  const how = { systemEventEvery, structuredIds, filtersReads, maxAppendBytes };
  const cluster = new Cluster({ nodes, seed, batchAppend, ...how });
  for (const node of cluster.nodes) await node.listen(nodes === 1 ? port : 0);
  const nodeAt = (number) => {
    const node = cluster.nodes[number];
    if (!node) throw new RangeError(`there is no node ${number}`);
    return node;
  };
  const elect = (leader) => {
    cluster.leader = leader;
    cluster.wakeSenders();
  };
  return {
    faults: cluster.faults,
    connectionString: () => connectionString(cluster.nodes),
    nodeString: (number) => connectionString([nodeAt(number)]),
    log: () => cluster.log.records.map(shown),
    counters: () => countersOf(cluster),
    disconnectAll: () => cluster.nodes.forEach((node) => node.disconnect()),
    electLeader: (number) => elect(nodeAt(number)),
    loseLeader: () => elect(undefined),
    down: (number) => nodeAt(number).down(),
    up: (number) => nodeAt(number).up(),
    lag: (number, records) => {
      nodeAt(number).lag = records;
      cluster.wakeSenders();
    },
    writeSystemEvents: (count) => {
      for (let i = 0; i < count; i += 1) cluster.writeSystemEvent();
    },
    stop: async () => {
      cluster.faults.clear();
      await Promise.all(cluster.nodes.map((node) => node.stop()));
    },
  };
}

function connectionString(nodes) {
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
  return `esdb://${hosts}?tls=false`;
}

const shown = ({ stream, revision, id, type, data, metadata, at }) => ({
  stream,
  revision,
  id,
  type,
  data,
  metadata,
  position: { commit: BigInt(at), prepare: BigInt(at) },
});

const countersOf = ({ counters, senders, nodes }) => ({
  ...counters,
  unsent: [...senders].reduce((sum, sender) => sum + sender.unsent, 0),
  open: senders.size,
  connections: nodes.reduce((sum, node) => sum + node.connections, 0),
});
