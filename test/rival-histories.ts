import fc from 'fast-check';
import {
  formatFen,
  fen,
  toFen,
  type BookState,
  type Command,
  type CommandLine,
  type Posting,
  type ProposableName,
} from '#domain';

/** Random years of several people who propose and post out of the same lines, contracts, payments and papers. */
export const RIVAL_BOOK = { unit: 'U-1', fiscalYear: 2024 } as const;
const PEOPLE = ['zhang.san', 'li.si', 'wang.wu'] as const;
const PROJECTS = ['P', 'Q', 'R', 'S'] as const;
const MONEY = { fund: 'general-public-budget' } as const;
const ECONOMIC = '30201';

type Kind = Exclude<ProposableName, 'close-year' | 'reopen-year'> | 'acknowledge-allocation';

/** What somebody does next: what it is about is picked by number from what the book has by then. */
export interface Act {
  readonly way: 'propose' | 'post' | 'approve' | 'return' | 'revise' | 'withdraw';
  readonly who: string;
  readonly kind: Kind;
  readonly of: number;
  readonly line: number;
  /** Fen above zero. */
  readonly amount: number;
  readonly paper: number;
  readonly isCarryover: boolean;
  readonly isLess: boolean;
  readonly isReserved: boolean;
}

const act: fc.Arbitrary<Act> = fc.record({
  way: fc.constantFrom(
    ...(['propose', 'propose', 'propose', 'propose', 'propose', 'propose'] as const),
    ...(['post', 'post', 'post', 'revise', 'approve', 'return', 'withdraw'] as const),
  ),
  who: fc.constantFrom(...PEOPLE),
  kind: fc.constantFrom(
    ...(['make-payment', 'make-payment', 'make-payment', 'reserve', 'reserve'] as const),
    ...(['refund-payment', 'refund-payment', 'release', 'reverse-entry', 'reverse-entry'] as const),
    ...(['adjust-budget', 'adjust-budget', 'transfer-budget', 'allocate-directly'] as const),
    ...(['acknowledge-allocation', 'approve-budget', 'bring-in-carryover'] as const),
  ),
  of: fc.nat(),
  line: fc.nat(),
  amount: fc.integer({ min: 1, max: 60_000 }),
  paper: fc.nat(11),
  isCarryover: fc.boolean(),
  isLess: fc.boolean(),
  isReserved: fc.boolean(),
});
export const acts = fc.array(act, { minLength: 20, maxLength: 80 });

const date = '2024-03-01';
const line = (project: string, origin: 'current' | 'carryover', amount: string) => ({
  ...MONEY,
  project,
  origin,
  amount,
});

/** An open book: some money on two projects, none yet on the two others. */
export const start: readonly Command[] = [
  {
    ...RIVAL_BOOK,
    command: 'open-book',
    id: 'book',
    date,
    unitName: '局',
    divisionCode: '43',
    divisionName: '区',
  },
  ...PROJECTS.map((project): Command => ({
    ...RIVAL_BOOK,
    command: 'register-project',
    id: `project-${project}`,
    date,
    project,
    name: project,
    category: 'project',
    function: '2080899',
  })),
  {
    ...RIVAL_BOOK,
    command: 'approve-budget',
    id: 'budget',
    date,
    document: { number: '批复', date },
    lines: ['P', 'Q'].map((p) => line(p, 'current', '1500.00')),
  },
  {
    ...RIVAL_BOOK,
    command: 'bring-in-carryover',
    id: 'carryover',
    date,
    document: { number: '结转', date },
    fromFiscalYear: 2023,
    lines: ['P', 'Q'].map((p) => line(p, 'carryover', '800.00')),
  },
];

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];

/** The posting that an act is about in a book as it is, under an id; undefined where there is nothing to name. */
export function postingOf(state: BookState, a: Act, id: string): Command | undefined {
  const common = { ...RIVAL_BOOK, id, date };
  const document = { number: `文${a.paper}`, date };
  const paper = { document, reason: '事由' };
  const amount = formatFen(fen(a.amount));
  const project = pick(PROJECTS, a.line)!;
  const origin = a.isCarryover ? 'carryover' : 'current';
  const earlier = (type?: Posting['type']) => {
    const all = [...state.postings.values()].sort((x, y) => x.revision - y.revision);
    // of those that later ones take from only a few, so that many want the same
    return pick(type ? all.filter((p) => p.type === type).slice(0, 3) : all, a.of);
  };
  switch (a.kind) {
    case 'approve-budget':
      return { ...common, command: a.kind, document, lines: [line(project, 'current', amount)] };
    case 'bring-in-carryover': {
      const lines = [line(project, 'carryover', amount)];
      return { ...common, command: a.kind, document, fromFiscalYear: 2023, lines };
    }
    case 'adjust-budget': {
      const lines = [line(project, origin, a.isLess ? `-${amount}` : amount)];
      return { ...common, command: a.kind, ...paper, lines };
    }
    case 'transfer-budget': {
      const to = pick(PROJECTS, a.line + 1)!;
      const lines = [line(project, 'current', `-${amount}`), line(to, 'current', amount)];
      return { ...common, command: a.kind, ...paper, lines };
    }
    case 'allocate-directly': {
      const recipient = { code: 'jd', name: '街道' };
      const lines = [line(project, 'current', amount)];
      return { ...common, command: a.kind, ...paper, recipient, lines };
    }
    case 'reserve': {
      // several on one line, or what is reserved of the line would stand in for the reservation
      const lines = [line('P', origin, amount)];
      return { ...common, command: a.kind, ...paper, lines };
    }
    case 'make-payment':
      return paymentOf(a, common, a.isReserved ? earlier('FundsReserved') : undefined);
    case 'refund-payment': {
      const payment = earlier('PaymentMade');
      if (!payment) return undefined;
      const part = partOf(payment, a);
      const lines = [{ ...lineOf(payment), economic: ECONOMIC, amount: part }];
      const more = {
        ...(a.isLess && { voucher: `记-${a.paper}` }),
        ...(payment.procurementFen > 0 && { procurement: part }),
      };
      return { ...common, command: a.kind, payment: payment.id, reason: '退', ...more, lines };
    }
    case 'release': {
      const reservation = earlier('FundsReserved');
      if (!reservation) return undefined;
      const lines = [{ ...lineOf(reservation), amount: partOf(reservation, a) }];
      return { ...common, command: a.kind, reservation: reservation.id, reason: '释放', lines };
    }
    case 'acknowledge-allocation': {
      const allocation = earlier('FundsAllocatedDirectly');
      if (!allocation) return undefined;
      const part = partOf(allocation, a);
      return { ...common, command: a.kind, allocation: allocation.id, amount: part };
    }
    case 'reverse-entry':
      return { ...common, command: a.kind, entry: earlier()!.id, reason: '冲销' };
  }
}

function paymentOf(
  a: Act,
  common: { readonly id: string; readonly unit: string; fiscalYear: number; readonly date: string },
  reservation: Posting | undefined,
): Command {
  const amount = reservation ? partOf(reservation, a) : formatFen(fen(a.amount));
  const from = reservation
    ? lineOf(reservation)
    : line(pick(PROJECTS, a.line)!, a.isCarryover ? 'carryover' : 'current', amount);
  const lines: CommandLine[] = [{ ...from, economic: ECONOMIC, amount }];
  // half of it, so that refunds can be too much for the procurement alone
  const procurement = formatFen(fen(Math.ceil(toFen(amount) / 2)));
  return {
    ...common,
    command: 'make-payment',
    payee: '供应商',
    ...(a.isLess && { voucher: `记-${a.paper}`, procurement }),
    ...(reservation && { reservation: reservation.id }),
    lines,
  };
}

/** No more than an entry was, so that the first takes it and the second is often too much. */
const partOf = ({ movements }: Posting, { amount }: Act): string =>
  formatFen(fen(1 + (amount % movements[0]!.amountFen)));

const lineOf = ({ movements }: Posting) => {
  const { project, fund, origin } = movements[0]!;
  return { project, fund, origin };
};
