import { phoneNotAccepted } from '../../../factors/sms-code/sms-code.problems.ts';
import type { Contacts } from '../../../gate/account-ports.ts';
import { newChallenge } from '../../../gate/challenge.ts';
import { methodUnavailable } from '../../../gate/gate.problems.ts';
import type { Contact, Presenter, Scene } from '../../../gate/model.ts';
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
 * Codes sent to the earlier one, in whichever ceremony, confirm nothing: they name a contact that is gone.
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
  const { target } = ask;
  const contact = newPhone(parsed.e164);
  await gate.transaction(async (tx) => {
    const at = gate.clock.now();
    const isReplaced = await contacts.replaceUnconfirmed(tx, scene.prover.id, target, contact, at);
    if (!isReplaced) throw methodUnavailable();
    await gate.challenges.voidOpen(tx, newChallenge(gate, scene, ask, 0));
    await gate.audit(tx, {
      type: 'phone-corrected',
      accountId: scene.prover.id,
      actor: 'holder',
      at,
      client: presenter.client,
      details: { contact: contact.id },
    });
  });
}

function newPhone(address: string): Contact {
  return { id: randomId(), kind: 'phone', channelId: randomId(), address, verifiedAt: null };
}
