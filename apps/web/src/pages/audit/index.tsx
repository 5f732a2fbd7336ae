import { lazy, Suspense } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useText as useAppText } from '../../app/locale.js';
import { Loading } from '../../ui/loading.js';
import { useText } from './locale.js';
import '../book/book.css';
import './audit.css';
import '../reports/reports.css';

const VIEWS = {
  history: lazy(() => import('./history.js')),
  replay: lazy(() => import('./replay.js')),
  compare: lazy(() => import('./compare.js')),
  verify: lazy(() => import('./verify.js')),
} as const;
type View = keyof typeof VIEWS;
const NAMES = Object.keys(VIEWS) as View[];

/** Four ways to look behind the figures. */
export default function AuditPage() {
  const text = useText();
  const appText = useAppText();
  const [search] = useSearchParams();
  const view = NAMES.find((name) => name === search.get('view')) ?? 'history';
  const Shown = VIEWS[view];
  return (
    <>
      <h1>{appText('audit')}</h1>
      <nav className="views no-print" aria-label={text('view')}>
        {NAMES.map((name) => (
          <Link key={name} to={`?view=${name}`} aria-current={name === view ? 'page' : undefined}>
            {text(name)}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Loading />}>
        <Shown />
      </Suspense>
    </>
  );
}
