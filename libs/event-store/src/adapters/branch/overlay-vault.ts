import type { SealedPayee } from '#domain';
import type { Disclosure, SealedNames, Vault } from '../../vault/vault.js';
import { MemoryVault } from '../memory/memory-vault.js';

/** A vault that reads another and never changes it: new subjects, and what is erased here, are here only. */
export class OverlayVault implements Vault {
  readonly #own = new MemoryVault();
  readonly #erased = new Set<string>();

  constructor(private readonly base: Vault) {}

  seal(names: readonly string[]): SealedNames {
    return new Map(
      names.map((name) => [name, this.find(name) ?? this.#own.seal([name]).get(name)!]),
    );
  }

  find(name: string): SealedPayee | undefined {
    const own = this.#own.find(name);
    if (own) return own;
    const found = this.base.find(name);
    return found && this.#erased.has(found.subject) ? undefined : found;
  }

  nameOf(subject: string): string | undefined {
    if (this.#erased.has(subject)) return undefined;
    return this.#own.nameOf(subject) ?? this.base.nameOf(subject);
  }

  disclose(subject: string): Disclosure | undefined {
    if (this.#erased.has(subject)) return undefined;
    return this.#own.disclose(subject) ?? this.base.disclose(subject);
  }

  async erase(subject: string): Promise<boolean> {
    const isKnown = this.nameOf(subject) !== undefined;
    await this.#own.erase(subject);
    this.#erased.add(subject);
    return isKnown;
  }

  /** Leaves the other vault open, which is its owner's. */
  close(): void {}
}
