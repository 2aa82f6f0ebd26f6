import { newNumericCode, normaliseCode } from '@sigillo/otp';
import type { JudgeContext, Judgement, StartContext } from '../../gate/factor.ts';
import { refused } from '../../gate/factor.ts';
import type { Challenge, Presenter } from '../../gate/model.ts';
import { constantTimeEqual } from '../../platform/keyring/constant-time.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

/** Six unbiased digits, good for five minutes ([OTP-4]). */
const SENT_CODE_DIGITS = 6;
export const SENT_CODE_SECONDS = 5 * 60;

/** The keyed hash that is stored: of the code for this challenge, action and browser, and for no other. */
function hashCode(keyring: Keyring, challenge: Challenge, presenter: Presenter, code: string): Buffer {
  return keyring.mac(
    'sent-code',
    challenge.id,
    challenge.ceremonyId,
    challenge.slot,
    challenge.method,
    challenge.target ?? '',
    challenge.operationDigest ?? '',
    presenter.bindingHash,
    code,
  );
}

/** Makes a code for a challenge; what is stored tells nothing without the server's keys. */
export function makeCode(keyring: Keyring, context: StartContext): { code: string; secretHash: Buffer } {
  const code = newNumericCode(SENT_CODE_DIGITS);
  return { code, secretHash: hashCode(keyring, context.challenge, context.presenter, code) };
}

/** Whether the code is the one sent for this challenge to this browser. */
export function judgeCode(keyring: Keyring, context: JudgeContext): Judgement {
  const { challenge, presenter, response } = context;
  const code = normaliseCode(response.code);
  if (code === undefined || challenge.secretHash === null) return refused;
  const isSame = constantTimeEqual(challenge.secretHash, hashCode(keyring, challenge, presenter, code));
  return isSame ? { accepted: true } : refused;
}
