import type { SealedPayee } from '#domain';
import { commitmentOf, type Disclosure, type Subject } from '../../vault/vault.js';

/** What a node knows of the vault: all subjects that stand, with their names, in memory; of others the ids. */
export class KnownSubjects {
  readonly #byName = new Map<string, SealedPayee>();
  readonly #bySubject = new Map<string, Disclosure>();
  readonly #erased = new Set<string>();
  /** Begun and neither sealed nor erased. */
  readonly #begun = new Set<string>();
  /** Records whose subject the index has not sealed yet. */
  readonly #expected = new Map<string, Disclosure>();

  find(name: string): SealedPayee | undefined {
    return this.#byName.get(name);
  }

  disclose(subject: string): Disclosure | undefined {
    return this.#bySubject.get(subject);
  }

  has(subject: string): boolean {
    return this.#bySubject.has(subject);
  }

  hasExactly({ subject, salt, value }: Subject): boolean {
    const known = this.#bySubject.get(subject);
    return known?.salt === salt && known.value === value;
  }

  subjects(): readonly string[] {
    return [...this.#bySubject.keys()];
  }

  begun(): readonly string[] {
    return [...this.#begun];
  }

  erased(): readonly string[] {
    return [...this.#erased];
  }

  isErased(subject: string): boolean {
    return this.#erased.has(subject);
  }

  isExpected(subject: string): boolean {
    return this.#expected.has(subject);
  }

  /** Whether the index has named the subject at all. */
  isNamed(subject: string): boolean {
    return this.#begun.has(subject) || this.has(subject) || this.isErased(subject);
  }

  /** Remembers records until the index seals their subjects. */
  expect(subjects: readonly Subject[]): void {
    for (const { subject, salt, value } of subjects) this.#expected.set(subject, { salt, value });
  }

  begin(subject: string): void {
    if (!this.isNamed(subject)) this.#begun.add(subject);
  }

  /** A subject whose record is gone already stays unknown. */
  seal(subject: string): void {
    const record = this.#expected.get(subject);
    this.#expected.delete(subject);
    this.#begun.delete(subject);
    if (!record || this.#erased.has(subject)) return;
    const commitment = commitmentOf(Buffer.from(record.salt, 'hex'), record.value);
    this.#bySubject.set(subject, record);
    this.#byName.set(record.value, { subject, commitment });
  }

  erase(subject: string): void {
    this.#erased.add(subject);
    this.#begun.delete(subject);
    this.#expected.delete(subject);
    const record = this.#bySubject.get(subject);
    this.#bySubject.delete(subject);
    if (record && this.#byName.get(record.value)?.subject === subject)
      this.#byName.delete(record.value);
  }
}
