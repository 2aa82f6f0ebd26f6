import { matchTotp, normaliseCode } from '@sigillo/otp';
import { GUESSABLE } from '../../gate/attempts.ts';
import type { DeviceCodes, DeviceRef } from '../../gate/devices.ts';
import { type Factor, refused } from '../../gate/factor.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Tx } from '../../platform/database/database.ts';

/** What this factor needs from storage. */
export interface AppCodes {
  /** Of every active device of the account. */
  list(accountId: string): Promise<DeviceCodes[]>;
  /** Spends a step of one device, ever increasing; true for the one caller that did. */
  spendStep(tx: Tx, ref: DeviceRef, step: number): Promise<boolean>;
}

/**
 * A code that one of the account's apps computes from the time, without a network (RFC 6238). Each device has a
 * seed of its own, and each of its steps is spent once ([OTP-2]).
 */
export function appCodeFactor({ codes, clock }: { codes: AppCodes; clock: Clock }): Factor {
  return {
    method: 'app-code',
    lock: GUESSABLE,
    countedPer: 'account',
    async judge({ prover, response }) {
      const code = normaliseCode(response.code);
      if (code === undefined) return refused;
      for (const device of await codes.list(prover.id)) {
        const step = await matchTotp(device.seed, code, clock.nowMs(), device.usedStep);
        if (step === undefined) continue;
        return {
          accepted: true,
          levelCap: device.bindingLevel,
          by: device.id,
          spend: (tx) => codes.spendStep(tx, device, step),
        };
      }
      return refused;
    },
  };
}
