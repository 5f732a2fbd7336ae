// The double as a process of its own: `node test/kurrentdb-double/serve.mjs [--port 0] [--nodes 1]`.
// Prints one line of JSON with the connection string; ends at SIGTERM or, where its
// input is a pipe, when that is closed.
import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startDouble } from './double.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    nodes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
const double = await startDouble({
  port: Number(values.port),
  nodes: Number(values.nodes),
  seed: Number(values.seed),
});
const stop = () => void double.stop().then(() => process.exit(0));
process.once('SIGTERM', stop);
const input = fstatSync(0);
if (input.isFIFO() || input.isSocket()) process.stdin.once('end', stop).resume();
console.log(JSON.stringify({ connectionString: double.connectionString() }));
