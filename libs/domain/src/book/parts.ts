import type { Fund } from './vocabulary.js';

/** Shapes that stand both in commands and, hashed, in the events that record them. */

export interface Document {
  readonly number: string;
  readonly date: string;
}

export interface Recipient {
  readonly code: string;
  readonly name: string;
}

/** Stands for a person's name, which itself lies in the vault, outside of everything that is hashed. */
export interface SealedPayee {
  /** UUID v4: says nothing of the name. */
  readonly subject: string;
  /** HMAC-SHA-256 of the name under the subject's salt, hex: proves the name to whoever is given both. */
  readonly commitment: string;
}

export interface PriorYearFigure {
  readonly measure: 'expenditure';
  readonly project?: string;
  readonly fund?: Fund;
  readonly economic?: readonly string[];
  readonly amount: string;
}

export interface Indicator {
  readonly code: string;
  readonly level1: string;
  readonly level2: string;
  readonly level3: string;
  readonly target: string;
  readonly weight: string;
}
