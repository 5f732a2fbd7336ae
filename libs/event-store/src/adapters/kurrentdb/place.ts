import type { StreamHead } from '../../envelope.js';
import type { Position } from './protocol.js';

/** Where an event of the log lies. */
export interface Place extends Position {
  readonly index: number;
  readonly stream: string;
  readonly revision: number;
}

/** A place with what an append is judged by. */
export interface CountedEvent extends Place {
  /** '' where the envelope cannot be read. */
  readonly commandId: string;
  readonly leaf: string;
}

/** The last event of a stream that is counted, with its rank; −1 where there is none. */
export interface IndexedHead extends StreamHead {
  readonly index: number;
}

/** How far `$all` has been looked at, and how many events of the log there were. */
export interface Progress {
  readonly position: Position | undefined;
  readonly size: number;
}
