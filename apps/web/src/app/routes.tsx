import { lazy, Suspense, type ComponentType } from 'react';
import { createBrowserRouter, Navigate } from 'react-router';
import { ErrorBoundary } from '../ui/error-boundary.js';
import { Failure } from '../ui/failure.js';
import { Loading } from '../ui/loading.js';
import { useBooks, rememberedBook } from './book.js';
import { useText } from './locale.js';
import { SignedIn, useDuties } from './session.js';
import { Shell } from './shell.js';

type Page = () => Promise<{ default: ComponentType }>;

function page(load: Page) {
  const Loaded = lazy(load);
  return (
    <ErrorBoundary>
      <Suspense fallback={<Loading />}>
        <Loaded />
      </Suspense>
    </ErrorBoundary>
  );
}

/**
 * Where one lands: the book used last, if it is still in scope, else the first. Of the administrators only that of the
 * system has to do with books, by the rules that they are held to.
 */
function Start() {
  const text = useText();
  const { may, hasBooks } = useDuties();
  const setsRules = may('system-admin');
  const { data: books, error, refetch } = useBooks(hasBooks || setsRules);
  if (may('account-admin')) return <Navigate to="/accounts" replace />;
  if (may('log-admin')) return <Navigate to="/access-log" replace />;
  if (!hasBooks && !setsRules) return <p>{text('noBooks')}</p>;
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!books) return <Loading />;
  const places = books.map(({ unit, fiscalYear }) => `${unit}/${fiscalYear}`);
  const place = places.find((p) => p === rememberedBook()) ?? places[0];
  if (place === undefined) return <p>{text('noBooks')}</p>;
  return <Navigate to={`/books/${place}/${hasBooks ? 'overview' : 'approval-rule'}`} replace />;
}

function Nowhere() {
  return <p>{useText()('notFound')}</p>;
}

export const router = createBrowserRouter([
  { path: '/login', element: page(() => import('../pages/login/index.js')) },
  { path: '/setup', element: page(() => import('../pages/setup/index.js')) },
  {
    element: (
      <SignedIn>
        <Shell />
      </SignedIn>
    ),
    children: [
      { path: '/', element: <Start /> },
      { path: '/accounts', element: page(() => import('../pages/accounts/index.js')) },
      { path: '/access-log', element: page(() => import('../pages/access-log/index.js')) },
      {
        path: '/books/:unit/:year',
        children: [
          { path: 'overview', element: page(() => import('../pages/overview/index.js')) },
          { path: 'book', element: page(() => import('../pages/book/index.js')) },
          { path: 'book/post/:command', element: page(() => import('../pages/posting/index.js')) },
          { path: 'approvals', element: page(() => import('../pages/approvals/index.js')) },
          { path: 'reports', element: page(() => import('../pages/reports/index.js')) },
          { path: 'audit', element: page(() => import('../pages/audit/index.js')) },
          { path: 'year-end', element: page(() => import('../pages/year-end/index.js')) },
          {
            path: 'approval-rule',
            element: page(() => import('../pages/approval-rule/index.js')),
          },
        ],
      },
      { path: '*', element: <Nowhere /> },
    ],
  },
]);
