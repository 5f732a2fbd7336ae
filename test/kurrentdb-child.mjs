// A node in a process of its own, to be killed: follows a server with its index in a directory and says how far.
import { writeSync } from 'node:fs';
import { KurrentEventStore } from '#event-store';

const [, , connectionString, directory] = process.argv;
const options = { connectionString, directory, waitForCatchUp: false };
const store = await KurrentEventStore.open(options);
store.onAppended((size) => writeSync(1, `${size}\n`));
