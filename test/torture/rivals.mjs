// 6. Two processes of eight writers each take from the same twenty lines.
// Seen to fail with: judgeAppend lets everything pass (overspent, and the chain is broken), and with:
// AppendBatch leaves an index free and gives it to a later event (out of order).
import { join } from 'node:path';
import { Ledger } from '#projections';
import { meta } from '../bench/fixtures.mjs';
import { Balances, openNarrowBook } from './narrow-book.mjs';
import { here, node, scratch } from './toolbox.mjs';
import { LogVerifier } from './verify-log.mjs';

const PROCESSES = 2;
const WRITERS = 8;

/** Pairs where one was answered before the other was begun and yet lies behind it in the log. */
function outOfOrder(acknowledged) {
  let earliestAnswerBehind;
  let count = 0;
  for (const { begun, answered } of acknowledged.toSorted((a, b) => b.index - a.index)) {
    if (earliestAnswerBehind < begun) count++;
    if (earliestAnswerBehind === undefined || answered < earliestAnswerBehind)
      earliestAnswerBehind = answered;
  }
  return count;
}

export async function rivals({ random, quick }) {
  const milliseconds = quick ? 3000 : 20_000;
  const directory = join(scratch(), 'data');
  const ledger = await Ledger.open({ directory });
  for (const command of openNarrowBook) {
    const result = await ledger.commands.run(command, meta);
    if (!result.ok) throw new Error(result.error.message);
  }
  await ledger.close();
  const children = Array.from({ length: PROCESSES }, (_, i) =>
    node(here('rival.mjs'), [directory, `p${i}`, WRITERS, milliseconds, random.below(2 ** 32)]),
  );
  const acknowledged = [];
  let refused = 0;
  for (const child of children) {
    const { code } = await child.ended;
    if (code !== 0) throw new Error(`a rival ended with ${code}: ${child.err}`);
    for (const line of child.out.trim().split('\n')) {
      const [index, begun, answered, id] = line.split(' ');
      if (index === 'refused') refused += Number(begun);
      else
        acknowledged.push({
          index: Number(index),
          begun: BigInt(begun),
          answered: BigInt(answered),
          id,
        });
    }
  }
  const balances = new Balances();
  const log = new LogVerifier(directory).take((event) => balances.take(event));
  const lost = log.lost(acknowledged.map(({ index, id }) => [index, id]));
  const disorder = outOfOrder(acknowledged);
  const unasked = log.size - acknowledged.length - openNarrowBook.length;
  return {
    pass:
      balances.overspent + disorder + lost + log.doubled + log.faults.length + unasked === 0 &&
      acknowledged.length > 0 &&
      refused > 0,
    figure:
      `${PROCESSES} x ${WRITERS} writers, ${milliseconds / 1000} s, ${acknowledged.length} acknowledged, ` +
      `${refused} refused, overspent ${balances.overspent}, out of order ${disorder}, lost ${lost}, ` +
      `doubled ${log.doubled}, not acknowledged ${unasked}, faults ${log.faults.length}`,
    details: log.faults,
  };
}
