import { readFileSync } from 'node:fs';
import type { IssuerConfig } from './session/issuers.js';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Thrown where the configuration cannot be meant; the server does not start. */
class WrongConfiguration extends Error {}

type Env = Readonly<Record<string, string | undefined>>;

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly isLoopback: boolean;
  /** The file of the key that signs checkpoints. */
  readonly signingKey: string | undefined;
  readonly trustProxy: readonly string[] | undefined;
  /** How browsers reach the server, without a slash at its end. */
  readonly publicUrl: string | undefined;
  readonly issuer: IssuerConfig | undefined;
}

/** Reads the variables of docs/operating.md. Throws WrongConfiguration. */
export function readConfig(env: Env): Config {
  const host = env['HOST'] || '127.0.0.1';
  const publicUrl = urlOf('FISCAL_PUBLIC_URL', env['FISCAL_PUBLIC_URL'])?.origin;
  return {
    port: portOf(env['PORT'] || '3000'),
    host,
    isLoopback: LOOPBACK.includes(host),
    signingKey: env['FISCAL_SIGNING_KEY'] || undefined,
    trustProxy: proxiesOf(env['FISCAL_TRUST_PROXY']),
    publicUrl,
    issuer: issuerOf(env, publicUrl),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new WrongConfiguration(
    `PORT must be a number from 0 to 65535, not ${JSON.stringify(text)}`,
  );
}

/** A list of addresses and networks: to believe everybody would let anybody name their own address. */
function proxiesOf(text: string | undefined): readonly string[] | undefined {
  if (!text) return undefined;
  const proxies = text.split(',').map((proxy) => proxy.trim());
  const wrong = proxies.find((proxy) => !/^[\da-f:.]+(\/\d{1,3})?$/i.test(proxy));
  if (wrong === undefined) return proxies;
  throw new WrongConfiguration(
    `FISCAL_TRUST_PROXY takes addresses or networks like 10.0.0.0/8, not ${JSON.stringify(wrong)}`,
  );
}

function issuerOf(env: Env, publicUrl: string | undefined): IssuerConfig | undefined {
  const url = urlOf('FISCAL_OIDC_ISSUER', env['FISCAL_OIDC_ISSUER']);
  if (!url) return undefined;
  const [clientId, file] = [env['FISCAL_OIDC_CLIENT_ID'], env['FISCAL_OIDC_CLIENT_SECRET_FILE']];
  if (!clientId || !file)
    throw new WrongConfiguration(
      'FISCAL_OIDC_ISSUER needs FISCAL_OIDC_CLIENT_ID and FISCAL_OIDC_CLIENT_SECRET_FILE',
    );
  return {
    issuer: env['FISCAL_OIDC_ISSUER']!,
    clientId,
    clientSecret: secretIn(file),
    name: env['FISCAL_OIDC_NAME'] || url.host,
    ...(publicUrl !== undefined && { publicUrl }),
  };
}

function secretIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw new WrongConfiguration(`FISCAL_OIDC_CLIENT_SECRET_FILE: ${(error as Error).message}`);
  }
}

/** Secrets travel over TLS, or not at all beyond this machine. */
function urlOf(name: string, text: string | undefined): URL | undefined {
  if (!text) return undefined;
  const url = URL.parse(text);
  const isLocal = url !== null && LOOPBACK.includes(url.hostname.replace(/^\[|\]$/g, ''));
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) return url;
  throw new WrongConfiguration(`${name} must be an https address, not ${JSON.stringify(text)}`);
}
