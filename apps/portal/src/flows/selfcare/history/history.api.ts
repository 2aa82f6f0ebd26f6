import { callApi, callApiForFile } from '../../../api/call-api.ts';
import type { HistoryPageView, HistorySummaryView } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';

/** Which accesses are wanted; times are ISO 8601. */
export interface HistoryWish {
  from?: string | undefined;
  to?: string | undefined;
  outcome?: 'success' | 'failure' | undefined;
  service?: string | undefined;
}

/** A page of accesses, the newest first. @param before `next` of the page before */
export function readHistory(wish: HistoryWish, before: string | null): Promise<HistoryPageView> {
  return callApi('GET', `/selfcare/history${queryString({ ...wish, before })}`);
}

export function getSummary(): Promise<HistorySummaryView> {
  return callApi('GET', '/selfcare/history/summary');
}

export function exportHistory(format: 'json' | 'csv', wish: HistoryWish): Promise<Blob> {
  return callApiForFile('/selfcare/history/exports', { format, ...wish });
}

/** Keeps everybody out, this browser too. @param access the line that was not the holder's */
export function containAccount(access: string): Promise<void> {
  return callApi('POST', '/selfcare/history/not-me', { access });
}
