import type { Scope } from '#projections';
import type { Value } from '../value.js';

/** One thing that a row is repeated over: how its row is called, its part of the book, its own facts. */
export interface Item {
  readonly key: string;
  readonly label: string;
  /** Depth below the repeated row's own level. */
  readonly level?: number;
  readonly scope?: Scope;
  readonly fields?: Readonly<Record<string, Value>>;
}
