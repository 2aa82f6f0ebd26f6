import type { Language } from '@sigillo/ui';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { BrandView, SessionView } from '../api/contract.ts';
import { rememberLanguage } from './language-choice.ts';
import { queryClient } from './query-client.ts';
import { getBrand, getSession, setLanguage } from './session.api.ts';
import { showLanguage } from './texts.ts';

const SESSION = ['session'];

/** Who is signed in here. */
export function useSession(): UseQueryResult<SessionView> {
  return useQuery({ queryKey: SESSION, queryFn: getSession, refetchOnWindowFocus: true });
}

/** Asks again who is signed in: after signing in, out, or when the session is about to end. */
export function refreshSession(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: SESSION });
}

/** The installation's name, logo and contacts; undefined until they are known. */
export function useBrand(): BrandView | undefined {
  return useQuery({ queryKey: ['brand'], queryFn: getBrand, staleTime: Number.POSITIVE_INFINITY }).data;
}

/** Changes the language at once, here; then on the server, for mails and for the next visit. */
export async function changeLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  await showLanguage(language);
  queryClient.setQueryData<SessionView>(SESSION, (session) =>
    session?.account ? { ...session, account: { ...session.account, language } } : session,
  );
  await setLanguage(language);
}
