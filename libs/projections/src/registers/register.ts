import type { Fen, LineKey } from '#domain';

export const REGISTERS = ['payments', 'adjustments', 'direct-allocations', 'reservations'] as const;
export type RegisterName = (typeof REGISTERS)[number];

/** One line of a posting in a register. */
export interface RegisterLine extends LineKey {
  readonly function: string;
  readonly economic: string;
  readonly fen: Fen;
}

/** One entry of a register: a posting, or a refund, release, acknowledgement or reversal that follows one. */
export interface RegisterEntry {
  readonly index: number;
  readonly revision: number;
  readonly type: string;
  readonly date: string;
  readonly commandId: string;
  /** The revision of the entry that this one follows. */
  readonly follows?: number;
  /** Payee, recipient or counterparty; the subject of a payee whose name the vault does not have. */
  readonly party: string;
  /** Who the payee is in the log and in the vault, where that is not a name in the open. */
  readonly subject?: string;
  readonly document: string;
  readonly reason: string;
  /** Signed total: what a refund or a reversal takes back is negative. */
  readonly fen: Fen;
  readonly procurementFen: Fen;
  readonly lines: readonly RegisterLine[];
}

export interface RegisterPage {
  readonly logSize: number;
  /** Entries in scope altogether, of which `entries` is one page. */
  readonly total: number;
  readonly entries: readonly RegisterEntry[];
}
