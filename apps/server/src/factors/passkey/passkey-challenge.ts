import { createHash } from 'node:crypto';
import type { Challenge, Presenter } from '../../gate/model.ts';
import { newSecret } from '../../platform/ids.ts';
import { constantTimeEqual } from '../../platform/keyring/constant-time.ts';
import type { PasskeyPorts } from './passkey.ports.ts';

const RANDOM_BYTES = 32;

/**
 * SHA-256 of what the answer is for: ceremony, step and the digest of the operation. It is a part of the challenge,
 * so that the device's signature covers it.
 */
function purposeDigest(challenge: Challenge): Buffer {
  const { id, ceremonyId, slot, operationDigest } = challenge;
  const text = ['sigillo passkey challenge', id, ceremonyId, slot, operationDigest ?? ''].join('\n');
  return createHash('sha256').update(text).digest();
}

/** 32 random bytes, then the digest of what they are for (WebAuthn Level 3 §13.4.3, [WA-1]). */
export const newChallengeBytes = (challenge: Challenge): Buffer =>
  Buffer.concat([newSecret(RANDOM_BYTES), purposeDigest(challenge)]);

/** What is stored of the bytes: good for this challenge and this browser, and tells nothing without the server's keys. */
export function hashChallenge(
  mac: PasskeyPorts['mac'],
  challenge: Challenge,
  presenter: Presenter,
  bytes: Uint8Array,
): Buffer {
  const { id, ceremonyId, slot, method, target, operationDigest } = challenge;
  return mac(
    'passkey-challenge',
    id,
    ceremonyId,
    slot,
    method,
    target ?? '',
    operationDigest ?? '',
    presenter.bindingHash,
    bytes,
  );
}

/** Whether a signed challenge is the one that was given to this browser for this very purpose. */
export function isOwnChallenge(
  mac: PasskeyPorts['mac'],
  challenge: Challenge,
  presenter: Presenter,
  signed: string,
): boolean {
  const bytes = Buffer.from(signed, 'base64url');
  const isForThis = constantTimeEqual(bytes.subarray(RANDOM_BYTES), purposeDigest(challenge));
  const stored = challenge.secretHash;
  return (
    isForThis && stored !== null && constantTimeEqual(stored, hashChallenge(mac, challenge, presenter, bytes))
  );
}
