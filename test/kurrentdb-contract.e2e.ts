import { afterEach } from '@jest/globals';
import { KurrentEventStore } from '#event-store';
import { storeContract } from '../libs/event-store/src/contract-suite.js';
import { startDouble, type Double } from './kurrentdb-double/double.mjs';

const doubles: Double[] = [];
storeContract('KurrentDB', async () => {
  const double = await startDouble();
  doubles.push(double);
  return KurrentEventStore.open({ connectionString: double.connectionString() });
});
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((double) => double.stop()));
});
