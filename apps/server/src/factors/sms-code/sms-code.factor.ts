import { SENT } from '../../gate/attempts.ts';
import type { Factor, StartContext } from '../../gate/factor.ts';
import { methodUnavailable } from '../../gate/gate.problems.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { judgeCode, makeCode, SENT_CODE_SECONDS } from '../sent-code/sent-code.ts';

export type SmsAction = 'sign-in' | 'set-up' | 'confirm' | 'recover';

/** Queues the text message, in the transaction that stores the challenge. */
export type SendSms = (
  tx: Tx,
  message: { to: string; accountId: string; language: 'it' | 'en'; code: string; action: SmsAction },
) => Promise<void>;

const ACTIONS: Record<string, SmsAction> = {
  'sign-in': 'sign-in',
  'step-up': 'confirm',
  'recover-second-factor': 'recover',
};

function actionOf(context: StartContext): SmsAction {
  return context.challenge.slot.startsWith('new-') ? 'set-up' : (ACTIONS[context.purpose] ?? 'confirm');
}

/** A code by text message, to the number of an authenticator or of a confirmed contact ([OTP-6]). */
export function smsCodeFactor(ports: { keyring: Keyring; sendSms: SendSms }): Factor {
  return {
    method: 'sms-code',
    lock: SENT,
    countedPer: 'channel',
    sends: {
      lifetimeSeconds: SENT_CODE_SECONDS,
      async start(context) {
        const { prover, target } = context;
        const to = target.contact?.address;
        if (to === undefined || target.contact?.kind !== 'phone') throw methodUnavailable();
        const { code, secretHash } = makeCode(ports.keyring, context);
        const message = {
          to,
          accountId: prover.id,
          language: prover.language,
          code,
          action: actionOf(context),
        };
        return { secretHash, send: (tx) => ports.sendSms(tx, message) };
      },
    },
    judge: async (context) => judgeCode(ports.keyring, context),
  };
}
