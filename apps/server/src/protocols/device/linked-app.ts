import { base64urlEncode } from '@sigillo/device-protocol';
import type { LinkedDevice } from '../../gate/linking.ts';
import type { Prover } from '../../gate/model.ts';
import { deviceIdOf } from './device-id.ts';

/** The account as the app shows it, beside those of other installations. */
export function linkedAccount({ id, userId, contacts }: Prover, service: string) {
  const email = contacts.find((one) => one.kind === 'email' && one.verifiedAt)?.address ?? '';
  return { id, userId, email, service };
}

/** What an app is told when it has been linked. */
export function linkedView({ device, seed }: LinkedDevice, prover: Prover, service: string) {
  return {
    device: deviceIdOf(device),
    account: linkedAccount(prover, service),
    seed: base64urlEncode(new Uint8Array(seed)),
  };
}
