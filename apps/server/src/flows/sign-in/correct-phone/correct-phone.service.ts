import { phoneNotAccepted } from '../../../factors/sms-code/sms-code.problems.ts';
import type { Contacts } from '../../../gate/account-ports.ts';
import { newChallenge } from '../../../gate/challenge.ts';
import { methodUnavailable } from '../../../gate/gate.problems.ts';
import type { Presenter, Scene } from '../../../gate/model.ts';
import { CONFIRM_PHONE } from '../../../gate/policies.ts';
import type { Gate } from '../../../gate/ports.ts';
import { verdictOf } from '../../../gate/scene.ts';
import { randomId } from '../../../platform/ids.ts';
import { parsePhone } from '../../../platform/phone-number.ts';

export interface CorrectPhonePorts {
  gate: Gate;
  contacts: Contacts;
  settings: { allowedPhoneCountries: readonly string[] };
}

/**
 * Another number in place of the one that was given at registration and never confirmed: somebody mistyped it.
 * Codes sent to the earlier one are void.
 *
 * @throws methodUnavailable unless a number is to be confirmed next; phoneNotAccepted
 */
export async function correctPhone(
  { gate, contacts, settings }: CorrectPhonePorts,
  scene: Scene,
  phone: string,
  presenter: Presenter,
): Promise<void> {
  const verdict = verdictOf(gate, scene);
  const ask = verdict.satisfied ? undefined : verdict.options.find((one) => one.slot === CONFIRM_PHONE);
  if (!ask?.target) throw methodUnavailable();
  const parsed = parsePhone(phone, settings.allowedPhoneCountries);
  if ('reason' in parsed) throw phoneNotAccepted({ reason: parsed.reason });
  const contact = { id: ask.target, kind: 'phone' as const, channelId: randomId(), address: parsed.e164 };
  await gate.transaction(async (tx) => {
    if (!(await contacts.correct(tx, scene.prover.id, contact))) throw methodUnavailable();
    await gate.challenges.voidOpen(tx, newChallenge(gate, scene, ask, 0));
    await gate.audit(tx, {
      type: 'phone-corrected',
      accountId: scene.prover.id,
      actor: 'holder',
      at: gate.clock.now(),
      client: presenter.client,
      details: { contact: contact.id },
    });
  });
}
