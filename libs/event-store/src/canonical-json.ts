import canonicalize from 'canonicalize';

const DEEPEST = 64;

/**
 * RFC 8785 (JCS) text of a JSON value; throws for lone surrogates, non-finite numbers and cycles.
 *
 * The package `canonicalize` defines the result and takes whatever is unusual. Plain values are written
 * here, in a quarter of its time, since every event is written twice; a property test holds both equal.
 */
export function canonicalJson(value: unknown): string {
  return written(value, 0) ?? byPackage(value);
}

/** The same for a flat object that its maker has written in key order, with finite numbers only. */
export function canonicalOfSorted(value: object): string {
  const text = JSON.stringify(value);
  // JSON.stringify writes a lone surrogate as an escape that nothing else yields
  return text.includes('\\ud') ? byPackage(value) : text;
}

function byPackage(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** Answers nothing where only the package may judge. */
function written(value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      return Number.isFinite(value) ? JSON.stringify(value) : undefined;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth > DEEPEST) return undefined;
      return Array.isArray(value) ? writtenItems(value, depth) : writtenMembers(value, depth);
    default:
      return undefined;
  }
}

const NEEDS_CARE = /[^\x20\x21\x23-\x5b\x5d-\ud7ff\ue000-\uffff]/;

function quoted(text: string): string | undefined {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  return text.isWellFormed() ? JSON.stringify(text) : undefined;
}

function writtenItems(items: readonly unknown[], depth: number): string | undefined {
  let text = '[';
  for (const item of items) {
    const of = written(item, depth + 1);
    if (of === undefined) return undefined;
    text += text === '[' ? of : `,${of}`;
  }
  return `${text}]`;
}

function writtenMembers(value: object, depth: number): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || 'toJSON' in value) return undefined;
  let text = '{';
  for (const { key, prefix } of inOrder(Object.keys(value))) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    const of = prefix === undefined ? undefined : written(member, depth + 1);
    if (of === undefined) return undefined;
    text += text === '{' ? prefix + of : `,${prefix}${of}`;
  }
  return `${text}}`;
}

interface Key {
  readonly key: string;
  /** Quoted, with the colon; undefined where the key is not well formed. */
  readonly prefix: string | undefined;
}

interface Shape {
  readonly keys: readonly string[];
  readonly inOrder: readonly Key[];
}

// objects come in few shapes, and sorting their keys took most of the time; told apart by their last key first
const shapes = new Map<string | undefined, Shape[]>();
const MOST = { shapes: 1000, withOneLastKey: 16 };
let shapeCount = 0;

function inOrder(keys: readonly string[]): readonly Key[] {
  const last = keys.at(-1);
  const known = shapes.get(last) ?? [];
  for (const shape of known) if (isSame(shape.keys, keys)) return shape.inOrder;
  const sorted = keys.toSorted().map((key) => {
    const name = quoted(key);
    return { key, prefix: name && `${name}:` };
  });
  if (shapeCount < MOST.shapes && known.length < MOST.withOneLastKey) {
    shapeCount++;
    shapes.set(last, [...known, { keys, inOrder: sorted }]);
  }
  return sorted;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
