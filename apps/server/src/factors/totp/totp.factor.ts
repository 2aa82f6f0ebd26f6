import { matchTotp, normaliseCode } from '@sigillo/otp';
import { GUESSABLE } from '../../gate/attempts.ts';
import { type Factor, refused } from '../../gate/factor.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Tx } from '../../platform/database/database.ts';

/** What this factor needs from storage. */
export interface TotpSecrets {
  find(accountId: string, authenticatorId: string): Promise<{ seed: Buffer; usedStep: number } | undefined>;
  /** Spends a step, ever increasing; true for the one caller that did. */
  spendStep(tx: Tx, accountId: string, authenticatorId: string, step: number): Promise<boolean>;
}

/** A code that an authenticator app computes from the time (RFC 6238); each step is spent once ([OTP-2]). */
export function totpFactor(ports: { secrets: TotpSecrets; clock: Clock }): Factor {
  const { secrets, clock } = ports;
  return {
    method: 'totp',
    lock: GUESSABLE,
    countedPer: 'account',
    async judge({ prover, challenge, response }) {
      const id = challenge.target;
      const code = normaliseCode(response.code);
      const secret = id === null ? undefined : await secrets.find(prover.id, id);
      if (id === null || code === undefined || !secret) return refused;
      const step = await matchTotp(secret.seed, code, clock.nowMs(), secret.usedStep);
      if (step === undefined) return refused;
      return { accepted: true, spend: (tx) => secrets.spendStep(tx, prover.id, id, step) };
    },
  };
}
