import type { IconName } from '@sigillo/ui';
import type { Answer } from '../../../api/contract.ts';

export type Delivery = Answer<'listDeliveries'>['deliveries'][number];
export type Channel = Delivery['channel'];
export type DeliveryState = Delivery['state'];

export const CHANNELS: readonly Channel[] = ['email', 'sms', 'push'];
export const STATES: readonly DeliveryState[] = ['pending', 'sent', 'delivered', 'failed', 'expired', 'dead'];

const ICONS: Record<Channel, IconName> = { email: 'mail', sms: 'message', push: 'bell' };

export const channelIcon = (channel: Channel): IconName => ICONS[channel];

/** What went well, what is under way, what somebody should look at. */
export function stateTone(state: DeliveryState): 'success' | 'neutral' | 'warning' {
  if (state === 'sent' || state === 'delivered') return 'success';
  return state === 'pending' ? 'neutral' : 'warning';
}
