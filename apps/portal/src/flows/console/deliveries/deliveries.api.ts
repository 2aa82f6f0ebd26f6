import { isProblem } from '../../../api/api-problem.ts';
import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';

export type DeliveryPage = Answer<'listDeliveries'>;
export type HourCount = Answer<'countDeliveries'>['counts'][number];

export interface DeliveryQuery {
  channel: string;
  state: string;
  hours: number;
  /** Of one message; instead of the rest. */
  id: string;
}

/** @param before the last one of the page before */
export function listDeliveries(
  { channel, state, hours, id }: DeliveryQuery,
  nowMs: number,
  before: string | undefined,
): Promise<DeliveryPage> {
  if (id !== '') return showDelivery(id);
  const since = new Date(nowMs - hours * 60 * 60 * 1000).toISOString();
  const query = queryString({
    channel: channel || null,
    state: state || null,
    since,
    before: before ?? null,
  });
  return callApi('GET', `/console/deliveries${query}`);
}

/** The one message of this id; none where there is no such message, as in the list. */
async function showDelivery(id: string): Promise<DeliveryPage> {
  if (!MESSAGE_ID.test(id)) return NONE;
  try {
    const path = `/console/deliveries/${encodeURIComponent(id)}`;
    return { deliveries: [await callApi<Answer<'showDelivery'>>('GET', path)], next: null };
  } catch (error) {
    if (isProblem(error, 'not-found')) return NONE;
    throw error;
  }
}

const MESSAGE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NONE: DeliveryPage = { deliveries: [], next: null };

export async function countDeliveries(hours: number): Promise<HourCount[]> {
  const path = `/console/delivery-counts${queryString({ hours: String(hours) })}`;
  return (await callApi<Answer<'countDeliveries'>>('GET', path)).counts;
}

export const retryDelivery = (id: string): Promise<void> =>
  callApi('POST', `/console/deliveries/${encodeURIComponent(id)}/retry`);
