import type { BoundOperation } from '../../../gate/authorize-bound.ts';
import { operationGone } from '../../../gate/gate.problems.ts';
import { type Suspended, suspendAccount } from '../../../gate/holds.ts';
import type { Allowed } from '../../../gate/http/sensitive.ts';
import { confirmationPolicy } from '../../../gate/policies.ts';
import type { Gate } from '../../../gate/ports.ts';

/** Why somebody suspends their own account. */
export const REASONS = ['lost-phone', 'suspected-misuse', 'other'] as const;

interface Wish {
  reason: (typeof REASONS)[number];
  days: number;
}

/** What is confirmed: this reason for so many days, and nothing else ([SPID-IDL-12]). */
export function suspensionOperation({ reason, days }: Wish): BoundOperation {
  const plain = { reason, days: String(days) };
  return {
    type: 'suspend-account',
    details: plain,
    summary: plain,
    recordedAs: 'suspension-confirmed',
    policy: confirmationPolicy,
  };
}

/** @throws operationGone when the account was suspended or closed at the same time */
export async function suspendOwn(
  gate: Gate,
  { tx, prover, presenter }: Pick<Allowed, 'tx' | 'prover' | 'presenter'>,
  { reason, days }: Wish,
): Promise<Suspended> {
  const cause = reason === 'lost-phone' ? 'lost-credential' : 'holder-request';
  const hold = { accountId: prover.id, cause, by: 'holder', days, reason } as const;
  const suspended = await suspendAccount(gate, tx, hold, presenter.client);
  if (!suspended) throw operationGone();
  return suspended;
}
