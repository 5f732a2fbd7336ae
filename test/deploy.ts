import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const ROOT = join(import.meta.dirname, '..');
export const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** A mount: a named volume, or a file or directory of the repository. */
interface Mount {
  readonly kind: 'volume' | 'bind';
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** What the checks ask of a service; what a compose file may say beyond that they do not read. */
export interface Service {
  readonly name: string;
  readonly image?: string;
  readonly build?: string;
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly cpus?: number;
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly logging?: { readonly options?: Readonly<Record<string, string>> };
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly ports?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  readonly networks: readonly string[];
  readonly dependsOn: Readonly<Record<string, { readonly condition: string }>>;
}

interface Compose {
  readonly text: string;
  readonly services: readonly Service[];
  readonly volumes: readonly string[];
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
}

type Raw = Record<string, unknown>;

function mountOf(raw: string | Raw): Mount {
  if (typeof raw === 'string') {
    const [source = '', target = '', mode] = raw.split(':');
    return { kind: 'volume', source, target, readOnly: mode === 'ro' };
  }
  const { type, source, target, read_only } = raw as Record<string, string> & Raw;
  return { kind: type as Mount['kind'], source: source!, target: target!, readOnly: !!read_only };
}

function serviceOf(name: string, raw: Raw): Service {
  const networks = (raw['networks'] ?? []) as string[] | Raw;
  return {
    ...(raw as unknown as Service),
    name,
    environment: (raw['environment'] ?? {}) as Service['environment'],
    mounts: ((raw['volumes'] ?? []) as (string | Raw)[]).map(mountOf),
    networks: Array.isArray(networks) ? networks : Object.keys(networks),
    dependsOn: (raw['depends_on'] ?? {}) as Service['dependsOn'],
  };
}

/** A compose file of the repository, anchors and merge keys followed. A key given twice is refused. */
export function composeOf(file: string): Compose {
  const text = textOf(file);
  const raw = parse(text, { merge: true, version: '1.2', strict: true }) as Record<string, Raw>;
  return {
    text,
    services: Object.entries(raw['services']!).map(([name, s]) => serviceOf(name, s as Raw)),
    volumes: Object.keys(raw['volumes'] ?? {}),
    networks: Object.fromEntries(
      Object.entries(raw['networks'] ?? {}).map(([name, n]) => [name, (n ?? {}) as Raw]),
    ),
  };
}

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The instructions of a Dockerfile, those over several lines joined, comments left out; a list for each stage. */
export function stagesOf(file: string): Instruction[][] {
  const lines = textOf(file)
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, name, text] = /^(\S+)\s+(.*)$/.exec(line)!;
    if (name === 'FROM') stages.push([]);
    stages.at(-1)!.push({ name: name!, text: text! });
  }
  return stages;
}
