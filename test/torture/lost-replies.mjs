// 7. Clients behind a bad network repeat each posting with its key until they get an answer; meanwhile the
// server is killed and started again.
// Seen to fail with: a replay answers with the time of now (other bytes), and with: the runner does not look
// whether the book has the id already (refused instead of answered again).
import { join } from 'node:path';
import { bookCommands, payment } from '../bench/fixtures.mjs';
import { BadNetwork } from './bad-network.mjs';
import { postTo, scratch, serve, wait } from './toolbox.mjs';
import { LogVerifier } from './verify-log.mjs';

const CLIENTS = 16;
const MOST_TRIES = 200;
const SEGMENTS = {
  'open-book': 'books',
  'register-project': 'projects',
  'approve-budget': 'appropriations',
  'make-payment': 'payments',
};
const post = (url, command) => postTo(url, SEGMENTS[command.command], command);

/** Repeats until there is an answer that is not "try again". */
async function insist(url, command, random, wrong) {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const { status, text } = await post(url, command);
    if (status === 201) return { tries, text };
    const inFlight = status === 409 && JSON.parse(text).code === 'command-in-flight';
    if (status !== 0 && status !== 503 && !inFlight) {
      wrong.push(`${command.id} got ${status} ${text}`);
      return { tries };
    }
    await wait(random.below(10));
  }
  wrong.push(`${command.id} got no answer in ${MOST_TRIES} tries`);
  return { tries: MOST_TRIES };
}

/** Used keys with other content, straight to the server. */
async function otherContent(url, commands, wrong) {
  for (const command of commands) {
    const { status, text } = await post(url, { ...command, payee: `${command.payee}甲` });
    if (status !== 422 || JSON.parse(text).code !== 'idempotency-mismatch')
      wrong.push(`${command.id} with other content got ${status} ${text}`);
  }
}

export async function lostReplies({ random, quick }) {
  const count = quick ? 100 : 2000;
  const directory = join(scratch(), 'data');
  let server = await serve(directory);
  for (const command of bookCommands('U', 0)) await post(server.url, command);
  const network = new BadNetwork(server.url, random);
  const url = await network.listen();
  const commands = Array.from({ length: count }, (_, n) => payment('U', n));
  const wrong = [];
  const answers = new Map();
  let tries = 0;
  const next = commands.values();
  const client = async () => {
    for (const command of next) {
      const answer = await insist(url, command, random, wrong);
      tries += answer.tries;
      answers.set(command.id, answer.text);
    }
  };
  const restart = async () => {
    while (answers.size < count / 2) await wait(20);
    server.kill('SIGKILL');
    await server.ended;
    server = await serve(directory);
    network.target = server.url;
  };
  await Promise.all([...Array.from({ length: CLIENTS }, client), restart()]);
  await otherContent(server.url, commands.slice(0, 100), wrong);
  network.close();
  server.kill('SIGTERM');
  await server.ended;
  const log = new LogVerifier(directory).take();
  wrong.push(...log.faults);
  for (const { id } of commands) {
    const given = [...(network.created.get(id) ?? [])];
    if (given.length !== 1) wrong.push(`${id} got ${given.length} different answers`);
    if (!given[0]?.startsWith(`${answers.get(id)} `))
      wrong.push(`${id}: the client got another body`);
    if (!log.indexOf.has(`book-U-2024 ${id}`)) wrong.push(`${id} is not in the log`);
  }
  const effects = log.size - [...bookCommands('U', 0)].length;
  return {
    pass: wrong.length + log.doubled === 0 && effects === count,
    figure:
      `${count} keys, ${tries} tries, ${network.lostReplies} replies lost, ${network.doubled} requests doubled, ` +
      `${network.statuses.get(409) ?? 0} were in flight, effects ${effects}, wrong ${wrong.length}`,
    details: wrong,
  };
}
