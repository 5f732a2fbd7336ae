// 3. One fsync of the log fails, at a commit or at a checkpoint of the WAL; all others succeed, as they do
// on a real disk that has dropped what it could not write.
// Seen to fail with: LogWriter takes writes again after SQLITE_IOERR (success after a failure), and with: the
// server goes on running, without writes (it does not end by itself).
import { join } from 'node:path';
import { payment } from '../bench/fixtures.mjs';
import {
  ask,
  endWithin,
  here,
  launch,
  node,
  postTo,
  scratch,
  serve,
  wait,
  whyNoStrace,
} from './toolbox.mjs';
import { acknowledgedOf, LogVerifier } from './verify-log.mjs';

/** A checkpoint is due after 512 commits; the failure must come before so many posts. */
const POSTS = 700;
const MORE_POSTS = 20;

/** Runs a program so that the n-th sync of that file fails once. */
const failing = (file, n) => [
  ...['strace', '-D', '-f', '-qq', '--seccomp-bpf', '-o', '/dev/null', '-P', file],
  ...['-e', 'trace=fsync,fdatasync', '-e', `inject=fsync,fdatasync:error=EIO:when=${n}`],
];

/** A store with a book in it, closed. */
async function storeWithBook() {
  const directory = join(scratch(), 'data');
  const writer = node(here('writer.mjs'), [directory, 0, 0, 1]);
  const { code } = await writer.ended;
  if (code !== 0) throw new Error(writer.err);
  return directory;
}

/** The server: nothing is acknowledged after the failure, and it ends itself, not with 0. */
async function overHttp(file, n) {
  const directory = await storeWithBook();
  const server = await serve(directory, { under: failing(join(directory, file), n) });
  const wrong = [];
  const acknowledged = [];
  let refusals = 0;
  for (let i = 0; i < POSTS && refusals < MORE_POSTS && server.alive; i++) {
    const command = payment('U', i);
    const { status, text } = await postTo(server.url, 'payments', command);
    if (status === 201) {
      acknowledged.push([JSON.parse(text).index, command.id]);
      if (refusals > 0) wrong.push(`${command.id} was acknowledged after ${refusals} failures`);
      continue;
    }
    refusals++;
    if (status !== 503 && status !== 0) wrong.push(`a post after the error got ${status} ${text}`);
    const read = await ask(`${server.url}/api/v1/books/U/2024/events?limit=1`);
    if (read.status !== 200 && read.status !== 0) wrong.push(`a read got ${read.status}`);
    if (refusals > 1) await wait(50);
  }
  const end = await endWithin(server, 5000);
  if (end === undefined) {
    wrong.push('the server does not end by itself after an fsync error');
    server.kill('SIGKILL');
    await server.ended;
  } else if (end.code === 0) wrong.push('the server ended with 0 after an fsync error');
  return { directory, acknowledged, failed: refusals > 0 || end !== undefined, wrong };
}

/** A script around the ledger that would go on: nothing is acknowledged after the failure, reads are served. */
async function inScript(file, n) {
  const directory = await storeWithBook();
  const [command, ...args] = failing(join(directory, file), n);
  const child = launch(command, [
    ...args,
    process.execPath,
    here('stubborn.mjs'),
    directory,
    POSTS,
  ]);
  const end = await endWithin(child, 60_000);
  const lines = child.out.split('\n').filter((line) => line);
  const first = lines.findIndex((line) => line.startsWith('no '));
  const wrong = [];
  const said = acknowledgedOf(lines.filter((line) => /^\d/.test(line)));
  if (first >= 0 && said.some((_, i) => i > first))
    wrong.push('success after a failure in a script');
  const read = lines.at(-1)?.startsWith('read ');
  if (end?.code === 0 && !(read && lines.at(-1) !== 'read 0'))
    wrong.push('no reads after the error');
  return { directory, acknowledged: said, failed: first >= 0 || end?.code !== 0, wrong };
}

async function checked(what, { directory, acknowledged, failed, wrong }) {
  if (!failed) wrong.push('no fsync failed: the test has tested nothing');
  const log = new LogVerifier(directory).take();
  const lost = log.lost(acknowledged);
  return {
    count: acknowledged.length,
    lost,
    wrong: [...wrong, ...log.faults].map((w) => `${what}: ${w}`),
  };
}

export async function fsyncError({ random, quick }) {
  const skipped = whyNoStrace();
  if (skipped) return { skipped };
  const atCommit = ['events.db-wal', random.between(5, 40)];
  // opening an existing store does not sync the file itself: the first time is the first checkpoint
  const atCheckpoint = ['events.db', 1];
  const results = [
    await checked(`server, commit ${atCommit[1]}`, await overHttp(...atCommit)),
    await checked(`script, commit ${atCommit[1]}`, await inScript(...atCommit)),
  ];
  if (!quick) {
    results.push(await checked('server, checkpoint', await overHttp(...atCheckpoint)));
    results.push(await checked('script, checkpoint', await inScript(...atCheckpoint)));
  }
  const lost = results.reduce((sum, r) => sum + r.lost, 0);
  const wrong = results.flatMap((r) => r.wrong);
  return {
    pass: lost + wrong.length === 0,
    figure:
      `${results.length} fsync errors, ${results.reduce((sum, r) => sum + r.count, 0)} acknowledged before, ` +
      `lost ${lost}, wrong ${wrong.length}`,
    details: wrong,
  };
}
