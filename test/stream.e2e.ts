import { once } from 'node:events';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Ledger } from '#projections';
import { EventFeed } from '../apps/api/src/stream/event-feed.js';
import { Listener } from '../apps/api/src/stream/listener.js';
import { Api, BOOK_URL, pay } from './api.js';
import { commandLines } from './lusong.js';
import { Person } from './office.js';

let api: Api;
let keys = 0;
const payOne = async () => {
  const answer = await api.post(`${BOOK_URL}/payments`, `one-${(keys += 1)}`, {
    ...pay(),
    voucher: `one-${keys}`,
  });
  expect(answer.status).toBe(201);
  return answer.body['index'] as number;
};
beforeAll(async () => {
  api = await Api.start();
  for (const line of commandLines.slice(0, 21)) await api.postLine(line);
});
afterAll(() => api.stop());

interface Frame {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
}

/** A listener over HTTP: frames as they come, until it hangs up. */
async function* listen(
  lastEventId?: number,
  signal?: AbortSignal,
): AsyncGenerator<Frame, undefined> {
  const response = await fetch(`${api.url}/api/v1/stream`, {
    headers: lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) },
    ...(signal && { signal }),
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const frames = text.split('\n\n');
    text = frames.pop()!;
    for (const frame of frames)
      yield Object.fromEntries(frame.split('\n').map((line) => line.split(/: (.*)/s, 2))) as Frame;
  }
}

/** The indices of the next `count` events that a listener hears of. */
async function hear(frames: AsyncGenerator<Frame, undefined>, count: number): Promise<number[]> {
  const heard: number[] = [];
  while (heard.length < count) {
    const next = await frames.next();
    if (next.done) break;
    if (next.value.event === 'appended') heard.push(Number(next.value.id));
  }
  return heard;
}

describe('the stream of what is appended', () => {
  it('tells of an event once a read shows it, and goes on after the last one heard', async () => {
    const frames = listen();
    expect((await frames.next()).value).toEqual({ retry: '2000' });
    expect((await frames.next()).value).toMatchObject({ event: 'ready' });
    const paid = await payOne();
    const value = (await frames.next()).value;
    expect(value).toMatchObject({ id: String(paid), event: 'appended' });
    expect(JSON.parse(value!.data!)).toEqual({
      index: paid,
      unit: '430203-208001',
      fiscalYear: 2023,
      type: 'PaymentMade',
      logSize: paid + 1,
    });
    // planted bug: told at the commit, before the read models have it
    expect((await api.ask(`${BOOK_URL}/lines`)).body['logSize']).toBeGreaterThan(paid);
    await frames.return(undefined);

    await payOne();
    await payOne();
    const later = listen(paid);
    expect(await hear(later, 2)).toEqual([paid + 1, paid + 2]);
    await later.return(undefined);
  });

  it('hears each of 60 events once and in order, over four broken connections', async () => {
    const from = (await api.ledger.store.size()) - 1;
    const posted = (async () => {
      for (let i = 0; i < 60; i++) await payOne();
    })();
    const heard: number[] = [];
    for (let connection = 0; connection < 5; connection++) {
      const frames = listen(heard.at(-1) ?? from);
      heard.push(...(await hear(frames, 12)));
      await frames.return(undefined);
    }
    await posted;
    expect(heard).toEqual(Array.from({ length: 60 }, (_, i) => from + 1 + i));
  });

  it('refuses an id that it never gave, and answers HEAD without a body', async () => {
    const odd = await api.ask('/api/v1/stream', { headers: { 'last-event-id': '-1' } });
    expect(odd).toMatchObject({ status: 400, body: { code: 'invalid-header' } });
    const head = await api.ask('/api/v1/stream', { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
  });

  it('ends with the server', async () => {
    const other = await Api.start();
    const response = await fetch(`${other.url}/api/v1/stream`);
    const read = response.text();
    const started = performance.now();
    await other.stop();
    expect(await read).toContain('event: ready');
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

it('ends at the next event for a session that has ended', async () => {
  const office = await Api.start();
  try {
    await office.postLine(commandLines[0]!);
    const clerk = await Person.as(office, 'clerk');
    const viewer = await Person.as(office, 'viewer');
    const { body } = await fetch(`${office.url}/api/v1/stream`, { headers: viewer.headers });
    const read = new Response(body).text();
    await viewer.send('DELETE', '/api/v1/session');
    const { command, id, unit, fiscalYear, ...project } = JSON.parse(commandLines[1]!) as Record<
      string,
      unknown
    >;
    expect([command, id]).toEqual(['register-project', expect.any(String)]);
    const path = `/api/v1/books/${String(unit)}/${String(fiscalYear)}/projects`;
    expect((await clerk.send('POST', path, project)).status).toBe(201);
    // planted bug: asking who listens only once, at the start
    expect(await read).not.toContain('event: appended');
  } finally {
    await office.stop();
  }
});

it('a server that stops does not wait for a connection on which nothing was asked', async () => {
  const other = await Api.start();
  const { port, hostname } = new URL(other.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  await other.ask('/health/live');
  const started = performance.now();
  await other.stop();
  expect(performance.now() - started).toBeLessThan(2000);
  socket.destroy();
});

describe('the feed', () => {
  const feedOf = (ledger: Ledger) => new EventFeed(ledger);
  const all = { from: 0, scope: async () => () => true };

  it('waits for a listener that takes nothing, and keeps nothing for it', async () => {
    const slow = new PassThrough({ highWaterMark: 256 });
    feedOf(api.ledger).serve(new Listener(slow), all);
    await new Promise((resolve) => setTimeout(resolve, 200));
    // planted bug: writing on without waiting for the drain holds all 80 events in memory
    expect(slow.writableLength + slow.readableLength).toBeLessThan(1500);
    let text = '';
    const size = await api.ledger.store.size();
    for await (const chunk of slow) {
      text += String(chunk);
      if (text.includes(`id: ${size - 1}\n`)) break;
    }
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map((m) => Number(m[1]));
    expect(ids).toEqual(Array.from({ length: size }, (_, i) => i));
  });

  it('shows a listener the books that it may see', async () => {
    const out = new PassThrough();
    const feed = feedOf(api.ledger);
    feed.serve(new Listener(out), {
      from: 0,
      scope:
        async () =>
        ({ unit }) =>
          unit === 'another',
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    feed.onModuleDestroy();
    let text = '';
    for await (const chunk of out) text += String(chunk);
    expect(text).toContain('event: ready');
    expect(text).not.toContain('appended');
  });

  it('takes 200 listeners, and one more when one has left', async () => {
    const feed = feedOf(api.ledger);
    const outs = Array.from({ length: 200 }, () => new PassThrough());
    for (const out of outs) feed.serve(new Listener(out), { ...all, from: undefined });
    expect(() => feed.mustHaveRoom()).toThrow(
      expect.objectContaining({ error: expect.objectContaining({ code: 'too-many-listeners' }) }),
    );
    outs[0]!.destroy();
    await new Promise((resolve) => setImmediate(resolve));
    feed.mustHaveRoom();
    expect(feed.size).toBe(199);
    feed.onModuleDestroy();
    for (const out of outs) out.resume();
  });
});
