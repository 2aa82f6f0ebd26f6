import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';

export type AuditPage = Answer<'readAudit'>;
export type AuditRecord = AuditPage['records'][number];
export type AuditState = Answer<'readAuditState'>;
export type AuditCheck = NonNullable<AuditState['check']>;

export interface AuditQuery {
  /** Days as a date field has them; both ends included. */
  from: string;
  to: string;
  type: string;
  account: string;
  operator: string;
}

function filterOf({ from, to, type, account, operator }: AuditQuery): Record<string, string | null> {
  const start = from === '' ? null : new Date(`${from}T00:00:00`).toISOString();
  const end = to === '' ? null : new Date(`${to}T23:59:59.999`).toISOString();
  return { since: start, until: end, type, account, operator };
}

/** @param before the last row of the page before */
export const readAudit = (query: AuditQuery, before: string | undefined): Promise<AuditPage> =>
  callApi('GET', `/console/audit${queryString({ ...filterOf(query), before })}`);

/** Where a browser fetches the same as a file. */
export const exportAddress = (query: AuditQuery): string =>
  `/api/console/audit/export${queryString(filterOf(query))}`;

export type CredentialLife = Answer<'readCredentials'>['credentials'][number];

export async function readCredentials(account: string): Promise<CredentialLife[]> {
  const path = `/console/credentials/${encodeURIComponent(account)}`;
  return (await callApi<Answer<'readCredentials'>>('GET', path)).credentials;
}

export const readAuditState = (): Promise<AuditState> => callApi('GET', '/console/audit/state');

export const checkAudit = (): Promise<void> => callApi('POST', '/console/audit/checks');
