import type { Cases } from '../../../cases/cases.ports.ts';
import { notSuspended, restsAlready } from '../../../cases/cases.problems.ts';
import { openCase } from '../../../cases/open-case.service.ts';
import { handleOf } from '../../../gate/handle.ts';
import type { HoldCause } from '../../../gate/hold.ts';
import { type Suspended, suspendAccount } from '../../../gate/holds.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { OpenedFile } from './helped.ts';
import type { Acting } from './holders.ports.ts';
import { callerUnverified } from './holders.problems.ts';
import type { FilePorts } from './search-holders.service.ts';
import { isCallerConfirmed } from './verify-caller.service.ts';

/** By what it is known that a request is the holder's ([SPID-IDL-6]). */
export const ORIGINS = ['certified-mail', 'qualified-signature', 'caller-verified'] as const;

/**
 * Why an operator suspends: the holder asks for it, which ends within 30 days and by the holder's own hand; or misuse
 * is suspected, which two operators lift.
 */
export type SuspensionWish =
  | {
      cause: 'holder-request' | 'lost-credential';
      days: number;
      origin: (typeof ORIGINS)[number];
      check: string;
    }
  | { cause: 'suspected-abuse' };

/**
 * Whether an operator may suspend so, now: a mail that is certified or a signature that is qualified says whose request
 * it is; whoever calls has the holder's app say so first.
 *
 * @throws callerUnverified, restsAlready
 */
export async function assertMaySuspend(
  ports: FilePorts,
  tx: Tx,
  { file, holder }: OpenedFile,
  wish: SuspensionWish,
): Promise<void> {
  if (holder.status === 'closed') throw restsAlready();
  const holds = await ports.gate.holds.list(tx, holder.id);
  if (holds.some(({ cause }) => cause === wish.cause)) throw restsAlready();
  if (wish.cause === 'suspected-abuse' || wish.origin !== 'caller-verified') return;
  if (!(await isCallerConfirmed(ports, tx, file, wish.check))) throw callerUnverified();
}

/** Suspends the holder's account and identities. The holder is told what for, and that the request was received. */
export async function suspendHolder(
  gate: Gate,
  tx: Tx,
  { holder }: OpenedFile,
  wish: SuspensionWish,
): Promise<Suspended> {
  const isAsked = wish.cause !== 'suspected-abuse';
  const suspended = await suspendAccount(gate, tx, {
    accountId: holder.id,
    cause: wish.cause,
    by: 'operator',
    days: isAsked ? wish.days : null,
    reason: isAsked ? wish.origin : 'operator',
  });
  if (!suspended) throw restsAlready();
  return suspended;
}

/**
 * Asks that a suspension ends which its holder cannot end: two operators decide, after its holder was proven anew.
 *
 * @returns the case
 * @throws notSuspended
 */
export async function requestLift(
  ports: { gate: Gate; cases: Cases },
  tx: Tx,
  { operatorId, presenter }: Acting,
  { holder }: OpenedFile,
  wanted: { cause: HoldCause; verified: string },
): Promise<string> {
  const holds = await ports.gate.holds.list(tx, holder.id);
  if (!holds.some(({ cause }) => cause === wanted.cause)) throw notSuspended();
  const one = await openCase(ports, tx, {
    subjectId: holder.id,
    kind: 'lift-request',
    openedBy: operatorId,
    payload: { ...wanted },
    client: presenter.client,
  });
  return handleOf({ proverId: one.subjectId, id: one.id });
}
