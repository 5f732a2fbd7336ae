import { parseArgs } from 'node:util';
import { LedgerRefusal } from '#domain';
import { Ledger } from '#projections';
import { createApi } from './create-api.js';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

const { values } = parseArgs({ options: { data: { type: 'string', default: 'data' } } });
const port = Number(process.env['PORT'] ?? 3000);
const host = process.env['HOST'] ?? '127.0.0.1';

function stop(message: string): never {
  process.stderr.write(`fiscal: ${message}\n`);
  process.exit(1);
}

if (!LOOPBACK.includes(host))
  stop(`HOST is ${host}: until there are accounts the server takes loopback addresses only`);

const ledger = await Ledger.open({ directory: values.data }).catch((error: unknown) =>
  stop(error instanceof LedgerRefusal ? error.message : String(error)),
);
const stopFollowing = ledger.follow((error) =>
  process.stderr.write(`${JSON.stringify({ error: String(error) })}\n`),
);
const app = await createApi(ledger);
await app.listen(port, host).catch((error: Error) => stop(error.message));

process.stdout.write(
  `the ledger in ${values.data} is served at ${await app.getUrl()} (API: /api/openapi.json)\n` +
    'there are no accounts yet: only this machine can connect, and who posts is what the header X-Actor says\n',
);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void app
      .close()
      .then(() => stopFollowing())
      .then(() => ledger.close())
      .then(() => process.exit(0));
  });

// `npm start` runs us below a shell: a signal sent to npm ends npm and the shell but
// never gets here. So leave, gracefully, once that shell is gone.
if (process.env['npm_lifecycle_event']) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}
