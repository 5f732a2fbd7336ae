import { afterEach } from '@jest/globals';
import { KurrentEventStore } from '#event-store';
import { storeContract } from '../libs/event-store/src/contract-suite.js';
import { startDouble, type Double } from './kurrentdb-double/double.mjs';

/**
 * The double, or real servers: FISCAL_TEST_STORE has their connection strings with a space between. Indices count
 * the whole log and a log cannot be emptied, so each test takes an empty server of its own, in memory
 * (`--mem-db`), that is thrown away afterwards.
 */
const servers = process.env['FISCAL_TEST_STORE']?.split(' ').filter(Boolean);
const doubles: Double[] = [];

async function emptyServer(): Promise<string> {
  if (!servers) {
    const double = await startDouble();
    doubles.push(double);
    return double.connectionString();
  }
  const server = servers.shift();
  if (server === undefined)
    throw new Error('FISCAL_TEST_STORE must name an empty server for each test: it has too few');
  return server;
}

storeContract('KurrentDB', async () => {
  const store = await KurrentEventStore.open({ connectionString: await emptyServer() });
  if ((await store.size()) > 0) throw new Error('the server of a test must be empty');
  return store;
});
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((double) => double.stop()));
});
