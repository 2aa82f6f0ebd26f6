import type { EvidenceItem, EvidenceToKeep, KeptEvidence, OpenedEvidence } from '../../evidence/evidence.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

const place = (accountId: string, id: string) => ({
  table: 'retained_record',
  row: `${accountId}/${id}`,
  column: 'body_sealed',
});

/** What outlives an account, on PostgreSQL: sealed, each to its own row. */
export function keptEvidenceStore(keyring: Keyring): KeptEvidence {
  return {
    keep: (tx, accountId, item, at) => keep(tx, keyring, accountId, item, at),

    async list(tx, accountId) {
      const rows = await tx
        .selectFrom('retained_record')
        .select(FACTS)
        .where('account_id', '=', accountId)
        .orderBy('id')
        .execute();
      return rows.map(toItem);
    },

    async open(tx, accountId, ref): Promise<OpenedEvidence | undefined> {
      const id = UUID.exec(ref)?.[1];
      if (!id) return undefined;
      const row = await tx
        .selectFrom('retained_record')
        .select([...FACTS, 'body_sealed'])
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && { ...toItem(row), content: keyring.open(row.body_sealed, place(accountId, row.id)) };
    },

    async forget(tx, today) {
      await tx.deleteFrom('retained_record').where('ends_on', '<', today).execute();
      await tx.deleteFrom('past_number').where('ends_on', '<', today).execute();
    },
  };
}

const FACTS = ['id', 'identity_id', 'kind', 'name', 'media_type', 'ends_on'] as const;
const UUID = /^kept\/([0-9a-f-]{36})$/;

async function keep(
  tx: Tx,
  keyring: Keyring,
  accountId: string,
  { identityId, kind, name, mediaType, ground, endsOn, content }: EvidenceToKeep,
  at: Date,
): Promise<void> {
  const id = uuidv7(at.getTime());
  await tx
    .insertInto('retained_record')
    .values({
      account_id: accountId,
      id,
      identity_id: identityId,
      kind,
      name,
      media_type: mediaType,
      ground,
      ends_on: endsOn,
      body_sealed: keyring.seal(content, place(accountId, id)),
      created_at: at,
    })
    .execute();
}

const toItem = (row: Pick<Tables['retained_record'], (typeof FACTS)[number]>): EvidenceItem => ({
  ref: `kept/${row.id}`,
  identityId: row.identity_id,
  kind: row.kind,
  name: row.name,
  mediaType: row.media_type as EvidenceItem['mediaType'],
  endsOn: row.ends_on,
});
