import type { Ceremony } from './model.ts';
import type { Gate } from './ports.ts';

/** What pages that show a ceremony wait for; says nothing that its handle does not. */
export const topicOf = ({ id }: Pick<Ceremony, 'id'>): string => `ceremony:${id}`;

/** Has everybody who waits for a ceremony look at it again. Called after the commit. */
export function wakeWaiting(gate: Gate, ceremony: Ceremony): void {
  gate.events.wake(topicOf(ceremony));
}
