import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { SealedPayee } from '#domain';
import { commitmentOf, SALT_BYTES, type Disclosure } from '../../vault/vault.js';

interface Row {
  readonly salt: Buffer;
  readonly nonce: Buffer;
  readonly value: Buffer;
  readonly key: Buffer;
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The rows of the vault: names encrypted, each under the key of its subject. Transactions are the caller's. */
export class VaultRows {
  readonly #byLookup;
  readonly #bySubject;
  readonly #addKey;
  readonly #addSubject;
  readonly #removeKey;
  readonly #removeSubject;
  readonly #subjects;

  constructor(
    db: Database.Database,
    private readonly secret: Buffer,
  ) {
    this.#byLookup = db.prepare<[Buffer], { subject: string; salt: Buffer }>(
      'select subject, salt from subject where lookup = ?',
    );
    this.#bySubject = db.prepare<[string], Row>(
      'select salt, nonce, value, key from subject join subject_key using (subject) where subject = ?',
    );
    this.#addKey = db.prepare<[string, Buffer]>('insert into subject_key values (?, ?)');
    this.#addSubject = db.prepare<[string, Buffer, Buffer, Buffer, Buffer]>(
      'insert into subject values (?, ?, ?, ?, ?)',
    );
    this.#removeKey = db.prepare<[string]>('delete from subject_key where subject = ?');
    this.#removeSubject = db.prepare<[string]>('delete from subject where subject = ?');
    this.#subjects = db.prepare<[], string>('select subject from subject order by subject').pluck();
  }

  find(name: string): SealedPayee | undefined {
    const row = this.#byLookup.get(this.#lookupOf(name));
    return row && { subject: row.subject, commitment: commitmentOf(row.salt, name) };
  }

  /** A new subject of the name. */
  add(name: string): SealedPayee {
    const salt = randomBytes(SALT_BYTES);
    const subject = randomUUID();
    this.insert(subject, name, salt);
    return { subject, commitment: commitmentOf(salt, name) };
  }

  insert(subject: string, name: string, salt: Buffer): void {
    const [key, nonce] = [randomBytes(KEY_BYTES), randomBytes(NONCE_BYTES)];
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(subject));
    const value = Buffer.concat([cipher.update(name, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    this.#addKey.run(subject, key);
    this.#addSubject.run(subject, this.#lookupOf(name), salt, nonce, value);
  }

  subjects(): string[] {
    return this.#subjects.all();
  }

  disclose(subject: string): Disclosure | undefined {
    const row = this.#bySubject.get(subject);
    if (!row) return undefined;
    const { salt, nonce, value, key } = row;
    const end = value.length - TAG_BYTES;
    const decipher = createDecipheriv(CIPHER, key, nonce)
      .setAAD(Buffer.from(subject))
      .setAuthTag(value.subarray(end));
    const name =
      decipher.update(value.subarray(0, end), undefined, 'utf8') + decipher.final('utf8');
    return { salt: salt.toString('hex'), value: name };
  }

  remove(subject: string): boolean {
    this.#removeKey.run(subject);
    return this.#removeSubject.run(subject).changes > 0;
  }

  /** Finds a name again without the vault being a list of names: only who has the secret can look one up. */
  #lookupOf(name: string): Buffer {
    return createHmac('sha256', this.secret).update(name, 'utf8').digest();
  }
}
