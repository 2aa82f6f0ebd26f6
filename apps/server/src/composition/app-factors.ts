import { appCodeFactor } from '../factors/app-code/app-code.factor.ts';
import { appPushFactor } from '../factors/app-push/app-push.factor.ts';
import { appQrFactor } from '../factors/app-qr/app-qr.factor.ts';
import { questionOf } from '../gate/app-question.ts';
import type { Factor, StartContext } from '../gate/factor.ts';
import type { AppQuestion, Ceremony } from '../gate/model.ts';
import type { Gate } from '../gate/ports.ts';
import { questionText } from '../platform/messages/templates/question-text.ts';
import { qrTicketStore } from '../stores/gate/qr-ticket.store.ts';
import { relyingPartyStore } from '../stores/relying-party.store.ts';
import type { Platform } from './platform.ts';

interface AppParts {
  platform: Platform;
  /** The installation's name, where no relying party asks. */
  serviceName: string;
}

/** What answers of an app are judged by: who we are, and the words it was shown. */
export function answerPorts({ platform, serviceName }: AppParts) {
  const { issuer, timeZone, authenticator } = platform.config;
  return {
    issuer,
    numbers: authenticator.numbers,
    text: (question: AppQuestion, language: 'it' | 'en') =>
      questionText(question, language, { timeZone, service: serviceName }),
  };
}

/** The factors of our own app; none where the installation has none. */
export function appFactors(parts: AppParts, gate: Gate): Factor[] {
  const { keyring, clock, single, config } = parts.platform;
  if (config.authenticator.origin === undefined) return [];
  const { devices } = gate;
  return [
    appPushFactor({ gate, ...answerPorts(parts), question: (context) => asked(parts, gate, context) }),
    appQrFactor({ clock, keyring, tickets: qrTicketStore, devices, single }),
    appCodeFactor({
      clock,
      codes: {
        list: (accountId) => single((tx) => devices.codesOf(tx, accountId)),
        spendStep: devices.spendStep,
      },
    }),
  ];
}

/** What a ceremony asks of its account's apps. */
async function asked(
  { platform }: AppParts,
  gate: Gate,
  { ceremony, prover, presenter }: StartContext & { ceremony: Ceremony },
): Promise<AppQuestion> {
  const { subjectId, operationId, purpose, context, id } = ceremony;
  const parties = relyingPartyStore(platform.db, platform.keyring);
  const relyingParty = context.clientId ? await parties.find(context.clientId) : undefined;
  const { recognisedHash } = presenter;
  const { operation, isKnown } = await gate.single(async (tx) => ({
    operation: operationId ? await gate.operations.find(tx, { subjectId, id: operationId }) : undefined,
    isKnown: recognisedHash !== null && (await gate.attempts.isRecognised(tx, prover.id, recognisedHash)),
  }));
  const asking = { id, purpose, relyingParty, operation, userId: prover.userId, isNewBrowser: !isKnown };
  return questionOf(gate, asking, presenter);
}
