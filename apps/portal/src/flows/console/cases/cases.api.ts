import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';

export type CaseList = Answer<'listCases'>;
export type CaseView = Answer<'getCase'>;

export const listCases = (wanted: { state: string; kind: string | null }): Promise<CaseList> =>
  callApi('GET', `/console/cases${queryString(wanted)}`);

const pathOf = (id: string): string => `/console/cases/${encodeURIComponent(id)}`;

export const getCase = (id: string): Promise<CaseView> => callApi('GET', pathOf(id));

export const takeCase = (id: string, note?: string): Promise<void> =>
  callApi('POST', `${pathOf(id)}/take`, note ? { note } : {});

export const releaseCase = (id: string): Promise<void> => callApi('POST', `${pathOf(id)}/release`);

/** Where a file of a case is. */
export const fileUrl = (id: string, part: string): string => `/api${pathOf(id)}/files/${part}`;

/** @param approval the ceremony in which exactly this was approved */
export const decideCase = (
  id: string,
  verdict: { accept: boolean; reason?: string },
  approval?: string,
): Promise<{ state: CaseView['state'] }> =>
  callApi('POST', `${pathOf(id)}/decision`, { ...verdict, ...(approval && { approval }) });

export const requestIdentity = (given: object): Promise<{ id: string }> =>
  callApi('POST', '/console/identity-requests', given);

export const registerReport = (given: object, approval: string | undefined): Promise<{ id: string }> =>
  callApi('POST', '/console/abuse-reports', { ...given, approval });

/** Has the account of a case rest until it is decided. */
export const suspendFirst = (id: string, approval: string | undefined): Promise<void> =>
  callApi('POST', `${pathOf(id)}/suspend`, { approval });

export const requestRevocation = (given: object): Promise<{ id: string }> =>
  callApi('POST', '/console/revocation-requests', given);
