import type { Prover } from '../../gate/model.ts';
import type { RelyingPartySettings, StoredPasskey } from './passkey.ports.ts';

/** Good for five minutes ([WA-1]). */
export const PASSKEY_SECONDS = 5 * 60;

/** ES256, EdDSA, RS256, the preferred one first (IANA COSE algorithms; [WA-2]). */
export const ALGORITHMS = [-7, -8, -257];

const describe = ({ credentialId, transports }: StoredPasskey) => ({
  type: 'public-key' as const,
  id: credentialId.toString('base64url'),
  transports,
});

/**
 * Asks for a new passkey (`PublicKeyCredentialCreationOptionsJSON`, WebAuthn Level 3 §5.1.8). Those that the account
 * has are excluded: a device keeps one ([WA-3]).
 */
export function creationOptions(
  settings: RelyingPartySettings,
  prover: Prover,
  given: { challenge: Buffer; userHandle: Buffer; held: readonly StoredPasskey[] },
) {
  const email = prover.contacts.find((one) => one.kind === 'email' && one.verifiedAt !== null);
  const name = email?.address ?? prover.userId;
  return {
    rp: { id: settings.rpId, name: settings.name },
    user: { id: given.userHandle.toString('base64url'), name, displayName: name },
    challenge: given.challenge.toString('base64url'),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: PASSKEY_SECONDS * 1000,
    excludeCredentials: given.held.map(describe),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    attestation: 'none',
    extensions: { credProps: true },
  };
}

/**
 * Asks for an answer of a passkey (`PublicKeyCredentialRequestOptionsJSON`, WebAuthn Level 3 §5.1.9); of any that the
 * device knows for these pages when none is named.
 */
export function requestOptions(
  settings: RelyingPartySettings,
  given: { challenge: Buffer; allowed: readonly StoredPasskey[]; mustVerifyUser: boolean },
) {
  return {
    rpId: settings.rpId,
    challenge: given.challenge.toString('base64url'),
    timeout: PASSKEY_SECONDS * 1000,
    allowCredentials: given.allowed.map(describe),
    userVerification: given.mustVerifyUser ? 'required' : 'preferred',
  };
}
