import type { LinkTokens } from '../../factors/email-link/email-link.factor.ts';
import type { Tx } from '../../platform/database/database.ts';
import { constantTimeEqual } from '../../platform/keyring/constant-time.ts';

/** Links sent by e-mail, on PostgreSQL. */
export const linkTokenStore: LinkTokens = {
  async insert(tx, link) {
    await tx
      .insertInto('link_token')
      .values({
        id: link.id,
        secret_hash: link.secretHash,
        purpose: link.purpose,
        account_id: link.accountId,
        subject_id: link.subjectId,
        address_hmac: link.addressHmac,
        used_at: null,
        created_at: link.createdAt,
        expires_at: link.expiresAt,
      })
      .execute();
  },

  async findOpen(tx, key, purpose, now) {
    const row = await open(tx, key.id, purpose, now).executeTakeFirst();
    if (!row || !constantTimeEqual(row.secret_hash, key.secretHash)) return undefined;
    return {
      id: row.id,
      accountId: row.account_id,
      subjectId: row.subject_id,
      addressHmac: row.address_hmac,
    };
  },

  async spend(tx, key, purpose, now) {
    if (!(await this.findOpen(tx, key, purpose, now))) return false;
    const result = await tx
      .updateTable('link_token')
      .set({ used_at: now })
      .where('id', '=', key.id)
      .where('secret_hash', '=', key.secretHash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },
};

/** Unused, unexpired, and no newer one of the same subject and purpose. */
function open(tx: Tx, id: string, purpose: string, now: Date) {
  return tx
    .selectFrom('link_token')
    .selectAll()
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('link_token as newer')
            .select('newer.id')
            .whereRef('newer.subject_id', '=', 'link_token.subject_id')
            .whereRef('newer.purpose', '=', 'link_token.purpose')
            .whereRef('newer.id', '>', 'link_token.id'),
        ),
      ),
    );
}
