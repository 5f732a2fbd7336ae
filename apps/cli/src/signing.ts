import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { LedgerRefusal } from '#domain';
import { parseVerifierKey, type SignerKey, type VerifierKey } from '#proof';
import { CheckpointKeeper, readSigningKey, type Ledger } from '#projections';
import { WrongUsage } from './io.js';
import { FINDING } from './sentences.js';

export interface SigningOptions {
  readonly signingKey?: string;
}

export const signingOption = (command: Command): Command =>
  command.option('--signing-key <file>', 'the key that signs for the log', fromEnvironment());

/** The file that the configuration names, if any. */
const fromEnvironment = (): string | undefined => process.env['FISCAL_SIGNING_KEY'] || undefined;

/** The key that signs. Throws LedgerRefusal `no-signing-key` where none is named or it must not be used. */
export function signerOf({ signingKey }: SigningOptions, origin: string): SignerKey {
  if (signingKey === undefined) throw LedgerRefusal.of('no-signing-key', FINDING.noKey());
  return readSigningKey(signingKey, origin);
}

/** Signs a checkpoint where one is due and the configuration names a key. */
export async function keepCheckpoint(ledger: Ledger): Promise<void> {
  const signingKey = fromEnvironment();
  if (signingKey === undefined) return;
  const keeper = new CheckpointKeeper(ledger, readSigningKey(signingKey, ledger.store.origin));
  await keeper.keep(performance.now());
}

/** Public keys of a file, one a line. */
export function verifierKeysIn(file: string): readonly VerifierKey[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  if (lines.length === 0) throw new WrongUsage(`${file} has no key`);
  return lines.map((line) => {
    const key = parseVerifierKey(line);
    if (!key.ok) throw new WrongUsage(`${file}: ${key.reason}`);
    return key.value;
  });
}
