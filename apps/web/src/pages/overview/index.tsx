import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { answer, api } from '../../api/client.js';
import type { Overview } from '../../api/types.js';
import { pathOf, useBook } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';
import { grouped } from '../../ui/amount.js';
import { Failure } from '../../ui/failure.js';
import { Loading } from '../../ui/loading.js';
import { Mark } from '../../ui/mark.js';
import { Money } from '../../ui/money.js';
import { Findings } from './findings.js';
import { useText } from './locale.js';
import { Unacknowledged } from './unacknowledged.js';
import { Waiting } from './waiting.js';
import './overview.css';

const ExecutionChart = lazy(() => import('./execution-chart.js'));

/** How the year goes, and what is left to do. */
export default function OverviewPage() {
  const text = useText();
  const book = useBook();
  const { data, error, refetch } = useQuery({
    queryKey: [...bookKey(book), 'overview'],
    queryFn: () =>
      answer(api.GET('/api/v1/books/{unit}/{year}/overview', { params: { path: pathOf(book) } })),
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { book: summary, asOf } = data;
  return (
    <>
      <h1>
        {text('title', { unit: summary.unitName, year: book.fiscalYear })}{' '}
        <small>{text('asOf', { date: asOf })}</small>
      </h1>
      <KeyFigures overview={data} />
      <div className="overview">
        <section>
          <h2>{text('byProject')}</h2>
          <Suspense fallback={<Loading />}>
            <ExecutionChart overview={data} label={text('chart')} timeGone={text('timeGone')} />
          </Suspense>
          <Projects overview={data} />
        </section>
        <div>
          <Waiting book={book} waiting={data.waiting} />
          <Unacknowledged book={book} allocations={data.unacknowledged} />
          <Findings findings={data.findings} />
        </div>
      </div>
    </>
  );
}

function KeyFigures({ overview }: { overview: Overview }) {
  const text = useText();
  const { fullYearBudget, expenditure, executable, executionPercent, timeGonePercent } = overview;
  const behind = Number(executionPercent) < Number(timeGonePercent);
  return (
    <dl className="key-figures">
      {Object.entries({ fullYearBudget, expenditure, executable }).map(([name, yuan]) => (
        <div key={name}>
          <dt>{text(name as 'executable')}</dt>
          <dd>{grouped(yuan)}</dd>
        </div>
      ))}
      <div>
        <dt>
          {text('executed')} / {text('timeGone')}
        </dt>
        <dd>
          {executionPercent}% <span className="faint">/ {timeGonePercent}%</span>{' '}
          <Mark tone={behind ? 'warned' : 'held'}>{text(behind ? 'behind' : 'ahead')}</Mark>
        </dd>
      </div>
    </dl>
  );
}

function Projects({ overview: { projects } }: { overview: Overview }) {
  const text = useText();
  return (
    <table className="figures">
      <thead>
        <tr>
          <th scope="col">{text('project')}</th>
          <th scope="col" className="numeric">
            {text('fullYearBudget')}
          </th>
          <th scope="col" className="numeric">
            {text('expenditure')}
          </th>
          <th scope="col" className="numeric">
            {text('rate')}
          </th>
        </tr>
      </thead>
      <tbody>
        {projects.map(({ project, name, fullYearBudget, expenditure, rate }) => (
          <tr key={project}>
            <th scope="row">
              {project} {name}
            </th>
            <td className="numeric">
              <Money yuan={fullYearBudget} />
            </td>
            <td className="numeric">
              <Money yuan={expenditure} />
            </td>
            <td className="numeric">{rate}%</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
