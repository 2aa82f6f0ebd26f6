import { METHODS } from '@sigillo/assurance';
import { emailCodeFactor } from '../factors/email-code/email-code.factor.ts';
import { emailLinkFactor } from '../factors/email-link/email-link.factor.ts';
import { hardwareTokenFactor } from '../factors/hardware-token/hardware-token.factor.ts';
import { passkeyFactors } from '../factors/passkey/passkey.factor.ts';
import type { PasskeyPorts } from '../factors/passkey/passkey.ports.ts';
import { passwordFactor } from '../factors/password/password.factor.ts';
import type { PasswordHasher } from '../factors/password/password-hashing.ts';
import { recoveryCodeFactor } from '../factors/recovery-code/recovery-code.factor.ts';
import { SENT_CODE_SECONDS } from '../factors/sent-code/sent-code.ts';
import { type SmsBudget, smsCodeFactor } from '../factors/sms-code/sms-code.factor.ts';
import { totpFactor } from '../factors/totp/totp.factor.ts';
import type { Factor } from '../gate/factor.ts';
import { noteSignal } from '../gate/monitoring.ts';
import { notifyHolder } from '../gate/notices.ts';
import { NEW_CONTACT } from '../gate/policies.ts';
import type { Gate } from '../gate/ports.ts';
import { identityHoldings } from '../identities/identity-holdings.ts';
import { recordedAuthenticators, recordedDevices } from '../identities/recorded-credentials.ts';
import { restoreFacts } from '../identities/restore-facts.ts';
import { systemClock } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Events } from '../platform/events/events.ts';
import type { Limits } from '../platform/limits/limits.ts';
import { type Message, queueMessage } from '../platform/messages/messages.ts';
import { accessRecorder, hasAccessSince } from '../stores/access-event.store.ts';
import { accountStore } from '../stores/accounts/account.store.ts';
import { authenticatorStore } from '../stores/accounts/authenticator.store.ts';
import { contactStore } from '../stores/accounts/contact.store.ts';
import { contactChangeStore } from '../stores/accounts/contact-change.store.ts';
import { credentialRecordStore } from '../stores/accounts/credential-record.store.ts';
import { hardwareTokenStore } from '../stores/accounts/hardware-token.store.ts';
import { identifierStore, operatorNames } from '../stores/accounts/identifier.store.ts';
import { linkTokenStore } from '../stores/accounts/link-token.store.ts';
import { noticeStore } from '../stores/accounts/notice.store.ts';
import { passkeyStore } from '../stores/accounts/passkey.store.ts';
import { passwordReminderStore } from '../stores/accounts/password-reminder.store.ts';
import { pastPasswordStore } from '../stores/accounts/past-password.store.ts';
import { recoveryCodeStore } from '../stores/accounts/recovery-code.store.ts';
import { registrationStore } from '../stores/accounts/registration.store.ts';
import { caseStore } from '../stores/cases/case.store.ts';
import { attemptStore } from '../stores/gate/attempt.store.ts';
import { ceremonyStore } from '../stores/gate/ceremony.store.ts';
import { challengeStore } from '../stores/gate/challenge.store.ts';
import { deviceStore } from '../stores/gate/device.store.ts';
import { emergencyLinkStore } from '../stores/gate/emergency-link.store.ts';
import { holdStore } from '../stores/gate/hold.store.ts';
import { operationStore } from '../stores/gate/operation.store.ts';
import { pairingStore } from '../stores/gate/pairing.store.ts';
import { personalDataStore } from '../stores/gate/personal-data.store.ts';
import { sessionStore } from '../stores/gate/session.store.ts';
import { activationContractStore } from '../stores/identities/activation-contract.store.ts';
import { identityStore } from '../stores/identities/identity.store.ts';
import { operatorStore } from '../stores/operators/operator.store.ts';
import { keptEvidenceStore } from '../stores/privacy/kept-evidence.store.ts';
import { relyingPartyStore } from '../stores/relying-party.store.ts';
import { residenceStore } from '../stores/selfcare/residence.store.ts';
import { appFactors } from './app-factors.ts';
import type { Platform } from './platform.ts';
import { watchGate } from './watch/gate-watch.ts';

/** Stores over one keyring. */
export function openStores({
  keyring,
  clock = systemClock,
}: Pick<Platform, 'keyring'> & Partial<Pick<Platform, 'clock'>>) {
  const recording = { credentials: credentialRecordStore, clock };
  const personal = personalDataStore(keyring);
  return {
    accounts: accountStore(keyring),
    authenticators: recordedAuthenticators(authenticatorStore(keyring), recording),
    contacts: contactStore(keyring),
    changes: contactChangeStore(keyring),
    pastPasswords: pastPasswordStore,
    passwordReminders: passwordReminderStore,
    identifiers: identifierStore(keyring),
    identities: identityStore(keyring),
    residences: residenceStore(keyring),
    contracts: activationContractStore(keyring),
    codes: recoveryCodeStore(keyring),
    passkeys: passkeyStore(keyring),
    devices: recordedDevices(deviceStore(keyring), recording),
    credentials: credentialRecordStore,
    pairings: pairingStore(keyring),
    registrations: registrationStore(keyring),
    links: linkTokenStore,
    tokens: hardwareTokenStore(keyring),
    operators: operatorStore,
    cases: caseStore(keyring),
    names: operatorNames(keyring),
    kept: keptEvidenceStore(keyring),
    personal,
    eraseAccount: personal.erase,
  };
}

export type Stores = ReturnType<typeof openStores>;

/** Queues a message in the caller's transaction. */
export type Queue = (tx: Tx, message: Message) => Promise<string>;

export const queueOn =
  ({ keyring, clock }: Pick<Platform, 'keyring' | 'clock'>): Queue =>
  (tx, message) =>
    queueMessage(tx, keyring, clock.nowMs(), message);

export interface GateParts {
  platform: Platform;
  stores: Stores;
  limits: Limits;
  events: Pick<Events, 'wake'>;
  hasher: PasswordHasher;
  queue: Queue;
  spending: SmsBudget;
  brand: { readonly name: string };
}

/** The gate with the factors of this installation. */
export function buildGate(parts: GateParts): Gate {
  const { platform, stores, limits, events } = parts;
  const { config, keyring, clock, single } = platform;
  const { transaction, audit, factor: watched } = watchGate(platform);
  const factors = new Map<string, Factor>();
  const clients = relyingPartyStore(platform.db, keyring);
  const gate: Gate = {
    clock,
    keyring,
    limits,
    methods: METHODS,
    factors,
    accounts: stores.accounts,
    ceremonies: ceremonyStore,
    challenges: challengeStore,
    attempts: attemptStore,
    sessions: sessionStore,
    operations: operationStore(keyring),
    devices: stores.devices,
    notices: noticeStore(keyring),
    holds: holdStore,
    emergencyLinks: emergencyLinkStore,
    holdings: identityHoldings({
      identities: stores.identities,
      clock,
      restoreFacts: (tx, identity) => restoreFacts({ ...stores, clock }, tx, identity),
    }),
    settings: {
      ceremonySeconds: 10 * 60,
      sessionIdleSeconds: config.sessions.idleSeconds,
      sessionSeconds: config.sessions.absoluteSeconds,
      sessionsPerAccount: 20,
      freshSeconds: 5 * 60,
      monitoring: config.monitoring,
    },
    events,
    transaction,
    single,
    audit,
    noteUse: (tx, accountId) => stores.identities.noteUse(tx, accountId, clock.now()),
    access: accessRecorder(audit),
    hasAccessSince,
    nameOfClient: async (tx, clientId) => (await clients.findIn(tx, clientId))?.name,
  };
  for (const factor of buildFactors(parts, gate)) factors.set(factor.method, watched(factor));
  return gate;
}

function buildFactors(parts: GateParts, gate: Gate): Factor[] {
  const { platform, stores, hasher } = parts;
  const { keyring, clock, transaction, single, config } = platform;
  const { authenticators } = stores;
  const all = [
    passwordFactor({
      hasher,
      passwords: {
        find: async (accountId, id) =>
          (await single((tx) => authenticators.secret(tx, accountId, id)))?.toString(),
        // Hashed anew it is the same password still.
        replace: (tx, accountId, id, phc) =>
          authenticatorStore(keyring).replaceSecret(tx, accountId, id, phc, null),
      },
    }),
    totpFactor({ clock, secrets: totpSecrets(parts) }),
    hardwareTokenFactor({ clock, tokens: stores.tokens, single }),
    emailCodeFactor({ keyring, sendEmailCode: (tx, message) => sendEmailCode(parts, tx, message) }),
    emailLinkFactor({ links: stores.links, keyring, clock, transaction }),
    recoveryCodeFactor({ hasher, codes: savedCodes(parts, gate) }),
    ...passkeyFactors(passkeyPorts(parts, gate)),
    ...appFactors(parts, gate),
  ];
  const { spending: budget } = parts;
  const sms = smsCodeFactor({ keyring, budget, sendSms: (tx, message) => sendSms(parts, tx, message) });
  return config.sms.enabled ? [...all, sms] : all;
}

function totpSecrets({ platform, stores }: GateParts): Parameters<typeof totpFactor>[0]['secrets'] {
  const { authenticators } = stores;
  return {
    find: (accountId, id) =>
      platform.single(async (tx) => {
        const seed = await authenticators.secret(tx, accountId, id);
        const usedStep = await authenticators.usedStep(tx, accountId, id);
        return seed && usedStep !== undefined ? { seed, usedStep } : undefined;
      }),
    spendStep: authenticators.spendStep,
  };
}

function passkeyPorts({ platform, stores, brand }: GateParts, gate: Gate): PasskeyPorts {
  const { keyring, transaction, config } = platform;
  const { origin, hostname } = new URL(config.issuer);
  return {
    passkeys: stores.passkeys,
    settings: {
      rpId: hostname,
      origin,
      get name() {
        return brand.name;
      },
    },
    mac: keyring.mac,
    transaction,
    async alert(tx, prover, presenter, authenticatorId) {
      const authenticator = prover.authenticators.find((one) => one.id === authenticatorId);
      await gate.audit(tx, {
        type: 'passkey-counter-went-back',
        accountId: prover.id,
        actor: 'holder',
        at: gate.clock.now(),
        client: presenter.client,
        details: { authenticator: authenticatorId },
      });
      const params = { label: authenticator?.label ?? '' };
      await notifyHolder(gate, tx, prover, presenter, { template: 'passkey-copied', params });
      const noticed = { accountId: prover.id, signal: 'passkey-copied' } as const;
      await noteSignal(gate, tx, noticed, presenter.client);
    },
  };
}

function savedCodes(
  { platform, stores }: GateParts,
  gate: Gate,
): Parameters<typeof recoveryCodeFactor>[0]['codes'] {
  const { codes } = stores;
  return {
    unused: async (accountId, id) => {
      const rows = await platform.transaction((tx) => codes.unused(tx, accountId, id));
      return rows.map(({ idx, hash }) => ({ idx, hash: hash.toString() }));
    },
    spend: async (tx, prover, presenter, id, idx) => {
      if (!(await codes.spend(tx, prover.id, id, idx, platform.clock.now()))) return false;
      const left = String(await codes.countUnused(tx, prover.id, id));
      await notifyHolder(gate, tx, prover, presenter, { template: 'recovery-code-used', params: { left } });
      return true;
    },
  };
}

const SENT_CODE_MINUTES = String(SENT_CODE_SECONDS / 60);

const sendSms = (
  { queue, platform, brand }: GateParts,
  tx: Tx,
  message: Parameters<Parameters<typeof smsCodeFactor>[0]['sendSms']>[1],
) => {
  const { to, accountId, language, code, action } = message;
  const host = new URL(platform.config.issuer).hostname;
  const params = { code, minutes: SENT_CODE_MINUTES, action, service: brand.name, host };
  return queue(tx, {
    channel: 'sms',
    template: 'code',
    to,
    accountId,
    language,
    params,
    lifetimeSeconds: SENT_CODE_SECONDS,
  }).then(() => undefined);
};

/** What a code by e-mail is for, by the purpose of its ceremony. */
const EMAIL_ACTIONS: Record<string, string> = {
  'recover-second-factor': 'recover',
  'change-email': 'change-contact',
  'change-phone': 'change-contact',
  'verify-email': 'new-contact',
};

/** Of an address that another account has, its owner is told in the place of a code; whoever asked cannot tell. */
const sendEmailCode = async (
  { queue, stores, platform }: GateParts,
  tx: Tx,
  message: Parameters<Parameters<typeof emailCodeFactor>[0]['sendEmailCode']>[1],
): Promise<void> => {
  const { to, accountId, language, code, purpose, slot } = message;
  const hmac = stores.identifiers.hash(to);
  const holder = hmac && (await stores.identifiers.find(tx, hmac));
  const letter = { channel: 'email' as const, to, language, lifetimeSeconds: SENT_CODE_SECONDS };
  if (holder !== undefined && holder !== accountId) {
    const params = { signInLink: `${platform.config.issuer}/sign-in` };
    await queue(tx, { ...letter, template: 'address-taken', params });
    return;
  }
  const action = slot === NEW_CONTACT ? 'new-contact' : (EMAIL_ACTIONS[purpose] ?? 'confirm');
  const params = { code, minutes: SENT_CODE_MINUTES, action };
  await queue(tx, { ...letter, accountId, template: 'email-code', params });
};
