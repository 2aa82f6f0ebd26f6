import type { KeyObject } from 'node:crypto';
import type { Brand } from '@sigillo/ui/brand-css';
import type { HolderPasswords } from '../factors/password/holder-passwords.ts';
import { authenticatorRoutes } from '../flows/account/authenticators/authenticators.route.ts';
import { changePasswordRoutes } from '../flows/account/change-password/change-password.route.ts';
import { consentsRoutes } from '../flows/account/consents/consents.route.ts';
import { cancelChangeRoutes } from '../flows/account/contacts/cancel-change.route.ts';
import { contactsRoutes } from '../flows/account/contacts/contacts.route.ts';
import { devicesRoutes } from '../flows/account/devices/devices.route.ts';
import { pairingRoutes } from '../flows/account/devices/pairing.route.ts';
import { languageRoutes } from '../flows/account/language/language.route.ts';
import { noticesRoutes } from '../flows/account/notices/notices.route.ts';
import { approveOperationRoutes } from '../flows/account/operations/approve-operation.route.ts';
import { overviewRoutes } from '../flows/account/overview/overview.route.ts';
import { privacyRoutes } from '../flows/account/privacy/privacy.route.ts';
import { recoveryCodeRoutes } from '../flows/account/recovery-codes/recovery-codes.route.ts';
import { sessionRoutes } from '../flows/account/session/session.route.ts';
import { sessionsRoutes } from '../flows/account/sessions/sessions.route.ts';
import { contactSupportRoutes } from '../flows/help/contact-support/contact-support.route.ts';
import { auditKeyRoutes } from '../flows/help/verify-history/audit-key.route.ts';
import { documentRoutes } from '../flows/selfcare/document/document.route.ts';
import type { ExportSigner } from '../flows/selfcare/history/export-history.ports.ts';
import { historyRoutes } from '../flows/selfcare/history/history.route.ts';
import { ceremonyRoutes } from '../flows/sign-in/ceremony/ceremony.route.ts';
import { consentRoutes } from '../flows/sign-in/consent/consent.route.ts';
import { correctPhoneRoutes } from '../flows/sign-in/correct-phone/correct-phone.route.ts';
import { forgotPasswordRoutes } from '../flows/sign-in/forgot-password/forgot-password.route.ts';
import { recoverSecondFactorRoutes } from '../flows/sign-in/recover-second-factor/recover-second-factor.route.ts';
import { registerRoutes } from '../flows/sign-in/register/register.route.ts';
import { renewPasswordRoutes } from '../flows/sign-in/renew-password/renew-password.route.ts';
import { setUpFactorRoutes } from '../flows/sign-in/set-up-factor/set-up-factor.route.ts';
import { passkeySignInRoutes } from '../flows/sign-in/sign-in/passkey.route.ts';
import { qrRoutes } from '../flows/sign-in/sign-in/qr.route.ts';
import { signInRoutes } from '../flows/sign-in/sign-in/sign-in.route.ts';
import type { Gate } from '../gate/ports.ts';
import type { Interactions, IssuerKeys, RelyingParties } from '../gate/relying-party.ts';
import { signExport } from '../platform/audit/checkpoint.ts';
import { publicJwkOf } from '../platform/audit/checkpoint-key.ts';
import type { App } from '../platform/http/app.ts';
import type { EventStreams } from '../platform/http/event-streams.ts';
import { accessHistoryStore } from '../stores/access-history.store.ts';
import { auditProofStore } from '../stores/audit-proof.store.ts';
import { qrTicketStore, typedTicketStore } from '../stores/gate/qr-ticket.store.ts';
import { sessionClientStore } from '../stores/gate/session-client.store.ts';
import { consentStore } from '../stores/oidc/consent.store.ts';
import { consoleRoutes } from './console.ts';
import { documentProvider } from './document-provider.ts';
import type { Queue, Stores } from './gate.ts';
import type { Platform } from './platform.ts';
import { privacyPorts } from './privacy.ts';
import { selfCareRoutes } from './selfcare.ts';
import { suspensionRoutes } from './suspension.ts';

export interface FlowParts {
  streams: EventStreams;
  platform: Platform;
  gate: Gate;
  stores: Stores;
  passwords: HolderPasswords;
  queue: Queue;
  brand: Brand;
  relyingParties: RelyingParties;
  interactions: Interactions;
  issuerKeys: IssuerKeys;
  auditKey: KeyObject;
}

/** Every flow's routes, each with what it asks for. */
export function flowRoutes(app: App, parts: FlowParts): void {
  const { gate, stores, passwords, queue, relyingParties, interactions, brand } = parts;
  const { config } = parts.platform;
  const views = { gate, relyingParties };
  const settings = {
    issuer: config.issuer,
    appOrigin: config.authenticator.origin,
    allowedPhoneCountries: config.sms.countries,
    get serviceName() {
      return brand.name;
    },
    issuerKeys: parts.issuerKeys,
    supportMailbox: config.support.mailbox ?? `support@${new URL(config.issuer).hostname}`,
  };
  const shared = { ...views, ...stores, interactions, passwords, queue, settings };

  signInRoutes(app, shared);
  passkeySignInRoutes(app, shared);
  qrRoutes(app, {
    ...shared,
    tickets: qrTicketStore,
    typedTickets: typedTicketStore,
    streams: parts.streams,
  });
  ceremonyRoutes(app, { ...views, streams: parts.streams });
  setUpFactorRoutes(app, shared);
  recoverSecondFactorRoutes(app, views);
  registerRoutes(app, shared);
  correctPhoneRoutes(app, shared);
  forgotPasswordRoutes(app, shared);
  renewPasswordRoutes(app, shared);
  consentRoutes(app, shared);

  sessionRoutes(app, { gate });
  languageRoutes(app, shared);
  overviewRoutes(app, shared);
  sessionsRoutes(app, { ...views, clients: sessionClientStore });
  authenticatorRoutes(app, shared);
  changePasswordRoutes(app, shared);
  contactsRoutes(app, shared);
  cancelChangeRoutes(app, shared);
  recoveryCodeRoutes(app, { ...shared, hasher: passwords.hasher });
  consentsRoutes(app, { ...views, consents: consentStore });
  contactSupportRoutes(app, shared);
  devicesRoutes(app, views);
  pairingRoutes(app, { ...shared, streams: parts.streams });
  approveOperationRoutes(app, views);
  noticesRoutes(app, shared);
  privacyRoutes(app, { ...shared, ...privacyPorts(parts.platform) });

  const provider = documentProvider(config, brand);
  selfCareRoutes(app, shared, provider);
  historyRoutes(app, {
    ...shared,
    history: accessHistoryStore,
    proofs: auditProofStore,
    signer: exportSigner(parts),
  });
  auditKeyRoutes(app, { issuer: config.issuer, publicJwk: publicJwkOf(parts.auditKey) });
  suspensionRoutes(app, { ...shared, provider });
  documentRoutes(app, shared);
  consoleRoutes(app, { ...shared, provider, settings: { ...settings, ...config.identities } });
}

/** Files of the access history are signed by the key of the audit's checkpoints. */
const exportSigner = ({ auditKey, platform }: FlowParts): ExportSigner => {
  const { issuer } = platform.config;
  return { issuer, sign: (seal) => signExport({ issuer, ...seal }, auditKey, platform.clock.now()) };
};
