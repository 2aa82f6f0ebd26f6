import { callApi } from '../../../api/call-api.ts';
import type { NoticesView } from '../../../api/contract.ts';

export const getNotices = (): Promise<NoticesView> => callApi('GET', '/account/notices');

export const setNotices = (wanted: Pick<NoticesView, 'by' | 'failures'>): Promise<void> =>
  callApi('PUT', '/account/notices', wanted);
