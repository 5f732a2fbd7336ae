import { hash } from 'node:crypto';
import * as oidc from 'openid-client';
import { LedgerRefusal, type Sentence } from '#domain';
import type { Access, Account } from '#accounts';
import { newSecret, stateOf } from '#accounts';
import { ISSUER } from '../access/sentences.js';

/** An issuer of OpenID Connect, as configured (docs/operating.md). */
export interface IssuerConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button says. */
  readonly name: string;
  /** How browsers reach this server, e.g. `https://ledger.example`; as the request says where it is left out. */
  readonly publicUrl?: string;
}

/** The one that is configured; the address has a name in it so that there can be more. */
const ID = 'sso';
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];
const TIMEOUT_SECONDS = 10;

const failed = (sentence: Sentence) => LedgerRefusal.of('login-failed', sentence);

/** Logins at an issuer: code flow with PKCE, state and nonce, bound to the browser that began it. */
export class Issuers {
  #client: Promise<oidc.Configuration> | undefined;

  constructor(
    private readonly access: Access,
    private readonly config: IssuerConfig | undefined,
  ) {}

  get list(): { id: string; name: string }[] {
    return this.config ? [{ id: ID, name: this.config.name }] : [];
  }

  /** How an account is bound to whom the issuer calls `subject`. Throws `unknown-issuer`. */
  identityOf(subject: string): { readonly issuer: string; readonly subjectHash: string } {
    const { issuer } = this.#configured(ID);
    if (subject === '' || subject.length > 255)
      throw LedgerRefusal.of('invalid-account', ISSUER.subjectLength());
    return { issuer, subjectHash: hash('sha256', `${issuer}\n${subject}`, 'hex') };
  }

  /** Where to send a browser to log in, and the secret that it keeps until it is back. */
  async begin(
    id: string,
    ownUrl: string,
    returnTo: string,
  ): Promise<{ readonly location: string; readonly secret: string }> {
    const { issuer } = this.#configured(id);
    const client = await this.#discovered();
    const secret = newSecret();
    const verifier = oidc.randomPKCECodeVerifier();
    const nonce = oidc.randomNonce();
    await this.access.expectLogin(secret, { issuer, verifier, nonce, returnTo });
    const location = oidc.buildAuthorizationUrl(client, {
      redirect_uri: this.#redirectUri(id, ownUrl),
      scope: 'openid',
      state: stateOf(secret),
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { location: location.href, secret };
  }

  /**
   * Who is back from the issuer, and where they wanted to go. `query` is that of the call back. Throws
   * `login-failed` for whatever does not hold.
   */
  async finish(
    id: string,
    ownUrl: string,
    query: string,
    secret: string | undefined,
  ): Promise<{ readonly account: Account; readonly returnTo: string }> {
    const { issuer } = this.#configured(id);
    // taken at once: a second call back with the same cookie finds nothing
    const pending = secret === undefined ? undefined : await this.access.takeExpectedLogin(secret);
    if (secret === undefined || pending?.issuer !== issuer) throw failed(ISSUER.notBegun());
    const subject = await this.#subjectOf(new URL(`${this.#redirectUri(id, ownUrl)}?${query}`), {
      pkceCodeVerifier: pending.verifier,
      expectedNonce: pending.nonce,
      expectedState: stateOf(secret),
    });
    const { subjectHash } = this.identityOf(subject);
    const account = (await this.access.accounts.current()).byIdentity(issuer, subjectHash);
    if (!account || account.disabled) throw failed(ISSUER.unbound());
    return { account, returnTo: pending.returnTo };
  }

  async #subjectOf(url: URL, checks: oidc.AuthorizationCodeGrantChecks): Promise<string> {
    try {
      const tokens = await oidc.authorizationCodeGrant(await this.#discovered(), url, {
        ...checks,
        idTokenExpected: true,
      });
      return tokens.claims()!.sub;
    } catch (error) {
      // what the issuer says is the issuer's business: the browser is told no more than that it failed
      throw failed(ISSUER.notVouched({ fault: (error as Error).name }));
    }
  }

  #redirectUri(id: string, ownUrl: string): string {
    return `${this.config?.publicUrl ?? ownUrl}/api/v1/session/oidc/${id}/callback`;
  }

  #configured(id: string): IssuerConfig {
    if (!this.config || id !== ID) throw LedgerRefusal.of('unknown-issuer', ISSUER.unknown({ id }));
    return this.config;
  }

  /** What the issuer says of itself; asked again where it could not be had. */
  async #discovered(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.config!;
    this.#client ??= oidc
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: TIMEOUT_SECONDS,
        execute: [
          // signatures are checked although the token comes from the issuer itself
          oidc.enableNonRepudiationChecks,
          ...(isLoopback(issuer) ? [oidc.allowInsecureRequests] : []),
        ],
      })
      .catch((error: unknown) => {
        this.#client = undefined;
        throw failed(ISSUER.unreachable({ fault: (error as Error).name }));
      });
    return this.#client;
  }
}

/** Without TLS an issuer is believed only where it is on this machine. */
const isLoopback = (issuer: string): boolean => LOOPBACK.includes(new URL(issuer).hostname);
