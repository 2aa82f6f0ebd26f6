import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';

export type SpendingView = Answer<'readSpending'>;
export type StoppedPrefix = SpendingView['stopped'][number];

export const readSpending = (hours: number): Promise<SpendingView> =>
  callApi('GET', `/console/spending${queryString({ hours: String(hours) })}`);

export const releasePrefix = (prefix: string, approval: string | undefined): Promise<void> =>
  callApi('POST', '/console/spending/release', { prefix, approval });
