import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { median, payment } from './fixtures.mjs';

const CLIENTS = 64;
const ROUNDS = 3;
const SECONDS = 4;

async function serve(side, directory) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'http-child.mjs'), side, directory],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data).trim()));
    child.once('exit', (code) => reject(new Error(`${side} server ended with ${code}`)));
  });
  return { url, stop: () => child.kill('SIGTERM') };
}

let n = 0;
/** Requests a second that were answered 201; every request has a key and a voucher of its own. */
async function rate(url) {
  const result = await autocannon({
    url,
    connections: CLIENTS,
    duration: SECONDS,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          const { id, command, unit, fiscalYear, ...body } = payment('U', n++);
          return {
            ...request,
            headers: {
              'content-type': 'application/json',
              'idempotency-key': `${command}-${unit}-${fiscalYear}-${id}`,
              'x-actor': 'bench',
            },
            body: JSON.stringify(body),
          };
        },
      },
    ],
  });
  if (result.non2xx > 0) throw new Error(`${result.non2xx} answers were not 201`);
  return result['2xx'] / result.duration;
}

/** Postings over HTTP against a bare route with the same DTO, 64 clients. */
export async function benchHttp() {
  const directory = mkdtempSync(join(tmpdir(), 'fiscal-bench-'));
  const product = await serve('product', directory);
  const bare = await serve('bare', directory);
  try {
    const pairs = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const ours = await rate(`${product.url}/api/v1/books/U/2024/payments`);
      const theirs = await rate(`${bare.url}/payments`);
      if (round > 0) pairs.push({ ours, theirs });
    }
    return {
      name: 'HTTP postings against a bare route with the same DTO, 64 clients',
      ratio: median(pairs.map((p) => p.ours / p.theirs)),
      aim: 0.5,
      detail: `${Math.round(median(pairs.map((p) => p.ours)))}/s against ${Math.round(median(pairs.map((p) => p.theirs)))}/s`,
    };
  } finally {
    product.stop();
    bare.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
