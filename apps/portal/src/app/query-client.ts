import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/api-problem.ts';

const MAX_RETRIES = 2;

/**
 * Server state of the portal. Only a lost connection and a busy server are worth asking again. Coming back to
 * the window asks nothing by itself: a step in progress must not change under the hands of who looked up a code.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < MAX_RETRIES && isPassing(error),
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 5_000,
    },
  },
});

function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.slug === 'unreachable' || error.status === 503);
}
