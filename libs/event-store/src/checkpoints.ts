/**
 * The port of signed checkpoints (C2SP notes, docs/formats.md) by the size of the log that they are of. None is
 * ever changed or taken away. Every method may throw StoreUnavailable.
 */
export interface Checkpoints {
  /** The sizes there are, ascending. */
  sizes(): Promise<readonly number[]>;

  /** Undefined where there is none of that size. */
  read(size: number): Promise<string | undefined>;

  /**
   * Adds one, where there is none of that size; answers the note that stands. Where several processes sign at
   * the same time all are answered the same one. With `after` it is added only while the newest is of that size (0
   * for none), and otherwise the newest is answered: of two that find one due at once, one is signed.
   */
  add(size: number, note: string, after?: number): Promise<string>;

  close(): void;
}
