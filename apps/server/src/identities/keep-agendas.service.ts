import { type AgendaFacts, nextAgendaStep, romeDayOf } from '@sigillo/identity';
import { type ForgetPorts, forgetIdentity } from '../evidence/forget-identity.ts';
import { keptUntil } from '../evidence/live-evidence.ts';
import { wakeApps } from '../gate/apps.ts';
import type { Prover } from '../gate/model.ts';
import { notifyHolder, type SecurityNotice } from '../gate/notices.ts';
import type { AuditEventType } from '../platform/audit/event-types.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Agenda, Agendas, IdentityKey } from './agenda.ts';
import type { Identity } from './identity.ts';
import { moveIdentity } from './move-identity.service.ts';
import { type PasswordReminders, remindOfPassword } from './remind-password.ts';
import { type RevocationPorts, revokeIdentity } from './revoke-identity.service.ts';

export interface AgendaPorts extends RevocationPorts, Pick<ForgetPorts, 'cases' | 'eraseAccount'> {
  agendas: Agendas;
  passwordReminders: PasswordReminders;
}

type Step = NonNullable<ReturnType<typeof nextAgendaStep>>['step'];

/** Taken from the database at once. */
const BATCH = 200;

/**
 * Does what time brings about in the life of identities: each step of each once, in a transaction of its own, however
 * many nodes look at the same time and whenever one of them dies.
 *
 * @throws the first error of those that could not be looked after; all the others were
 */
export async function keepAgendas(ports: AgendaPorts): Promise<void> {
  const { gate, agendas } = ports;
  const failures: unknown[] = [];
  for (;;) {
    const now = gate.clock.now();
    const due = await gate.single((tx) => agendas.due(tx, now, BATCH));
    for (const key of due) {
      const looked = gate.transaction((tx) => lookAfter(ports, tx, key));
      const hasEnded = await looked.catch((error: unknown) => failures.push(error) < 0);
      if (hasEnded) wakeApps(gate, key.accountId);
    }
    if (failures.length > 0) throw failures[0];
    if (due.length < BATCH) return;
  }
}

/** @returns true when the identity was revoked */
async function lookAfter(ports: AgendaPorts, tx: Tx, key: IdentityKey): Promise<boolean> {
  const { gate, agendas, identities } = ports;
  const { accounts, clock } = gate;
  // Whoever comes second finds nothing due any more; a sign-in that began before this is seen.
  await accounts.lock(tx, key.accountId);
  const prover = await accounts.load(tx, key.accountId);
  let agenda = await agendas.find(tx, key, clock.now());
  if (!agenda || !prover) return false;
  for (;;) {
    const identity = await identities.find(tx, key.accountId, key.id);
    const next = identity && nextAgendaStep(await factsOf(ports, tx, identity, agenda), clock.nowMs());
    if (!next || next.atMs > clock.nowMs()) {
      const isHeld = identity?.state === 'active' || identity?.state === 'suspended';
      const remindAt = isHeld ? await remindOfPassword(ports, tx, prover) : null;
      await agendas.put(tx, key, agenda, earlier(next ? new Date(next.atMs) : null, remindAt));
      return identity?.state === 'revoked';
    }
    agenda = await carryOut(ports, tx, prover, identity, agenda, next.step);
  }
}

const earlier = (one: Date | null, other: Date | null): Date | null =>
  one !== null && other !== null ? (one < other ? one : other) : (one ?? other);

async function factsOf(ports: AgendaPorts, tx: Tx, identity: Identity, agenda: Agenda): Promise<AgendaFacts> {
  const { lastUsedAt, issuedOn } = identity;
  const usedOn = lastUsedAt ? romeDayOf(lastUsedAt.getTime()) : issuedOn;
  return { ...identity, ...agenda, usedOn, keptUntil: await keptUntil(ports, tx, identity) };
}

/** @returns what its holder has been told of since */
async function carryOut(
  ports: AgendaPorts,
  tx: Tx,
  prover: Prover,
  { accountId, id }: Identity,
  agenda: Agenda,
  step: Step,
): Promise<Agenda> {
  const key = { accountId, id };
  switch (step.type) {
    case 'remind-document':
      await tell(ports, tx, prover, 'identity-document-expiring', { day: step.expiresOn });
      return { ...agenda, remindedOf: step.expiresOn };
    case 'suspend-document':
      await suspendForDocument(ports, tx, prover, key, step.expiresOn);
      return agenda;
    case 'announce-end': {
      const { cause, endsOn: day, toldDaysBefore } = step.end;
      await tell(ports, tx, prover, 'identity-end-announced', { identityCause: cause, day });
      await record(ports, tx, 'identity-end-announced', key, { cause, day, daysBefore: toldDaysBefore });
      return { ...agenda, announced: step.end };
    }
    case 'forget-end':
      await record(ports, tx, 'identity-end-called-off', key, { cause: agenda.announced?.cause ?? null });
      return { ...agenda, announced: null };
    case 'end':
      await revokeIdentity(ports, tx, key, { by: 'platform', cause: step.cause });
      return agenda;
    case 'forget':
      await forget(ports, tx, prover, key);
      return agenda;
  }
}

const forget = (ports: AgendaPorts, tx: Tx, { status }: Prover, key: IdentityKey): Promise<void> => {
  const { audit, clock } = ports.gate;
  return forgetIdentity({ ...ports, audit }, tx, key, { status, at: clock.now() });
};

async function suspendForDocument(
  ports: AgendaPorts,
  tx: Tx,
  prover: Prover,
  key: IdentityKey,
  expiresOn: string,
): Promise<void> {
  const { gate, identities } = ports;
  const { clock } = gate;
  const cause = 'document-expired';
  await moveIdentity({ identities, clock }, tx, key, { move: { type: 'suspend', cause }, actor: 'platform' });
  await record(ports, tx, 'identity-suspended', key, { cause, day: expiresOn });
  await tell(ports, tx, prover, 'identity-document-expired', { identityCause: cause, day: expiresOn });
}

/** By e-mail and mobile, with the cause and the day [SPID-NTF-3]. */
const tell = (
  { gate }: AgendaPorts,
  tx: Tx,
  prover: Prover,
  template: SecurityNotice,
  params: { day: string; identityCause?: string },
) => notifyHolder(gate, tx, prover, null, { template, params, bySms: true });

function record(
  { gate }: AgendaPorts,
  tx: Tx,
  type: AuditEventType,
  { accountId, id }: IdentityKey,
  details: Record<string, string | number | null>,
): Promise<void> {
  const event = { type, accountId, actor: 'system' as const, at: gate.clock.now() };
  return gate.audit(tx, { ...event, details: { identity: id, ...details } });
}
