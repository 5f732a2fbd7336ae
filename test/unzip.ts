import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** Enough of a zip reader for a test: the central directory, stored and deflated entries. */
export function unzip(zip: Buffer, into: string): void {
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((o) => zip.readUInt16LE(at + o)) as [
      number,
      number,
      number,
    ];
    const path = join(into, zip.toString('utf8', at + 46, at + 46 + name));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + size);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, method === 8 ? inflateRawSync(bytes) : bytes);
    at += 46 + name + extra + comment;
  }
}
