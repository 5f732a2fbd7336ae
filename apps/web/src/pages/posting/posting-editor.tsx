import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type FormEvent } from 'react';
import { ProblemError } from '../../api/problem.js';
import type { Lines } from '../../api/types.js';
import type { BookPlace } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';
import { Failure } from '../../ui/failure.js';
import { bodyOf, NO_LINE, useDraft, type Draft } from './draft.js';
import {
  entryFieldOf,
  filledFrom,
  isFollowable,
  limitOfField,
  linesLeft,
  useEntry,
} from './entry.js';
import { EntrySummary } from './entry-summary.js';
import { FORMS, type FormName, type PostingForm } from './forms.js';
import { LineRows } from './line-rows.js';
import { useText } from './locale.js';
import { PostedNote } from './posted-note.js';
import { PostingField } from './posting-field.js';
import { PreviewPane } from './preview-pane.js';
import { valueAt } from './pointers.js';
import { editProposal, submit } from './submit.js';
import { usePreview, useSettled } from './use-preview.js';

interface Props {
  readonly book: BookPlace;
  readonly name: FormName;
  readonly lines: Lines;
  readonly draftName: string;
  readonly initial: () => Draft;
  /** The proposal that the draft is to replace. */
  readonly proposal?: string;
}

/** The form on one side, on the other what the server says it would do. */
export function PostingEditor({ book, name, lines, draftName, initial, proposal }: Props) {
  const text = useText();
  const queries = useQueryClient();
  const form: PostingForm = FORMS[name];
  const { draft, change, discard } = useDraft(draftName, initial);
  const [asked, setAsked] = useState(false);
  const body = bodyOf(name, draft);
  const begun = Object.keys(draft.fields).length > 0 || draft.lines.some((l) => l !== NO_LINE);
  const entryId = useSettled(draft.fields[entryFieldOf(name) ?? ''] ?? '');
  const { data: entry } = useEntry(book, entryId);
  const preview = usePreview(book, { command: name, ...body }, begun, proposal);

  const sending = useMutation({
    mutationFn: () =>
      proposal === undefined
        ? submit(book, name, draft.id, body)
        : editProposal(book, proposal, draft.id, { command: name, ...body }),
    onSuccess: async () => {
      discard();
      setAsked(false);
      await queries.invalidateQueries({ queryKey: bookKey(book) });
    },
  });

  const refused = sending.error instanceof ProblemError ? sending.error : undefined;
  const findings = [
    ...(refused?.errors ?? []),
    ...((preview.current && preview.data?.refusal?.errors) || []),
  ];
  /** What is still empty is not told off before it is sent. */
  const errorAt = (pointer: string) => {
    const finding = findings.find((error) => error.pointer.replace(/^\/posting/, '') === pointer);
    return finding && (asked || (valueAt(body, pointer) ?? '') !== '')
      ? finding.message
      : undefined;
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    sending.mutate();
  };
  const write = (next: Partial<Draft>) => {
    sending.reset();
    change({ ...draft, ...next });
  };

  return (
    <div className="posting">
      <form onSubmit={send} noValidate autoComplete="off">
        <div className="fields">
          {form.fields.map((field) => (
            <PostingField
              key={field.at}
              field={field}
              value={draft.fields[field.at] ?? ''}
              change={(value) => write({ fields: { ...draft.fields, [field.at]: value } })}
              error={errorAt(`/${field.at}`)}
              limit={limitOfField(name, entry, field.at)}
            />
          ))}
        </div>
        {entry && (
          <EntrySummary
            entry={entry}
            fill={
              isFollowable(name, entry) ? () => write(filledFrom(name, entry, draft)) : undefined
            }
          />
        )}
        {form.lines && (
          <LineRows
            form={form}
            book={lines}
            lines={draft.lines}
            change={(changed) => write({ lines: changed })}
            errorAt={errorAt}
            left={linesLeft(name, entry)}
          />
        )}
        {sending.error && <Failure error={sending.error} />}
        {sending.data && <PostedNote book={book} outcome={sending.data} />}
        <p className="actions">
          <Button type="primary" htmlType="submit" loading={sending.isPending}>
            {text(proposal === undefined ? 'submit' : 'resubmit')}
          </Button>
          <Button onClick={discard} disabled={!begun}>
            {text('discard')}
          </Button>
          <span className="faint">{text('kept')}</span>
        </p>
      </form>
      <PreviewPane preview={begun ? preview.data : undefined} error={preview.error} />
    </div>
  );
}
