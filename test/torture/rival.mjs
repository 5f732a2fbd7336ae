// A child: node rival.mjs DIRECTORY NAME WRITERS MILLISECONDS SEED
// Writers that take what they can from the same lines; says of each acknowledged command when it was begun
// and when it was answered, on the clock that all processes of a machine share.
import { writeSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { Ledger } from '#projections';
import { meta } from '../bench/fixtures.mjs';
import { change, spend } from './narrow-book.mjs';
import { randomOf } from './toolbox.mjs';

const [, , directory, name, writers, milliseconds, seed] = process.argv;
const ledger = await Ledger.open({ directory });
const random = randomOf(Number(seed));
const end = performance.now() + Number(milliseconds);
let refused = 0;

async function write(writer) {
  for (let n = 0; performance.now() < end; n++) {
    const id = `${name}-${writer}-${n}`;
    const command = random.chance(0.25) ? change(id, random) : spend(id, random);
    const begun = process.hrtime.bigint();
    const result = await ledger.commands.run(command, meta);
    const answered = process.hrtime.bigint();
    if (result.ok) writeSync(1, `${result.value.index} ${begun} ${answered} ${id}\n`);
    else if (!/^(insufficient-|revision-conflict)/.test(result.error.code))
      throw new Error(`${result.error.code}: ${result.error.message}`);
    else refused++;
    // a refusal needs no disk: without this the writers of one process would starve their own timers
    await turn();
  }
}

await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)));
await ledger.close();
writeSync(1, `refused ${refused}\n`);
