import type { Posting } from '../../api/types.js';
import { useKept } from '../../app/kept.js';
import { keyOfText, keyText, type LineKey } from '../../app/lines.js';
import { readAmount } from '../../ui/amount.js';
import { FORMS, type FormName, type PostingForm } from './forms.js';

export interface DraftLine {
  /** `keyText` of the budget line; empty until one is chosen. */
  readonly line: string;
  /** Whether its project, fund and origin are chosen one by one: the book need not have the line yet. */
  readonly isNew?: true;
  readonly economic: string;
  /** Where it is not the one of the project. */
  readonly function?: string;
  /** As it was typed. */
  readonly amount: string;
}

/** A posting while it is written: everything as it was typed, under the id that it will have. */
export interface Draft {
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly lines: readonly DraftLine[];
}

export const NO_LINE: DraftLine = { line: '', economic: '', amount: '' };
export const NEW_LINE: DraftLine = { ...NO_LINE, isNew: true };

export const emptyDraft = (fields: Draft['fields'] = {}): Draft => ({
  id: crypto.randomUUID(),
  fields,
  lines: [NO_LINE],
});

/** Whether a line is left out of the posting: nothing was chosen or typed in it. */
export const isBlank = ({ line, isNew, economic, amount }: DraftLine): boolean =>
  !line && !isNew && !economic && !amount;

/** What is typed that is no amount goes to the server as it is, whose sentence then says so. */
const amountOf = (typed: string) => readAmount(typed) ?? typed;

function put(posting: Posting, at: string, value: string): void {
  const [outer, inner] = at.split('/');
  if (inner === undefined) posting[outer!] = value;
  else posting[outer!] = { ...(posting[outer!] as object | undefined), [inner]: value };
}

/** The body of the posting that a draft makes; fields left empty are left out. */
export function bodyOf(name: FormName, { fields, lines }: Draft): Posting {
  const form: PostingForm = FORMS[name];
  const body: Posting = {};
  for (const { at, kind } of form.fields) {
    const typed = (fields[at] ?? '').trim();
    if (typed !== '') put(body, at, kind === 'amount' ? amountOf(typed) : typed);
  }
  if (form.lines)
    body['lines'] = lines
      .filter((line) => !isBlank(line))
      .map(({ line, function: code = '', economic, amount }) => ({
        ...keyOfText(line),
        ...(code !== '' && { function: code }),
        ...(economic !== '' && { economic }),
        amount: amountOf(amount),
      }));
  return body;
}

type PostedLine = LineKey & { function?: string; economic?: string; amount: string };

/** The draft that would make a posting: to edit a proposal. `payee` stands for the name that the vault keeps. */
export function draftOf(name: FormName, posting: Posting, payee?: string): Draft {
  const form: PostingForm = FORMS[name];
  const valueAt = (at: string) =>
    at.split('/').reduce<unknown>((value, key) => (value as Posting | undefined)?.[key], posting);
  const fields: Record<string, string> = {};
  for (const { at } of form.fields) {
    const value = at === 'payee' ? payee : valueAt(at);
    if (typeof value === 'string') fields[at] = value;
  }
  const lines = (posting['lines'] ?? []) as PostedLine[];
  return {
    id: crypto.randomUUID(),
    fields,
    lines: lines.map((line) => ({
      line: keyText(line),
      economic: line.economic ?? '',
      ...(line.function !== undefined && { function: line.function }),
      amount: line.amount,
    })),
  };
}

/** A draft that survives a reload, under a name that belongs to one account, book and form. */
export function useDraft(name: string, initial: () => Draft) {
  const { value: draft, keep, forget } = useKept(`fiscal-draft:${name}`, initial, emptyDraft);
  return { draft, change: keep, discard: forget };
}
