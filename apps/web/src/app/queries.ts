import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api/problem.js';

const MOST_RETRIES = 2;

/** A refusal stays one however often it is asked; only what is out of reach for the moment is asked again. */
const worthRetrying = (failures: number, error: Error) =>
  failures < MOST_RETRIES && (!(error instanceof ProblemError) || error.status === 503);

export const queries = new QueryClient({
  defaultOptions: { queries: { retry: worthRetrying, staleTime: 2_000 } },
});
