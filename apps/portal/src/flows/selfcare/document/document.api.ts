import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';

export type OwnDocument = Answer<'getOwnDocument'>;

export const getOwnDocument = (): Promise<OwnDocument> => callApi('GET', '/selfcare/document');

/** Hands the document in, with the two sides that were sent before. */
export const handIn = (given: Record<string, string>): Promise<void> =>
  callApi('POST', '/selfcare/document', given);

export const withdraw = (): Promise<void> => callApi('POST', '/selfcare/document/withdraw');
