import { isProblem } from '../platform/http/problems.ts';
import type { Identifiers } from './account-ports.ts';
import { admitDevice } from './admit.ts';
import { draftCeremony, openCeremony } from './begin.ts';
import { ceremonyGone } from './gate.problems.ts';
import { readHandle } from './handle.ts';
import { type LinkedDevice, linkAgain, type NewDevice } from './linking.ts';
import type { Presenter, Prover, Scene } from './model.ts';
import { provePassword } from './password-proof.ts';
import { linkAppPolicy } from './policies.ts';
import type { Gate } from './ports.ts';
import { secondFactorsOf } from './scene.ts';

const PURPOSE = 'link-app';

/**
 * Begins to link an app from within it, by name and password. The ceremony belongs to the key that the app signs
 * its requests with.
 *
 * @throws signInRefused for every reason alike; tooManyTries; badInput beyond what any password may have
 */
export function startLink(
  ports: { gate: Gate; identifiers: Identifiers },
  given: { identifier: string; password: string },
  presenter: Presenter,
): Promise<Scene> {
  const { gate, identifiers } = ports;
  const draft = (prover: Prover) => draftLink(gate, prover);
  return provePassword(gate, identifiers, { ...given, presenter, draft });
}

function draftLink(gate: Gate, prover: Prover): Scene {
  const phones = gate.factors.has('sms-code') ? prover.contacts.filter((one) => one.kind === 'phone') : [];
  const phone = phones.find((one) => one.verifiedAt !== null) ?? phones[0];
  const policy = linkAppPolicy(secondFactorsOf(gate, prover).length > 0, phone?.id ?? null);
  const context = { clientId: null, interaction: null, operationDigest: null };
  return {
    ceremony: draftCeremony(gate, { prover, purpose: PURPOSE, policy, context }),
    prover,
    evidence: [],
  };
}

/**
 * Links the app on what was proven. The same app may come again when it never got the answer.
 *
 * @throws ceremonyGone, proofMissing, tooManyDevices, deviceKnown
 */
export async function finishLink(
  gate: Gate,
  handle: string,
  presenter: Presenter,
  wanted: NewDevice,
): Promise<LinkedDevice & { prover: Prover }> {
  try {
    const scene = await openLink(gate, handle, presenter);
    return { ...(await admitDevice(gate, scene, presenter, wanted)), prover: scene.prover };
  } catch (error) {
    const accountId = isProblem(error, 'ceremony-gone') ? readHandle(handle)?.proverId : undefined;
    const again = accountId && (await linkAgain(gate, accountId, presenter, wanted));
    if (!again) throw error;
    return again;
  }
}

/** @throws ceremonyGone as `openCeremony` does, and when the ceremony is for something else */
export async function openLink(gate: Gate, handle: string, presenter: Presenter): Promise<Scene> {
  const scene = await openCeremony(gate, handle, presenter);
  if (scene.ceremony.purpose !== PURPOSE) throw ceremonyGone();
  return scene;
}
