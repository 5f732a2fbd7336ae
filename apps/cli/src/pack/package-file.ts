import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of this package by its path from the root, whether this runs compiled or as it is written. */
export function packageFile(path: string): string {
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory);
  return join(directory, path);
}
