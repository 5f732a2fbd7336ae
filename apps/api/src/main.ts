import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { LedgerRefusal } from '#domain';
import { Access } from '#accounts';
import { hadNoAnswer } from '#event-store';
import { CheckpointKeeper, configuredStore, Ledger, readSigningKey } from '#projections';
import { readConfig } from './config.js';
import { createApi } from './create-api.js';
import { LogArrival } from './health/arrival.js';
import { openPatiently } from './open-patiently.js';

const say = (sentence: string) => void process.stderr.write(`fiscal: ${sentence}\n`);

function stop(message: string, status = 1): never {
  say(message);
  process.exit(status);
}

function options() {
  try {
    return parseArgs({ options: { data: { type: 'string', default: 'data' } } }).values;
  } catch (error) {
    return stop((error as Error).message, 2);
  }
}

function configuration() {
  try {
    return readConfig(process.env);
  } catch (error) {
    return stop((error as Error).message, 2);
  }
}

const { data } = options();
const config = configuration();

/** Long enough for the answers that say so; then whoever watches the service starts it on a disk that is sound. */
const LEAVES_AFTER_FAILURE_MS = 500;

// at once and without tidying up: a flush that failed once may seem to succeed the next time
const onFailure = (reason: string) => void setTimeout(() => stop(reason), LEAVES_AFTER_FAILURE_MS);
const refused = (error: unknown) =>
  stop(error instanceof LedgerRefusal ? error.message : String(error));

const store = configuredStore();
const ledger = await openPatiently(
  () =>
    Ledger.open({
      directory: data,
      ...(store !== undefined && { store }),
      // so that /health can tell how far it is
      waitForCatchUp: false,
      onFailure,
    }),
  { ...config, mayPass: hadNoAnswer, say },
).catch(refused);
const access = await Access.open(ledger, { directory: data, onFailure }).catch(refused);

/** Accounts are in the log: whether there are any is not known before it has come. */
let isOpen = false;
const arrival = new LogArrival(ledger, async () => {
  isOpen = await access.isOpen();
  if (isOpen && !config.isLoopback)
    stop(
      `HOST is ${config.host}: until there are accounts the server takes loopback addresses only`,
    );
});

const stopFollowing = ledger.follow((error) =>
  process.stderr.write(`${JSON.stringify({ error: String(error) })}\n`),
);

const LOOKS_FOR_CHECKPOINT_MS = 1000;
if (config.signingKey !== undefined) {
  const file = config.signingKey;
  const keepers = [ledger, access.log.ledger].map(
    (log) => new CheckpointKeeper(log, signingKey(file, log.store.origin)),
  );
  const keep = (keeper: CheckpointKeeper) =>
    keeper.keep(performance.now()).catch((error: unknown) => {
      process.stderr.write(`${JSON.stringify({ error: `no checkpoint: ${String(error)}` })}\n`);
    });
  setInterval(
    () => keepers.forEach((keeper) => void keep(keeper)),
    LOOKS_FOR_CHECKPOINT_MS,
  ).unref();
}

function signingKey(file: string, origin: string) {
  try {
    return readSigningKey(file, origin);
  } catch (error) {
    return stop((error as Error).message);
  }
}

const LOOKS_FOR_LOG_MS = 100;
const ARRIVES_WITHIN_MS = 1000;

/** Waits until the log has come, for a bounded time; answers whether it has. */
async function hasArrived(withinMs: number): Promise<boolean> {
  for (const end = performance.now() + withinMs; ; await wait(LOOKS_FOR_LOG_MS)) {
    // a store that does not answer now may do so at the next look
    if (await arrival.look().catch(() => false)) return true;
    if (performance.now() > end) return false;
  }
}

const { issuer, trustProxy } = config;
const app = await createApi(ledger, {
  access,
  arrival,
  ...(issuer && { issuer }),
  ...(trustProxy && { trustProxy }),
});

// before it listens: a signal may come at any time. Requests end first, then what they use.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void app
      .close()
      .then(() => stopFollowing())
      .then(() => access.close())
      .then(() => ledger.close())
      .then(
        () => process.exit(0),
        (error: unknown) => stop(`the shutdown failed: ${String(error)}`),
      );
  });

// `npm start` runs us below a shell: a signal sent to npm ends npm and the shell but
// never gets here. So leave, gracefully, once that shell is gone.
if (process.env['npm_lifecycle_event']) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}

// what has come in this time is judged before anybody can connect
await hasArrived(ARRIVES_WITHIN_MS);
await app.listen(config.port, config.host).catch((error: Error) => stop(error.message));

const url = config.publicUrl ?? (await app.getUrl());
process.stdout.write(
  `the ledger ${store === undefined ? `in ${data}` : 'on KurrentDB'} is served at ${url} (API: /api/openapi.json)\n`,
);
if (!(await arrival.look().catch(() => false))) say('the log has not come here yet');
await hasArrived(Infinity);
if (isOpen)
  process.stdout.write(
    'there are no accounts yet: only this machine can connect, and who posts is what the header X-Actor says\n' +
      `the first account is made at ${url}/setup#${await access.newSetupLink()}\n`,
  );
