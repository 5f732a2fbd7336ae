import { accepted, refused, type Result, type Sentence } from '#domain';
import { JSON_TEXT } from './sentences/json.js';

const DEEPEST = 64;

/**
 * Reads one JSON text (RFC 8259) as I-JSON would have it: no key twice in an object, no lone surrogates,
 * no number beyond the doubles, no `__proto__` key, no nesting deeper than 64. JSON.parse takes all of
 * these in silence, and what is hashed and posted must be what the sender meant. Refuses with
 * `invalid-json` and a sentence that says where.
 */
export function parseStrictJson(text: string): Result<unknown> {
  try {
    new Scan(text).document();
    return accepted(JSON.parse(text));
  } catch (error) {
    if (error instanceof JsonFault) return refused('invalid-json', error.sentence);
    if (error instanceof SyntaxError)
      return refused('invalid-json', JSON_TEXT.unreadable({ fault: error.message }));
    throw error;
  }
}

class JsonFault extends Error {
  constructor(readonly sentence: Sentence) {
    super(sentence.in('en'));
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LITERALS = ['true', 'false', 'null'];

/** Walks over a JSON text once and throws a JsonFault at the first thing that is not allowed. */
class Scan {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): void {
    this.value(0);
    this.space();
    if (this.at < this.text.length) this.fault(JSON_TEXT.afterEnd());
  }

  private value(depth: number): void {
    if (depth > DEEPEST) this.fault(JSON_TEXT.tooDeep({ most: DEEPEST }));
    this.space();
    const c = this.text[this.at];
    if (c === '{') this.object(depth);
    else if (c === '[') this.array(depth);
    else if (c === '"') this.string();
    else if (c === '-' || (c !== undefined && c >= '0' && c <= '9')) this.number();
    else this.literal();
  }

  private object(depth: number): void {
    const keys = new Set<string>();
    this.at++;
    if (this.skips('}')) return;
    do {
      this.space();
      const start = this.at;
      if (this.text[start] !== '"') this.fault(JSON_TEXT.keyExpected());
      const key = this.string();
      if (keys.has(key)) this.fault(JSON_TEXT.keyTwice({ key: JSON.stringify(key) }), start);
      if (key === '__proto__') this.fault(JSON_TEXT.protoKey(), start);
      keys.add(key);
      if (!this.skips(':')) this.fault(JSON_TEXT.colonExpected());
      this.value(depth + 1);
    } while (this.skips(','));
    if (!this.skips('}')) this.fault(JSON_TEXT.objectOpen());
  }

  private array(depth: number): void {
    this.at++;
    if (this.skips(']')) return;
    do this.value(depth + 1);
    while (this.skips(','));
    if (!this.skips(']')) this.fault(JSON_TEXT.listOpen());
  }

  private string(): string {
    const { text } = this;
    const start = this.at;
    let escaped = false;
    for (this.at++; ;) {
      const c = text.charCodeAt(this.at);
      if (c === 0x22) break;
      if (c === 0x5c) {
        escaped = true;
        this.at = this.matched(ESCAPE) ?? this.fault(JSON_TEXT.noSuchEscape());
      } else if (c >= 0x20) this.at++;
      else if (this.at < text.length) this.fault(JSON_TEXT.controlCharacter());
      else this.fault(JSON_TEXT.stringOpen(), start);
    }
    this.at++;
    const string = escaped
      ? (JSON.parse(text.slice(start, this.at)) as string)
      : text.slice(start + 1, this.at - 1);
    if (!string.isWellFormed()) this.fault(JSON_TEXT.halfPair(), start);
    return string;
  }

  private number(): void {
    const end = this.matched(NUMBER) ?? this.fault(JSON_TEXT.noSuchNumber());
    const number = this.text.slice(this.at, end);
    if (!Number.isFinite(Number(number))) this.fault(JSON_TEXT.numberTooLarge());
    this.at = end;
  }

  private literal(): void {
    const literal = LITERALS.find((l) => this.text.startsWith(l, this.at));
    if (literal === undefined)
      this.fault(this.at < this.text.length ? JSON_TEXT.valueExpected() : JSON_TEXT.endsEarly());
    this.at += literal.length;
  }

  /** The end of what a pattern matches here. */
  private matched(pattern: RegExp): number | undefined {
    pattern.lastIndex = this.at;
    return pattern.test(this.text) ? pattern.lastIndex : undefined;
  }

  private skips(c: string): boolean {
    this.space();
    if (this.text[this.at] !== c) return false;
    this.at++;
    return true;
  }

  private space(): void {
    for (;;) {
      const c = this.text.charCodeAt(this.at);
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return;
      this.at++;
    }
  }

  private fault(fault: Sentence, at = this.at): never {
    throw new JsonFault(JSON_TEXT.at({ fault, at: at + 1 }));
  }
}
