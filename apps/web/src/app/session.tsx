import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { answer, api, holdToken, ProblemError, whenSignedOut } from '../api/client.js';
import type { Role, Session } from '../api/types.js';
import { Failure } from '../ui/failure.js';
import { Loading } from '../ui/loading.js';

const SESSION = ['session'];
const Current = createContext<Session | undefined>(undefined);

/** The session where there is one; `null` where one has to sign in. */
async function readSession(): Promise<Session | null> {
  try {
    const session = await answer(api.GET('/api/v1/session', {}));
    holdToken(session.csrf);
    return session;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'not-authenticated') return null;
    throw error;
  }
}

/** Lets nobody see what is inside before the server has said who they are. */
export function SignedIn({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { pathname, search } = useLocation();
  const { data: session, error, refetch } = useQuery({ queryKey: SESSION, queryFn: readSession });
  useEffect(() => whenSignedOut(() => queries.setQueryData(SESSION, null)), [queries]);
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (session === undefined) return <Loading />;
  if (session === null)
    return <Navigate to={`/login?returnTo=${encodeURIComponent(pathname + search)}`} replace />;
  return <Current value={session}>{children}</Current>;
}

export function useSession(): Session {
  const session = useContext(Current);
  if (!session) throw new Error('useSession outside of SignedIn');
  return session;
}

/** After signing in or out nothing that was read for the person before may stay. */
export function useSessionChange(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    holdToken();
    const session = await readSession();
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
    queries.setQueryData(SESSION, session);
  };
}

const BOOK_DUTIES: readonly Role[] = ['clerk', 'reviewer', 'auditor', 'viewer'];

/** What the signed-in person may do in a unit, as far as the app shows it; the server decides at each request. */
export function useDuties(unit?: string) {
  const session = useSession();
  const may = (role: Role) =>
    session.roles?.some(
      (grant) =>
        grant.role === role &&
        (unit === undefined || grant.units === '*' || grant.units.includes(unit)),
    ) ?? false;
  return {
    open: session.open === true,
    /** Whether any duty is about books at all; those of the administrators are not. */
    hasBooks: session.open === true || BOOK_DUTIES.some(may),
    may,
    posts: may('clerk'),
    reviews: may('reviewer'),
    audits: may('auditor'),
  };
}
