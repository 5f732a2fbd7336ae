import { randomUUID } from 'node:crypto';
import type { Grant, Role, Units } from '#domain';
import type { Account } from '#accounts';
import type { Answer, Api } from './api.js';

export const PASSWORD = 'correct horse battery';
const BY = { actor: 'setup', recordedAt: '2026-01-01T00:00:00.000Z' };

export const csrfIn = ({ body }: Answer): string => String(body['csrf']);

/** The session cookie that an answer sets, as a request sends it; '' where it sets none. */
export function cookieIn({ headers }: Answer): string {
  const set = headers.getSetCookie().find((c) => c.startsWith('__Host-fiscal-session='));
  const pair = set?.split(';')[0] ?? '';
  return pair.endsWith('=') ? '' : pair;
}

/** Somebody with an account, and what their browser sends. */
export class Person {
  private constructor(
    readonly api: Api,
    readonly account: Account,
    readonly cookie: string,
    readonly csrf: string,
  ) {}

  /** Opens an account with these duties and logs in. */
  static async with(api: Api, ...grants: readonly Grant[]): Promise<Person> {
    const login = `p-${randomUUID().slice(0, 8)}`;
    const given = { login, name: `姓名 ${login}`, grants };
    const { account } = await api.access.open(given, PASSWORD, BY);
    return Person.in(api, account);
  }

  static as(api: Api, role: Role, units: Units = '*'): Promise<Person> {
    return Person.with(api, { role, units });
  }

  static async in(api: Api, account: Account): Promise<Person> {
    const answer = await logIn(api, account.login, PASSWORD);
    if (answer.status !== 201) throw new Error(`${account.login} cannot log in: ${answer.text}`);
    return new Person(api, account, cookieIn(answer), csrfIn(answer));
  }

  get headers(): Record<string, string> {
    return { cookie: this.cookie, 'x-csrf-token': this.csrf };
  }

  ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = { ...this.headers, ...(init.headers as Record<string, string>) };
    return this.api.ask(path, { ...init, headers });
  }

  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    return this.ask(path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        'idempotency-key': randomUUID(),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}

export const logIn = (
  api: Api,
  login: string,
  password: string,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  api.ask('/api/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ login, password }),
  });
