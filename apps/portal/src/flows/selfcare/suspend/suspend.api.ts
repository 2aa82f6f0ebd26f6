import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';

export type SuspensionReceipt = Answer<'suspendAccount'>;
export type EmergencyCard = Answer<'makeEmergencyCard'>;

export interface SuspensionWish {
  reason: 'lost-phone' | 'suspected-misuse' | 'other';
  days: number;
}

export function suspendAccount(wish: SuspensionWish, operation?: string): Promise<SuspensionReceipt> {
  return callApi('POST', '/selfcare/suspension', { ...wish, ...(operation && { operation }) });
}

export function getEmergencyCard(): Promise<Answer<'getEmergencyCard'>> {
  return callApi('GET', '/selfcare/emergency-card');
}

export function makeEmergencyCard(): Promise<EmergencyCard> {
  return callApi('POST', '/selfcare/emergency-card');
}

export function withdrawEmergencyCard(): Promise<void> {
  return callApi('POST', '/selfcare/emergency-card/withdraw');
}
