import { expect } from '@jest/globals';
import { LEDGER_ERRORS, type LedgerErrorCode } from '#domain';
import type { Answer, Api } from './api.js';
import { BOOK, CLOSED, opening, POSTED, type Request } from './refusable.js';
import { CHINESE, englishIn } from './sentences.js';

/** What is said of files and keys on the command line only, or needs a store on a server, a broken read model or a thousand listeners. */
export const NOT_HERE: readonly LedgerErrorCode[] = [
  'append-too-large',
  'catching-up',
  'log-damaged',
  'migration-conflict',
  'no-signing-key',
  'projection-failed',
  'source-changed',
  'too-many-listeners',
  'unknown-event',
  'unknown-subject',
];

/** What only accounts and a second person are refused. */
export const OF_ACCOUNTS: readonly LedgerErrorCode[] = [
  'csrf',
  'duties-conflict',
  'forbidden',
  'four-eyes',
  'invalid-account',
  'invalid-password',
  'last-account-admin',
  'login-failed',
  'login-taken',
  'password-change-required',
  'proposal-changed',
  'proposal-not-open',
  'proposals-open',
  'setup-done',
  'too-many-attempts',
  'unknown-account',
  'unknown-token',
];
export const ZH = 'zh-CN,zh;q=0.9,en;q=0.8';
/** The code words that were held to both languages by these tests. */
export const seen = new Set<string>();

export type Asking = (path: string, init: RequestInit) => Promise<Answer>;

let keys = 0;
export function sent(ask: Asking, [method, path, body, headers]: Request, language: string) {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  return ask(path, {
    method,
    headers: {
      'accept-language': language,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(method !== 'GET' && { 'idempotency-key': `k${++keys}` }),
      ...headers,
    },
    ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
  });
}

/** The words of a text that stand neither in the request nor in the data: lists of what there is are data, and so is what the system itself says. */
function foreignIn(text: string, request: Request): readonly string[] {
  const known = `${JSON.stringify(request)} U P k clerk paid wrong allocated reserved reversed carryover more budget closed`;
  const lists = /[\w-]+(、[\w-]+)+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|p-[0-9a-f]{8}/g;
  const said = text.replace(/（系统信息：[^）]*）/g, '').replace(lists, '');
  return englishIn(said).filter((word) => !known.includes(word));
}

/** Asks in both languages: the same code, English as it ever was, and Chinese where Chinese is wanted. */
export async function heldToBoth(
  ask: Asking,
  code: LedgerErrorCode,
  request: Request,
): Promise<void> {
  const [english, chinese] = [await sent(ask, request, 'en-GB'), await sent(ask, request, ZH)];
  const { title } = LEDGER_ERRORS[code];
  expect([english.body.code, english.body.detail]).toEqual([code, expect.any(String)]);
  expect(chinese).toMatchObject({ status: english.status, body: { code, title: title.zh } });
  expect(english.body['title']).toBe(title.en);
  expect(english.body.detail).not.toBe(chinese.body.detail);
  const places = (chinese.body['errors'] ?? []) as readonly { readonly message: string }[];
  for (const text of [chinese.body.detail!, ...places.map((p) => p.message)]) {
    expect(text).toMatch(CHINESE);
    expect([text, foreignIn(text, request)]).toEqual([text, []]);
  }
  for (const [answer, language] of [
    [english, 'en'],
    [chinese, 'zh-CN'],
  ] as const) {
    expect(answer.headers.get('content-language')).toBe(language);
    expect(answer.headers.get('vary')).toContain('Accept-Language');
  }
  seen.add(code);
}

export async function aYear(api: Api): Promise<void> {
  const both = { 'x-approved-by': 'reviewer' };
  for (const [path, key, body] of [
    ['/api/v1/books', 'before', { ...opening, fiscalYear: 2023, date: '2023-01-05' }],
    [`${CLOSED}/closing`, 'closed', { date: '2023-12-31', reason: '结账', carryover: [] }],
    ['/api/v1/books', 'book', opening],
    ['/api/v1/books', 'next', { ...opening, fiscalYear: 2025, date: '2025-01-05' }],
    ['/api/v1/books/U-1/2025/projects', 'next-project', { ...POSTED[0]![2], date: '2025-01-05' }],
    ...POSTED.map(([segment, id, posting]) => [`${BOOK}/${segment}`, id, posting] as const),
  ] as const) {
    const answer = await api.post(path, key, body, both);
    if (answer.status !== 201) throw new Error(`${key}: ${answer.text}`);
  }
}
