import { FUNDS, negateFen, ORIGINS, subtractFen, sumFen, ZERO_FEN, type Fen } from '#domain';
import type { RegisterEntry, RegisterLine } from '#projections';
import type { FillContext } from '../context.js';
import { BLANK, moneyValue, numberValue, textValue, type Value } from '../value.js';
import type { Item } from './item.js';

const TYPES: Readonly<Record<string, { zh: string; en: string }>> = {
  PaymentMade: { zh: '支付', en: 'Payment' },
  PaymentRefunded: { zh: '退款', en: 'Refund' },
  EntryReversed: { zh: '冲销', en: 'Reversal' },
  CarryoverBroughtIn: { zh: '上年结转', en: 'Carryover' },
  BudgetApproved: { zh: '年初批复', en: 'Approval' },
  BudgetAdjusted: { zh: '调整', en: 'Adjustment' },
  BudgetTransferred: { zh: '调剂', en: 'Transfer' },
  FundsAllocatedDirectly: { zh: '直拨', en: 'Direct allocation' },
  AllocationAcknowledged: { zh: '确认', en: 'Acknowledgement' },
  FundsReserved: { zh: '占用', en: 'Reservation' },
  ReservationReleased: { zh: '解除占用', en: 'Release' },
};

/**
 * The lines of a page of a register: date, type, party, document, reason, procurement once for each
 * entry; project, fund, origin, function, economic, amount for each line.
 */
export function registerLines(context: FillContext): readonly Item[] {
  return (context.register?.entries ?? []).flatMap((entry) => {
    const lines: readonly (RegisterLine | undefined)[] = entry.lines.length
      ? entry.lines
      : [undefined];
    return lines.map((line, i) => ({
      key: i === 0 ? String(entry.index) : `${entry.index}.${i + 1}`,
      label: i === 0 ? labelOf(context, entry) : '',
      fields: {
        ...(i === 0 && headOf(entry)),
        ...lineFields(context, entry, line),
        amount: moneyValue(line?.fen ?? entry.fen, [entry.index]),
      },
    }));
  });
}

/**
 * Entries that others follow, e.g. direct allocations, each with what followed below it: `taken` is what
 * was acknowledged or released of `amount`, `open` is what is left, `age` how many days it is open.
 */
export function registerEntries(context: FillContext): readonly Item[] {
  const entries = context.register?.entries ?? [];
  const byRevision = new Map(entries.map((e) => [e.revision, e]));
  const rootOf = (entry: RegisterEntry): RegisterEntry => {
    const followed = entry.follows === undefined ? undefined : byRevision.get(entry.follows);
    return followed ? rootOf(followed) : entry;
  };
  return entries
    .filter((e) => rootOf(e) === e)
    .flatMap((root) => {
      const followers = entries.filter((e) => e !== root && rootOf(e) === root);
      return [
        openItem(context, root, followers),
        ...followers.map((f) => followerItem(context, root, f)),
      ];
    });
}

function openItem(
  context: FillContext,
  root: RegisterEntry,
  followers: readonly RegisterEntry[],
): Item {
  const taken = sumFen(followers.map((f) => takenBy(root, f)));
  const reversed = followers.filter((f) => isReversalOf(root, f)).map((f) => f.fen);
  const amount = sumFen([root.fen, ...reversed]);
  const open = subtractFen(amount, taken);
  const events = [root.index, ...followers.map((f) => f.index)];
  return {
    key: String(root.index),
    label: labelOf(context, root),
    fields: {
      ...headOf(root),
      ...lineFields(context, root, root.lines[0]),
      amount: moneyValue(amount, events),
      taken: moneyValue(taken, events),
      open: moneyValue(open, events),
      age: open === ZERO_FEN ? BLANK : numberValue(String(daysOpen(context, root.date)), events),
    },
  };
}

const followerItem = (context: FillContext, root: RegisterEntry, entry: RegisterEntry): Item => ({
  key: String(entry.index),
  label: labelOf(context, entry),
  level: 1,
  fields: {
    ...headOf(entry),
    ...(isReversalOf(root, entry)
      ? { amount: moneyValue(entry.fen, [entry.index]) }
      : { taken: moneyValue(takenBy(root, entry), [entry.index]) }),
  },
});

const isReversalOf = (root: RegisterEntry, entry: RegisterEntry): boolean =>
  entry.type === 'EntryReversed' && entry.follows === root.revision;

/** What an entry takes from the one it follows: an acknowledgement is a positive sum, a release negative. */
function takenBy(root: RegisterEntry, entry: RegisterEntry): Fen {
  if (isReversalOf(root, entry)) return ZERO_FEN;
  return root.type === 'FundsAllocatedDirectly' ? entry.fen : negateFen(entry.fen);
}

const labelOf = ({ lang }: FillContext, { index, type }: RegisterEntry): string =>
  `${index} ${TYPES[type]?.[lang] ?? type}`;

function headOf(entry: RegisterEntry): Record<string, Value> {
  const text = (t: string) => textValue(t, [entry.index]);
  return {
    date: text(entry.date),
    party: text(entry.party),
    document: text(entry.document),
    reason: text(entry.reason),
    procurement: moneyValue(entry.procurementFen, [entry.index]),
  };
}

function lineFields(
  { figures, lang }: FillContext,
  { index }: RegisterEntry,
  line: RegisterLine | undefined,
): Record<string, Value> {
  if (!line) return {};
  const text = (t: string) => textValue(t, [index]);
  return {
    project: text(figures.projects.find((p) => p.project === line.project)?.name ?? line.project),
    fund: text(FUNDS[line.fund][lang]),
    origin: text(ORIGINS[line.origin][lang]),
    function: text(line.function),
    economic: text(line.economic),
  };
}

/** Whole days from a date to the day that the report speaks of. */
function daysOpen({ figures }: FillContext, since: string): number {
  const until = figures.asOf.to ?? `${figures.id.fiscalYear}-12-31`;
  return Math.max(0, (Date.parse(until) - Date.parse(since)) / 86_400_000);
}
