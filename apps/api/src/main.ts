import { parseArgs } from 'node:util';
import { LedgerRefusal } from '#domain';
import { CheckpointKeeper, configuredStore, Ledger, readSigningKey } from '#projections';
import { createApi } from './create-api.js';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

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

function portOf(text: string): number {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port <= 65_535
    ? port
    : stop(`PORT must be a number from 0 to 65535, not ${JSON.stringify(text)}`, 2);
}

const { data } = options();
const port = portOf(process.env['PORT'] ?? '3000');
const host = process.env['HOST'] ?? '127.0.0.1';
if (!LOOPBACK.includes(host))
  stop(`HOST is ${host}: until there are accounts the server takes loopback addresses only`);

/** Long enough for the answers that say so; then whoever watches the service starts it on a disk that is sound. */
const LEAVES_AFTER_FAILURE_MS = 500;

const store = configuredStore();
const ledger = await Ledger.open({
  directory: data,
  ...(store !== undefined && { store }),
  // so that /health can tell how far it is
  waitForCatchUp: false,
  // at once and without tidying up: a flush that failed once may seem to succeed the next time
  onFailure: (reason) => void setTimeout(() => stop(reason), LEAVES_AFTER_FAILURE_MS),
}).catch((error: unknown) => stop(error instanceof LedgerRefusal ? error.message : String(error)));
const stopFollowing = ledger.follow((error) =>
  process.stderr.write(`${JSON.stringify({ error: String(error) })}\n`),
);

const LOOKS_FOR_CHECKPOINT_MS = 1000;
const keyFile = process.env['FISCAL_SIGNING_KEY'];
if (keyFile) {
  const keeper = new CheckpointKeeper(ledger, signingKey(keyFile));
  const keep = () =>
    keeper.keep(performance.now()).catch((error: unknown) => {
      process.stderr.write(`${JSON.stringify({ error: `no checkpoint: ${String(error)}` })}\n`);
    });
  setInterval(() => void keep(), LOOKS_FOR_CHECKPOINT_MS).unref();
}

function signingKey(file: string) {
  try {
    return readSigningKey(file, ledger.store.origin);
  } catch (error) {
    return stop((error as Error).message);
  }
}

const app = await createApi(ledger);

// before it listens: a signal may come at any time. Requests end first, then what they use.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void app
      .close()
      .then(() => stopFollowing())
      .then(() => ledger.close())
      .then(
        () => process.exit(0),
        (error: unknown) => stop(`the shutdown failed: ${String(error)}`),
      );
  });

await app.listen(port, host).catch((error: Error) => stop(error.message));

process.stdout.write(
  `the ledger ${store === undefined ? `in ${data}` : 'on KurrentDB'} is served at ${await app.getUrl()} (API: /api/openapi.json)\n` +
    'there are no accounts yet: only this machine can connect, and who posts is what the header X-Actor says\n',
);

// `npm start` runs us below a shell: a signal sent to npm ends npm and the shell but
// never gets here. So leave, gracefully, once that shell is gone.
if (process.env['npm_lifecycle_event']) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}
