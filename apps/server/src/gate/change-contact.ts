import type { Tx } from '../platform/database/database.ts';
import { randomId } from '../platform/ids.ts';
import { beginCeremony, openCeremony } from './begin.ts';
import { sendChallenge } from './challenge.ts';
import { ceremonyGone, methodUnavailable, operationGone } from './gate.problems.ts';
import { handleOf } from './handle.ts';
import type {
  Ceremony,
  Contact,
  Presenter,
  Prover,
  Scene,
  SessionEvidence,
  StartedChallenge,
} from './model.ts';
import { digestOf, type Operation } from './operation.ts';
import { approve, carryOut, propose } from './operations.ts';
import { type Authorising, changeContactPolicy, NEW_CONTACT } from './policies.ts';
import type { Gate } from './ports.ts';
import { prove } from './prove.ts';
import { secondFactorsOf, verdictOf } from './scene.ts';

export type ContactKind = Contact['kind'];

/** Purposes of the ceremonies, and types of the operations, by which a contact is changed. */
const PURPOSES = { email: 'change-email', phone: 'change-phone' } as const;
const METHODS = { email: 'email-code', phone: 'sms-code' } as const;

/** What the operation says, once the new address is named: all of it is in its digest. */
interface Wanted {
  kind: ContactKind;
  /** The contact that is replaced; null where there was none. */
  replaces: string | null;
  contact: string;
  channel: string;
  to: string;
}

/** The contact of a kind that is in use: the confirmed one. */
const contactInUse = (prover: Prover, kind: ContactKind): Contact | undefined =>
  prover.contacts.find((one) => one.kind === kind && one.verifiedAt !== null);

/**
 * Begins to change a contact of the account, in the transaction that found that it may be: the operation has no
 * address yet. What the session has proven is carried along, and fills none of the two slots.
 *
 * @returns what to begin the ceremony with, once that transaction is over
 * @throws methodUnavailable where nothing could authorise it, or no code can reach such a contact
 */
export async function proposeContactChange(
  gate: Gate,
  tx: Tx,
  prover: Prover,
  kind: ContactKind,
): Promise<Operation> {
  if (!gate.factors.has(METHODS[kind])) throw methodUnavailable();
  const replaced = contactInUse(prover, kind);
  return propose(gate, tx, {
    subjectId: prover.id,
    initiatorId: prover.id,
    type: PURPOSES[kind],
    details: { kind, replaces: replaced?.id ?? null },
    summary: {},
    policy: changeContactPolicy(gate.settings.freshSeconds, authorising(gate, prover), METHODS[kind]),
    approvalsNeeded: 1,
    lifetimeSeconds: gate.settings.ceremonySeconds,
  });
}

/** The phone in use [REC-5]; of who has none, the second factor; of who has neither, the mailbox in use. */
function authorising(gate: Gate, prover: Prover): Authorising {
  const phone = contactInUse(prover, 'phone');
  if (phone && gate.factors.has('sms-code')) return { phoneId: phone.id };
  const seconds = secondFactorsOf(gate, prover);
  if (seconds.length > 0 && !seconds.some((one) => gate.factors.has(one.method))) throw methodUnavailable();
  const email = contactInUse(prover, 'email');
  return email && seconds.length === 0 ? { emailId: email.id } : { second: true };
}

/** The ceremony in which the proposed change is authorised and its new address proven. */
export function beginContactChange(
  gate: Gate,
  prover: Prover,
  operation: Operation,
  presenter: Presenter,
  carried: readonly SessionEvidence[],
): Promise<Scene> {
  const { id: operationId, type: purpose, digest, policy } = operation;
  const context = { clientId: null, interaction: null, operationDigest: digest };
  return beginCeremony(gate, { prover, purpose, policy, context, operationId }, presenter, carried);
}

/**
 * Opens the ceremony of a change of contact.
 *
 * @throws ceremonyGone also when it is of another account, or for something else
 */
export async function openContactChange(
  gate: Gate,
  handle: string,
  presenter: Presenter,
  accountId: string,
): Promise<Scene> {
  const scene = await openCeremony(gate, handle, presenter);
  const isChange = Object.values<string>(PURPOSES).includes(scene.ceremony.purpose);
  if (!isChange || scene.prover.id !== accountId) throw ceremonyGone();
  return scene;
}

/** The new contact comes after what authorises it, and before nothing: no step is jumped, none is repeated. */
function assertItsTurn(gate: Gate, scene: Scene): void {
  const verdict = verdictOf(gate, scene);
  const isNext = !verdict.satisfied && verdict.unmet.need === 'slot' && verdict.unmet.slot === NEW_CONTACT;
  if (!isNext) throw methodUnavailable();
}

/**
 * Names the new address: the operation says it from now on, and its digest with it. What authorised the change had to
 * be given for this operation, whose address was still open; it counts for the one that is named. Another address may
 * be named as long as none was proven: codes to the earlier one are worth nothing then.
 *
 * @param firstNamed runs with it the first time
 * @throws methodUnavailable before the change is authorised; operationGone, ceremonyGone
 */
export async function nameNewContact(
  gate: Gate,
  scene: Scene,
  address: string,
  presenter: Presenter,
  firstNamed: (tx: Tx) => Promise<void>,
): Promise<{ scene: Scene; contact: Contact }> {
  assertItsTurn(gate, scene);
  const { ceremony, prover } = scene;
  await gate.transaction(async (tx) => {
    const now = gate.clock.now();
    const isOpen = await gate.ceremonies.step(tx, ceremony, now);
    if (!isOpen || !(await gate.accounts.lockInEpoch(tx, prover.id, ceremony.epoch))) throw ceremonyGone();
    const operation = await operationOf(gate, tx, ceremony);
    const details = { ...operation.details, contact: randomId(), channel: randomId(), to: address };
    const after = { details, digest: digestOf({ ...operation, details }) };
    const isNamed =
      operation.digest === ceremony.context.operationDigest &&
      (await gate.operations.fillIn(tx, operation, after, now)) &&
      (await gate.ceremonies.rebind(tx, ceremony, { from: operation.digest, to: after.digest }, now));
    if (!isNamed) throw operationGone();
    if (!newContactOf(operation.details)) await firstNamed(tx);
  });
  const named = await openCeremony(gate, handleOf(ceremony), presenter);
  const contact = await pendingContact(gate, named.ceremony);
  if (!contact) throw operationGone();
  return { scene: named, contact };
}

async function operationOf(gate: Gate, tx: Tx, ceremony: Ceremony): Promise<Operation> {
  const { subjectId, operationId } = ceremony;
  const operation = operationId && (await gate.operations.find(tx, { subjectId, id: operationId }));
  if (!operation) throw operationGone();
  return operation;
}

/** The contact that a ceremony is about to add; undefined before it is named, and in any other ceremony. */
async function pendingContact(gate: Gate, ceremony: Ceremony): Promise<Contact | undefined> {
  if (!Object.values<string>(PURPOSES).includes(ceremony.purpose)) return undefined;
  const { details } = await gate.single((tx) => operationOf(gate, tx, ceremony));
  return newContactOf(details);
}

function newContactOf(details: Operation['details']): Contact | undefined {
  const { kind, contact, channel, to } = details as unknown as Partial<Wanted>;
  if (!kind || !contact || !channel || !to) return undefined;
  return { id: contact, kind, channelId: channel, address: to, verifiedAt: null };
}

/** Sends the code to the address that was named. @throws methodUnavailable, sendLater */
export async function challengeNewContact(
  gate: Gate,
  scene: Scene,
  presenter: Presenter,
): Promise<StartedChallenge> {
  assertItsTurn(gate, scene);
  const contact = await pendingContact(gate, scene.ceremony);
  if (!contact) throw methodUnavailable();
  const ask = { slot: NEW_CONTACT, method: METHODS[contact.kind], target: contact.id };
  return sendChallenge(gate, scene, ask, { authenticator: null, contact }, presenter);
}

/** A change that is proven and allowed. */
export interface ContactChange {
  operationId: string;
  /** Confirmed by now. */
  contact: Contact;
  /** Id of the contact it takes the place of. */
  replaces: string | null;
}

/**
 * Proves the new address and carries the change out: evidence, approval and whatever `apply` does, all or nothing.
 *
 * @throws what `prove` throws; methodUnavailable unless it is asked for next; operationGone
 */
export async function proveNewContact(
  gate: Gate,
  given: { scene: Scene; challengeId: string; code: string; presenter: Presenter },
  apply: (tx: Tx, change: ContactChange) => Promise<void>,
): Promise<void> {
  const { scene, challengeId, code, presenter } = given;
  assertItsTurn(gate, scene);
  const contact = await pendingContact(gate, scene.ceremony);
  if (!contact) throw methodUnavailable();
  await prove(gate, {
    scene,
    ask: { slot: NEW_CONTACT, method: METHODS[contact.kind], target: contact.id },
    challengeId,
    response: { code },
    presenter,
    pending: { target: { authenticator: null, contact }, evidenceSlot: NEW_CONTACT },
    alongside: async (tx, after) => {
      await approve(gate, tx, after, presenter);
      const key = { subjectId: after.prover.id, id: after.ceremony.operationId ?? '' };
      await carryOut(gate, tx, key, ({ id, details }) => {
        const proven = newContactOf(details);
        if (proven?.id !== contact.id) throw operationGone();
        const replaces = (details as unknown as Wanted).replaces;
        return apply(tx, { operationId: id, contact: { ...proven, verifiedAt: gate.clock.now() }, replaces });
      });
    },
  });
}
