import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import { EMPTY_STREAM, KurrentEventStore, sealEvents } from '#event-store';
import { median, meta, seconds } from './fixtures.mjs';

const STREAMS = 64;
const ROUNDS = 9;
const WARM_UP = 3;
const DOUBLE = join(import.meta.dirname, '..', 'kurrentdb-double', 'serve.mjs');

/**
 * Appends at exact revisions, 64 in flight over 64 streams, one event each: the adapter, which also has the rank
 * of each before it answers, against the bare client. The server is a double in a process of its own.
 */
export async function benchKurrentdb(appends = 46_080) {
  const double = spawn(process.execPath, [DOUBLE], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(double.stdout, 'data');
  const { connectionString } = JSON.parse(String(line));
  const directory = mkdtempSync(join(tmpdir(), 'fiscal-bench-'));
  const client = EventStoreDBClient.connectionString(connectionString);
  const perStream = Math.floor(appends / ROUNDS / STREAMS);
  const ours = async (name) => {
    // closed while the other side runs, for it follows what that writes
    const store = await KurrentEventStore.open({ connectionString, directory });
    const measured = await rate(store.origin, `book-${name}`, perStream, (stream, at, sealed) =>
      store.append(stream, at, [sealed]),
    );
    await store.close();
    return measured;
  };
  const theirs = (name) =>
    rate('bare', `bare-${name}`, perStream, (stream, at, sealed) =>
      client.appendToStream(stream, eventOf(sealed), {
        expectedRevision: at < 0 ? 'no_stream' : BigInt(at),
        requiresLeader: true,
      }),
    );
  const pairs = [];
  try {
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const pair = { ours: await ours(round), theirs: await theirs(round) };
      if (round >= WARM_UP) pairs.push(pair);
    }
  } finally {
    await client.dispose();
    double.kill('SIGTERM');
    rmSync(directory, { recursive: true });
  }
  return {
    name: 'appends to KurrentDB (a double of it) against the bare client, 64 in flight over 64 streams',
    ratio: median(pairs.map((p) => p.ours / p.theirs)),
    aim: 0.8,
    detail: `${Math.round(median(pairs.map((p) => p.ours)))}/s against ${Math.round(median(pairs.map((p) => p.theirs)))}/s`,
  };
}

const eventOf = ({ id, type, payload, envelope }) =>
  binaryEvent({ id, type, data: Buffer.from(payload), metadata: Buffer.from(envelope) });

/** Appends a second; what is appended is sealed before the clock starts. */
async function rate(origin, name, perStream, append) {
  const streams = Array.from({ length: STREAMS }, (_, i) => {
    const stream = `${name}-${i}-2024`;
    return { stream, sealed: sealEvents(origin, stream, EMPTY_STREAM, meta, payments(perStream)) };
  });
  const t = performance.now();
  await Promise.all(
    streams.map(async ({ stream, sealed }) => {
      for (const [i, event] of sealed.entries()) await append(stream, i - 1, event);
    }),
  );
  return (STREAMS * perStream) / seconds(t);
}

const payments = (count) =>
  Array.from({ length: count }, (_, n) => ({
    event: { type: 'StatisticRecorded', data: { key: `k${n}`, text: '会议费支出说明'.repeat(20) } },
    date: '2024-06-15',
    commandId: randomUUID(),
    commandHash: 'f'.repeat(64),
  }));
