import { fromHex, hexOf, sha256, utf8 } from './bytes.js';
import type { Findings } from './findings.js';
import { leafHash, type Hash } from './tree.js';

/** An entry of the log as the server gives it; of units out of scope its leaf alone. */
export interface Entry {
  readonly index: number;
  readonly envelope?: string;
  readonly payload?: string;
  readonly leaf?: string;
}

/** An entry whose hashes were computed here. */
export interface Hashed {
  readonly entry: Entry;
  /** None where there is nothing to hash. */
  readonly leaf: Hash | undefined;
  readonly payloadHash: string;
}

/** The hashes of a page, all asked for at once. */
export const hashEntries = (entries: readonly Entry[]): Promise<Hashed[]> =>
  Promise.all(
    entries.map(async (entry) => {
      const { envelope, payload } = entry;
      if (envelope === undefined) return { entry, leaf: hashIn(entry.leaf), payloadHash: '' };
      const [leaf, hash] = await Promise.all([leafHash(envelope), sha256(utf8(payload ?? ''))]);
      return { entry, leaf, payloadHash: hexOf(hash) };
    }),
  );

function hashIn(hex: string | undefined): Hash | undefined {
  const hash = fromHex(hex ?? '');
  return hash?.length === 32 ? hash : undefined;
}

/** What an envelope says of an event, as far as it is looked at here. */
export type Said = Readonly<Record<string, unknown>>;

/** Payload, origin and place in its stream of every entry that may be read. */
export class EntryCheck {
  readonly #heads = new Map<string, { readonly revision: number; readonly leaf: string }>();

  constructor(
    private readonly origin: string,
    private readonly findings: Findings,
  ) {}

  /** Answers what the envelope says, where the content is what was hashed. */
  check({ entry, leaf, payloadHash }: Hashed): Said | undefined {
    const { index, envelope } = entry;
    const said = saidBy(envelope!);
    if (!said) {
      this.findings.add({ fault: 'unreadable', index });
      return undefined;
    }
    const { origin } = said;
    if (origin !== this.origin)
      this.findings.add({ fault: 'origin', index, origin: String(origin) });
    this.#place(index, said, hexOf(leaf!));
    if (payloadHash === said['payloadHash']) return said;
    this.findings.add({ fault: 'payload', index });
    return undefined;
  }

  #place(index: number, said: Said, leaf: string): void {
    const stream = String(said['stream']);
    const before = this.#heads.get(stream) ?? { revision: -1, leaf: '' };
    if (said['revision'] !== before.revision + 1 || said['streamPrev'] !== before.leaf)
      this.findings.add({ fault: 'stream', index });
    // from what stands here: one break is told once
    this.#heads.set(stream, { revision: Number(said['revision']), leaf });
  }
}

export function saidBy(envelope: string): Said | undefined {
  try {
    const said: unknown = JSON.parse(envelope);
    return typeof said === 'object' && said !== null ? (said as Said) : undefined;
  } catch {
    return undefined;
  }
}
