import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { memo, useDeferredValue } from 'react';
import { answer, api, ProblemError } from '../../api/client.js';
import { pathOf, useBook } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';
import { languageOf } from '../../app/i18n.js';
import { Failure } from '../../ui/failure.js';
import { Loading } from '../../ui/loading.js';
import { Paper } from '../reports/paper.js';
import { ReportPicker } from '../reports/report-picker.js';
import { useChangedCells, useChangedLines } from './changes.js';
import { useText } from './locale.js';
import { ReplayedLines } from './replayed-lines.js';

interface Props {
  readonly knownAt: number;
  readonly report: string;
  readonly put: (name: string, value: string) => void;
}

/** Moments that were passed are not kept for long: there are thousands. */
const KEPT_MS = 10_000;

/** Lines and a report at one index; what differs from the index shown before is marked. */
export function ReplayedFigures({ knownAt, report, put }: Props) {
  const text = useText();
  const { lines, form } = useMoment(String(knownAt), report);
  // drawn in pieces between which the slider can move
  const [drawnLines, drawnForm] = [useDeferredValue(lines.data), useDeferredValue(form.data)];
  const changedLines = useChangedLines(drawnLines);
  const changedCells = useChangedCells(drawnForm);
  const error = lines.error ?? form.error;
  if (error instanceof ProblemError && error.code === 'unknown-book')
    return <p>{text('notYet')}</p>;
  if (error) return <Failure error={error} />;
  if (!drawnLines || !drawnForm) return <Loading />;
  return (
    <>
      <p className="faint" role="status">
        {text('changed')}
      </p>
      <DrawnLines lines={drawnLines} changed={changedLines} />
      <ReportPicker value={report} choose={(name) => put('report', name)} />
      <DrawnPaper form={drawnForm} changed={changedCells} />
    </>
  );
}

const DrawnLines = memo(ReplayedLines);
const DrawnPaper = memo(Paper);

/** Both are asked for under `at`, by which the slider knows that they are on their way. */
function useMoment(knownAt: string, report: string) {
  const book = useBook();
  const lang = languageOf();
  const path = pathOf(book);
  const common = { placeholderData: keepPreviousData, gcTime: KEPT_MS, structuralSharing: false };
  const lines = useQuery({
    ...common,
    queryKey: [...bookKey(book), 'at', knownAt, 'lines'],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/books/{unit}/{year}/lines', {
          params: { path, query: { knownAt } },
          signal,
        }),
      ),
  });
  const form = useQuery({
    ...common,
    queryKey: [...bookKey(book), 'at', knownAt, 'form', report, lang],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/books/{unit}/{year}/reports/{report}/form', {
          params: {
            path: { ...path, report },
            query: { knownAt, amountUnit: '万元', lang, events: 'no' },
          },
          signal,
        }),
      ),
  });
  return { lines, form };
}
