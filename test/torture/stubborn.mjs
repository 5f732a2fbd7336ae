// A child: node stubborn.mjs DIRECTORY COUNT
// Posts payments one after the other and goes on whatever the answer; says each answer, then reads the log.
import { writeSync } from 'node:fs';
import { Ledger } from '#projections';
import { meta, payment } from '../bench/fixtures.mjs';

const [, , directory, count] = process.argv;
const ledger = await Ledger.open({ directory });
for (let n = 0; n < Number(count); n++) {
  const command = payment('U', n);
  const result = await ledger.commands.run(command, meta);
  writeSync(1, result.ok ? `${result.value.index} ${command.id}\n` : `no ${result.error.code}\n`);
}
writeSync(1, `read ${(await ledger.store.readLog(0, 10)).length}\n`);
