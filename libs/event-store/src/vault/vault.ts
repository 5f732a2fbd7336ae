import { createHmac } from 'node:crypto';
import type { SealedPayee } from '#domain';

/** What an auditor is given to check a commitment with. */
export interface Disclosure {
  /** 32 random bytes, hex. */
  readonly salt: string;
  /** The name. */
  readonly value: string;
}

/**
 * The port of what is known about persons outside the log: names by subject. A subject is all that an event
 * says of a person, so that an erased name is gone while every hash stays. Every method may throw
 * StoreUnavailable.
 */
export interface Vault {
  /**
   * Stands subjects for names: the one that a name has, or a new one. A promise where something new is
   * written; it is durable when that resolves.
   */
  seal(names: readonly string[]): SealedNames | Promise<SealedNames>;

  /** The subject that a name has now, if any. */
  find(name: string): SealedPayee | undefined;

  /** Undefined where the subject is erased, or never was in this vault. */
  nameOf(subject: string): string | undefined;

  disclose(subject: string): Disclosure | undefined;

  /**
   * Forgets a subject for good; answers whether there was one. Given again, its name is a new subject. May
   * be repeated: where the last one was cut off it finishes that.
   */
  erase(subject: string): Promise<boolean>;

  close(): void;
}

/** A subject whole, as it is moved from one vault to another. */
export interface Subject extends Disclosure {
  readonly subject: string;
}

/** A vault that lasts, and can be moved. */
export interface MovableVault extends Vault {
  /** Ids of all subjects that are not erased. */
  subjects(): readonly string[];

  /**
   * Takes subjects as they are; those that it has already change nothing. Answers the ids of those that it could
   * not take, since it has the name or the id otherwise.
   */
  take(subjects: readonly Subject[]): Promise<readonly string[]>;
}

export type SealedNames = ReadonlyMap<string, SealedPayee>;

export const SALT_BYTES = 32;

/** HMAC-SHA-256 with the salt as the key over the name in UTF-8, hex (docs/formats.md). */
export const commitmentOf = (salt: Uint8Array, name: string): string =>
  createHmac('sha256', salt).update(name, 'utf8').digest('hex');
