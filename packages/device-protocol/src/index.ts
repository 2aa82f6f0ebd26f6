export { base64urlDecode, base64urlEncode } from './base64.ts';
export {
  type Bytes,
  lengthPrefixed,
  randomBytes,
  utf8Decode,
  utf8Encode,
} from './bytes.ts';
export type { Key } from './crypto-key.ts';
export {
  type ApprovalKey,
  type DeviceKeys,
  newApprovalKey,
  newDeviceKeys,
} from './device-keys.ts';
export { hexDecode, hexEncode } from './hex.ts';
export type { MessageSigner } from './jws.ts';
export {
  MATCHING_DIGITS,
  newMatchingNumber,
  newProximityCode,
  readMatchingNumber,
  readProximityCode,
} from './matching-number.ts';
export {
  type MessageRefusal,
  type MessageVerification,
  type SignedPairing,
  signMessage,
  textDigest,
  verifyMessage,
  verifyPairing,
} from './message.ts';
export type {
  Approval,
  Expected,
  Messages,
  MessageType,
  PairingProof,
  Question,
  Refusal,
  UnlockConfirmation,
  UnlockRequest,
} from './messages.ts';
export { newNonce, nonceTimeMs } from './nonce.ts';
export { isPublicJwk, type PublicJwk, thumbprint } from './public-key.ts';
export { type PairingQr, type QrContent, readQr, type SignInQr, writeQr } from './qr-text.ts';
export {
  confirmUnlock,
  NEW_RATCHET,
  type Ratchet,
  tryUnlock,
  UNLOCK_LIMITS,
  type UnlockTry,
} from './ratchet.ts';
export { camouflageSeed, openSeed, sealSeed, uncoverSeed } from './seed.ts';
export { newShareKey, serverShare } from './server-share.ts';
export { type OutgoingRequest, type RequestSigner, signRequest } from './sign-request.ts';
export {
  newTypedCode,
  PAIRING_CODE,
  readTypedCode,
  SAME_DEVICE_CODE,
  writeTypedCode,
} from './typed-code.ts';
export {
  dropGeneration,
  highestGeneration,
  type SealedApprovalKey,
  sealApprovalKey,
  type UnlockAnswer,
  type Unlocked,
  unlock,
} from './unlock.ts';
export { isUnlockCodeAcceptable, type UnlockCodeWeakness, unlockCodeWeaknesses } from './unlock-code.ts';
export { type UnlockSecret, unlockInput } from './unlock-secret.ts';
export {
  type IncomingRequest,
  type RequestRefusal,
  type RequestVerification,
  type RequestVerifier,
  type VerifiedRequest,
  verifyRequest,
} from './verify-request.ts';
