import type { Device } from '../../../gate/devices.ts';
import { isAppMethod } from '../../../gate/devices.ts';
import type { Hold } from '../../../gate/hold.ts';
import { maskContact } from '../../../gate/http/ceremony-view.ts';
import type { Prover } from '../../../gate/model.ts';
import { secondFactorsOf } from '../../../gate/scene.ts';
import { liveness } from '../../../gate/sessions.ts';
import type { Identities } from '../../../identities/identities.ports.ts';
import type { Identity } from '../../../identities/identity.ts';
import { DAY_MS } from '../../../platform/clock/clock.ts';
import type { Acting, HolderFacts, HolderFile, SentMessage } from './holders.ports.ts';
import { type FilePorts, openedFile } from './search-holders.service.ts';

export interface HolderFilePorts extends FilePorts {
  facts: HolderFacts;
  identities: Pick<Identities, 'ofAccount'>;
}

const ACCESS_DAYS = 30;
const MOST_MESSAGES = 20;

/**
 * What help desk sees of a holder: states and times, addresses masked, no secret and nothing that becomes one. Every
 * look is recorded.
 *
 * @throws fileClosed
 */
export function readHolderFile(ports: HolderFilePorts, acting: Acting, id: string) {
  const { gate, facts, identities } = ports;
  return gate.transaction(async (tx) => {
    const { file, holder } = await openedFile(ports, tx, acting, id);
    const now = gate.clock.now();
    const [createdAt, holds, devices, sessions, held, accesses, messages] = await Promise.all([
      facts.createdAt(tx, holder.id),
      gate.holds.list(tx, holder.id),
      gate.devices.list(tx, holder.id),
      gate.sessions.list(tx, holder.id, liveness(gate)),
      identities.ofAccount(tx, holder.id),
      facts.accesses(tx, holder.id, new Date(now.getTime() - ACCESS_DAYS * DAY_MS)),
      facts.messages(tx, holder.id, MOST_MESSAGES),
    ]);
    await gate.audit(tx, {
      type: 'holder-file-read',
      accountId: holder.id,
      actor: 'operator',
      at: now,
      client: acting.presenter.client,
      details: { operator: acting.operatorId, file: file.id },
    });
    return {
      ...accountView(holder, file, createdAt ?? now),
      factors: secondFactorsOf(gate, holder)
        .filter((one) => !isAppMethod(one.method))
        .map(factorView),
      devices: devices.map(deviceView),
      identities: held.map(identityView),
      holds: holds.map(holdView),
      sessions: sessions.length,
      accesses: { ...accesses, days: ACCESS_DAYS, lastAt: accesses.lastAt?.toISOString() ?? null },
      messages: messages.map(messageView),
    };
  });
}

const accountView = (holder: Prover, file: HolderFile, createdAt: Date) => ({
  file: file.id,
  closesAt: file.expiresAt.toISOString(),
  userId: holder.userId,
  status: holder.status,
  language: holder.language,
  createdAt: createdAt.toISOString(),
  contacts: holder.contacts.map((one) => ({
    kind: one.kind,
    address: maskContact(one),
    isVerified: one.verifiedAt !== null,
  })),
});

const factorView = (one: Prover['authenticators'][number]) => ({
  type: one.method,
  label: one.label,
  createdAt: one.createdAt.toISOString(),
  lastUsedAt: one.lastUsedAt?.toISOString() ?? null,
});

const deviceView = (one: Device) => ({
  name: one.name,
  state: one.state,
  createdAt: one.createdAt.toISOString(),
  lastSeenAt: one.lastSeenAt.toISOString(),
});

const holdView = ({ cause, since, until, setBy }: Hold) => ({
  cause,
  since: since.toISOString(),
  until: until?.toISOString() ?? null,
  setBy,
});

const identityView = ({ type, state, causes, issuedOn, expiresOn, documentExpiresOn }: Identity) => ({
  type,
  state,
  causes: [...causes],
  issuedOn,
  expiresOn,
  documentExpiresOn,
});

const messageView = (one: SentMessage) => ({
  id: one.id,
  channel: one.channel,
  state: one.state,
  reason: one.reason,
  createdAt: one.createdAt.toISOString(),
  sentAt: one.sentAt?.toISOString() ?? null,
});
