// 3. The disk is full, and has room again. Needs to mount a tmpfs.
// Seen to fail with: a commit that found the disk full is answered as stored (lost), and with: SQLITE_FULL
// taken for an error that forbids all writes from then on (no writes after there is room).
import { join } from 'node:path';
import { bookCommands, payment } from '../bench/fixtures.mjs';
import { digestOf, rebuiltDigest } from './digests.mjs';
import { ask, endWithin, postTo, serve, smallDisk, until } from './toolbox.mjs';
import { LogVerifier } from './verify-log.mjs';

const BOOK = '/api/v1/books/U/2024';
const SEGMENTS = {
  'open-book': 'books',
  'register-project': 'projects',
  'approve-budget': 'appropriations',
};
const CLIENTS = 8;
const REFUSALS = 24;
const DISK_BYTES = 2 << 20;
const ROOM_BYTES = 16 << 20;

/** Posts until so many were refused; each answer goes to `tell`. */
async function postUntilFull(url, next, tell) {
  let refusals = 0;
  const client = async () => {
    for (let posts = 0; refusals < REFUSALS; posts++) {
      if (posts > 2000) throw new Error('the disk does not get full');
      const command = payment('U', next());
      const { status, text } = await postTo(url, 'payments', command);
      if (status !== 201) refusals++;
      tell(command, status, text);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

/** There is room again: the read models must get to the end of the log by themselves. */
async function readyAgain(url, wrong) {
  let last;
  const isReady = async () => (last = await ask(`${url}/health/ready`)).status === 200;
  await until('ready', isReady, 10_000).catch(() => wrong.push(`with room again: ${last.text}`));
}

async function fillAndFree(url, disk, state) {
  const { wrong } = state;
  const refused = [];
  await postUntilFull(
    url,
    () => state.n++,
    (command, status, text) => {
      if (status === 201) {
        state.acknowledged.push([JSON.parse(text).index, command.id]);
        return;
      }
      refused.push(command);
      state.refused++;
      if (status !== 503 || JSON.parse(text).code !== 'store-unavailable')
        wrong.push(`a post on a full disk got ${status} ${text}`);
      if (text.includes('nothing was recorded')) state.notRecorded.push(command.id);
    },
  );
  // as it is now, before anything is repeated
  const log = new LogVerifier(state.directory).take();
  for (const id of state.notRecorded)
    if (log.indexOf.has(`book-U-2024 ${id}`)) wrong.push(`${id} was recorded after all`);
  state.notRecorded = [];
  for (const path of [`${BOOK}/events?limit=10`, `${BOOK}/measures/expenditure`, '/health/live']) {
    const { status } = await ask(url + path);
    if (status === 200) state.reads++;
    else wrong.push(`${path} on a full disk got ${status}`);
  }
  disk.leave(ROOM_BYTES);
  for (const command of refused) {
    const { status, text } = await postTo(url, 'payments', command);
    if (status === 201) state.acknowledged.push([JSON.parse(text).index, command.id]);
    else wrong.push(`a post with room again got ${status} ${text}`);
  }
  await readyAgain(url, wrong);
}

export async function fullDisk({ random, quick }) {
  const disk = smallDisk(DISK_BYTES);
  if (!disk) return { skipped: 'a tmpfs may not be mounted here' };
  const directory = join(disk.directory, 'data');
  const state = {
    n: 0,
    acknowledged: [],
    refused: 0,
    notRecorded: [],
    reads: 0,
    wrong: [],
    directory,
  };
  const server = await serve(directory);
  for (const command of bookCommands('U', 0)) {
    const { status, text } = await postTo(server.url, SEGMENTS[command.command], command);
    if (status !== 201) throw new Error(text);
  }
  const rounds = quick ? 2 : 6;
  for (let round = 0; round < rounds; round++) {
    if (round > 0) disk.leave(random.between(0, 500_000));
    await fillAndFree(server.url, disk, state);
  }
  server.kill('SIGTERM');
  const end = await endWithin(server, 10_000);
  if (end?.code !== 0) state.wrong.push(`the server ended with ${end?.code}`);
  const log = new LogVerifier(directory).take();
  const lost = log.lost(state.acknowledged);
  if ((await digestOf(directory)) !== (await rebuiltDigest(directory)))
    state.wrong.push('the read models are other than rebuilt');
  return {
    pass: lost + log.doubled + log.faults.length + state.wrong.length === 0,
    figure:
      `full ${rounds} times, ${state.acknowledged.length} acknowledged, ${state.refused} refused and then ` +
      `recorded, ${state.reads} reads meanwhile, lost ${lost}, doubled ${log.doubled}, wrong ${state.wrong.length}`,
    details: [...state.wrong, ...log.faults],
  };
}
