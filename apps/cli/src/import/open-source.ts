import { createReadStream, existsSync, statSync } from 'node:fs';
import { WrongUsage, type Streams } from '../io.js';

type OnBytes = (read: number, of: number) => void;

/** The bytes of a file, also of a pipe that has a name, or of standard input for `-`. */
export function openSource(
  file: string,
  io: Streams,
  onBytes: OnBytes = () => undefined,
): AsyncIterable<Uint8Array> {
  if (file === '-') return io.stdin;
  if (!existsSync(file) || statSync(file).isDirectory())
    throw new WrongUsage(`there is no file ${file}`);
  return bytesOf(file, onBytes);
}

/** Tells how far it is where the size is known. */
async function* bytesOf(file: string, onBytes: OnBytes): AsyncGenerator<Uint8Array> {
  const { size } = statSync(file);
  let read = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
    yield chunk;
    read += chunk.length;
    if (size > 0) onBytes(read, size);
  }
}
