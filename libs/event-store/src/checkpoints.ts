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
   * the same time all are answered the same one.
   */
  add(size: number, note: string): Promise<string>;

  close(): void;
}
