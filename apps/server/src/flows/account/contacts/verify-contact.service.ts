import { beginCeremony, openCeremony } from '../../../gate/begin.ts';
import { ceremonyGone, methodUnavailable, operationGone, signInNeeded } from '../../../gate/gate.problems.ts';
import type { Allowed } from '../../../gate/http/sensitive.ts';
import type { Contact, Presenter, Scene, Session } from '../../../gate/model.ts';
import type { Operation } from '../../../gate/operation.ts';
import { approve, carryOut, propose } from '../../../gate/operations.ts';
import { verifyContactPolicy } from '../../../gate/policies.ts';
import { liveness } from '../../../gate/sessions.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { notFound } from '../../../platform/http/http.problems.ts';
import { claimAddress } from './claim-address.ts';
import type { ContactPorts } from './contacts.ports.ts';

const PURPOSES = { email: 'verify-email', phone: 'verify-phone' } as const;
const METHODS = { email: 'email-code', phone: 'sms-code' } as const;

/**
 * Proposes that a contact of the account be confirmed, in the transaction that allowed it.
 *
 * @throws notFound when there is none such, or it is confirmed already; methodUnavailable
 */
export async function proposeVerification(
  { gate }: Pick<ContactPorts, 'gate'>,
  { tx, prover }: Pick<Allowed, 'tx' | 'prover'>,
  contactId: string,
): Promise<Operation> {
  const contact = prover.contacts.find((one) => one.id === contactId);
  if (!contact || contact.verifiedAt) throw notFound();
  const method = METHODS[contact.kind];
  if (!gate.factors.has(method)) throw methodUnavailable();
  return propose(gate, tx, {
    subjectId: prover.id,
    initiatorId: prover.id,
    type: PURPOSES[contact.kind],
    details: { contact: contact.id, address: contact.address },
    summary: {},
    policy: verifyContactPolicy(method, contact.id),
    approvalsNeeded: 1,
    lifetimeSeconds: gate.settings.ceremonySeconds,
  });
}

/** The ceremony that follows: one code to the contact itself. */
export function beginVerification(
  { gate }: Pick<ContactPorts, 'gate'>,
  { prover, presenter, session }: Omit<Allowed, 'tx'>,
  operation: Operation,
): Promise<Scene> {
  const { id: operationId, type: purpose, digest, policy } = operation;
  const context = { clientId: null, interaction: null, operationDigest: digest };
  return beginCeremony(gate, { prover, purpose, policy, context, operationId }, presenter, session.evidence);
}

/**
 * Confirms the contact by the satisfied ceremony. An e-mail address is the account's own from then on.
 *
 * @throws proofMissing, ceremonyGone, operationGone (also when another account has confirmed the address meanwhile)
 */
export async function finishVerification(
  ports: ContactPorts,
  session: Session,
  handle: string,
  presenter: Presenter,
): Promise<void> {
  const { gate } = ports;
  const scene = await openCeremony(gate, handle, presenter);
  const { ceremony, prover } = scene;
  const isThis = Object.values<string>(PURPOSES).includes(ceremony.purpose);
  if (!isThis || prover.id !== session.accountId) throw ceremonyGone();
  await gate.transaction(async (tx) => {
    const isOpen = await gate.ceremonies.step(tx, ceremony, gate.clock.now());
    if (!isOpen || !(await gate.accounts.lockInEpoch(tx, prover.id, ceremony.epoch))) throw ceremonyGone();
    if (!(await gate.sessions.lockLive(tx, session, liveness(gate)))) throw signInNeeded();
    await approve(gate, tx, scene, presenter);
    await carryOut(
      gate,
      tx,
      { subjectId: prover.id, id: ceremony.operationId ?? '' },
      async ({ details }) => {
        const now = await gate.accounts.load(tx, prover.id);
        const contact = now?.contacts.find((one) => one.id === details.contact);
        if (contact?.address !== details.address || !contact) throw operationGone();
        await confirm(ports, tx, prover.id, contact, presenter);
      },
    );
  });
}

async function confirm(
  ports: ContactPorts,
  tx: Tx,
  accountId: string,
  { id, kind, address }: Contact,
  presenter: Presenter,
): Promise<void> {
  const { gate, contacts } = ports;
  if (kind === 'email') await claimAddress(ports, tx, accountId, address);
  const at = gate.clock.now();
  if (!(await contacts.verify(tx, accountId, id, at))) throw operationGone();
  const { client } = presenter;
  const details = { kind, contact: id };
  await gate.audit(tx, { type: 'contact-verified', accountId, actor: 'holder', at, client, details });
}
