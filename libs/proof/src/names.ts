/** First line of a signed head of a stream, where a checkpoint has the origin of its log. */
export const STREAM_HEAD_V1 = 'fiscal-ledger/stream-head/v1';

const OTHER_STATEMENTS = 'fiscal-ledger/stream-head/';

/** Whether a text can name a key (C2SP signed-note): not empty, no spaces, control characters and plus signs. */
export const isKeyName = (name: string): boolean =>
  /^[^\s\p{Cc}+]+$/u.test(name) && name.isWellFormed();

/**
 * Whether a text can be the origin of a log, which is the name of its key too. First lines of other
 * statements cannot: else one signed text could be read both as a checkpoint and as something else.
 */
export const isOrigin = (name: string): boolean =>
  isKeyName(name) && !name.startsWith(OTHER_STATEMENTS);
