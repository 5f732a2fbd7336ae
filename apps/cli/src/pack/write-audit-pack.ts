import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { SignerKey } from '#proof';
import type { Ledger } from '#projections';
import { reportOf, REPORTS, toJson } from '#reports';
import { WrongUsage } from '../io.js';
import { packageFile } from './package-file.js';

export interface AuditPack {
  readonly size: number;
  readonly reports: number;
  readonly checkpoints: number;
}

type Tell = (done: number, of: number) => void;

/**
 * Writes all that an auditor needs to trust nobody into one zip: every event, every checkpoint, the public
 * keys, every report of every book as JSON, and the verifier that recomputes them. The log is signed first.
 */
export async function writeAuditPack(
  ledger: Ledger,
  signer: SignerKey,
  out: string,
  tell: Tell,
): Promise<AuditPack> {
  if (existsSync(out)) throw new WrongUsage(`${out} is there already`);
  const size = await ledger.catchUp();
  await ledger.log.checkpoint(signer);
  const zip = new ZipFile();
  const { origin } = ledger.store;
  const text = (name: string, content: string) => zip.addBuffer(Buffer.from(content), name);
  text('pack.json', `${JSON.stringify({ format: 'fiscal-ledger/audit-pack/v1', origin, size })}\n`);
  zip.addFile(packageFile('libs/proof-pack/verify.mjs'), 'verify.mjs');
  zip.addFile(packageFile('libs/proof-pack/auditors.md'), 'README.md');
  const keys = [signer.verifier, ...(await ledger.log.rotatedKeys())].map((key) => key.text);
  text('public-key', `${[...new Set(keys)].join('\n')}\n`);
  const { checkpoints } = ledger.log;
  const sizes = (await checkpoints.sizes()).filter((s) => s <= size);
  for (const s of sizes) text(`checkpoints/${s}`, (await checkpoints.read(s))!);
  let reports = 0;
  for (const book of ledger.books())
    for (const { name } of REPORTS) {
      const report = toJson(reportOf(ledger, name, book, { knownAt: size }));
      text(`reports/${book.unit}-${book.fiscalYear}/${name}.json`, JSON.stringify(report, null, 1));
      reports++;
    }
  zip.addReadStream(Readable.from(eventLines(ledger, size, tell)), 'events.ndjson');
  const names = await namesIn(ledger, size);
  if (names.length > 0) text('personal-data.ndjson', names.join(''));
  zip.end();
  await intoFile(zip, out);
  return { size, reports, checkpoints: sizes.length };
}

/** The stored texts as they are: what is hashed must not be written anew. */
async function* eventLines(ledger: Ledger, size: number, tell: Tell): AsyncGenerator<string> {
  for await (const page of ledger.pages(undefined, { to: size - 1 })) {
    yield page
      .map(({ index, envelope, payload }) => `${JSON.stringify({ index, envelope, payload })}\n`)
      .join('');
    tell(page.at(-1)?.index ?? 0, size);
  }
}

/** What the vault tells of the payees that the events name, with which anyone can check their commitments. */
async function namesIn(ledger: Ledger, size: number): Promise<readonly string[]> {
  const lines = new Map<string, string>();
  for await (const page of ledger.pages(undefined, { to: size - 1 }))
    for (const { type, payload } of page) {
      if (type !== 'PaymentMade') continue;
      const { payee } = JSON.parse(payload) as { payee: string | { subject: string } };
      if (typeof payee === 'string' || lines.has(payee.subject)) continue;
      const told = ledger.vault.disclose(payee.subject);
      if (told)
        lines.set(payee.subject, `${JSON.stringify({ subject: payee.subject, ...told })}\n`);
    }
  return [...lines.values()];
}

/** Under another name until it is whole. */
async function intoFile(zip: ZipFile, out: string): Promise<void> {
  const partial = `${out}.partial`;
  try {
    await pipeline(zip.outputStream, createWriteStream(partial));
    await rename(partial, out);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
