// A child: node writer.mjs DIRECTORY FROM COUNT WIDTH [follow]
// Posts payments through the CommandRunner, WIDTH at a time, and says each one that is acknowledged.
import { writeSync } from 'node:fs';
import { Ledger } from '#projections';
import { bookCommands, meta, payment } from '../bench/fixtures.mjs';

const [, , directory, from, count, width, follow] = process.argv;
const ledger = await Ledger.open({ directory });
const stop = follow
  ? ledger.follow((error) => {
      throw error;
    })
  : () => undefined;

async function post(command) {
  const result = await ledger.commands.run(command, meta);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  // synchronous: what is acknowledged must be known even if the process is killed now
  writeSync(1, `${result.value.index} ${command.id}\n`);
}

for (const command of bookCommands('U', 0)) await post(command);
const end = Number(from) + Number(count);
let n = Number(from);
const lane = async () => {
  while (n < end) await post(payment('U', n++));
};
await Promise.all(Array.from({ length: Number(width) }, lane));
stop();
await ledger.close();
