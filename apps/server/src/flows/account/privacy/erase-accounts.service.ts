import { romeDayOf } from '@sigillo/identity';
import type { Cases } from '../../../cases/cases.ports.ts';
import type { KeptEvidence } from '../../../evidence/evidence.ts';
import { type RetainPorts, type Retention, retainEvidence } from '../../../evidence/retain-evidence.ts';
import type { Prover } from '../../../gate/model.ts';
import type { Gate } from '../../../gate/ports.ts';
import { NOBODY } from '../../../platform/audit/audit.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { Message } from '../../../platform/messages/messages.ts';
import { confirmedEmails } from './export.service.ts';
import type { DataExports, Erasure, Erasures, PersonalData } from './privacy.ports.ts';
import { LAST_MESSAGES_MS } from './times.ts';

export interface ErasePorts extends Omit<RetainPorts, 'clock'> {
  gate: Gate;
  erasures: Erasures;
  personal: PersonalData;
  queue: (tx: Tx, message: Message) => Promise<string>;
}

/** Deletes the accounts whose day has come, each in one transaction: all of it is gone, or none. */
export async function eraseAccounts(ports: ErasePorts): Promise<void> {
  const { gate, erasures } = ports;
  const eraseOne = () =>
    gate.transaction(async (tx) => {
      const due = await erasures.nextDue(tx, gate.clock.now());
      if (due) await takeTurn(ports, tx, due);
      return due !== undefined;
    });
  while (await eraseOne());
}

/** Forgets data that nobody fetched in time, what was handed in and not to be kept, and evidence whose last day is over. */
export async function forgetPrivate({
  gate,
  exports,
  kept,
  cases,
}: {
  gate: Gate;
  exports: DataExports;
  kept: Pick<KeptEvidence, 'forget'>;
  cases: Pick<Cases, 'forgetDueFiles'>;
}): Promise<void> {
  const now = gate.clock.now();
  await gate.single((tx) => exports.forgetOver(tx, now));
  await gate.single((tx) => cases.forgetDueFiles(tx, now));
  await gate.single((tx) => kept.forget(tx, romeDayOf(now.getTime())));
}

function takeTurn(ports: ErasePorts, tx: Tx, erasure: Erasure): Promise<void> {
  return erasure.state === 'waiting' ? erase(ports, tx, erasure) : forgetLast(ports, tx, erasure);
}

async function erase(ports: ErasePorts, tx: Tx, erasure: Erasure): Promise<void> {
  const { gate, erasures, personal, queue } = ports;
  const { accountId } = erasure;
  const now = gate.clock.now();
  await gate.accounts.lock(tx, accountId);
  const prover = await gate.accounts.load(tx, accountId);
  const accesses = async () => (await personal.read(tx, accountId)).access_event ?? [];
  const retained = await retainEvidence({ ...ports, clock: gate.clock }, tx, accountId, accesses);
  await personal.erase(tx, accountId);
  // Under nobody's key: the account's own is destroyed.
  const about = { accountId: NOBODY, actor: 'system' as const, at: now };
  await gate.audit(tx, { type: 'account-erased', ...about, details: { account: accountId } });
  const forgetAt = new Date(now.getTime() + LAST_MESSAGES_MS);
  await erasures.markDeleted(tx, erasure, now, forgetAt);
  if (prover) await tellLast(queue, tx, prover, retained);
}

/** The last messages have gone by now, or never will. */
async function forgetLast({ erasures, personal }: ErasePorts, tx: Tx, erasure: Erasure): Promise<void> {
  await personal.forgetMessages(tx, erasure.accountId);
  await erasures.markDone(tx, erasure);
}

async function tellLast(
  queue: ErasePorts['queue'],
  tx: Tx,
  prover: Prover,
  retained: readonly Retention[],
): Promise<void> {
  const { language, id: accountId } = prover;
  const until = (wanted: Retention['kind']) => retained.find(({ kind }) => kind === wanted)?.until ?? '';
  const params = { identityUntil: until('identity'), accessUntil: until('access-log') };
  for (const to of confirmedEmails(prover))
    await queue(tx, { channel: 'email', template: 'account-erased', to, language, accountId, params });
}
