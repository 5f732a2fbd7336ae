import { refused, type Result } from '#domain';
import { parseStrictJson } from '#event-store';
import { FILES } from '../sentences.js';

/** One line of an NDJSON file: its number from 1, and what it holds or why it holds nothing. */
export interface Line {
  readonly number: number;
  readonly value: Result<unknown>;
}

const LONGEST_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Reads NDJSON line by line from bytes. A line that is not UTF-8, not strict JSON or too long is reported
 * at its number and does not stop the others; blank lines are passed over.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 0;
  let parts: Uint8Array[] = [];
  let length = 0;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const end = (): Line | undefined => {
    number++;
    const bytes = Buffer.concat(parts);
    const tooLong = length > LONGEST_BYTES;
    parts = [];
    length = 0;
    if (tooLong)
      return {
        number,
        value: refused('payload-too-large', FILES.tooLong({ line: number, most: LONGEST_BYTES })),
      };
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch {
      return { number, value: refused('invalid-encoding', FILES.notUtf8({ line: number })) };
    }
    if (text.trim() === '') return undefined;
    const value = parseStrictJson(text);
    return {
      number,
      value: value.ok
        ? value
        : refused(value.error.code, FILES.atLine({ line: number, what: value.error.sentence })),
    };
  };
  const add = (bytes: Uint8Array) => {
    length += bytes.length;
    // what is past the bound is counted and not kept
    if (length <= LONGEST_BYTES) parts.push(bytes);
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, at));
      start = at + 1;
      const line = end();
      if (line) yield line;
    }
    add(chunk.subarray(start));
  }
  if (length > 0) {
    const line = end();
    if (line) yield line;
  }
}
