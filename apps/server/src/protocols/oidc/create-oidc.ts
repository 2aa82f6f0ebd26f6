import Provider from 'oidc-provider';
import type { Gate } from '../../gate/ports.ts';
import type { Interactions } from '../../gate/relying-party.ts';
import type { Db } from '../../platform/database/database.ts';
import type { App } from '../../platform/http/app.ts';
import type { Outgoing } from '../../platform/http/outgoing-request.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import type { Log } from '../../platform/log/log.ts';
import { adapterFactory } from './adapter.ts';
import { shapeAnswers } from './answer-request.ts';
import { auditEvents } from './audit-events.ts';
import { extendProvider } from './extend-provider.ts';
import { oidcInteractions } from './interactions.ts';
import { logoRoutes } from './logo.route.ts';
import { mountOidc } from './mount.ts';
import { fixAddress } from './own-addresses.ts';
import { oidcPages } from './pages/oidc-pages.ts';
import type {
  ArtifactStore,
  ConsentStore,
  ReplayStore,
  SessionClientStore,
  SigningKeyStore,
} from './ports.ts';
import { postAsGetRoutes } from './post-as-get.ts';
import { providerConfig } from './provider-config.ts';
import type { RelyingPartyStore } from './relying-party-ports.ts';
import { signOutRoutes } from './sign-out.route.ts';
import { signOutTickets } from './sign-out-ticket.ts';
import { currentKey, makeSigningKeys } from './signing-keys.ts';

export interface OidcDeps {
  /** The configured base URL, without a final slash. */
  issuer: string;
  db: Db;
  gate: Gate;
  limits: Limits;
  log: Log;
  outgoing: Outgoing;
  brand: { name: string; hasLogo: boolean };
  artifacts: ArtifactStore;
  consents: ConsentStore;
  replays: ReplayStore;
  sessionClients: SessionClientStore;
  signingKeys: SigningKeyStore;
  relyingParties: RelyingPartyStore;
}

export interface Oidc {
  /** Requests that wait for the holder, for the sign-in and consent flows. */
  interactions: Interactions;
  /** Thumbprint of the key that ID tokens are signed with, which is in the JWK set (RFC 7638). */
  issuerKey: string;
  /** Registers every route of this protocol. */
  mount(app: App): void;
}

/** OpenID Connect on top of the gate. At the first start of an installation it makes the signing keys. */
export async function createOidc(deps: OidcDeps): Promise<Oidc> {
  const { issuer, gate, log } = deps;
  const { keyring, clock } = gate;
  const signingKeys = await deps.signingKeys.loadOrMake(makeSigningKeys, clock.now());
  const tickets = signOutTickets(keyring, clock);
  const pages = oidcPages({ ...deps, tickets });
  const adapter = adapterFactory(deps);
  const provider = new Provider(issuer, providerConfig({ ...deps, keyring, pages, adapter, signingKeys }));
  fixAddress(provider, issuer);
  shapeAnswers(provider, { ...deps, pages });
  extendProvider(provider, deps);
  auditEvents(provider, gate);
  provider.on('server_error', (_ctx, err) => log.error({ err }, 'the OpenID Connect library failed'));
  provider.onerror = (err) => log.error({ err }, 'the answer to an OpenID Connect request failed');
  return {
    interactions: oidcInteractions(deps),
    issuerKey: currentKey(signingKeys),
    mount: (app) => {
      mountOidc(app, provider, deps);
      postAsGetRoutes(app);
      signOutRoutes(app, { ...deps, tickets });
      logoRoutes(app, deps.relyingParties);
    },
  };
}
