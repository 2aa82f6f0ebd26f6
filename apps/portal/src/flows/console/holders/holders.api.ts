import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';

export type SearchedBy = 'user-id' | 'email' | 'phone' | 'spid-code' | 'fiscal-number';
export type FoundHolder = Answer<'searchHolders'>['holders'][number];
export type HolderFileView = Answer<'readHolderFile'>;
export type CallerAsked = Answer<'askCaller'>;
export type CallerState = Answer<'readCallerAnswer'>['state'];
export type Lost = 'password' | 'second-factor';

/** Finds a holder by something known whole; the reason is recorded. */
export async function searchHolders(wanted: {
  by: SearchedBy;
  value: string;
  reason: string;
}): Promise<FoundHolder[]> {
  const { holders } = await callApi<Answer<'searchHolders'>>('POST', '/console/holders/search', wanted);
  return holders;
}

const pathOf = (file: string): string => `/console/holders/${encodeURIComponent(file)}`;

export const readHolderFile = (file: string): Promise<HolderFileView> => callApi('GET', pathOf(file));

export const askCaller = (file: string): Promise<CallerAsked> =>
  callApi('POST', `${pathOf(file)}/caller-checks`);

export async function readCallerAnswer(file: string, check: string): Promise<CallerState> {
  const path = `${pathOf(file)}/caller-checks/${encodeURIComponent(check)}`;
  return (await callApi<Answer<'readCallerAnswer'>>('GET', path)).state;
}

export const startRecovery = (file: string, lost: Lost, approval: string | undefined): Promise<void> =>
  callApi('POST', `${pathOf(file)}/recovery`, { lost, approval });

export interface SuspensionWish {
  cause: 'holder-request' | 'lost-credential' | 'suspected-abuse';
  reason: string;
  days?: number;
  origin?: 'certified-mail' | 'qualified-signature' | 'caller-verified';
  check?: string;
}

export const suspendHolder = (
  file: string,
  wish: SuspensionWish,
  approval: string | undefined,
): Promise<Answer<'suspendHolder'>> => callApi('POST', `${pathOf(file)}/suspend`, { ...wish, approval });

export const requestLift = (file: string, cause: string, verified: string): Promise<{ id: string }> =>
  callApi('POST', `${pathOf(file)}/lift-requests`, { cause, verified });

export const endHolderSessions = (file: string, approval: string | undefined): Promise<void> =>
  callApi('POST', `${pathOf(file)}/end-sessions`, { approval });
