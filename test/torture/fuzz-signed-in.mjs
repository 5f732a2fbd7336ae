// The same nonsense from people who are logged in, and sessions that are none.
import { ask } from './toolbox.mjs';

const ROLES = ['clerk', 'reviewer', 'auditor', 'viewer', 'system-admin', 'log-admin'];
const PASSWORD = 'correct horse battery staple';
const JSON_TYPE = { 'content-type': 'application/json' };

const send = async (url, path, body, headers = {}, method = 'POST') => {
  const answer = await ask(url + path, { method, body: JSON.stringify(body), headers });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer;
};

/** What the browser sends after an answer that began a session. */
const sessionOf = ({ headers, text }) => ({
  cookie: headers.getSetCookie()[0].split(';')[0],
  'x-csrf-token': JSON.parse(text).csrf,
});

/** Makes the first account by the link that the server printed, and one more for each role; their headers. */
export async function signInAll(server) {
  const { url } = server;
  const token = /\/setup#(\S+)/.exec(server.out)[1];
  const setup = { token, login: 'admin', name: '管理', password: PASSWORD };
  const admin = sessionOf(await send(url, '/api/v1/setup', setup, JSON_TYPE));
  const askers = [admin];
  for (const role of ROLES) {
    const given = { login: `u-${role}`, name: role, password: PASSWORD };
    const opened = JSON.parse((await send(url, '/api/v1/accounts', given, admin)).text);
    const path = `/api/v1/accounts/${opened.account}/grants`;
    await send(url, path, { grants: [{ role, units: '*' }] }, admin, 'PUT');
    const { login } = given;
    askers.push(sessionOf(await send(url, '/api/v1/session', { login, password: PASSWORD })));
  }
  return askers;
}

const NO_SECRETS = [
  ...['', ' ', 'x', 'A'.repeat(43), 'A'.repeat(5000), '%00', '%ff', '%', '"', ';', '=', 'é'],
  ...['eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.', "' or '1'='1", '__proto__', '../access.db'],
];

/** Requests with sessions and tokens that are none; each must be refused. */
export const wrongSessions = (path) =>
  NO_SECRETS.flatMap((value) => [
    { cookie: `__Host-fiscal-session=${value}` },
    { cookie: value },
    { authorization: `Bearer ${value}` },
    { authorization: value },
  ]).map((headers) => ({ path, headers: headersOf(headers), anonymous: true }));

/** What stands beside a session in a posting that a page of another site, or nobody's page, makes. */
export const wrongPages = [
  ...NO_SECRETS.map((value) => ({ 'x-csrf-token': value })),
  ...['cross-site', 'same-site', 'x'].map((value) => ({ 'sec-fetch-site': value })),
  ...['null', 'https://evil.example', '::', 'é'].map((value) => ({ origin: value })),
].map(headersOf);

/** fetch takes Latin-1 only. */
function headersOf(headers) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Buffer.from(value, 'utf8').toString('latin1'),
    ]),
  );
}
