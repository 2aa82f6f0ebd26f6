import { callApi } from '../../../api/call-api.ts';
import type { PrivacyView } from '../../../api/contract.ts';

/** Data that was asked for, and what an erasure would keep. */
export const getPrivacy = (): Promise<PrivacyView> => callApi('GET', '/account/privacy');

export const requestExport = (): Promise<void> => callApi('POST', '/account/exports');

/** The data themselves, once. */
export const fetchExport = (token: string): Promise<object> =>
  callApi('POST', '/account/exports/fetch', { token });

export const requestErasure = (): Promise<{ beginsAt: string }> => callApi('POST', '/account/erasure');

export const cancelErasure = (token: string): Promise<void> => callApi('POST', '/erasure/cancel', { token });
