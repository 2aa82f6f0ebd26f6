import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../platform/database/database.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import type { Artifact, ArtifactModel, ArtifactStore } from '../../protocols/oidc/ports.ts';
import { idFor, idsGrantedBy, idsOf, timedValue } from './artifact-ids.ts';

const place = (id: string) => ({ table: 'oidc_artifact', row: id, column: 'payload' });
const hashOf = (value: string): Buffer => createHash('sha256').update(value).digest();

/**
 * Codes, tokens, grants and interactions on PostgreSQL: found by the SHA-256 of their value, which is stored
 * nowhere; the rest sealed. Rows go with their partition; one that is discarded ends when it began.
 */
export function artifactStore(keyring: Keyring): ArtifactStore {
  const seal = (id: string, payload: object) =>
    JSON.stringify({ sealed: keyring.seal(JSON.stringify(payload), place(id)).toString('base64') });
  const open = (id: string, stored: unknown): Record<string, unknown> => {
    const { sealed } = stored as { sealed: string };
    return JSON.parse(keyring.openText(Buffer.from(sealed, 'base64'), place(id)));
  };

  return {
    newValue: timedValue,

    async insert(tx, artifact) {
      const id = idFor(artifact.model, artifact.value, artifact.createdAt);
      await tx
        .insertInto('oidc_artifact')
        .values({
          key_hash: hashOf(artifact.value),
          id,
          model: artifact.model,
          payload: seal(id, artifact.payload),
          grant_id: artifact.grantId,
          account_id: artifact.origin?.accountId ?? null,
          session_id: artifact.origin?.sessionId ?? null,
          epoch: artifact.origin?.epoch ?? null,
          binding_hash: artifact.bindingHash,
          consumed_at: null,
          created_at: artifact.createdAt,
          expires_at: artifact.expiresAt,
        })
        .execute();
    },

    async find(tx, model, value, now) {
      const { from, to } = idsOf(model, value, now);
      const row = await withStanding(tx, model, value)
        .where('artifact.id', '>=', from)
        .where('artifact.id', '<', to)
        .where('artifact.expires_at', '>', now)
        .executeTakeFirst();
      return row && { ...toArtifact(row), payload: open(row.id, row.payload) };
    },

    async findEver(tx, model, value) {
      const row = await withStanding(tx, model, value).executeTakeFirst();
      return row && { ...toArtifact(row), payload: open(row.id, row.payload) };
    },

    async lockFamily(tx, model, value, now) {
      const { from, to } = idsOf(model, value, now);
      await sql`
        select pg_advisory_xact_lock(hashtextextended(grant_id, ${FAMILY_LOCKS}))
        from oidc_artifact
        where key_hash = ${hashOf(value)} and model = ${model} and id >= ${from} and id < ${to}`.execute(tx);
    },

    async consume(tx, model, value, now) {
      const result = await living(tx, model, value, now)
        .set({ consumed_at: now })
        .where('consumed_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async answer(tx, value, id, { bindingHash, payload, now }) {
      const result = await living(tx, 'Interaction', value, now)
        .set({ consumed_at: now, payload: seal(id, payload) })
        .where('id', '=', id)
        .where('binding_hash', '=', bindingHash)
        .where('consumed_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async prolong(tx, model, value, until, now) {
      await living(tx, model, value, now).set({ expires_at: until }).execute();
    },

    async discard(tx, model, value, now) {
      const result = await living(tx, model, value, now)
        .set((eb) => ({ expires_at: eb.ref('created_at') }))
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async discardGranted(tx, model, grantId, now) {
      const { from, to } = idsGrantedBy(model, grantId, now);
      await tx
        .updateTable('oidc_artifact')
        .set((eb) => ({ expires_at: eb.ref('created_at') }))
        .where('grant_id', '=', grantId)
        .where('id', '>=', from)
        .where('id', '<', to)
        .where('model', '=', model)
        .where('expires_at', '>', now)
        .execute();
    },
  };
}

/** Sets the locks of families apart from those of others. */
export const FAMILY_LOCKS = 0x6f696463;

function living(tx: Tx, model: ArtifactModel, value: string, now: Date) {
  const { from, to } = idsOf(model, value, now);
  return tx
    .updateTable('oidc_artifact')
    .where('key_hash', '=', hashOf(value))
    .where('id', '>=', from)
    .where('id', '<', to)
    .where('model', '=', model)
    .where('expires_at', '>', now);
}

/** The row with its session and account, each by primary key. */
function withStanding(tx: Tx, model: ArtifactModel, value: string) {
  return tx
    .selectFrom('oidc_artifact as artifact')
    .leftJoin('session', (join) =>
      join
        .onRef('session.account_id', '=', 'artifact.account_id')
        .onRef('session.id', '=', 'artifact.session_id'),
    )
    .leftJoin('account', 'account.id', 'artifact.account_id')
    .select([
      'artifact.id',
      'artifact.payload',
      'artifact.account_id',
      'artifact.session_id',
      'artifact.epoch',
      'artifact.binding_hash',
      'artifact.consumed_at',
      'artifact.created_at',
      'session.ended_at',
      'session.expires_at as session_expires_at',
      'session.last_seen_at',
      'account.status',
      'account.epoch as account_epoch',
    ])
    .where('artifact.key_hash', '=', hashOf(value))
    .where('artifact.model', '=', model);
}

type Row = Awaited<ReturnType<ReturnType<typeof withStanding>['executeTakeFirstOrThrow']>>;

function toArtifact(row: Row): Omit<Artifact, 'payload'> {
  return {
    id: row.id,
    origin: originOf(row),
    standing: standingOf(row),
    bindingHash: row.binding_hash,
    consumedAt: row.consumed_at,
    createdAt: row.created_at,
  };
}

function originOf({ account_id, session_id, epoch }: Row): Artifact['origin'] {
  if (account_id === null || session_id === null || epoch === null) return null;
  return { accountId: account_id, sessionId: session_id, epoch };
}

function standingOf(row: Row): Artifact['standing'] {
  const { session_expires_at, last_seen_at, status, account_epoch } = row;
  if (!session_expires_at || !last_seen_at || status === null || account_epoch === null) return null;
  return {
    endedAt: row.ended_at,
    sessionExpiresAt: session_expires_at,
    lastSeenAt: last_seen_at,
    accountStatus: status,
    accountEpoch: account_epoch,
  };
}
