import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Provider from 'oidc-provider';
import { Api, type Answer } from './api.js';
import { cookieIn, PASSWORD, Person } from './office.js';

const SUBJECT = 'zhang-at-the-issuer';
const CLIENT = { clientId: 'fiscal', clientSecret: 'a secret that only both of them know' };
const LOGIN = '/api/v1/session/oidc/sso/login?returnTo=/books';

const listening = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });

/** A server with an account that is bound to the subject. */
async function ledgerWith(issuer: string): Promise<Api> {
  const api = await Api.start({ issuer: { ...CLIENT, issuer, name: '统一身份' } });
  const by = api.access.by('setup');
  await api.access.open({ login: 'someone.else', name: '别人' }, PASSWORD, by);
  const { account } = await api.access.open({ login: 'zhang.min', name: '张敏' }, PASSWORD, by);
  const { status } = await bind(api, account.id);
  expect(status).toBe(201);
  return api;
}

/** The administrator binds the account to the issuer's subject. */
async function bind(api: Api, id: string): Promise<Answer> {
  const admin = await Person.as(api, 'account-admin');
  return admin.send('POST', `/api/v1/accounts/${id}/identities`, { subject: SUBJECT });
}

/** What a browser keeps: cookies by origin, redirects followed until there is none. */
class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async get(address: string): Promise<Response> {
    const { origin } = new URL(address);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Answers every address that it was sent to, the last one not asked for. */
  async follow(address: string, until: string): Promise<string[]> {
    const visited: string[] = [];
    for (let next = address; visited.length < 20;) {
      const location = (await this.get(next)).headers.get('location');
      if (location === null) break;
      next = new URL(location, next).href;
      visited.push(next);
      if (next.startsWith(until)) break;
    }
    return visited;
  }

  cookie(address: string, name: string): string | undefined {
    return this.#cookies.get(new URL(address).origin)?.get(name);
  }
}

describe('with a real issuer', () => {
  let api: Api;
  let server: Server;
  beforeAll(async () => {
    let answer: (...args: Parameters<ReturnType<Provider['callback']>>) => unknown = () =>
      undefined;
    server = createServer((request, response) => void answer(request, response));
    const issuer = await listening(server);
    api = await ledgerWith(issuer);
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.clientId,
          client_secret: CLIENT.clientSecret,
          redirect_uris: [`${api.url}/api/v1/session/oidc/sso/callback`],
        },
      ],
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
      loadExistingGrant: async ({ oidc }) => {
        const { Grant } = oidc.provider;
        const grant = new Grant({ clientId: CLIENT.clientId, accountId: oidc.session!.accountId! });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
    });
    const callback = provider.callback();
    answer = (request, response) =>
      request.url?.startsWith('/interaction/')
        ? provider.interactionFinished(request, response, { login: { accountId: SUBJECT } })
        : callback(request, response);
  });
  afterAll(async () => {
    await api.stop();
    server.closeAllConnections();
    server.close();
  });

  it('offers it by name', async () => {
    const { body } = await api.ask('/api/v1/session/oidc');
    expect(body).toEqual({ issuers: [{ id: 'sso', name: '统一身份' }] });
  });

  it('logs in who is bound to an account, and goes where they wanted to', async () => {
    const browser = new Browser();
    const visited = await browser.follow(api.url + LOGIN, `${api.url}/books`);
    expect(visited.at(-1)).toBe(`${api.url}/books`);
    expect(new URL(visited[0]!).searchParams.get('code_challenge_method')).toBe('S256');
    const session = await (await browser.get(`${api.url}/api/v1/session`)).json();
    expect(session).toMatchObject({ login: 'zhang.min', name: '张敏' });
  });

  it('takes a call back once, and from the browser that began the login only', async () => {
    const [browser, thief] = [new Browser(), new Browser()];
    const callback = `${api.url}/api/v1/session/oidc/sso/callback`;
    const visited = await browser.follow(api.url + LOGIN, callback);
    await thief.follow(api.url + LOGIN, callback);
    const refused = async (who: Browser) => {
      const answer = await who.get(visited.at(-1)!);
      expect(answer.headers.get('location')).toBe('/login?error=login-failed');
      expect(who.cookie(api.url, '__Host-fiscal-session')).toBeUndefined();
    };
    await refused(thief);
    const answer = await browser.get(visited.at(-1)!);
    expect(answer.headers.get('location')).toBe('/books');
    const again = new Browser();
    await refused(again);
    // the same browser, which has its session already, gets no other one
    const before = browser.cookie(api.url, '__Host-fiscal-session');
    await browser.get(visited.at(-1)!);
    expect(browser.cookie(api.url, '__Host-fiscal-session')).toBe(before);
  });
});

describe('with an issuer that sends what it should not', () => {
  const right = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  let issuer: string;
  let server: Server;
  let api: Api;
  let idToken = '';
  beforeAll(async () => {
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', issuer);
      const jwk = createPublicKey(right).export({ format: 'jwk' });
      const answers: Readonly<Record<string, object>> = {
        '/.well-known/openid-configuration': {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
        },
        '/jwks': { keys: [{ ...jwk, kid: 'k', alg: 'RS256', use: 'sig' }] },
        '/token': { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: idToken },
      };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answers[pathname] ?? {}));
    });
    issuer = await listening(server);
    api = await ledgerWith(issuer);
  });
  afterAll(async () => {
    await api.stop();
    server.closeAllConnections();
    server.close();
  });

  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = (claims: object, header: object, signature: (text: string) => string): string => {
    const text = `${part(header)}.${part(claims)}`;
    return `${text}.${signature(text)}`;
  };
  const rs256 = (key: KeyObject) => (text: string) =>
    sign('sha256', Buffer.from(text), key).toString('base64url');
  const RS256 = { alg: 'RS256', kid: 'k' };

  interface Attempt {
    readonly claims?: object;
    readonly header?: object;
    readonly signature?: (text: string) => string;
    readonly state?: string;
    readonly returnTo?: string;
  }

  /** A login at this issuer that comes back with a token as given; the answer to the call back. */
  async function comeBack({
    claims,
    header = RS256,
    signature = rs256(right),
    state,
    returnTo = '/books',
  }: Attempt): Promise<Answer> {
    const login = `/api/v1/session/oidc/sso/login?returnTo=${encodeURIComponent(returnTo)}`;
    const begun = await api.ask(login, { redirect: 'manual' });
    const asked = new URL(begun.headers.get('location')!).searchParams;
    const seconds = Math.floor(Date.now() / 1000);
    const good = {
      iss: issuer,
      aud: CLIENT.clientId,
      sub: SUBJECT,
      nonce: asked.get('nonce'),
      iat: seconds,
      exp: seconds + 60,
    };
    idToken = signed({ ...good, ...claims }, header, signature);
    const query = new URLSearchParams({ code: 'c', state: state ?? asked.get('state')! });
    return api.ask(`/api/v1/session/oidc/sso/callback?${String(query)}`, {
      redirect: 'manual',
      headers: { cookie: begun.headers.getSetCookie()[0]!.split(';')[0]! },
    });
  }

  const isLoggedIn = async (attempt: Attempt): Promise<boolean> =>
    cookieIn(await comeBack(attempt)) !== '';

  it('takes a token that is right', async () => {
    expect(await isLoggedIn({})).toBe(true);
  });

  const past = Math.floor(Date.now() / 1000) - 7200;
  const forgeries: readonly (readonly [string, Attempt])[] = [
    ['alg none', { header: { alg: 'none' }, signature: () => '' }],
    ['alg None', { header: { alg: 'None', kid: 'k' }, signature: () => '' }],
    [
      'the secret of both as the key',
      {
        header: { alg: 'HS256' },
        signature: (t) => createHmac('sha256', CLIENT.clientSecret).update(t).digest('base64url'),
      },
    ],
    [
      'the public key as a secret',
      {
        header: { alg: 'HS256' },
        signature: (t) =>
          createHmac('sha256', createPublicKey(right).export({ format: 'pem', type: 'spki' }))
            .update(t)
            .digest('base64url'),
      },
    ],
    ['another key', { signature: rs256(other) }],
    ['no signature', { signature: () => '' }],
    ['another audience', { claims: { aud: 'another-client' } }],
    ['audiences without a party', { claims: { aud: ['another', 'third'] } }],
    ['another issuer', { claims: { iss: 'https://issuer.example' } }],
    ['another nonce', { claims: { nonce: 'n' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['a time that is over', { claims: { iat: past, exp: past + 60 } }],
    ['another state', { state: 's' }],
    ['a subject that nobody is bound to', { claims: { sub: 'somebody' } }],
  ];
  it.each(forgeries)('takes no token with %s', async (_, forged) => {
    expect(await isLoggedIn(forged)).toBe(false);
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'x'])(
    'does not lead to %s after the login',
    async (returnTo) => {
      expect((await comeBack({ returnTo })).headers.get('location')).toBe('/');
    },
  );

  it('does not know an issuer that is not configured', async () => {
    const answer = await api.ask('/api/v1/session/oidc/other/login');
    expect(answer).toMatchObject({ status: 404, body: { code: 'unknown-issuer' } });
  });
});
