import { parseArgs } from 'node:util';
import { LedgerRefusal } from '#domain';
import { Access } from '#accounts';
import { CheckpointKeeper, configuredStore, Ledger, readSigningKey } from '#projections';
import { readConfig } from './config.js';
import { createApi } from './create-api.js';

function stop(message: string, status = 1): never {
  process.stderr.write(`fiscal: ${message}\n`);
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
const ledger = await Ledger.open({
  directory: data,
  ...(store !== undefined && { store }),
  // so that /health can tell how far it is
  waitForCatchUp: false,
  onFailure,
}).catch(refused);
const access = await Access.open(ledger, { directory: data, onFailure }).catch(refused);
const isOpen = await access.isOpen().catch(refused);
if (isOpen && !config.isLoopback)
  stop(`HOST is ${config.host}: until there are accounts the server takes loopback addresses only`);

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

const { issuer, trustProxy } = config;
const app = await createApi(ledger, {
  access,
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

await app.listen(config.port, config.host).catch((error: Error) => stop(error.message));

const url = config.publicUrl ?? (await app.getUrl());
process.stdout.write(
  `the ledger ${store === undefined ? `in ${data}` : 'on KurrentDB'} is served at ${url} (API: /api/openapi.json)\n`,
);
if (isOpen)
  process.stdout.write(
    'there are no accounts yet: only this machine can connect, and who posts is what the header X-Actor says\n' +
      `the first account is made at ${url}/setup#${await access.newSetupLink()}\n`,
  );

// `npm start` runs us below a shell: a signal sent to npm ends npm and the shell but
// never gets here. So leave, gracefully, once that shell is gone.
if (process.env['npm_lifecycle_event']) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}
