import { FIRST } from '@sigillo/assurance';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { type JudgeContext, type Judgement, refused } from '../../gate/factor.ts';
import { constantTimeEqual } from '../../platform/keyring/constant-time.ts';
import { Assertion } from './credential.schema.ts';
import { newDecoyKey } from './decoy-key.ts';
import type { PasskeyPorts, StoredPasskey } from './passkey.ports.ts';
import { isOwnChallenge } from './passkey-challenge.ts';
import { isFramed, kindOf } from './passkey-kind.ts';

interface Held {
  passkey: StoredPasskey;
  userHandle: Buffer;
}

interface Verified {
  signCount: number;
  userVerified: boolean;
  backedUp: boolean;
}

const decoyKey = newDecoyKey();

/**
 * Whether the answer is that passkey's, for this very challenge (WebAuthn Level 3 §7.2): type, exact origin, RP ID,
 * presence, verification of the user where it signs in alone, user handle, signature, backup eligibility and counter
 * ([WA-2], [WA-3]).
 */
export async function judgePasskey(ports: PasskeyPorts, context: JudgeContext): Promise<Judgement> {
  const { prover, target, presenter, challenge } = context;
  const parsed = Assertion.safeParse(context.response.credential);
  if (!parsed.success) return refused;
  const held = await findHeld(ports, context);
  const verified = await verify(ports, context, parsed.data, held?.passkey);
  if (!held || !verified || !isAnswerOf(held, parsed.data, challenge.slot)) return refused;
  const { authenticatorId } = held.passkey;
  if (hasGoneBack(held.passkey.signCount, verified.signCount))
    return { accepted: false, alert: (tx) => ports.alert(tx, prover, presenter, authenticatorId) };
  const { backupEligible } = held.passkey;
  const { userVerified } = verified;
  const isTouchOnly = target.authenticator?.method === 'security-key';
  if (challenge.slot === FIRST && isTouchOnly) return refused;
  return {
    accepted: true,
    countsAs: isTouchOnly ? 'security-key' : kindOf({ userVerified, backupEligible }),
    spend: (tx) => ports.passkeys.use(tx, prover.id, authenticatorId, verified),
  };
}

function findHeld(
  { passkeys, transaction }: PasskeyPorts,
  { prover, target }: JudgeContext,
): Promise<Held | undefined> {
  return transaction(async (tx) => {
    const held = prover.decoy ? [] : await passkeys.list(tx, prover.id);
    const passkey = held.find((one) => one.authenticatorId === target.authenticator?.id);
    return passkey && { passkey, userHandle: await passkeys.userHandle(tx, prover.id) };
  });
}

/** A passkey that nobody has is verified all the same, with a key that answers for none. */
async function verify(
  { settings, mac }: PasskeyPorts,
  { challenge, presenter }: JudgeContext,
  given: Assertion,
  passkey: StoredPasskey | undefined,
): Promise<Verified | undefined> {
  const { userHandle, ...response } = given.response;
  const verified = await verifyAuthenticationResponse({
    response: { id: given.id, rawId: given.rawId, type: given.type, response, clientExtensionResults: {} },
    expectedChallenge: (signed) => isOwnChallenge(mac, challenge, presenter, signed),
    expectedOrigin: settings.origin,
    expectedRPID: settings.rpId,
    requireUserVerification: challenge.slot === FIRST,
    // The counter is judged here afterwards: going back is told apart from other reasons.
    credential: { id: given.id, publicKey: new Uint8Array(passkey?.publicKey ?? decoyKey), counter: 0 },
  }).catch(() => undefined);
  if (!verified?.verified || isFramed(response.clientDataJSON)) return undefined;
  const { newCounter, userVerified, credentialDeviceType, credentialBackedUp } = verified.authenticationInfo;
  // Backup eligibility never changes (§6.1.3).
  if ((credentialDeviceType === 'multiDevice') !== passkey?.backupEligible) return undefined;
  return { signCount: newCounter, userVerified, backedUp: credentialBackedUp };
}

/** The credential is the one in question, and calls its owner as we do; it has to, where it signs in alone. */
function isAnswerOf({ passkey, userHandle }: Held, { id, response }: Assertion, slot: string): boolean {
  const isSame = constantTimeEqual(Buffer.from(id, 'base64url'), passkey.credentialId);
  if (!response.userHandle) return isSame && slot !== FIRST;
  return isSame && constantTimeEqual(Buffer.from(response.userHandle, 'base64url'), userHandle);
}

/** WebAuthn Level 3 §6.1.1: a counter rises with every use, or the device keeps none and says 0. */
const hasGoneBack = (stored: number, now: number): boolean => (stored > 0 || now > 0) && now <= stored;
