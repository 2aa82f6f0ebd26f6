import { type Bytes, randomBytes, utf8Encode } from '@sigillo/device-protocol';
import type { LinkedAccounts } from '../linked/linked-accounts.ts';

/** Part of what the secret is made of: another one would be another secret. */
const PRF_INPUT = utf8Encode('sigillo-authenticator-1 unlock');
const EXTENSIONS = { prf: { eval: { first: PRF_INPUT } } };
const ES256 = -7;
const RS256 = -257;
/** "User verified" in the flags of the authenticator data (WebAuthn §6.1). */
const USER_VERIFIED = 0x04;

/** A passkey of this app's own origin, and the secret that only it makes (WebAuthn §10.1.4). */
export interface UnlockPasskey {
  credentialId: Bytes;
  prf: Bytes;
}

/** Whether this device has a lock of its own (fingerprint, face, PIN) that passkeys can use. */
export async function canUseBiometric(): Promise<boolean> {
  if (!('PublicKeyCredential' in window)) return false;
  const can: boolean = await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(
    () => false,
  );
  const more = await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined);
  return can && more?.['extension:prf'] !== false;
}

/**
 * Makes a passkey on this device. Nobody verifies its signatures: it is made for its secret alone, which no other
 * origin can ask for.
 *
 * @param name shown by the device among its passkeys
 * @returns undefined when this device makes no secrets with its passkeys
 * @throws DOMException when the holder or the device refuses
 */
export async function makeUnlockPasskey(name: string): Promise<UnlockPasskey | undefined> {
  const made = await navigator.credentials.create({
    publicKey: {
      rp: { id: location.hostname, name },
      user: { id: randomBytes(16), name, displayName: name },
      challenge: randomBytes(32),
      pubKeyCredParams: [ES256, RS256].map((alg) => ({ type: 'public-key', alg })),
      authenticatorSelection: {
        authenticatorAttachment: 'platform',
        residentKey: 'required',
        userVerification: 'required',
      },
      extensions: EXTENSIONS,
    },
  });
  if (!(made instanceof PublicKeyCredential)) return undefined;
  const credentialId = new Uint8Array(made.rawId);
  if (made.getClientExtensionResults().prf?.enabled !== true) return undefined;
  // Asked for again rather than taken from the answer: only now it is sure that it can be had later.
  return { credentialId, prf: await askUnlockPasskey(credentialId) };
}

/**
 * The secret of the passkey, after the device has verified its holder.
 *
 * @throws DOMException when the holder or the device refuses, or the passkey is gone
 */
async function askUnlockPasskey(credentialId: Bytes): Promise<Bytes> {
  const asserted = await navigator.credentials.get({
    publicKey: {
      rpId: location.hostname,
      challenge: randomBytes(32),
      allowCredentials: [{ type: 'public-key', id: credentialId }],
      userVerification: 'required',
      extensions: EXTENSIONS,
    },
  });
  const secret = asserted instanceof PublicKeyCredential && secretOf(asserted);
  if (!secret) throw new DOMException('no secret', 'NotAllowedError');
  return secret;
}

/** The secret of the passkey that this app keeps. @throws DOMException as above, or when there is none */
export async function passkeySecret(store: Pick<LinkedAccounts, 'passkey'>): Promise<Bytes> {
  const credentialId = await store.passkey();
  if (!credentialId) throw new DOMException('no passkey', 'NotAllowedError');
  return askUnlockPasskey(credentialId);
}

function secretOf(credential: PublicKeyCredential): Bytes | undefined {
  const { response } = credential;
  if (!(response instanceof AuthenticatorAssertionResponse)) return undefined;
  const flags = new Uint8Array(response.authenticatorData)[32] ?? 0;
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (!(flags & USER_VERIFIED) || !(first instanceof ArrayBuffer)) return undefined;
  return first.byteLength === 32 ? new Uint8Array(first) : undefined;
}
