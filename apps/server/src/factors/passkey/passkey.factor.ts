import { FIRST, type Method } from '@sigillo/assurance';
import { UNGUESSABLE } from '../../gate/attempts.ts';
import type { Factor, StartContext } from '../../gate/factor.ts';
import { NEW_FACTOR } from '../../gate/policies.ts';
import { judgeNewPasskey } from './judge-new-passkey.ts';
import { judgePasskey } from './judge-passkey.ts';
import type { PasskeyPorts } from './passkey.ports.ts';
import { hashChallenge, newChallengeBytes } from './passkey-challenge.ts';
import { creationOptions, PASSKEY_SECONDS, requestOptions } from './passkey-options.ts';

/**
 * A key on a device of the holder's that signs a challenge (WebAuthn Level 3): `passkey` where the device verifies
 * its user, `security-key` where it is only touched. A challenge is spent by
 * the first answer that is accepted ([WA-1]).
 */
export const passkeyFactors = (ports: PasskeyPorts): Factor[] => [
  factorOf(ports, 'passkey'),
  factorOf(ports, 'security-key'),
];

function factorOf(ports: PasskeyPorts, method: Method): Factor {
  return {
    method,
    lock: UNGUESSABLE,
    countedPer: 'account',
    sends: {
      lifetimeSeconds: PASSKEY_SECONDS,
      isQuiet: true,
      async start(context) {
        const bytes = newChallengeBytes(context.challenge);
        const publicKey = await optionsFor(ports, context, bytes);
        const secretHash = hashChallenge(ports.mac, context.challenge, context.presenter, bytes);
        return { secretHash, reveal: { publicKey } };
      },
    },
    judge: (context) =>
      context.challenge.slot === NEW_FACTOR ? judgeNewPasskey(ports, context) : judgePasskey(ports, context),
  };
}

/** Where it signs in alone, and where nothing less counts. */
function mustVerifyUser({ challenge, ceremony }: StartContext): boolean {
  const needs = ceremony?.policy.needs ?? [];
  return challenge.slot === FIRST || needs.some((need) => need.need === 'level' && need.level === 3);
}

/** Nobody in particular is asked before the account is known. */
function optionsFor(ports: PasskeyPorts, context: StartContext, challenge: Buffer): Promise<object> {
  const { passkeys, settings, transaction } = ports;
  const { prover, target, challenge: started } = context;
  return transaction(async (tx) => {
    const held = prover.decoy ? [] : await passkeys.list(tx, prover.id);
    if (started.slot === NEW_FACTOR) {
      const userHandle = await passkeys.userHandle(tx, prover.id);
      return creationOptions(settings, prover, { challenge, userHandle, held });
    }
    const allowed = held.filter((one) => one.authenticatorId === target.authenticator?.id);
    return requestOptions(settings, { challenge, allowed, mustVerifyUser: mustVerifyUser(context) });
  });
}
