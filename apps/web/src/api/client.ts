import createClient, { type Middleware } from 'openapi-fetch';
import { HTML_LANGUAGE, languageOf } from '../app/i18n.js';
import { problemOf, ProblemError, Unreachable } from './problem.js';
import type { paths } from './schema.js';

const READS = ['GET', 'HEAD'];

/** What the server knows this page by; empty until a session is there. */
let csrf = '';
/** The log's length after this page's last write: reads wait until they see it. */
let position = 0;
let onSignedOut = () => {};

/** Takes the token that every write of this session carries; none after signing out. */
export const holdToken = (token = '') => void (csrf = token);

/** Who hears that the session has ended (by time, by an administrator), at whatever request that shows. */
export const whenSignedOut = (then: () => void) => void (onSignedOut = then);

/** Without keyboard or pointer for this long, what the page asks for by itself is no sign of a person. */
const UNATTENDED_AFTER_MS = 60_000;
let touchedAt = performance.now();
for (const input of ['keydown', 'pointerdown', 'pointermove', 'wheel'])
  globalThis.addEventListener?.(input, () => void (touchedAt = performance.now()), {
    capture: true,
    passive: true,
  });

const headers: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', HTML_LANGUAGE[languageOf()]);
    if (performance.now() - touchedAt > UNATTENDED_AFTER_MS)
      request.headers.set('Fiscal-Unattended', '1');
    if (!READS.includes(request.method)) request.headers.set('X-CSRF-Token', csrf);
    else if (position > 0) request.headers.set('Ledger-Position', String(position));
    return request;
  },
  async onResponse({ response }) {
    position = Math.max(position, Number(response.headers.get('Ledger-Position') ?? 0));
    if (response.ok) return;
    const problem = await problemOf(response);
    if (problem.code === 'not-authenticated') onSignedOut();
    throw problem;
  },
  onError: ({ error }) => new Unreachable('', { cause: error }),
};

/** The API; an answer that is a refusal is thrown as a ProblemError. */
export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  credentials: 'same-origin',
});
api.use(headers);

/** What an answer holds; `openapi-fetch` types it as possibly absent, because it also stands for failures. */
export async function answer<T>(asked: Promise<{ data?: T }>): Promise<T> {
  const { data } = await asked;
  return data as T;
}

/** The header under which a posting may be sent again without being recorded twice. */
export const keyed = (id: string) => ({ 'Idempotency-Key': id });

export { ProblemError };
