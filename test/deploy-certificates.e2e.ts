import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from './deploy.js';

const OPENSSL = 'openssl';
const withOpenssl = spawnSync(OPENSSL, ['version']).status === 0 ? describe : describe.skip;

withOpenssl('deploy/certificates.sh', () => {
  const NODES = ['kurrentdb-1', 'kurrentdb-2'];
  const directory = mkdtempSync(join(tmpdir(), 'certificates-'));
  const at = (...path: string[]) => join(directory, ...path);
  const read = (...path: string[]) => readFileSync(at(...path));
  const run = () =>
    execFileSync('sh', [join(ROOT, 'deploy/certificates.sh'), ...NODES], {
      encoding: 'utf8',
      env: {
        ...process.env,
        AUTHORITY: at('authority'),
        TRUST: at('trust'),
        NODES: at('nodes'),
        OWNER: `${process.getuid!()}`,
      },
    });
  const files = () =>
    NODES.flatMap((node) => [read('nodes', node, 'node.key'), read('nodes', node, 'node.crt')]);

  beforeAll(() => {
    for (const name of ['authority', 'trust', 'nodes']) mkdirSync(at(name));
    run();
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each(NODES)('gives %s a certificate for its names and both ends of TLS', (node) => {
    const certificate = new X509Certificate(read('nodes', node, 'node.crt'));
    expect(certificate.verify(new X509Certificate(read('trust', 'ca.crt')).publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(read('nodes', node, 'node.key')))).toBe(
      true,
    );
    for (const name of [node, 'kurrentdb', 'localhost'])
      expect(certificate.checkHost(name)).toBe(name);
    expect(certificate.checkHost('kurrentdb-9')).toBeUndefined();
    expect(certificate.subject).toBe('CN=kurrentdb-node');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(certificate.ca).toBe(false);
  });

  it('lets nodes know each other by it', async () => {
    const own = (node: string) => ({
      key: read('nodes', node, 'node.key'),
      cert: read('nodes', node, 'node.crt'),
      ca: read('trust', 'ca.crt'),
    });
    const server = createServer(
      { ...own(NODES[0]!), requestCert: true },
      (socket) => void socket.end(String(socket.getPeerCertificate().subjectaltname)),
    ).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const socket = connect({ port, ...own(NODES[1]!), servername: 'kurrentdb' });
    let heard = '';
    for await (const chunk of socket) heard += String(chunk);
    server.close();
    expect(heard).toContain(`DNS:${NODES[1]}`);
  });

  it('keeps keys from others, and the key of the authority from where its certificate lies', () => {
    const mode = (...path: string[]) => statSync(at(...path)).mode & 0o777;
    expect(mode('authority', 'ca.key')).toBe(0o600);
    for (const node of NODES) expect(mode('nodes', node, 'node.key')).toBe(0o600);
    expect(mode('trust', 'ca.crt')).toBe(0o644);
    expect(() => read('trust', 'ca.key')).toThrow('ENOENT');
  });

  it('changes nothing when it is run again', () => {
    const before = files();
    expect(run()).toBe('');
    expect(files()).toEqual(before);
  });

  it('renews a certificate that ends soon, and no other', () => {
    const [first, second] = NODES as [string, string];
    const [ofFirst, ofSecond] = [
      read('nodes', first, 'node.crt'),
      read('nodes', second, 'node.crt'),
    ];
    const request = ['-key', at('nodes', first, 'node.key'), '-subj', '/CN=kurrentdb-node'];
    const signed = ['-CA', at('authority/ca.crt'), '-CAkey', at('authority/ca.key')];
    writeFileSync(at('csr'), execFileSync(OPENSSL, ['req', '-new', ...request]));
    const soon = ['x509', '-req', '-in', at('csr'), ...signed, '-set_serial', '7', '-days', '59'];
    writeFileSync(
      at('nodes', first, 'node.crt'),
      execFileSync(OPENSSL, soon, { stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    expect(run()).toBe(`certificates: made one for ${first}\n`);
    const renewed = new X509Certificate(read('nodes', first, 'node.crt'));
    expect(renewed.checkHost(first)).toBe(first);
    expect(renewed.raw).not.toEqual(new X509Certificate(ofFirst).raw);
    expect(read('nodes', second, 'node.crt')).toEqual(ofSecond);
  });
});
