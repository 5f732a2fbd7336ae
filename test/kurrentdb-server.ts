import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect } from '@jest/globals';
import { Access } from '#accounts';
import { Ledger } from '#projections';
import { commandOf, recording, stringOf, until } from './kurrentdb.js';
import { startDouble, type Double } from './kurrentdb-double/double.mjs';

const SERVER = join(import.meta.dirname, '..', 'dist', 'apps', 'api', 'src', 'main.js');

export interface Asked {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Record<string, unknown> & { readonly code?: string; readonly detail?: string };
}

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The product's own server in a process of its own, on a port that is known before it listens. */
export class ServerProcess {
  out = '';
  err = '';
  exit: number | string | undefined;

  private constructor(
    readonly child: ChildProcess,
    readonly url: string,
  ) {
    child.stdout!.on('data', (data: Buffer) => (this.out += String(data)));
    child.stderr!.on('data', (data: Buffer) => (this.err += String(data)));
    child.once('exit', (code, signal) => (this.exit = code ?? signal ?? 'ended'));
  }

  static async start(env: Readonly<Record<string, string>>, directory: string) {
    const port = await freePort();
    const all = { ...process.env, HOST: '127.0.0.1', npm_lifecycle_event: '', ...env };
    const child = spawn(process.execPath, [SERVER, '--data', directory], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...all, PORT: String(port) },
    });
    return new ServerProcess(child, `http://127.0.0.1:${port}`);
  }

  /** Its answer; status 0 where there is none. */
  async ask(path: string, init: RequestInit = {}): Promise<Asked> {
    try {
      const response = await fetch(this.url + path, init);
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return {
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        body: (isJson ? JSON.parse(text) : {}) as Asked['body'],
      };
    } catch (error) {
      return { status: 0, retryAfter: null, body: { detail: String(error) } };
    }
  }

  post(path: string, key: string, body: object): Promise<Asked> {
    return this.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key, 'x-actor': 'clerk' },
      body: JSON.stringify(body),
    });
  }

  /** Waits until a path is answered with a status. */
  async until(path: string, status: number): Promise<void> {
    let last: Asked | undefined;
    const holds = async () => {
      if (this.exit !== undefined) throw new Error(`the server ended: ${this.err}`);
      return (last = await this.ask(path)).status === status;
    };
    await until(`${path} is ${status}`, holds, 60_000).catch((error: unknown) => {
      throw new Error(`${String(error)}; last ${JSON.stringify(last)}; ${this.err}`);
    });
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.exit !== undefined) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }
}

/** Starts servers, each over a directory of its own, which end after the test that started them. */
export function servers(): (
  store: string,
  env?: Readonly<Record<string, string>>,
) => Promise<ServerProcess> {
  const root = mkdtempSync(join(tmpdir(), 'fiscal-servers-'));
  const started: ServerProcess[] = [];
  let count = 0;
  afterEach(() => Promise.all(started.splice(0).map((server) => server.stop())));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return async (store, env = {}) => {
    const directory = join(root, String(count++));
    const server = await ServerProcess.start({ FISCAL_STORE: store, ...env }, directory);
    started.push(server);
    return server;
  };
}

export const EVENTS = 40;
export const MEASURE = '/api/v1/books/U/2024/measures/expenditure';
export const READY = '/health/ready';
export const STATISTICS = '/api/v1/books/U/2024/statistics';
export const statistic = (n: number) => ({ date: '2024-03-01', key: `k${n}`, text: `数字 ${n}` });

/** A server of the log with a book in it, and an account where that is asked for. */
export async function startStore({ account = false } = {}): Promise<Double> {
  const double = await startDouble({ seed: 1 });
  const ledger = await Ledger.open({ store: stringOf(double) });
  const commands = Array.from({ length: EVENTS }, (_, n) => commandOf('U', n));
  expect(await ledger.commands.runAtomically(commands, recording)).toMatchObject({ ok: true });
  if (account) {
    const access = await Access.open(ledger);
    const by = { actor: 'setup', recordedAt: recording.recordedAt };
    await access.open({ login: 'admin', name: '管理员' }, 'correct horse battery', by);
    await access.close();
  }
  await ledger.close();
  return double;
}

/** What a server refuses in a sentence, to be asked again. */
export const mustBeRefused = (asked: Asked, code: string, request = '') => {
  expect([request, asked.status, asked.body.code]).toEqual([request, 503, code]);
  expect([request, asked.retryAfter]).toEqual([request, '1']);
  expect(asked.body.detail).toMatch(/^[a-z].{20,}$/);
};
