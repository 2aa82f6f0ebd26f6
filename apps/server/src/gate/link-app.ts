import type { Identifiers } from './account-ports.ts';
import { draftCeremony, openCeremony } from './begin.ts';
import { ceremonyGone } from './gate.problems.ts';
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

/** @throws ceremonyGone as `openCeremony` does, and when the ceremony is for something else */
export async function openLink(gate: Gate, handle: string, presenter: Presenter): Promise<Scene> {
  const scene = await openCeremony(gate, handle, presenter);
  if (scene.ceremony.purpose !== PURPOSE) throw ceremonyGone();
  return scene;
}
