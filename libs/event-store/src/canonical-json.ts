import canonicalize from 'canonicalize';

const DEEPEST_QUICK = 32;
const UNUSUAL = Symbol('unusual');

/**
 * RFC 8785 (JCS) text of a JSON value; throws for lone surrogates, non-finite numbers and cycles.
 *
 * The package `canonicalize` defines the result. The usual case, plain objects with ordinary keys, takes
 * a shortcut: sort the keys and let JSON.stringify write, whose strings and numbers are RFC 8785's. That
 * halves the time, which every event pays twice; a property test holds both equal.
 */
export function canonicalJson(value: unknown): string {
  const sorted = withSortedKeys(value, 0);
  return sorted === UNUSUAL ? byPackage(value) : (stringifySorted(sorted) ?? byPackage(value));
}

/**
 * RFC 8785 text of a value whose keys stand in order already; undefined where only the package may
 * judge: JSON.stringify writes a lone surrogate as an escape that no other character yields.
 */
function stringifySorted(value: unknown): string | undefined {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined || text.includes('\\ud') ? undefined : text;
}

/** The same for a flat object that its maker has written in key order, with finite numbers only. */
export const canonicalOfSorted = (value: object): string =>
  stringifySorted(value) ?? byPackage(value);

function byPackage(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

function withSortedKeys(value: unknown, depth: number): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : UNUSUAL;
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' || typeof value === 'boolean' || value === null
      ? value
      : UNUSUAL;
  if (depth > DEEPEST_QUICK) return UNUSUAL;
  return Array.isArray(value) ? sortedItems(value, depth) : sortedMembers(value, depth);
}

function sortedItems(items: readonly unknown[], depth: number): unknown {
  const sorted: unknown[] = [];
  for (const item of items) {
    const of = withSortedKeys(item, depth + 1);
    if (of === UNUSUAL) return UNUSUAL;
    sorted.push(of);
  }
  return sorted;
}

function sortedMembers(value: object, depth: number): unknown {
  const prototype: unknown = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || 'toJSON' in value) return UNUSUAL;
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    if (isUnusualKey(key)) return UNUSUAL;
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    const of = withSortedKeys(member, depth + 1);
    if (of === UNUSUAL) return UNUSUAL;
    sorted[key] = of;
  }
  return sorted;
}

/** Keys that an object would not keep in order (numbers) or at all (`__proto__`). */
function isUnusualKey(key: string): boolean {
  const first = key.charCodeAt(0);
  return (first >= 0x30 && first <= 0x39) || first === 0x5f;
}
