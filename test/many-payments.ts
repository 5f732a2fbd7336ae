import { readCommand, type Command } from '#domain';
import type { Ledger } from '#projections';
import { BOOK, recording } from './lusong.js';

/** A small payment of 优抚经费, as there are many in a year. */
function smallPayment(i: number, unit: string): Command {
  const command = readCommand({
    ...BOOK,
    unit,
    command: 'make-payment',
    id: `many-${i}`,
    date: '2023-06-30',
    payee: `对象 ${i % 100}`,
    reason: `第 ${i} 笔`,
    lines: [
      {
        project: 'YF',
        fund: 'general-public-budget',
        origin: 'current',
        economic: '30304',
        amount: '1.00',
      },
    ],
  });
  if (!command.ok) throw new Error(command.error.message);
  return command.value;
}

const AT_ONCE = 500;

/** Posts so many, from number `first` on, several under way at once. */
export async function postSmallPayments(
  ledger: Ledger,
  count: number,
  first = 0,
  unit: string = BOOK.unit,
): Promise<void> {
  for (let done = 0; done < count; done += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - done) }, (_, i) =>
      ledger.commands.run(smallPayment(first + done + i, unit), recording),
    );
    for (const result of await Promise.all(batch))
      if (!result.ok) throw new Error(result.error.message);
  }
  await ledger.catchUp();
}
