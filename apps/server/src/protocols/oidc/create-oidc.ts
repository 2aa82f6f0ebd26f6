import Provider from 'oidc-provider';
import type { Gate } from '../../gate/ports.ts';
import type { Interactions, IssuerKeys } from '../../gate/relying-party.ts';
import type { Db } from '../../platform/database/database.ts';
import type { App } from '../../platform/http/app.ts';
import type { Outgoing } from '../../platform/http/outgoing-request.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import type { Log } from '../../platform/log/log.ts';
import { adapterFactory } from './adapter.ts';
import { shapeAnswers } from './answer-request.ts';
import { auditEvents } from './audit-events.ts';
import { type BackChannelLogout, backChannelLogout } from './back-channel-logout.ts';
import { extendProvider } from './extend-provider.ts';
import { oidcInteractions } from './interactions.ts';
import { type KeyPorts, keepKeySet } from './keep-signing-keys.ts';
import { type KeySet, openKeySet } from './key-set.ts';
import { logoRoutes } from './logo.route.ts';
import type { LogoutStore } from './logout-ports.ts';
import { logoutCall } from './logout-token.ts';
import { mountOidc } from './mount.ts';
import { fixAddress } from './own-addresses.ts';
import { type OidcPages, oidcPages } from './pages/oidc-pages.ts';
import type {
  ArtifactStore,
  ConsentStore,
  ReplayStore,
  SessionClientStore,
  SigningJwk,
  SigningKeyStore,
} from './ports.ts';
import { postAsGetRoutes } from './post-as-get.ts';
import { providerConfig } from './provider-config.ts';
import type { RelyingPartyStore } from './relying-party-ports.ts';
import { signOutRoutes } from './sign-out.route.ts';
import { dropForgedHints } from './sign-out-hint.ts';
import { signOutTickets } from './sign-out-ticket.ts';

export interface OidcDeps {
  /** The configured base URL, without a final slash. */
  issuer: string;
  db: Db;
  gate: Gate;
  limits: Limits;
  log: Log;
  /** Reaches relying parties. */
  outgoing: Outgoing;
  brand: { name: string; hasLogo: boolean };
  artifacts: ArtifactStore;
  consents: ConsentStore;
  replays: ReplayStore;
  sessionClients: SessionClientStore;
  signingKeys: SigningKeyStore;
  relyingParties: RelyingPartyStore;
  notices: LogoutStore;
}

export interface Oidc {
  /** Requests that wait for the holder, for the sign-in and consent flows. */
  interactions: Interactions;
  /** The keys that tokens are signed with. */
  issuerKeys: IssuerKeys;
  /** Makes keys that are due, retires old ones, learns what other nodes did. Called several times a minute. */
  keepKeys(): Promise<void>;
  /** Tells relying parties that sessions ended. */
  backChannel: BackChannelLogout;
  /** Registers every route of this protocol. */
  mount(app: App): void;
}

/** OpenID Connect on top of the gate. At the first start of an installation it makes the signing keys. */
export async function createOidc(deps: OidcDeps): Promise<Oidc> {
  const { gate } = deps;
  const { keyring, clock } = gate;
  const keys = await openKeySet(deps.signingKeys, clock);
  const tickets = signOutTickets(keyring, clock);
  const pages = oidcPages({ ...deps, tickets });
  const provider = perKeySet(keys, (signingKeys) => makeProvider({ ...deps, pages }, signingKeys));
  provider(); // what is wrong with its configuration is said at the start
  return {
    interactions: oidcInteractions(deps),
    issuerKeys: keys,
    keepKeys: () => keepKeySet(keyPorts(deps), keys),
    backChannel: backChannelLogout({
      ...deps,
      clock,
      callOf: (notice) => logoutCall(provider().provider, deps.db, notice),
    }),
    mount: (app) => {
      mountOidc(app, () => provider().answer, deps);
      postAsGetRoutes(app, deps.brand);
      signOutRoutes(app, { ...deps, tickets });
      logoRoutes(app, deps.relyingParties);
    },
  };
}

function makeProvider(deps: OidcDeps & { pages: OidcPages }, signingKeys: SigningJwk[]) {
  const { issuer, gate, log } = deps;
  const config = providerConfig({
    ...deps,
    keyring: gate.keyring,
    adapter: adapterFactory(deps),
    signingKeys,
  });
  const provider = new Provider(issuer, config);
  fixAddress(provider, issuer);
  shapeAnswers(provider, deps);
  dropForgedHints(provider);
  extendProvider(provider, deps);
  auditEvents(provider, gate);
  provider.on('server_error', (_ctx, err) => log.error({ err }, 'the OpenID Connect library failed'));
  provider.onerror = (err) => log.error({ err }, 'the answer to an OpenID Connect request failed');
  return { provider, answer: provider.callback() };
}

/** The library takes its keys when it is made: it is made anew when they change, and keeps nothing between requests. */
function perKeySet<T>(keys: KeySet, make: (signingKeys: SigningJwk[]) => T): () => T {
  let made: { of: SigningJwk[]; it: T } | undefined;
  return () => {
    const of = keys.published();
    if (made?.of !== of) made = { of, it: make(of) };
    return made.it;
  };
}

const keyPorts = ({ gate, signingKeys }: OidcDeps): KeyPorts => ({
  store: signingKeys,
  now: gate.clock.now,
  transaction: gate.transaction,
  audit: gate.audit,
});
