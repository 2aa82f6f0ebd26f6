import { base64urlEncode } from './base64.ts';
import { sha256, utf8Encode } from './bytes.ts';
import { canonicalJson, parseJsonObject } from './canonical-json.ts';
import { type MessageSigner, signJws, unverifiedPayload, verifyJws } from './jws.ts';
import { isMessage } from './message-shapes.ts';
import type { Expected, Messages, MessageType } from './messages.ts';
import { type PublicJwk, thumbprint } from './public-key.ts';

/**
 * Why a message is refused: `signature` when it is not this key's, or not of this type, or no JWS of ours;
 * `payload` when it is not written as it must be; `mismatch` when it answers something else than was asked.
 */
export type MessageRefusal = 'signature' | 'payload' | 'mismatch';

/** What a message turned out to be. */
export type MessageVerification<T extends MessageType> =
  | { verified: true; message: Messages[T] }
  | { verified: false; reason: MessageRefusal };

/**
 * A signed message. Its payload is canonical JSON: there is one way to write it.
 *
 * @throws RangeError when a member is malformed: the server would refuse it
 */
export async function signMessage<T extends MessageType>(
  type: T,
  message: Messages[T],
  signer: MessageSigner,
): Promise<string> {
  const members: Record<string, unknown> = { ...message };
  if (!isMessage(type, members)) throw new RangeError(`malformed ${type}`);
  return signJws(type, canonicalJson(members), signer);
}

/**
 * The message behind a JWS, when this key signed it as this type, its payload is the one way to write it, and
 * it says what the server expects. Of hostile input nothing throws.
 */
export async function verifyMessage<T extends MessageType>(
  type: T,
  jws: string,
  key: PublicJwk,
  expected: Expected<T>,
): Promise<MessageVerification<T>> {
  const text = await verifyJws(type, jws, key);
  if (text === undefined) return { verified: false, reason: 'signature' };
  const message = parseJsonObject(text);
  if (!message || !isMessage(type, message)) return { verified: false, reason: 'payload' };

  // Byte for byte: twice the same name, white space or another order are no payload of ours.
  if (canonicalJson(message) !== text) return { verified: false, reason: 'payload' };
  const asked = canonicalJson({ ...message, ...expected });
  return asked === text ? { verified: true, message } : { verified: false, reason: 'mismatch' };
}

/** Both signatures of a pairing proof: the device key's and the approval key's, over the same payload. */
export interface SignedPairing {
  byDevice: string;
  byApproval: string;
}

/**
 * The proof of a device that pairs: it names two keys, which differ, and each of them signed it.
 * Of hostile input nothing throws.
 */
export async function verifyPairing(
  { byDevice, byApproval }: SignedPairing,
  expected: Omit<Expected<'sigillo-pairing'>, 'deviceKey' | 'approvalKey'>,
): Promise<MessageVerification<'sigillo-pairing'>> {
  const claimed = parseJsonObject(unverifiedPayload(byDevice) ?? '');
  if (!claimed || !isMessage('sigillo-pairing', claimed)) return { verified: false, reason: 'payload' };
  const { deviceKey, approvalKey } = claimed;
  if ((await thumbprint(deviceKey)) === (await thumbprint(approvalKey))) {
    return { verified: false, reason: 'mismatch' };
  }
  const everything = { ...expected, deviceKey, approvalKey };
  const byD = await verifyMessage('sigillo-pairing', byDevice, deviceKey, everything);
  return byD.verified ? verifyMessage('sigillo-pairing', byApproval, approvalKey, everything) : byD;
}

/** What `textDigest` of a question is: SHA-256 of the text's UTF-8, exactly as it was sent, in base64url. */
export async function textDigest(text: string): Promise<string> {
  return base64urlEncode(await sha256(utf8Encode(text)));
}
