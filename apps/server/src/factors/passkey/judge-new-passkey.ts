import { verifyRegistrationResponse } from '@simplewebauthn/server';
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import { type JudgeContext, type Judgement, refused } from '../../gate/factor.ts';
import { Attestation } from './credential.schema.ts';
import type { NewPasskey, PasskeyPorts } from './passkey.ports.ts';
import { isOwnChallenge } from './passkey-challenge.ts';
import { isFramed, kindOf } from './passkey-kind.ts';
import { ALGORITHMS } from './passkey-options.ts';

/** Whether the browser made a passkey for this very challenge (WebAuthn Level 3 §7.1); it is stored when it settles. */
export async function judgeNewPasskey(ports: PasskeyPorts, context: JudgeContext): Promise<Judgement> {
  const { prover, target } = context;
  const parsed = Attestation.safeParse(context.response.credential);
  const id = target.authenticator?.id;
  const made = parsed.success ? await verify(ports, context, parsed.data) : undefined;
  if (made === undefined || id === undefined) return refused;
  return {
    accepted: true,
    countsAs: kindOf(made),
    spend: (tx) => ports.passkeys.add(tx, prover.id, id, made),
  };
}

async function verify(
  { settings, mac }: PasskeyPorts,
  { challenge, presenter }: JudgeContext,
  given: Attestation,
): Promise<NewPasskey | undefined> {
  if (isFramed(given.response.clientDataJSON)) return undefined;
  const { transports = [], ...response } = given.response;
  const verified = await verifyRegistrationResponse({
    response: { id: given.id, rawId: given.rawId, type: given.type, response, clientExtensionResults: {} },
    expectedChallenge: (signed) => isOwnChallenge(mac, challenge, presenter, signed),
    expectedOrigin: settings.origin,
    expectedRPID: settings.rpId,
    requireUserVerification: false,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => undefined);
  const info = verified?.registrationInfo;
  if (!info || info.credential.id !== given.id) return undefined;
  const { credential } = info;
  return {
    credentialId: Buffer.from(credential.id, 'base64url'),
    publicKey: Buffer.from(credential.publicKey),
    algorithm: Number(decodeCredentialPublicKey(credential.publicKey).get(cose.COSEKEYS.alg)),
    signCount: credential.counter,
    backupEligible: info.credentialDeviceType === 'multiDevice',
    backedUp: info.credentialBackedUp,
    userVerified: info.userVerified,
    discoverable: given.clientExtensionResults?.credProps?.rk ?? null,
    transports,
    attachment: given.authenticatorAttachment ?? null,
    aaguid: info.aaguid,
  };
}
