import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { useBook } from '../../app/book.js';
import { Failure } from '../../ui/failure.js';
import { DateInput } from '../../ui/date-input.js';
import { Field } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { useText } from './locale.js';
import { Paper } from './paper.js';
import { ReportPicker } from './report-picker.js';
import { momentQuery, useForm, type AmountUnit } from './use-form.js';
import './reports.css';

const CellDrawer = lazy(() => import('./cell-drawer.js'));
const FORMATS = ['json', 'csv', 'html'] as const;

/** A report of the book at any moment, as it is on paper. What is chosen stands in the address. */
export default function ReportsPage() {
  const text = useText();
  const book = useBook();
  const [search, setSearch] = useSearchParams();
  const at = (name: string) => search.get(name) ?? '';
  const report = at('report') || 'annex-3';
  const amountUnit: AmountUnit = at('in') === '元' ? '元' : '万元';
  const moment = { to: at('to'), knownAt: at('knownAt') };
  const { data: form, error, refetch } = useForm(book, report, moment, amountUnit);
  const put = (values: Readonly<Record<string, string>>) =>
    setSearch(
      (now) => {
        for (const [name, value] of Object.entries(values))
          if (value === '') now.delete(name);
          else now.set(name, value);
        return now;
      },
      { replace: true },
    );
  const url = (format: string) =>
    `/api/v1/books/${book.unit}/${book.fiscalYear}/reports/${report}?` +
    new URLSearchParams({ ...momentQuery(moment), amountUnit, format }).toString();
  return (
    <>
      <div className="report-bar no-print">
        <ReportPicker
          value={report}
          choose={(name) => put({ report: name, row: '', column: '' })}
        />
        <Field label={text('to')}>
          {(control) => <DateInput {...control} value={moment.to} change={(to) => put({ to })} />}
        </Field>
        <Field label={text('knownAt')} hint={text('knownAtHint')}>
          {(control) => (
            <input
              {...control}
              type="number"
              min={0}
              className="plain-input"
              value={moment.knownAt}
              onChange={({ target }) => put({ knownAt: target.value })}
            />
          )}
        </Field>
        <Field label={text('amountUnit')}>
          {(control) => (
            <select
              {...control}
              className="plain-input"
              value={amountUnit}
              onChange={({ target }) => put({ in: target.value === '元' ? '元' : '' })}
            >
              <option>万元</option>
              <option>元</option>
            </select>
          )}
        </Field>
        <div className="acts">
          <Button type="primary" onClick={() => window.print()}>
            {text('print')}
          </Button>
          {FORMATS.map((format) => (
            <a key={format} href={url(format)} download={`${report}.${format}`}>
              {text('download')} {format.toUpperCase()}
            </a>
          ))}
        </div>
      </div>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!form && !error && <Loading />}
      {form && !error && (
        <Paper form={form} choose={({ row, column, label }) => put({ row, column, label })} />
      )}
      {at('row') !== '' && (
        <Suspense>
          <CellDrawer
            book={book}
            report={report}
            place={{ row: at('row'), column: at('column'), label: at('label') }}
            query={{ ...momentQuery(moment), amountUnit }}
            done={() => put({ row: '', column: '', label: '' })}
          />
        </Suspense>
      )}
    </>
  );
}
