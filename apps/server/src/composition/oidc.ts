import type { Brand } from '@sigillo/ui/brand-css';
import type { Gate } from '../gate/ports.ts';
import { outgoingRequests } from '../platform/http/outgoing-request.ts';
import type { Limits } from '../platform/limits/limits.ts';
import { applyClientsFile, readClientsFile } from '../protocols/oidc/clients-file.ts';
import { createOidc, type Oidc } from '../protocols/oidc/create-oidc.ts';
import type { RelyingPartyStore } from '../protocols/oidc/relying-party-ports.ts';
import { sessionClientStore } from '../stores/gate/session-client.store.ts';
import { artifactStore } from '../stores/oidc/artifact.store.ts';
import { consentStore } from '../stores/oidc/consent.store.ts';
import { logoutStore } from '../stores/oidc/logout.store.ts';
import { replayStore } from '../stores/oidc/replay.store.ts';
import { signingKeyStore } from '../stores/oidc/signing-key.store.ts';
import { relyingPartyStore } from '../stores/relying-party.store.ts';
import { rememberedRelyingParties } from '../stores/remembered-relying-parties.ts';
import type { Platform } from './platform.ts';

export interface OidcParts {
  platform: Platform;
  gate: Gate;
  limits: Limits;
  brand: Brand;
}

/**
 * OpenID Connect with the relying parties of the clients file, which is read at every start.
 *
 * @throws StartRefused with every fault of the clients file
 */
export async function openOidc(parts: OidcParts): Promise<Oidc & { relyingParties: RelyingPartyStore }> {
  const { platform, gate, limits, brand } = parts;
  const { db, keyring, clock, log, config } = platform;
  const relyingParties = rememberedRelyingParties(relyingPartyStore(db, keyring));
  if (config.clientsFile)
    await applyClientsFile({ db, relyingParties, clock }, readClientsFile(config.clientsFile));
  const oidc = await createOidc({
    issuer: config.issuer,
    db,
    gate,
    limits,
    log,
    outgoing: outgoingRequests(config.outgoing.allowedHosts),
    brand: {
      get name() {
        return brand.name;
      },
      get hasLogo() {
        return brand.logo !== null;
      },
    },
    artifacts: artifactStore(keyring),
    consents: consentStore,
    replays: replayStore,
    sessionClients: sessionClientStore,
    signingKeys: signingKeyStore(db, keyring),
    relyingParties,
    notices: logoutStore(db),
  });
  return { ...oidc, relyingParties };
}
