import { SENT } from '../../gate/attempts.ts';
import type { Factor, StartContext } from '../../gate/factor.ts';
import { methodUnavailable } from '../../gate/gate.problems.ts';
import { NEW_CONTACT } from '../../gate/policies.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { judgeCode, makeCode, SENT_CODE_SECONDS } from '../sent-code/sent-code.ts';
import { smsUnavailable } from './sms-code.problems.ts';

export type SmsAction =
  | 'sign-in'
  | 'set-up'
  | 'confirm'
  | 'recover'
  | 'change-password'
  | 'change-contact'
  | 'new-contact';

/** Queues the text message, in the transaction that stores the challenge. */
export type SendSms = (
  tx: Tx,
  message: { to: string; accountId: string; language: 'it' | 'en'; code: string; action: SmsAction },
) => Promise<void>;

const ACTIONS: Record<string, SmsAction> = {
  'sign-in': 'sign-in',
  'step-up': 'confirm',
  'recover-second-factor': 'recover',
  'change-password': 'change-password',
  'change-email': 'change-contact',
  'change-phone': 'change-contact',
  'verify-phone': 'new-contact',
};

function actionOf(context: StartContext): SmsAction {
  const { slot } = context.challenge;
  if (slot === NEW_CONTACT) return 'new-contact';
  return slot.startsWith('new-') ? 'set-up' : (ACTIONS[context.purpose] ?? 'confirm');
}

/** What SMS may cost ([RATE-3]). */
export interface SmsBudget {
  /** Pays for one SMS, or tells why none goes to this number. */
  admit(to: string): Promise<{ reason: 'number' } | { retryAfterSeconds: number } | undefined>;
  /** A code came back. @param atMs when it was made, in Unix milliseconds */
  confirmed(to: string, atMs: number): void;
}

export interface SmsCodePorts {
  keyring: Keyring;
  budget: SmsBudget;
  sendSms: SendSms;
}

/** A code by text message, to the number of an authenticator or of a confirmed contact ([OTP-6]). */
export function smsCodeFactor(ports: SmsCodePorts): Factor {
  return {
    method: 'sms-code',
    lock: SENT,
    countedPer: 'channel',
    sends: {
      lifetimeSeconds: SENT_CODE_SECONDS,
      costsMoney: true,
      async start(context) {
        const { prover, target } = context;
        const to = target.contact?.address;
        if (to === undefined || target.contact?.kind !== 'phone') throw methodUnavailable();
        await assertPaid(ports.budget, to);
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
    judge: async (context) => {
      const judgement = judgeCode(ports.keyring, context);
      if (!judgement.accepted) return judgement;
      const { target, challenge } = context;
      const to = target.contact?.address;
      const afterwards = () => {
        // Once for each code, however often it was handed in: only who settled it gets here.
        if (to !== undefined) ports.budget.confirmed(to, challenge.createdAt.getTime());
      };
      return { ...judgement, afterwards };
    },
  };
}

/** @throws smsUnavailable for a time, methodUnavailable where this number never gets a code */
async function assertPaid(budget: SmsBudget, to: string): Promise<void> {
  const refusal = await budget.admit(to);
  if (!refusal) return;
  if ('retryAfterSeconds' in refusal) throw smsUnavailable({ retryAfterSeconds: refusal.retryAfterSeconds });
  throw methodUnavailable();
}
