// 12. Everything that is no valid request, to every route of the OpenAPI document, while the valid requests
// around it are accepted.
// Seen to fail with: the amount pattern without its end ("1.000" is taken), and with: JSON.parse in the place
// of the strict parser (a key twice is taken).
import { join } from 'node:path';
import { noBodies, wrongBodies } from './fuzz-bodies.mjs';
import { validPostings } from './fuzz-commands.mjs';
import { OTHER_METHODS, wrongHeaders, wrongPlaces, wrongQuestions } from './fuzz-questions.mjs';
import { signInAll, wrongPages, wrongSessions } from './fuzz-signed-in.mjs';
import { ask, endWithin, scratch, serve } from './toolbox.mjs';

const AT_ONCE = 16;
/** How much of what could be sent is: of the bodies that are nearly valid there are very many. */
const QUICK = { bodies: 0.03, others: 0.03 };
const LONG = { bodies: 0.5, others: 1 };
const MOST_MS = 2000;
const MOST_ANSWER = 100_000;
const SHOWN = 120;

/** Everything in its body may be left out, so that an empty one is a good question. */
const takesNothing = (path, body) =>
  path.endsWith('/closing-rehearsal') && String(body).trim() === '{}';

class Fuzz {
  requests = 0;
  failures = [];
  wrongAccepts = [];
  unanswered = [];
  /** Headers of who is logged in, one of whom asks each time; none as long as there are no accounts. */
  askers = [];
  #keys = 0;

  constructor(url, random, share) {
    this.url = url;
    this.random = random;
    this.share = share;
  }

  /** Sends them, or a random share, and notes what must not come back. */
  async send(requests, share = this.share.others) {
    const chosen = requests.filter(() => this.random.chance(share)).values();
    const lane = async () => {
      for (const request of chosen) await this.#one(request);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  }

  async #one(request) {
    const { path, method = 'GET', body, headers = {}, refused = true, mayBreak = false } = request;
    const key = method === 'POST' ? { 'idempotency-key': `f-${this.#keys++}` } : {};
    const { status, text } = await ask(this.url + path, {
      method,
      body,
      headers: { ...key, ...this.#whoAsks(method, request), ...headers },
    });
    this.requests++;
    const said = `${method} ${path.slice(0, SHOWN)} ${JSON.stringify(headers)} ${String(body).slice(0, 2 * SHOWN)}: ${status} ${text.slice(0, SHOWN)}`;
    if (status >= 500) this.failures.push(said);
    else if (status === 0 && !mayBreak) this.unanswered.push(said);
    else if (refused && !takesNothing(path, body) && status >= 200 && status < 400)
      this.wrongAccepts.push(said);
  }

  #whoAsks(method, { anonymous = false }) {
    if (anonymous) return {};
    if (this.askers.length > 0) return this.random.pick(this.askers);
    return method === 'POST' ? { 'x-actor': 'torture' } : {};
  }
}

/** The valid postings one after the other, before each all that is nearly it. */
async function fuzzPostings(fuzz, accepted) {
  const headersTried = new Set();
  for (const { id, headers: people, path, body } of validPostings()) {
    const post = { path, method: 'POST', headers: people };
    await fuzz.send(
      [...wrongBodies(body)].map((text) => ({ ...post, body: text })),
      fuzz.share.bodies,
    );
    if (!headersTried.has(path)) {
      headersTried.add(path);
      const text = JSON.stringify(body);
      await fuzz.send(
        wrongHeaders.map((wrong) => ({ ...post, body: text, headers: { ...people, ...wrong } })),
      );
      if (path !== '/api/v1/books')
        await fuzz.send(wrongPlaces(path).map((place) => ({ ...post, path: place, body: text })));
    }
    const request = { method: 'POST', key: id, body: JSON.stringify(body), headers: people };
    const { status, text } = await ask(fuzz.url + path, request);
    if (status !== 201) accepted.refused.push(`${path} ${id}: ${status} ${text}`);
    accepted.paths.add(path);
  }
}

async function fuzzRoutes(fuzz, paths) {
  let routes = 0;
  const bodies = noBodies();
  for (const [route, methods] of Object.entries(paths)) {
    for (const [method, { parameters = [] }] of Object.entries(methods)) {
      routes++;
      if (method === 'get') await fuzz.send([...wrongQuestions(route, parameters)]);
      else if (method !== 'delete') {
        const path = route.replace('{unit}', '430203-208001').replace('{year}', '2023');
        // of a body that is far too long the server need not read all before it answers and hangs up
        await fuzz.send(
          bodies.map((body) => ({
            path,
            method: method.toUpperCase(),
            body,
            mayBreak: body.length > 1 << 20,
          })),
        );
      }
    }
    const path = route.replace(/\{\w+\}/g, 'x');
    await fuzz.send(
      // logging out is what a DELETE of the session is for
      OTHER_METHODS.filter((method) => method !== 'DELETE' || !('delete' in methods)).map(
        (method) => ({
          path,
          method,
          body: /^P/.test(method) ? '{}' : undefined,
          refused: !['OPTIONS', 'HEAD'].includes(method),
        }),
      ),
    );
  }
  return routes;
}

/** One body below the limit of size must not hold the server up, nor be answered with far more than it was. */
async function costOf(url, wrong) {
  const bodies = {
    'empty lines': `{"lines":[${'{},'.repeat(300_000)}{}]}`,
    'unknown fields': `{${Array.from({ length: 80_000 }, (_, i) => `"k${i}":1`).join(',')}}`,
  };
  for (const [what, body] of Object.entries(bodies)) {
    const since = performance.now();
    const { text } = await ask(`${url}/api/v1/books/U/2024/adjustments`, {
      method: 'POST',
      key: 'k',
      body,
    });
    const took = Math.round(performance.now() - since);
    if (took > MOST_MS || text.length > MOST_ANSWER)
      wrong.push(
        `${body.length} bytes of ${what} took ${took} ms and got ${text.length} characters`,
      );
  }
}

/** References of the document to schemas that it does not have. */
function danglingOf(document) {
  const named = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(
    (match) => match[1],
  );
  const schemas = Object.keys(document.components?.schemas ?? {});
  return named.filter((ref) => !schemas.some((name) => ref === `#/components/schemas/${name}`));
}

/** A valid body under a coding that it does not have: what was meant is not known. */
const misnamed = ['gzip', 'br', 'x'].map((coding) => ({
  path: '/api/v1/books/430203-208001/2023/statistics',
  method: 'POST',
  body: JSON.stringify({ date: '2023-12-31', key: 'headcount.temporary', count: '3' }),
  headers: { 'content-encoding': coding },
}));

const isPosting = ({ post }) => post?.tags?.includes('postings') ?? false;

/** All of it again with accounts, by people of every role, and by people who only seem to be logged in. */
async function fuzzSignedIn(fuzz, server, paths) {
  const before = fuzz.requests;
  fuzz.askers = await signInAll(server);
  await fuzzRoutes(fuzz, paths);
  const path = '/api/v1/books/430203-208001/2023/statistics';
  await fuzz.send(wrongSessions('/api/v1/books/430203-208001/2023/events'), 1);
  const body = JSON.stringify({ date: '2023-12-31', key: 'headcount.temporary', count: '3' });
  await fuzz.send(
    wrongPages.map((headers) => ({ path, method: 'POST', body, headers })),
    1,
  );
  return fuzz.requests - before;
}

export async function fuzzAll({ random, quick }) {
  const server = await serve(join(scratch(), 'data'));
  const fuzz = new Fuzz(server.url, random, quick ? QUICK : LONG);
  const document = JSON.parse((await ask(`${server.url}/api/openapi.json`)).text);
  const { paths } = document;
  const accepted = { refused: [], paths: new Set() };
  await fuzzPostings(fuzz, accepted);
  const routes = await fuzzRoutes(fuzz, paths);
  await fuzz.send(misnamed);
  const signedIn = await fuzzSignedIn(fuzz, server, paths);
  const postings = Object.values(paths).filter(isPosting).length;
  const wrong = [...accepted.refused, ...fuzz.unanswered];
  const dangling = danglingOf(document).length;
  if (dangling > 0) wrong.push(`openapi.json has ${dangling} references to nothing`);
  if (!quick) await costOf(server.url, wrong);
  if (accepted.paths.size !== postings)
    wrong.push(`${accepted.paths.size} of ${postings} postings have a valid example`);
  const died = !server.alive;
  server.kill('SIGTERM');
  const end = await endWithin(server, 10_000);
  if (died || end?.code !== 0) wrong.push(`the server ended with ${end?.code ?? end?.signal}`);
  const { failures, wrongAccepts } = fuzz;
  return {
    pass: failures.length + wrongAccepts.length + wrong.length === 0,
    figure:
      `${fuzz.requests} requests to ${routes} routes, ${signedIn} of them with accounts, 5xx ${failures.length}, exits ${died ? 1 : 0}, ` +
      `wrong accepts ${wrongAccepts.length}, otherwise wrong ${wrong.length}`,
    details: [...failures, ...wrongAccepts, ...wrong],
  };
}
