import type { OutboxState } from '../database/tables.ts';

/**
 * Which state of a message may follow which. Receipts come late, twice, and in any order: nothing leads out of an
 * end. One may come before a node could record that it sent the message at all.
 *
 * ```
 *  pending ──► sent ──► delivered | failed | expired
 *     ├──────────────► delivered
 *     ├──► expired      its time was over before it could go
 *     └──► dead         given up ──► pending, by an administrator
 * ```
 */
const MOVES: Record<OutboxState, readonly OutboxState[]> = {
  pending: ['sent', 'delivered', 'expired', 'dead'],
  sent: ['delivered', 'failed', 'expired'],
  dead: ['pending'],
  delivered: [],
  failed: [],
  expired: [],
};

/** From where a message may come to this state: for the condition of the statement that moves it. */
export function statesBefore(state: OutboxState): OutboxState[] {
  return (Object.keys(MOVES) as OutboxState[]).filter((before) => MOVES[before].includes(state));
}
