#!/usr/bin/env node
/**
 * Makes the user with which the ledger comes to KurrentDB and sets what that user may do; ends with 0 only
 * where all of it is seen to hold. Run again it changes nothing but the password, to what it is told.
 *
 * From the environment: KURRENTDB_SEEDS (addresses of nodes, with commas), KURRENTDB_ADMIN_PASSWORD,
 * KURRENTDB_LEDGER_USER, KURRENTDB_LEDGER_PASSWORD; NODE_EXTRA_CA_CERTS for a private authority. Talks the
 * HTTP API of KurrentDB 26.0 (users and, for the default access list, AtomPub).
 */
/* global AbortSignal */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

const WAITS_FOR_LEADER_MS = 120_000;
const REQUEST_TIMEOUT_MS = 5000;
/** What KurrentDB gives its own users where nobody says otherwise. */
const VENDOR_PASSWORD = 'changeit';

function required(name) {
  const value = process.env[name];
  if (!value) fail(`${name} is not set`);
  return value;
}

function fail(message) {
  process.stderr.write(`prepare-database: ${message}\n`);
  process.exit(1);
}

const seeds = required('KURRENTDB_SEEDS').split(',');
const login = required('KURRENTDB_LEDGER_USER');
const password = required('KURRENTDB_LEDGER_PASSWORD');
const admin = { login: 'admin', password: required('KURRENTDB_ADMIN_PASSWORD') };
const ledger = { login, password };

/**
 * Who may do what where a stream has no list of its own. The ledger's user writes and never changes metadata,
 * by which streams are cut; it deletes because an erased person's record in the vault must go. Reading system
 * streams is what KurrentDB asks of whoever reads `$all`.
 */
const ACCESS = {
  $userStreamAcl: { $r: login, $w: login, $d: login, $mr: login, $mw: '$admins' },
  $systemStreamAcl: {
    $r: ['$admins', login],
    $w: '$admins',
    $d: '$admins',
    $mr: '$admins',
    $mw: '$admins',
  },
};

/** One request as that user; `body` is sent as JSON of `type`. Throws where nobody answers in time. */
async function ask(base, user, path, { body, type = 'application/json' } = {}) {
  const response = await fetch(new URL(path, base), {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(`${user.login}:${user.password}`).toString('base64')}`,
      ...(body !== undefined && { 'content-type': type }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  return { status: response.status, text: await response.text() };
}

/** The same, where any other answer than `status` ends the program. */
async function must(status, what, ...request) {
  const answer = await ask(...request);
  if (answer.status !== status) fail(`${what}: ${answer.status}, not ${status}: ${answer.text}`);
  return answer;
}

/** The address of the leader by the gossip of any seed, or undefined while there is none. */
async function leaderNow() {
  for (const seed of seeds) {
    const answer = await ask(seed, admin, '/gossip').catch(() => undefined);
    if (answer?.status !== 200) continue;
    const { members } = JSON.parse(answer.text);
    const leader = members.find(({ state, isAlive }) => state === 'Leader' && isAlive);
    if (leader)
      return `${new URL(seed).protocol}//${leader.httpEndPointIp}:${leader.httpEndPointPort}`;
  }
}

async function leader() {
  for (const since = performance.now(); performance.now() - since < WAITS_FOR_LEADER_MS;) {
    const base = await leaderNow();
    if (base) return base;
    await sleep(1000);
  }
  return fail(`no leader within ${WAITS_FOR_LEADER_MS / 1000} s at ${seeds.join(', ')}`);
}

const base = await leader();

for (const name of ['admin', 'ops']) {
  const vendor = { login: name, password: VENDOR_PASSWORD };
  await must(401, `${name} still has the password of the vendor`, base, vendor, '/users/$current');
}

const known = await ask(base, admin, `/users/${login}`);
if (known.status === 200)
  await must(200, `password of ${login}`, base, admin, `/users/${login}/command/reset-password`, {
    body: { newPassword: password },
  });
else if (known.status === 404)
  await must(201, `user ${login}`, base, admin, '/users/', {
    body: { loginName: login, fullName: 'Fiscal ledger', groups: [], password },
  });
else fail(`user ${login}: ${known.status}: ${known.text}`);

const settings = await ask(base, admin, '/streams/%24settings/head');
if (settings.status !== 200 && settings.status !== 404)
  fail(`access list: ${settings.status}: ${settings.text}`);
if (settings.status === 404 || !isDeepStrictEqual(JSON.parse(settings.text), ACCESS))
  await must(201, 'access list', base, admin, '/streams/%24settings', {
    type: 'application/vnd.kurrent.events+json',
    body: [{ eventId: randomUUID(), eventType: 'update-default-acl', data: ACCESS }],
  });

await must(200, `${login} logs in`, base, ledger, '/users/$current');
await must(200, `${login} reads all streams`, base, ledger, '/streams/%24all/head/backward/1');
process.stdout.write(`prepare-database: ${login} is ready at ${base}\n`);
