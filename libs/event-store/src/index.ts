export * from './event-store.js';
export { canonicalJson } from './canonical-json.js';
export { parseStrictJson } from './strict-json.js';
export { leafHash, leafHex, sha256Hex } from './hashing.js';
export { parseEnvelope, sealEvents, EMPTY_STREAM } from './envelope.js';
export type { DecidedEvent, Envelope, Recording, StreamHead } from './envelope.js';
export { decodeEvent, decodeRecorded, UnknownEventType } from './decode-event.js';
export { faultOfStored } from './fault-of-stored.js';
export { BranchStore } from './adapters/branch/branch-store.js';
export { OverlayVault } from './adapters/branch/overlay-vault.js';
export { isConnectionString } from './adapters/kurrentdb/connect.js';
export { hadNoAnswer } from './adapters/kurrentdb/failure.js';
export {
  KurrentEventStore,
  type KurrentOptions,
} from './adapters/kurrentdb/kurrent-event-store.js';
export { KurrentCheckpoints } from './adapters/kurrentdb/kurrent-checkpoints.js';
export { KurrentVault } from './adapters/kurrentdb/kurrent-vault.js';
export { MemoryEventStore } from './adapters/memory/memory-event-store.js';
export { MemoryVault } from './adapters/memory/memory-vault.js';
export { SqliteEventStore } from './adapters/sqlite/sqlite-event-store.js';
export { SqliteVault } from './adapters/sqlite/sqlite-vault.js';
export type { SqliteOptions } from './adapters/sqlite/open-database.js';
export { commitmentOf, type Disclosure, type MovableVault, type Vault } from './vault/vault.js';
export type { Checkpoints } from './checkpoints.js';
export { sealPayees } from './vault/seal-payees.js';
export { CommandRunner, type RunnerOptions } from './run-command.js';
export type { CommandMeta, CommandRefused, RecordOutcome } from './record-commands.js';
export { hashOfCommand, type Recorded } from './recorded.js';
export type { AccessEventData, AccountEventData } from './account-events.js';
export { eventJson } from './event-json.js';
export {
  SYSTEM_EVENT_TYPES,
  appendSystemEvent,
  appendSystemEvents,
  isSystemEvent,
  readSystemEvents,
  type SystemEvent,
  type SystemEventData,
  type SystemEventType,
} from './system-events.js';
