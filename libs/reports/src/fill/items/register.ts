import {
  addFen,
  FUNDS,
  negateFen,
  ORIGINS,
  subtractFen,
  sumFen,
  ZERO_FEN,
  type Fen,
} from '#domain';
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
  const followedBy = (e: RegisterEntry): RegisterEntry | undefined =>
    e.follows === undefined ? undefined : byRevision.get(e.follows);
  const rootOf = (e: RegisterEntry): RegisterEntry => {
    const followed = followedBy(e);
    return followed ? rootOf(followed) : e;
  };
  // a reversal takes back exactly what the entry before it took, whatever its own sum is
  const takenBy = (e: RegisterEntry): Fen => {
    const followed = followedBy(e);
    if (e.type === 'EntryReversed') return followed ? negateFen(takenBy(followed)) : ZERO_FEN;
    if (e.follows === undefined) return ZERO_FEN;
    return e.type === 'AllocationAcknowledged' ? e.fen : negateFen(e.fen);
  };
  const followers = Map.groupBy(
    entries.filter((e) => rootOf(e) !== e),
    rootOf,
  );
  // where days bound the register, what followed an entry of other days is not one by itself
  return entries
    .filter((e) => e.follows === undefined)
    .flatMap((root) => {
      const after = (followers.get(root) ?? []).map((entry): Follower => {
        const isReversal = entry.type === 'EntryReversed' && entry.follows === root.revision;
        return { entry, amount: isReversal ? entry.fen : ZERO_FEN, taken: takenBy(entry) };
      });
      return [openItem(context, root, after), ...after.map((f) => followerItem(context, f))];
    });
}

/** An entry that follows another: what it changes of its amount, and what it takes from what is open. */
interface Follower {
  readonly entry: RegisterEntry;
  readonly amount: Fen;
  readonly taken: Fen;
}

function openItem(context: FillContext, root: RegisterEntry, after: readonly Follower[]): Item {
  const amount = addFen(root.fen, sumFen(after.map((f) => f.amount)));
  const released = sumFen(after.map((f) => f.taken));
  const left = subtractFen(amount, released);
  // the close of the year ends every reservation
  const { closing } = context.figures;
  const ended = closing !== undefined && root.type === 'FundsReserved' && left !== ZERO_FEN;
  const [taken, open] = ended ? [amount, ZERO_FEN] : [released, left];
  const events = [
    root.index,
    ...after.map((f) => f.entry.index),
    ...(ended ? [closing.index] : []),
  ];
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

const followerItem = (context: FillContext, { entry, amount, taken }: Follower): Item => ({
  key: String(entry.index),
  label: labelOf(context, entry),
  level: 1,
  fields: {
    ...headOf(entry),
    ...(amount !== ZERO_FEN && { amount: moneyValue(amount, [entry.index]) }),
    ...(taken !== ZERO_FEN && { taken: moneyValue(taken, [entry.index]) }),
  },
});

const labelOf = ({ lang }: FillContext, { index, type }: RegisterEntry): string =>
  `${index} ${TYPES[type]?.[lang] ?? type}`;

function headOf(entry: RegisterEntry): Record<string, Value> {
  const text = (t: string) => textValue(t, [entry.index]);
  return {
    date: text(entry.date),
    // names are shown but not compared or hashed: these go by what stays when a name is erased
    party: { ...text(entry.party), ...(entry.subject && { exact: entry.subject }) },
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
