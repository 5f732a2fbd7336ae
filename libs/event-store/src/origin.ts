import { randomBytes } from 'node:crypto';

/** A name for a new log that no other has: it stands in every envelope and in every checkpoint. */
export const newOrigin = (): string => `fiscal-ledger.local/${randomBytes(16).toString('hex')}`;
