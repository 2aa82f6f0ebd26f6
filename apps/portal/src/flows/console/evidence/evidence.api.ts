import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';

export type EvidenceBy = 'spid-code' | 'fiscal-number' | 'account';
export type FoundEvidence = Answer<'searchEvidence'>['accounts'][number];
export type EvidenceItem = FoundEvidence['items'][number];

/** What is kept of somebody; the reason is recorded. */
export async function searchEvidence(wanted: {
  by: EvidenceBy;
  value: string;
  reason: string;
}): Promise<FoundEvidence[]> {
  return (await callApi<Answer<'searchEvidence'>>('POST', '/console/evidence/search', wanted)).accounts;
}

/** One thing that is kept; that it was opened is recorded, with the reason. */
export const openEvidence = (wanted: {
  account: string;
  ref: string;
  reason: string;
}): Promise<Answer<'openEvidence'>> => callApi('POST', '/console/evidence/open', wanted);
