// What the tests share: a seeded random source, scratch directories, child processes, the server.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export { wait };
export const ROOT = join(import.meta.dirname, '..', '..');
export const here = (file) => join(import.meta.dirname, file);
const built = (...path) => join(ROOT, 'dist', 'apps', ...path);
export const SERVER = built('api', 'src', 'main.js');
export const CLI = built('cli', 'src', 'main.js');

/** The same seed gives the same numbers (mulberry32). Timing of processes is not part of it. */
export function randomOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  return {
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (p) => next() < p,
    pick: (list) => list[below(list.length)],
  };
}

const running = new Set();
const undo = [];

/** A directory that is gone at the end; in memory where `fast`, which no test of durability may be. */
export function scratch({ fast = false } = {}) {
  const directory = mkdtempSync(join(fast ? memoryOr(tmpdir()) : tmpdir(), 'fiscal-torture-'));
  undo.push(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

const memoryOr = (other) => {
  const memory = '/dev/shm';
  return spawnSync('test', ['-w', memory]).status === 0 ? memory : other;
};

/** A tmpfs of so many bytes, which may be given others later; undefined where none may be mounted. */
export function smallDisk(bytes) {
  const directory = scratch();
  const mount = (options) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory]).status === 0;
  if (!mount(`size=${bytes}`)) return undefined;
  undo.push(() => spawnSync('umount', ['-l', directory]));
  const used = () => {
    const { blocks, bavail, bsize } = statfsSync(directory);
    return (blocks - bavail) * bsize;
  };
  const leave = (room) => {
    if (!mount(`remount,size=${used() + room}`)) throw new Error('the disk keeps its size');
  };
  return { directory, leave };
}

/** Ends what is still running and removes what was made. */
export async function cleanUp() {
  for (const child of running) child.kill('SIGKILL');
  await Promise.all([...running].map((child) => child.ended));
  while (undo.length > 0) undo.pop()();
}

/**
 * Starts a process. `ended` resolves to its code or signal; `out` and `err` are what it has said so far.
 * With `stdout`, a file descriptor, what it says goes there and outlives it even where it is killed.
 */
export function launch(command, args, { env = {}, stdout = 'pipe' } = {}) {
  const child = spawn(command, args, {
    stdio: ['ignore', stdout, 'pipe'],
    env: { ...process.env, ...env },
  });
  const started = {
    pid: child.pid,
    out: '',
    err: '',
    alive: true,
    kill: (signal) => child.kill(signal),
    ended: undefined,
  };
  child.stdout?.on('data', (data) => (started.out += String(data)));
  child.stderr.on('data', (data) => (started.err += String(data)));
  running.add(started);
  started.ended = new Promise((resolve) => {
    const done = (how) => {
      started.alive = false;
      running.delete(started);
      resolve(how);
    };
    child.once('error', (error) => done({ code: undefined, signal: error.message }));
    child.once('close', (code, signal) => done({ code, signal }));
  });
  return started;
}

export const node = (script, args = [], options = {}) =>
  launch(process.execPath, [...(options.flags ?? []), script, ...args.map(String)], options);

/** Asks until the answer is not undefined or false; throws after the time. */
export async function until(what, ask, timeoutMs = 15_000) {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await wait(5);
  }
}

/** The end of a process, or undefined where it has not ended in time. */
export const endWithin = (child, timeoutMs) =>
  Promise.race([child.ended, wait(timeoutMs, undefined, { ref: false })]);

/** The product's own server on a free port of the loopback address; `under` is a program that runs it. */
export async function serve(directory, { under = [], flags = [], env = {} } = {}) {
  const command = [...under, process.execPath, ...flags, SERVER, '--data', directory];
  const child = launch(command[0], command.slice(1), {
    env: { ...env, PORT: '0', HOST: '127.0.0.1', npm_lifecycle_event: '' },
  });
  const url = await until(
    'the server says where it is',
    () => {
      if (!child.alive) throw new Error(`the server ended: ${child.err}`);
      return /served at (http:\S+)/.exec(child.out)?.[1];
    },
    20_000,
  );
  return Object.assign(child, { url });
}

/** One request; `status` 0 where no answer came. */
export async function ask(url, { method = 'GET', key, body, headers = {} } = {}) {
  const given = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(key !== undefined && { 'idempotency-key': key, 'x-actor': 'torture' }),
    ...headers,
  };
  try {
    const response = await fetch(url, { method, headers: given, body });
    // what goes on for ever is not waited for
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    const text = isStream ? (await response.body?.cancel(), '') : await response.text();
    return { status: response.status, headers: response.headers, text };
  } catch (error) {
    return { status: 0, text: String(error.cause ?? error) };
  }
}

/** Posts a command to a server as the request that it is. */
export function postTo(url, segment, { id, unit, fiscalYear, ...rest }) {
  const { command, ...content } = rest;
  const opens = command === 'open-book';
  const body = JSON.stringify(opens ? { unit, fiscalYear, ...content } : content);
  const path = opens ? '/api/v1/books' : `/api/v1/books/${unit}/${fiscalYear}/${segment}`;
  return ask(url + path, { method: 'POST', key: id, body });
}

/** Why strace cannot be used here; undefined where it can. */
export function whyNoStrace() {
  const tried = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'trace=fsync', 'true']);
  if (tried.error) return 'strace is not installed';
  return tried.status === 0 ? undefined : `strace may not trace: ${tried.stderr}`;
}

/** The whole lines of a file that a child, perhaps killed by now, has written. */
export function wholeLines(file) {
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
}
