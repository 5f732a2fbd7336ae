import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { answer, api } from '../../api/client.js';
import { pathOf, useBook } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';
import { Failure } from '../../ui/failure.js';
import { Field } from '../../ui/field.js';
import { grouped } from '../../ui/amount.js';
import { ReportPicker } from '../reports/report-picker.js';
import { useText } from './locale.js';

/** A report at two moments: the cells that differ and the records between. */
export default function Compare() {
  const text = useText();
  const [search, setSearch] = useSearchParams();
  const report = search.get('report') ?? 'annex-3';
  const [moments, setMoments] = useState([search.get('a') ?? '', search.get('b') ?? '']);
  const put = (values: Readonly<Record<string, string>>) =>
    setSearch((now) => {
      for (const [name, value] of Object.entries(values)) now.set(name, value);
      return now;
    });
  const field = (at: 0 | 1, label: string) => (
    <Field label={label} hint={text('momentHint')}>
      {(control) => (
        <input
          {...control}
          required
          pattern="\d{4}-\d{2}-\d{2}|\d{1,15}"
          className="plain-input"
          value={moments[at]}
          onChange={({ target }) =>
            setMoments((now) => now.map((moment, i) => (i === at ? target.value : moment)))
          }
        />
      )}
    </Field>
  );
  const [a, b] = [search.get('a'), search.get('b')];
  return (
    <>
      <form
        className="report-bar"
        onSubmit={(event) => {
          event.preventDefault();
          put({ a: moments[0]!, b: moments[1]! });
        }}
      >
        <ReportPicker value={report} choose={(name) => put({ report: name })} />
        {field(0, text('firstMoment'))}
        {field(1, text('secondMoment'))}
        <div className="acts">
          <Button type="primary" htmlType="submit">
            {text('doCompare')}
          </Button>
        </div>
      </form>
      {a && b && <Differences report={report} a={a} b={b} />}
    </>
  );
}

function Differences({ report, a, b }: { report: string; a: string; b: string }) {
  const text = useText();
  const book = useBook();
  const { data, error } = useQuery({
    queryKey: [...bookKey(book), 'diff', report, a, b],
    queryFn: () =>
      answer(
        api.GET('/api/v1/books/{unit}/{year}/reports/{report}/diff', {
          // the document knows a parameter that is given twice by one name
          params: { path: { ...pathOf(book), report }, query: { at: [a, b] as unknown as string } },
        }),
      ),
  });
  if (error) return <Failure error={error} />;
  if (!data) return null;
  return (
    <div className="scroll-x" role="region" aria-label={text('compare')} tabIndex={0}>
      <table className="figures">
        <caption role="status">{text('differs', { n: data.differences.length })}</caption>
        <thead>
          <tr>
            {(['row', 'column'] as const).map((name) => (
              <th key={name} scope="col">
                {text(name)}
              </th>
            ))}
            {(['before', 'after', 'difference'] as const).map((name) => (
              <th key={name} scope="col" className="numeric">
                {text(name)}
              </th>
            ))}
            <th scope="col">{text('responsible')}</th>
          </tr>
        </thead>
        <tbody>
          {data.differences.map((d) => (
            <tr key={`${d.row} ${d.column}`}>
              <th scope="row">
                {d.rowLabel} <small>{d.row}</small>
              </th>
              <td>{d.columnLabel}</td>
              <td className="numeric">{grouped(d.before?.exact ?? '')}</td>
              <td className="numeric">{grouped(d.after?.exact ?? '')}</td>
              <td className="numeric">{grouped(d.difference ?? '')}</td>
              <td>{d.events.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
