import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LedgerRefusal } from '#domain';
import type { Access, AccessEntry, Authenticated } from '#accounts';
import { cookieOf, SESSION_COOKIE } from './cookie.js';
import { DUTIES } from './duties.js';
import { judge, needsAccounts, rolesOf, type Place } from './judge.js';
import type { RoutePolicy } from './policy.js';
import { Principal, setPrincipal } from './principal.js';
import { isSafe, mustBeSameOrigin, mustHaveCsrfToken } from './same-origin.js';
import { ACCESS } from './sentences.js';

export interface GuardedRoute {
  readonly methods: readonly string[];
  readonly url: string;
  readonly policy: RoutePolicy;
}

/** Set by a page where nobody has touched keyboard or pointer for a while. */
const UNATTENDED = 'fiscal-unattended';

/**
 * Stands before every route, before its body is read: who asks, may they, and is it their own page that asks.
 * Denials, and reads of names of persons, are in the access log before they are answered.
 */
export class Gate {
  /** Every route that has a policy. */
  readonly routes: GuardedRoute[] = [];

  constructor(private readonly access: Access) {}

  /** To be called before any route is added. A route below /api without a policy is refused. */
  guard(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ method, url, config }) => {
      const policy = config?.policy;
      if (policy) this.routes.push({ methods: [method].flat(), url, policy });
      else if (/^\/(api|health|metrics)(\/|$)/.test(url))
        throw new TypeError(`the route ${url} has no policy: say whose duty it is (@Policy)`);
    });
    fastify.addHook('onRequest', (request) => this.#admit(request));
    fastify.addHook('preHandler', (request) => this.#admitBody(request));
  }

  /**
   * Who asks, as of now, by token or session; undefined for nobody. What a page asks for while nobody is at it
   * does not make the session last.
   */
  authenticate(
    request: FastifyRequest,
    use: { readonly seen?: boolean } = { seen: request.headers[UNATTENDED] === undefined },
  ): Promise<Authenticated | undefined> {
    const { authorization } = request.headers;
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    if (authorization !== undefined)
      return token === undefined ? Promise.resolve(undefined) : this.access.sessions.byToken(token);
    const secret = cookieOf(request, SESSION_COOKIE);
    return secret === undefined
      ? Promise.resolve(undefined)
      : this.access.sessions.bySession(secret, use);
  }

  /**
   * For answers that go on for long: whether this request would still be admitted. Answers who asks as of now
   * (`open` where there are no accounts), undefined where the answer must end.
   */
  async recheck(request: FastifyRequest): Promise<Principal | 'open' | undefined> {
    if (await this.access.isOpen()) return 'open';
    // a page that only listens is no person at work: its session ends idle
    const who = await this.authenticate(request, { seen: false });
    const policy = request.routeOptions.config.policy;
    if (!who || !policy || who.session?.limited) return undefined;
    if (judge(policy.duty, who.grants, placeOf(request))) return undefined;
    return principalFrom(who);
  }

  async #admit(request: FastifyRequest): Promise<void> {
    const { policy } = request.routeOptions.config;
    if (policy === undefined) return; // the files of the app, and addresses where there is nothing
    // whoever asks: so that health is told also while the store, which has the accounts, does not answer
    if (DUTIES[policy.duty].roles === 'anyone' && isSafe(request)) return;
    if (await this.access.isOpen()) {
      if (needsAccounts(policy.duty)) throw notAuthenticated(ACCESS.noAccountYet());
      return;
    }
    let who: Authenticated | undefined;
    try {
      if (DUTIES[policy.duty].roles === 'anyone') {
        mustBeSameOrigin(request);
        return;
      }
      who = await this.authenticate(request);
      const refusal = refusalOf(policy, who, request);
      if (refusal) throw refusal;
    } catch (error) {
      await this.#denied(request, who, error);
      throw error;
    }
    const principal = principalFrom(who!);
    setPrincipal(request, principal);
    const params = request.params as Record<string, string>;
    const { unit } = params;
    if (policy.personalData(params) && (unit === undefined || principal.seesNames(unit)))
      await this.log(request, who, 'allowed', 'read with names of persons');
  }

  /** The unit that a body names, which could not be looked at before. */
  async #admitBody(request: FastifyRequest): Promise<void> {
    const { policy } = request.routeOptions.config;
    if (policy === undefined || DUTIES[policy.duty].unit !== 'body') return;
    if (await this.access.isOpen()) return;
    const who = await this.authenticate(request);
    const { unit, fiscalYear } = (request.body ?? {}) as { unit?: unknown; fiscalYear?: unknown };
    const refusal = who
      ? judge(policy.duty, who.grants, { unit: String(unit), year: String(fiscalYear) })
      : notAuthenticated();
    if (!refusal) return;
    await this.#denied(request, who, refusal);
    throw refusal;
  }

  async #denied(
    request: FastifyRequest,
    who: Authenticated | undefined,
    error: unknown,
  ): Promise<void> {
    if (error instanceof LedgerRefusal) await this.log(request, who, 'denied', error.error.code);
  }

  /** Writes a line of the access log about a request. */
  log(
    request: FastifyRequest,
    who: Pick<Authenticated, 'account' | 'grants'> | undefined,
    outcome: AccessEntry['outcome'],
    reason: string,
  ): Promise<void> {
    return this.access.log.record({
      account: who?.account.id ?? null,
      person: who?.account.person ?? null,
      roles: rolesOf(who?.grants ?? []),
      method: request.method,
      route: request.routeOptions.url ?? '',
      target: targetOf(request),
      outcome,
      reason,
      remote: request.ip,
    });
  }
}

const LONGEST_TARGET = 1000;

/** What was asked for, without the question, which may have anything in it. */
const targetOf = ({ url }: FastifyRequest): string =>
  url.split('?')[0]!.slice(0, LONGEST_TARGET).toWellFormed();

const notAuthenticated = (sentence = ACCESS.logInFirst()) =>
  LedgerRefusal.of('not-authenticated', sentence);

function refusalOf(
  { duty }: RoutePolicy,
  who: Authenticated | undefined,
  request: FastifyRequest,
): LedgerRefusal | undefined {
  if (!who) return notAuthenticated();
  if (who.session) {
    mustBeSameOrigin(request);
    mustHaveCsrfToken(request, who.session);
    if (who.session.limited && duty !== 'session')
      return LedgerRefusal.of('password-change-required', ACCESS.passwordGivenOut());
  }
  // of a token a session's own routes make no sense
  else if (duty === 'session') return notAuthenticated(ACCESS.needsSession());
  // the unit of a body is looked at once the body is read
  return DUTIES[duty].unit === 'body' ? undefined : judge(duty, who.grants, placeOf(request));
}

function placeOf({ params }: FastifyRequest): Place | undefined {
  const { unit, year } = params as { unit?: string; year?: string };
  return unit === undefined ? undefined : { unit, year: year ?? '' };
}

const principalFrom = ({ account, grants }: Authenticated): Principal =>
  new Principal(account.id, account.person, grants);
