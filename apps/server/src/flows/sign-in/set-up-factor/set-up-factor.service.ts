import { base32Encode, newSeed, otpauthUri } from '@sigillo/otp';
import { normaliseSerial } from '@sigillo/pskc';
import { phoneNotAccepted } from '../../../factors/sms-code/sms-code.problems.ts';
import type { AccountWriter, Authenticators, Contacts } from '../../../gate/account-ports.ts';
import { challengeNewFactor, mayEnrol } from '../../../gate/enrol.ts';
import { ceremonyGone, methodUnavailable } from '../../../gate/gate.problems.ts';
import { settableMethods } from '../../../gate/http/ceremony-view.ts';
import type { Contact, Presenter, Scene, StartedChallenge } from '../../../gate/model.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { RelyingParties } from '../../../gate/relying-party.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { randomId, uuidv7 } from '../../../platform/ids.ts';
import { parsePhone } from '../../../platform/phone-number.ts';

export interface SetUpPorts {
  gate: Gate;
  relyingParties: RelyingParties;
  accounts: AccountWriter;
  authenticators: Authenticators;
  contacts: Contacts;
  settings: { allowedPhoneCountries: readonly string[]; serviceName: string };
}

export interface Enrolment {
  id: string;
  method: string;
  key: string | null;
  keyUri: string | null;
  challenge: StartedChallenge | null;
  contact: Contact | null;
}

async function assertMaySetUp(ports: SetUpPorts, scene: Scene, method: string): Promise<void> {
  const { clientId } = scene.ceremony.context;
  const party = clientId ? await ports.relyingParties.find(clientId) : undefined;
  const isOffered = (await settableMethods(ports.gate, scene, party)).includes(method);
  if (!isOffered || !mayEnrol(ports.gate, scene)) throw methodUnavailable();
}

/** Begins to set up an authenticator app: a key that counts for nothing until a code of it was seen. */
export async function startTotp(ports: SetUpPorts, scene: Scene, presenter: Presenter): Promise<Enrolment> {
  await assertMaySetUp(ports, scene, 'totp');
  const { gate, authenticators, settings } = ports;
  const seed = newSeed();
  const id = uuidv7(gate.clock.nowMs());
  const authenticator = { ...pending(gate, scene, id), method: 'totp', secret: seed };
  await gate.transaction(async (tx) => {
    await authenticators.insert(tx, scene.prover.id, authenticator);
    await recordStart(gate, tx, scene, authenticator, presenter);
  });
  const account = scene.prover.contacts.find((one) => one.kind === 'email')?.address ?? scene.prover.userId;
  return {
    id,
    method: 'totp',
    key: base32Encode(seed),
    keyUri: otpauthUri({ issuer: settings.serviceName, account, seed }),
    challenge: null,
    contact: null,
  };
}

/**
 * Begins to set up a hardware token by its serial number. Whether there is such a one, and whether it is free, is
 * found out together with its codes, so that nobody learns of serial numbers by trying.
 */
export async function startToken(
  ports: SetUpPorts,
  scene: Scene,
  serial: string,
  presenter: Presenter,
): Promise<Enrolment> {
  await assertMaySetUp(ports, scene, 'hardware-token');
  const { gate, authenticators } = ports;
  const id = uuidv7(gate.clock.nowMs());
  const authenticator = {
    ...pending(gate, scene, id),
    method: 'hardware-token',
    keyProtection: 'hardware' as const,
    secret: null,
    label: normaliseSerial(serial) ?? '',
  };
  await gate.transaction(async (tx) => {
    await authenticators.insert(tx, scene.prover.id, authenticator);
    await recordStart(gate, tx, scene, authenticator, presenter);
  });
  return { id, method: 'hardware-token', key: null, keyUri: null, challenge: null, contact: null };
}

/** Begins to set up a passkey: the browser is asked for one, and what it makes counts once it has answered. */
export async function startPasskey(
  ports: SetUpPorts,
  scene: Scene,
  presenter: Presenter,
): Promise<Enrolment> {
  await assertMaySetUp(ports, scene, 'passkey');
  const { gate, authenticators } = ports;
  const id = uuidv7(gate.clock.nowMs());
  const authenticator = { ...pending(gate, scene, id), method: 'passkey', secret: null };
  await gate.transaction(async (tx) => {
    await authenticators.insert(tx, scene.prover.id, authenticator);
    await recordStart(gate, tx, scene, authenticator, presenter);
  });
  const asked = await sendEnrolmentCode(ports, scene, id, presenter);
  return { id, method: 'passkey', key: null, keyUri: null, ...asked };
}

/**
 * Begins to set up codes by SMS: the number gets one, and counts for nothing until it came back.
 *
 * @throws phoneNotAccepted, sendLater, methodUnavailable
 */
export async function startSms(
  ports: SetUpPorts,
  scene: Scene,
  phone: string,
  presenter: Presenter,
): Promise<Enrolment> {
  await assertMaySetUp(ports, scene, 'sms-code');
  const parsed = parsePhone(phone, ports.settings.allowedPhoneCountries);
  if ('reason' in parsed) throw phoneNotAccepted({ reason: parsed.reason });
  const { gate, authenticators } = ports;
  const id = uuidv7(gate.clock.nowMs());
  const contact = contactFor(scene, parsed.e164);
  const authenticator = {
    ...pending(gate, scene, id),
    method: 'sms-code',
    secret: null,
    contactId: contact.id,
    channelId: contact.channelId,
  };
  await gate.transaction(async (tx) => {
    await keepOnly(ports, tx, scene, contact);
    await authenticators.insert(tx, scene.prover.id, authenticator);
    await recordStart(gate, tx, scene, authenticator, presenter);
  });
  const sent = await sendEnrolmentCode(ports, scene, id, presenter);
  return { id, method: 'sms-code', key: null, keyUri: null, ...sent };
}

/** Sends the code again, to the number the enrolment is for. */
export async function sendEnrolmentCode(
  ports: SetUpPorts,
  scene: Scene,
  id: string,
  presenter: Presenter,
): Promise<{ challenge: StartedChallenge; contact: Contact | null }> {
  const { gate } = ports;
  const waiting = await gate.transaction((tx) =>
    gate.accounts.loadPending(tx, scene.prover.id, id, gate.clock.now()),
  );
  if (!waiting) throw ceremonyGone();
  const enrolment = { authenticatorId: id, method: waiting.authenticator.method, target: waiting };
  const challenge = await challengeNewFactor(gate, scene, enrolment, presenter);
  return { challenge, contact: waiting.contact };
}

function recordStart(
  gate: Gate,
  tx: Tx,
  { prover, ceremony }: Scene,
  { id, method }: { id: string; method: string },
  presenter: Presenter,
): Promise<void> {
  return gate.audit(tx, {
    type: 'factor-set-up-begun',
    accountId: prover.id,
    actor: 'holder',
    at: gate.clock.now(),
    client: presenter.client,
    details: { factor: method, authenticator: id, purpose: ceremony.purpose },
  });
}

function pending(gate: Gate, scene: Scene, id: string) {
  return {
    id,
    state: 'pending' as const,
    channelId: randomId(),
    contactId: null,
    bindingLevel: 1 as const,
    keyProtection: 'software' as const,
    label: '',
    at: gate.clock.now(),
    expiresAt: scene.ceremony.expiresAt,
  };
}

/** The number's own contact where the account has it already, else a new one that is not confirmed yet. */
function contactFor(scene: Scene, address: string): Contact {
  const known = scene.prover.contacts.find((one) => one.kind === 'phone' && one.address === address);
  return known ?? { id: randomId(), kind: 'phone', channelId: randomId(), address, verifiedAt: null };
}

/** A number that was mistyped and never confirmed does not stay behind. */
async function keepOnly(
  { gate, contacts }: SetUpPorts,
  tx: Tx,
  scene: Scene,
  contact: Contact,
): Promise<void> {
  const others = scene.prover.contacts.filter(
    (one) => one.kind === 'phone' && one.verifiedAt === null && one.id !== contact.id,
  );
  for (const one of others) await contacts.remove(tx, scene.prover.id, one.id);
  const isNew = !scene.prover.contacts.some((one) => one.id === contact.id);
  if (isNew) await contacts.insert(tx, scene.prover.id, contact, gate.clock.now());
}
