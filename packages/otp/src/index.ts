export { base32Decode, base32Encode } from './base32.ts';
export { hotp, type OtpAlgorithm } from './hotp.ts';
export { type HotpOptions, LOOK_AHEAD, matchHotp, resynchronise, type TokenKind } from './hotp-window.ts';
export { newNumericCode, normaliseCode } from './numeric-code.ts';
export { type OtpauthMigration, parseOtpauthMigration } from './otpauth-migration.ts';
export {
  checkedKey,
  type OtpauthKey,
  otpauthUri,
  parseOtpauthUri,
  type ReadOtpauthKey,
  type UncheckedKey,
} from './otpauth-uri.ts';
export { normaliseRecoveryCode, recoveryCode } from './recovery-code.ts';
export { newSeed } from './seed.ts';
export { matchTotp, type TotpOptions, timeStepAt, totpAt } from './totp.ts';
