import type { Tx } from '../platform/database/database.ts';
import { noticeKept, noticeLifted } from './hold-notices.ts';
import { liftHolds } from './holds.ts';
import type { Gate } from './ports.ts';

/** Accounts judged in one run; more wait for the next one, a few seconds later. */
const AT_ONCE = 100;

/**
 * Ends the suspensions whose days are over, where what rests is as sure as it was before; else it rests on, and its
 * holder is told what is missing ([SPID-IDL-8]). Any number of nodes may do so at once, and any of them may be killed:
 * each account is judged in one transaction, which lets one at a time on and forgets what was due.
 *
 * @returns how many accounts were judged
 * @throws the first failure, after all others were judged
 */
export async function endDueHolds(gate: Gate): Promise<number> {
  const accounts = await gate.single((tx) => gate.holds.due(tx, gate.clock.now(), AT_ONCE));
  const failures: unknown[] = [];
  let judged = 0;
  for (const accountId of accounts) {
    try {
      if (await gate.transaction((tx) => judgeDue(gate, tx, accountId))) judged += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return judged;
}

async function judgeDue(gate: Gate, tx: Tx, accountId: string): Promise<boolean> {
  await gate.accounts.lock(tx, accountId);
  const now = gate.clock.now();
  const holds = await gate.holds.list(tx, accountId);
  const due = holds.filter(({ dueAt }) => dueAt !== null && dueAt <= now).map(({ cause }) => cause);
  if (due.length === 0) return false;
  const prover = await gate.accounts.load(tx, accountId);
  const doubts = await gate.holdings.doubts(tx, accountId, due);
  if (doubts.length === 0) {
    const { isActive } = await liftHolds(gate, tx, { accountId, causes: due, by: 'platform' });
    if (isActive && prover) await noticeLifted(gate, tx, prover);
    return true;
  }
  for (const cause of due) await gate.holds.keep(tx, { accountId, cause }, now);
  if (prover) await noticeKept(gate, tx, prover, doubts);
  const details = { causes: due.join(' '), doubts: doubts.join(' ') };
  await gate.audit(tx, { type: 'suspension-kept', accountId, actor: 'system', at: now, details });
  return true;
}
