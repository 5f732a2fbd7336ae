import { THREE_PUBLIC_EXPENSES } from '#domain';

const [abroad, purchase, running, reception] = THREE_PUBLIC_EXPENSES.map((e) => e.codes);

/** Economic codes of the “三公”经费, by the rows that forms print. */
export const THREE_PUBLIC = {
  all: THREE_PUBLIC_EXPENSES.flatMap((e) => e.codes),
  abroad: abroad!,
  vehicles: [...purchase!, ...running!],
  purchase: purchase!,
  running: running!,
  reception: reception!,
} as const satisfies Record<string, readonly string[]>;
