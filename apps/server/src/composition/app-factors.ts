import { appCodeFactor } from '../factors/app-code/app-code.factor.ts';
import { appPushFactor } from '../factors/app-push/app-push.factor.ts';
import { appQrFactor } from '../factors/app-qr/app-qr.factor.ts';
import { questionInCeremony } from '../gate/app-question.ts';
import type { Factor, StartContext } from '../gate/factor.ts';
import type { AppQuestion, Ceremony } from '../gate/model.ts';
import { CALLER_VERIFICATION } from '../gate/policies.ts';
import type { Gate } from '../gate/ports.ts';
import type { RelyingParties } from '../gate/relying-party.ts';
import { questionText } from '../platform/messages/templates/question-text.ts';
import { qrTicketStore } from '../stores/gate/qr-ticket.store.ts';
import { relyingPartyStore } from '../stores/relying-party.store.ts';
import type { Platform } from './platform.ts';

interface AppParts {
  platform: Platform;
  /** With the installation's name, where no relying party asks. */
  brand: { readonly name: string };
}

/** What answers of an app are judged by: who we are, and the words it was shown. */
export function answerPorts({ platform, brand }: AppParts) {
  const { issuer, timeZone, authenticator } = platform.config;
  return {
    issuer,
    numbers: authenticator.numbers,
    text: (question: AppQuestion, language: 'it' | 'en') =>
      questionText(question, language, { timeZone, service: brand.name }),
  };
}

/** The factors of our own app; none where the installation has none. */
export function appFactors(parts: AppParts, gate: Gate): Factor[] {
  const { db, keyring, clock, single, config } = parts.platform;
  if (config.authenticator.origin === undefined) return [];
  const { devices } = gate;
  const asking = { gate, relyingParties: relyingPartyStore(db, keyring) };
  return [
    appPushFactor({ gate, ...answerPorts(parts), question: (context) => asked(asking, context) }),
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
  ports: { gate: Gate; relyingParties: RelyingParties },
  { ceremony, prover, presenter }: StartContext & { ceremony: Ceremony },
): Promise<AppQuestion> {
  const { gate } = ports;
  const { recognisedHash } = presenter;
  const isKnown =
    recognisedHash !== null &&
    (await gate.single((tx) => gate.attempts.isRecognised(tx, prover.id, recognisedHash)));
  // Help desk asks from a browser of its own, on no account's behalf.
  const isNewBrowser = !isKnown && ceremony.purpose !== CALLER_VERIFICATION;
  const about = { id: ceremony.id, isNewBrowser };
  return questionInCeremony(ports, { ceremony, prover }, about, presenter);
}
