import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { callApi } from '../api/call-api.ts';
import type { ConsoleSessionView } from '../api/contract.ts';
import type { KeptSession } from './kept-session.ts';
import { leaveAccount } from './leave-account.ts';
import { queryClient } from './query-client.ts';

const SESSION = ['console-session'];

const getConsoleSession = (): Promise<ConsoleSessionView> => callApi('GET', '/console/session');

/** Which operator is signed in to the console here; asking does not prolong the session. */
export function useConsoleSession(): UseQueryResult<ConsoleSessionView> {
  return useQuery({ queryKey: SESSION, queryFn: getConsoleSession, refetchOnWindowFocus: true });
}

export function refreshConsoleSession(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: SESSION });
}

/** Signs the operator out; nothing of the console stays in memory. */
export async function signOutOfConsole(): Promise<void> {
  try {
    await callApi('POST', '/console/sign-out');
  } finally {
    leaveAccount('/console/sign-in?ended=signed-out');
  }
}

/** The operator's session, which any request of the console keeps. */
export const CONSOLE: KeptSession = {
  pages: ['/console'],
  signInPage: '/console/sign-in',
  refresh: refreshConsoleSession,
  use: () => callApi('POST', '/console/session'),
  signOut: signOutOfConsole,
};
