import { randomBytes, randomUUID } from 'node:crypto';
import type { SealedPayee } from '#domain';
import {
  commitmentOf,
  SALT_BYTES,
  type Disclosure,
  type SealedNames,
  type Vault,
} from '../../vault/vault.js';

/** The vault of a ledger in memory. */
export class MemoryVault implements Vault {
  readonly #byName = new Map<string, SealedPayee>();
  readonly #bySubject = new Map<string, Disclosure>();

  seal(names: readonly string[]): SealedNames {
    return new Map(names.map((name) => [name, this.find(name) ?? this.#add(name)]));
  }

  find(name: string): SealedPayee | undefined {
    return this.#byName.get(name);
  }

  nameOf(subject: string): string | undefined {
    return this.#bySubject.get(subject)?.value;
  }

  disclose(subject: string): Disclosure | undefined {
    return this.#bySubject.get(subject);
  }

  async erase(subject: string): Promise<boolean> {
    const name = this.nameOf(subject);
    if (name === undefined) return false;
    this.#byName.delete(name);
    return this.#bySubject.delete(subject);
  }

  close(): void {}

  #add(name: string): SealedPayee {
    const salt = randomBytes(SALT_BYTES);
    const payee = { subject: randomUUID(), commitment: commitmentOf(salt, name) };
    this.#byName.set(name, payee);
    this.#bySubject.set(payee.subject, { salt: salt.toString('hex'), value: name });
    return payee;
  }
}
