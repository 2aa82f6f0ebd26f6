import { callApi } from '../../../api/call-api.ts';
import type { CodeDelivery, CodeDeliveryView } from '../../../api/contract.ts';

/** How codes reach the holder, and how they may. */
export function getCodeDelivery(): Promise<CodeDeliveryView> {
  return callApi('GET', '/selfcare/code-delivery');
}

export function chooseCodeDelivery(chosen: CodeDelivery): Promise<void> {
  return callApi('PUT', '/selfcare/code-delivery', { chosen });
}
