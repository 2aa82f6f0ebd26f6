import { SENT } from '../../gate/attempts.ts';
import type { Factor } from '../../gate/factor.ts';
import { methodUnavailable } from '../../gate/gate.problems.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { judgeCode, makeCode, SENT_CODE_SECONDS } from '../sent-code/sent-code.ts';

/** Queues the e-mail, in the transaction that stores the challenge. */
export type SendEmailCode = (
  tx: Tx,
  message: {
    to: string;
    accountId: string;
    language: 'it' | 'en';
    code: string;
    purpose: string;
    slot: string;
  },
) => Promise<void>;

/** A code by e-mail: confirms an address or helps to recover; by the table of methods it never signs in. */
export function emailCodeFactor(ports: { keyring: Keyring; sendEmailCode: SendEmailCode }): Factor {
  return {
    method: 'email-code',
    lock: SENT,
    countedPer: 'channel',
    sends: {
      lifetimeSeconds: SENT_CODE_SECONDS,
      async start(context) {
        const { prover, target, purpose, challenge } = context;
        if (target.contact?.kind !== 'email') throw methodUnavailable();
        const { code, secretHash } = makeCode(ports.keyring, context);
        const message = {
          to: target.contact.address,
          accountId: prover.id,
          language: prover.language,
          code,
          purpose,
          slot: challenge.slot,
        };
        return { secretHash, send: (tx) => ports.sendEmailCode(tx, message) };
      },
    },
    judge: async (context) => judgeCode(ports.keyring, context),
  };
}
