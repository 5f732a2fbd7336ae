import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Sentence, Texts } from '#domain';

const ROOT = join(import.meta.dirname, '..');

/** Words that are written in Latin letters in Chinese too: names of formats, header fields and settings. */
const NO_ENGLISH = new Set(
  (
    'JSON ASCII SHA UTF CNY HTTP KurrentDB SQLite application json Idempotency Key If Match X Actor CSRF Token ' +
    'expenditure figures unit fiscalYear knownAt at proto T Z ' +
    'FILE FISCAL SIGNING KEY signing key fiscal create chmod docs operating md vault db ' +
    'journal mode synchronous wal secure delete ' +
    'esdb kurrentdb HOST PORT USER PASSWORD discover IPv A F MaxAppendSize maxAppendSize'
  ).split(' '),
);

/** The English words in a Chinese text. */
export const englishIn = (text: string): readonly string[] =>
  (text.match(/[A-Za-z]+/g) ?? []).filter((word) => !NO_ENGLISH.has(word));

export const CHINESE = /[\u4e00-\u9fff]/;

/** What a catalogue has under a key: the texts, and the sentence with its values. */
export type Entry = ((values?: object) => Sentence) & { readonly texts: Texts };

const sourcesIn = (directory: string): readonly string[] =>
  readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .map((file) => join(directory, file))
    .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|node_modules/.test(file));

/** Every file that has sentences of its own. */
const catalogueFiles = (): readonly string[] =>
  ['libs', 'apps/api', 'apps/cli']
    .flatMap(sourcesIn)
    .filter((file) => /= Sentence\.catalogue\(/.test(readFileSync(join(ROOT, file), 'utf8')));

/** Every sentence that the ledger can say, by catalogue and key. */
export async function everySentence(): Promise<ReadonlyMap<string, Entry>> {
  const all = new Map<string, Entry>();
  for (const file of catalogueFiles()) {
    const module = (await import(pathToFileURL(join(ROOT, file)).href)) as Record<string, object>;
    for (const [name, catalogue] of Object.entries(module))
      for (const [key, entry] of Object.entries(catalogue) as [string, Entry][])
        if (typeof entry === 'function' && 'texts' in entry) all.set(`${name}.${key}`, entry);
  }
  return all;
}
