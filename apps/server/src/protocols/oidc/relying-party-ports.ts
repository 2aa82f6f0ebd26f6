import type { RelyingParties, RelyingParty } from '../../gate/relying-party.ts';
import type { Db, Tx } from '../../platform/database/database.ts';
import type { ClientRules } from './client-rules.ts';
import type { Logo } from './logo.ts';
import type { clientMetadata, Registration } from './registration.ts';

/** Where a registration comes from: the clients file, the command line, or an import. */
export type RegistrationSource = 'config' | 'cli' | 'import';

type ClientMetadata = ReturnType<typeof clientMetadata> & { client_secret?: string };

export interface ListedRelyingParty {
  clientId: string;
  source: RegistrationSource;
  name: { it: string; en: string };
  redirectUris: string[];
  scopes: string[];
  tokenEndpointAuthMethod: string;
  /** What it signs its assertions with; undefined where it signs none. */
  signingAlg: string | undefined;
  /** Where its keys are read; undefined where they are registered, or there are none. */
  jwksUri: string | undefined;
  isBound: boolean;
  rules: ClientRules;
  isEnabled: boolean;
}

/** Relying parties as this protocol keeps them; those that are disabled are found by nobody. */
export interface RelyingPartyStore extends RelyingParties {
  /** As `find`, on the connection of a request: one that waits for a second connection can wait for ever. */
  findIn(tx: Tx, clientId: string): Promise<RelyingParty | undefined>;
  /** What the library has to know, with the secret. */
  findClient(from: Db | Tx, clientId: string): Promise<ClientMetadata | undefined>;
  /** All that was registered, with the secret; of a disabled one too. Locked until the transaction is over. */
  findRegistration(
    tx: Tx,
    clientId: string,
  ): Promise<{ registration: Registration; source: RegistrationSource } | undefined>;
  findLogo(clientId: string): Promise<Logo | undefined>;
  /** Whether a public client's pages come from this origin. */
  isCorsOrigin(tx: Tx, origin: string): Promise<boolean>;
  list(): Promise<ListedRelyingParty[]>;
  /** Registers it, or replaces its registration; one that was disabled works again. */
  save(tx: Tx, entry: Registration, source: RegistrationSource, now: Date): Promise<void>;
  /** True for the one caller that did; consents stay. */
  disable(tx: Tx, clientId: string, now: Date): Promise<boolean>;
  /** Disables those of a source that are not among the ones to keep. */
  disableOthers(tx: Tx, source: RegistrationSource, kept: readonly string[], now: Date): Promise<void>;
}
