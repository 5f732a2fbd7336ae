import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import type { Entry, LineLeft } from '../../api/types.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { bookKey, keyText } from '../../app/lines.js';
import { fenOf, isZero, typedFen } from '../../ui/amount.js';
import type { Draft, DraftLine } from './draft.js';
import { FORMS, type FormName, type PostingForm } from './forms.js';

/** What a form refers to by its field for an earlier posting; any posting may be reversed. */
const REFERS_TO: Readonly<Record<string, string>> = {
  payment: 'PaymentMade',
  reservation: 'FundsReserved',
  allocation: 'FundsAllocatedDirectly',
};

/** The field of a form that takes the id of an earlier posting. */
export const entryFieldOf = (name: FormName): string | undefined =>
  (FORMS[name] as PostingForm).fields.find(({ kind }) => kind === 'entry')?.at;

/** An earlier posting as it stands now; not asked while its id is empty. */
export const useEntry = (book: BookPlace, id: string) =>
  useQuery({
    enabled: id !== '',
    queryKey: [...bookKey(book), 'entries', id],
    queryFn: () =>
      answer(
        api.GET('/api/v1/books/{unit}/{year}/entries/{id}', {
          params: { path: { ...pathOf(book), id } },
        }),
      ),
  });

/** Whether an earlier posting is of the kind that a form refers to, and something is left of it. */
export function isFollowable(name: FormName, { event, left }: Entry): boolean {
  const wanted = REFERS_TO[entryFieldOf(name) ?? ''];
  return wanted === event.type && left !== undefined && !isZero(left.total);
}

/** The lines that a form may take from, where it takes no more than is left: refunds and releases. */
export function linesLeft(name: FormName, entry: Entry | undefined): readonly LineLeft[] | null {
  if (name !== 'refund-payment' && name !== 'release') return null;
  if (!entry || entry.event.type !== REFERS_TO[entryFieldOf(name)!]) return null;
  return (entry.left?.lines ?? []).filter(({ left }) => !isZero(left));
}

/** A draft with what is left of the posting that it refers to: all of it, to be lowered where it is less. */
export function filledFrom(name: FormName, entry: Entry, draft: Draft): Draft {
  if (!isFollowable(name, entry)) return draft;
  const { lines, total, procurement } = entry.left!;
  const withCodes = name === 'refund-payment';
  const left = lines.filter((line) => !isZero(line.left));
  const { counterparty } = entry.event.data as { counterparty?: string };
  const fields: Record<string, string> = {
    ...draft.fields,
    ...(name === 'acknowledge-allocation' && { amount: total }),
    ...(name === 'refund-payment' && !isZero(procurement) && { procurement }),
    ...(name === 'make-payment' && counterparty !== undefined && { payee: counterparty }),
  };
  if (!(FORMS[name] as PostingForm).lines) return { ...draft, fields };
  return {
    ...draft,
    fields,
    lines: left.map((line) => ({
      line: keyText(line),
      function: line.function,
      economic: (withCodes && line.economic) || '',
      amount: line.left,
    })),
  };
}

/** The most that a field of a form may say, in yuan: of the sum that is acknowledged, or of the procurement. */
export function limitOfField(
  name: FormName,
  entry: Entry | undefined,
  at: string,
): string | undefined {
  if (!entry || !isFollowable(name, entry)) return undefined;
  if (name === 'acknowledge-allocation' && at === 'amount') return entry.left!.total;
  if (name === 'refund-payment' && at === 'procurement') return entry.left!.procurement;
  return undefined;
}

const isOf = (left: LineLeft, { line, function: code, economic }: DraftLine): boolean =>
  keyText(left) === line &&
  (left.economic ?? '') === economic &&
  (code === undefined || code === left.function);

/** What is left for a line of the draft, in yuan, and whether the draft takes more, all its lines together. */
export function limitOf(
  lefts: readonly LineLeft[],
  lines: readonly DraftLine[],
  line: DraftLine,
): { readonly left: string; readonly isOver: boolean } | undefined {
  const limit = lefts.find((left) => isOf(left, line));
  if (!limit) return undefined;
  const asked = lines
    .filter((other) => isOf(limit, other))
    .reduce((sum, { amount }) => sum + typedFen(amount), 0n);
  return { left: limit.left, isOver: asked > fenOf(limit.left) };
}
