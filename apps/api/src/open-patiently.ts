import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { errorOf, LedgerRefusal, type Sentence } from '#domain';
import { StoreUnavailable } from '#event-store';
import { languageOf } from './http/language.js';
import { problemOf } from './http/problem.js';
import { REQUEST } from './http/sentences.js';

interface Patience {
  readonly port: number;
  readonly host: string;
  /** Whether what an attempt failed with may be over later. */
  readonly mayPass: (error: unknown) => boolean;
  /** Told why, whenever that changes. */
  readonly say: (sentence: string) => void;
}

/** An attempt may take so long before somebody stands in. */
const STANDS_IN_AFTER_MS = 1000;
const PAUSE_MS = 1000;

/**
 * Tries to open a store until its server answers; meanwhile whoever asks is told that it does not. Rejects with
 * what cannot pass, and where the address cannot be had.
 */
export async function openPatiently<T>(open: () => Promise<T>, patience: Patience): Promise<T> {
  let why = REQUEST.noAnswerYet();
  let standIn: Promise<Server> | undefined;
  const standing = setTimeout(() => {
    standIn = listening(patience, () => why);
    standIn.catch(() => undefined);
  }, STANDS_IN_AFTER_MS);
  try {
    for (let said = ''; ; await wait(PAUSE_MS)) {
      try {
        return await open();
      } catch (error) {
        if (!patience.mayPass(error)) throw error;
        why = sentenceOf(error);
        const now = why.in('en');
        if (now !== said) patience.say(`${now}; trying again`);
        said = now;
      }
      await standIn;
    }
  } finally {
    clearTimeout(standing);
    await standIn?.then(closed, () => undefined);
  }
}

function sentenceOf(error: unknown): Sentence {
  if (error instanceof LedgerRefusal) return error.error.sentence;
  if (error instanceof StoreUnavailable) return error.sentence;
  return REQUEST.notOpened({ fault: (error as Error).message });
}

/** A server that lives and is ready for nothing. */
async function listening(
  { port, host }: Pick<Patience, 'port' | 'host'>,
  why: () => Sentence,
): Promise<Server> {
  const server = createServer((request, response) => {
    if (/^(\/api\/v1)?\/health\/live$/.test(request.url ?? '')) {
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end('{"status":"up"}');
      return;
    }
    const language = languageOf(request.headers['accept-language']);
    const { status, body } = problemOf(errorOf('store-unavailable', why()), language);
    response.writeHead(status, {
      'content-type': 'application/problem+json; charset=utf-8',
      'retry-after': '1',
    });
    response.end(body);
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

async function closed(server: Server): Promise<void> {
  const end = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await end;
}
