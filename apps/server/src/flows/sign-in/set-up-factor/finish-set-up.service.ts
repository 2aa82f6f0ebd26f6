import type { Level } from '@sigillo/assurance';
import { recogniseOwner } from '../../../gate/admit.ts';
import { wakeApps } from '../../../gate/apps.ts';
import { openCeremony } from '../../../gate/begin.ts';
import { isAppMethod } from '../../../gate/devices.ts';
import { endWeaker, isRecovery, proveNewFactor } from '../../../gate/enrol.ts';
import type { Response } from '../../../gate/factor.ts';
import { ceremonyGone, methodUnavailable } from '../../../gate/gate.problems.ts';
import { handleOf } from '../../../gate/handle.ts';
import type { EnrolledAuthenticator, Presenter, Scene, Session } from '../../../gate/model.ts';
import { notifyHolder } from '../../../gate/notices.ts';
import { approve, carryOut } from '../../../gate/operations.ts';
import type { Gate } from '../../../gate/ports.ts';
import { isSecondFactor, secondFactorsOf } from '../../../gate/scene.ts';
import { endEverything } from '../../../gate/sessions.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { SetUpPorts } from './set-up-factor.service.ts';

export interface FinishSetUp {
  scene: Scene;
  id: string;
  challengeId: string | null;
  /** A code of the new factor, or the passkey that the browser made. */
  response: Response;
  label: string;
  presenter: Presenter;
  /** The session of this browser, if there is one: it goes on. */
  session: Session | undefined;
}

export interface FinishedSetUp {
  /** The ceremony as it stands now. */
  scene: Scene;
  /** After a recovery, the secret by which this browser is recognised. */
  recognised: string | null;
}

/**
 * A code of the new factor, or its first signature, makes it the account's own, all or nothing. In a recovery that same moment takes
 * the lost ones away and ends every session.
 *
 * @throws codeRejected, challengeOver, tooManyTries, ceremonyGone
 */
export async function finishSetUp(ports: SetUpPorts, wanted: FinishSetUp): Promise<FinishedSetUp> {
  const { gate } = ports;
  const { scene, id, presenter } = wanted;
  // Their keys come with their invitation, and only so.
  if (scene.prover.kind === 'operator') throw methodUnavailable();
  let recognised: string | null = null;
  const isFirst = !isRecovery(scene) && secondFactorsOf(gate, scene.prover).length === 0;
  const after = await proveNewFactor(gate, {
    scene,
    authenticatorId: id,
    challengeId: wanted.challengeId,
    response: wanted.response,
    presenter,
    activate: async (tx, proven, bindingLevel) => {
      await activate(ports, tx, wanted, bindingLevel);
      if (isFirst) await endWeaker(gate, tx, scene.prover.id, sessionOf(wanted));
      if (isRecovery(scene)) recognised = await replaceLost(ports, tx, proven, id, presenter);
    },
  });
  if (isRecovery(scene)) {
    wakeApps(gate, scene.prover.id);
    return { scene: after, recognised };
  }
  return { scene: await openCeremony(gate, handleOf(scene.ceremony), presenter), recognised };
}

/** The session of this browser, if it is the same holder's. */
const sessionOf = ({ scene, session }: FinishSetUp): string | null =>
  session?.accountId === scene.prover.id ? session.id : null;

async function activate(ports: SetUpPorts, tx: Tx, wanted: FinishSetUp, bindingLevel: Level): Promise<void> {
  const { gate, authenticators, contacts } = ports;
  const { scene, id, presenter } = wanted;
  const at = gate.clock.now();
  const waiting = await gate.accounts.loadPending(tx, scene.prover.id, id, at);
  // A token goes by its serial number until its holder calls it something else.
  const label = wanted.label || (waiting?.authenticator.label ?? '');
  const isActive =
    waiting && (await authenticators.activate(tx, scene.prover.id, id, { bindingLevel, label, at }));
  if (!isActive) throw ceremonyGone();
  if (waiting.contact && !(await contacts.verify(tx, scene.prover.id, waiting.contact.id, at)))
    throw ceremonyGone();
  const factor = waiting.authenticator.method;
  await gate.audit(tx, {
    type: 'factor-added',
    accountId: scene.prover.id,
    actor: 'holder',
    at,
    client: presenter.client,
    details: { factor, authenticator: id, bindingLevel, purpose: scene.ceremony.purpose },
  });
  const notice = { template: 'factor-added' as const, params: { factor, label } };
  await notifyHolder(gate, tx, scene.prover, presenter, notice);
}

/** Carries the recovery out: approved by its own ceremony, done in the same transaction. */
async function replaceLost(
  ports: SetUpPorts,
  tx: Tx,
  scene: Scene,
  newId: string,
  presenter: Presenter,
): Promise<string> {
  const { gate, authenticators } = ports;
  const { prover, ceremony } = scene;
  await approve(gate, tx, scene, presenter);
  const key = { subjectId: prover.id, id: ceremony.operationId ?? '' };
  return carryOut(gate, tx, key, async () => {
    const lost = await factorsBeside(gate, tx, prover.id, newId);
    for (const one of lost) await authenticators.remove(tx, prover.id, one.id);
    const devices = await gate.devices.list(tx, prover.id);
    for (const device of devices) await gate.devices.remove(tx, device);
    await forgetPhones(ports, tx, scene, newId);
    await gate.attempts.resetAll(tx, prover.id);
    await endEverything(gate, tx, prover.id);
    const recognised = await recogniseOwner(gate, tx, prover.id);
    await gate.audit(tx, {
      type: 'second-factor-recovered',
      accountId: prover.id,
      actor: 'holder',
      at: gate.clock.now(),
      client: presenter.client,
      details: {
        removed: lost.length + devices.length,
        ways: scene.evidence.map((piece) => piece.method).join(' '),
      },
    });
    await notifyHolder(gate, tx, prover, presenter, { template: 'second-factor-recovered' });
    return recognised;
  });
}

/**
 * A number that was neither proven in this recovery nor is the new factor's may be the very phone that was lost:
 * it stays no way of recovery.
 */
async function forgetPhones(
  { gate, contacts }: SetUpPorts,
  tx: Tx,
  { prover, evidence }: Scene,
  newId: string,
): Promise<void> {
  const now = await gate.accounts.load(tx, prover.id);
  const newContact = now?.authenticators.find((one) => one.id === newId)?.contactId;
  const kept = new Set([newContact, ...evidence.map((piece) => piece.target)]);
  const provenOn = prover.authenticators.filter((one) => kept.has(one.id)).map((one) => one.contactId);
  for (const one of now?.contacts ?? []) {
    const isKept = kept.has(one.id) || provenOn.includes(one.id);
    if (one.kind === 'phone' && !isKept) await contacts.remove(tx, prover.id, one.id);
  }
}

/**
 * Every second factor and saved code but the new one, as they are now that the account is locked: one that
 * somebody else added a moment ago goes too. Apps go with their devices.
 */
async function factorsBeside(
  gate: Gate,
  tx: Tx,
  accountId: string,
  newId: string,
): Promise<EnrolledAuthenticator[]> {
  const prover = await gate.accounts.load(tx, accountId);
  const held = prover?.authenticators ?? [];
  const counts = ({ method }: EnrolledAuthenticator) =>
    method === 'recovery-code' || (isSecondFactor(gate, method) && !isAppMethod(method));
  return held.filter((one) => one.id !== newId && counts(one));
}
