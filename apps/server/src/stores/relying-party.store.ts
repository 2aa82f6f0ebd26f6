import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { RelyingParty } from '../gate/relying-party.ts';
import type { Db, Tx } from '../platform/database/database.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Keyring } from '../platform/keyring/keyring.ts';
import { PLAIN, RULES } from '../protocols/oidc/client-rules.ts';
import { type Logo, readLogo } from '../protocols/oidc/logo.ts';
import { clientMetadata, corsOrigins, Registration } from '../protocols/oidc/registration.ts';
import type { RelyingPartyStore } from '../protocols/oidc/relying-party-ports.ts';

type Profile = Pick<RelyingParty, 'name' | 'policy' | 'caseNumberLabel'> & {
  homeUrl?: string;
  chatUrl?: string;
  logo?: string;
  /** Changes with the logo, so that browsers may keep one for good. */
  logoVersion?: string;
  corsOrigins: string[];
};

const place = (clientId: string) => ({ table: 'relying_party', row: clientId, column: 'secret_sealed' });

/** Relying parties on PostgreSQL; secrets sealed. */
export function relyingPartyStore(db: Db, keyring: Keyring): RelyingPartyStore {
  return {
    find: (clientId) => find(db, clientId),
    findIn: (tx, clientId) => find(tx, clientId),

    async findClient(from, clientId) {
      const row = await from
        .selectFrom('relying_party')
        .select(['metadata', 'secret_sealed'])
        .where('client_id', '=', clientId)
        .where('disabled_at', 'is', null)
        .executeTakeFirst();
      if (!row) return undefined;
      const metadata = row.metadata as ReturnType<typeof clientMetadata>;
      if (!row.secret_sealed) return metadata;
      return { ...metadata, client_secret: keyring.openText(row.secret_sealed, place(clientId)) };
    },

    async findRegistration(tx, clientId) {
      const row = await tx
        .selectFrom('relying_party')
        .selectAll()
        .where('client_id', '=', clientId)
        .forUpdate()
        .executeTakeFirst();
      return row && { registration: registrationOf(keyring, row), source: row.source };
    },

    async findLogo(clientId): Promise<Logo | undefined> {
      const row = await db
        .selectFrom('relying_party')
        .select(sql<string | null>`profile ->> 'logo'`.as('logo'))
        .where('client_id', '=', clientId)
        .where('disabled_at', 'is', null)
        .executeTakeFirst();
      return row?.logo ? readLogo(row.logo) : undefined;
    },

    async isCorsOrigin(tx, origin) {
      const row = await tx
        .selectFrom('relying_party')
        .select('client_id')
        .where('disabled_at', 'is', null)
        .where(sql<boolean>`profile -> 'corsOrigins' ? ${origin}`)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async list() {
      const rows = await db.selectFrom('relying_party').selectAll().orderBy('client_id').execute();
      return rows.map(toListed);
    },

    async save(tx, entry, source, now) {
      const values = {
        source,
        metadata: JSON.stringify(clientMetadata(entry)),
        secret_sealed: entry.clientSecret ? keyring.seal(entry.clientSecret, place(entry.clientId)) : null,
        profile: JSON.stringify(profileOf(entry)),
        updated_at: now,
        disabled_at: null,
      };
      await tx
        .insertInto('relying_party')
        .values({ client_id: entry.clientId, ...values })
        .onConflict((conflict) => conflict.column('client_id').doUpdateSet(values))
        .execute();
    },

    async disable(tx, clientId, now) {
      const result = await tx
        .updateTable('relying_party')
        .set({ disabled_at: now })
        .where('client_id', '=', clientId)
        .where('disabled_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async disableOthers(tx, source, kept, now) {
      await tx
        .updateTable('relying_party')
        .set({ disabled_at: now })
        .where('source', '=', source)
        .where(sql<boolean>`client_id <> all(${kept}::text[])`)
        .where('disabled_at', 'is', null)
        .execute();
    },
  };
}

async function find(from: Db | Tx, clientId: string): Promise<RelyingParty | undefined> {
  const row = await from
    .selectFrom('relying_party')
    // A logo is long, and fetched by itself.
    .select(sql<Profile>`profile - 'logo'`.as('profile'))
    .where('client_id', '=', clientId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row && toRelyingParty(clientId, row.profile);
}

function profileOf(entry: Registration): Profile {
  const { name, policy, caseNumberLabel, homeUrl, chatUrl, logo } = entry;
  return {
    name,
    policy,
    caseNumberLabel,
    corsOrigins: corsOrigins(entry),
    ...(homeUrl !== undefined && { homeUrl }),
    ...(chatUrl !== undefined && { chatUrl }),
    ...(logo !== undefined && { logo, logoVersion: versionOf(logo) }),
  };
}

/** What was registered, back from what is stored of it. */
function registrationOf(keyring: Keyring, row: Tables['relying_party']): Registration {
  const metadata = row.metadata as ReturnType<typeof clientMetadata>;
  const { name, policy, caseNumberLabel, homeUrl, chatUrl, logo } = row.profile as Profile;
  const rules = metadata[RULES] ?? PLAIN;
  return Registration.parse({
    clientId: row.client_id,
    ...(row.secret_sealed && { clientSecret: keyring.openText(row.secret_sealed, place(row.client_id)) }),
    ...{ name, policy, caseNumberLabel, homeUrl, chatUrl, logo },
    redirectUris: metadata.redirect_uris,
    postLogoutRedirectUris: metadata.post_logout_redirect_uris,
    backchannelLogoutUri: metadata.backchannel_logout_uri,
    backchannelLogoutSessionRequired: metadata.backchannel_logout_session_required,
    tokenEndpointAuthMethod: metadata.token_endpoint_auth_method,
    tokenEndpointAuthSigningAlg: metadata.token_endpoint_auth_signing_alg,
    jwks: metadata.jwks,
    jwksUri: metadata.jwks_uri,
    dpopBoundAccessTokens: metadata.dpop_bound_access_tokens === true && !rules.highSecurity,
    ...rules,
    applicationType: metadata.application_type,
    scopes: metadata.scope.split(' '),
    subjectType: metadata.subject_type,
    idTokenSignedResponseAlg: metadata.id_token_signed_response_alg,
  });
}

const versionOf = (logo: string): string => createHash('sha256').update(logo).digest('hex').slice(0, 16);

function toRelyingParty(clientId: string, profile: Profile): RelyingParty {
  const { name, policy, caseNumberLabel, homeUrl, chatUrl, logoVersion } = profile;
  return {
    clientId,
    name,
    homeUrl: homeUrl ?? null,
    logoUrl: logoVersion ? `/logos/${encodeURIComponent(clientId)}?v=${logoVersion}` : null,
    chatUrl: chatUrl ?? null,
    caseNumberLabel,
    policy,
  };
}

function toListed(row: Tables['relying_party']) {
  const metadata = row.metadata as ReturnType<typeof clientMetadata>;
  return {
    clientId: row.client_id,
    source: row.source,
    name: (row.profile as Profile).name,
    redirectUris: metadata.redirect_uris,
    scopes: metadata.scope.split(' '),
    tokenEndpointAuthMethod: metadata.token_endpoint_auth_method,
    signingAlg: metadata.token_endpoint_auth_signing_alg,
    jwksUri: metadata.jwks_uri,
    isBound: metadata.dpop_bound_access_tokens === true,
    rules: metadata[RULES] ?? PLAIN,
    isEnabled: row.disabled_at === null,
  };
}
