import type { Passkeys } from '../../factors/passkey/passkey.ports.ts';
import type { Tx } from '../../platform/database/database.ts';
import { newSecret } from '../../platform/ids.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

/** As long as the standard allows (WebAuthn Level 3 §5.4.3); nothing about the person ([WA-3]). */
const USER_HANDLE_BYTES = 64;

type Kind = 'user-handle' | 'credential';

/** Passkeys on PostgreSQL; whose one is, is found by a keyed hash alone, as with other identifiers. */
export function passkeyStore(keyring: Keyring): Passkeys {
  const hash = (kind: Kind, value: Buffer) => keyring.mac('passkey', kind, value);

  /** False when it is somebody's already. */
  async function claim(tx: Tx, kind: Kind, value: Buffer, accountId: string): Promise<boolean> {
    const result = await tx
      .insertInto('passkey_lookup')
      .values({ hmac: hash(kind, value), kind, account_id: accountId })
      .onConflict((conflict) => conflict.column('hmac').doNothing())
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  }

  return {
    async userHandle(tx, accountId) {
      const fresh = newSecret(USER_HANDLE_BYTES);
      const made = await tx
        .insertInto('passkey_user')
        .values({ account_id: accountId, user_handle: fresh })
        .onConflict((conflict) => conflict.column('account_id').doNothing())
        .executeTakeFirst();
      if (made.numInsertedOrUpdatedRows === 1n) {
        await claim(tx, 'user-handle', fresh, accountId);
        return fresh;
      }
      const row = await tx
        .selectFrom('passkey_user')
        .select('user_handle')
        .where('account_id', '=', accountId)
        .executeTakeFirstOrThrow();
      return row.user_handle;
    },

    async whose(tx, userHandle) {
      const row = await tx
        .selectFrom('passkey_lookup')
        .select('account_id')
        .where('hmac', '=', hash('user-handle', userHandle))
        .executeTakeFirst();
      return row?.account_id;
    },

    async list(tx, accountId) {
      const rows = await tx
        .selectFrom('passkey')
        .innerJoin('authenticator', (join) =>
          join
            .onRef('authenticator.account_id', '=', 'passkey.account_id')
            .onRef('authenticator.id', '=', 'passkey.authenticator_id'),
        )
        .selectAll('passkey')
        .select('authenticator.backup_eligible')
        .where('passkey.account_id', '=', accountId)
        .where('authenticator.state', '=', 'active')
        .orderBy('authenticator.id')
        .execute();
      return rows.map((row) => ({
        authenticatorId: row.authenticator_id,
        credentialId: row.credential_id,
        publicKey: row.public_key,
        signCount: row.sign_count,
        backupEligible: row.backup_eligible,
        transports: row.transports,
      }));
    },

    async add(tx, accountId, authenticatorId, passkey) {
      const { userVerified, backupEligible } = passkey;
      const pending = await tx
        .updateTable('authenticator')
        .set({
          type: userVerified ? 'passkey' : 'security-key',
          key_protection: backupEligible ? 'software' : 'hardware',
          backup_eligible: backupEligible,
        })
        .where('account_id', '=', accountId)
        .where('id', '=', authenticatorId)
        .where('state', '=', 'pending')
        .executeTakeFirst();
      if (pending.numUpdatedRows !== 1n) return false;
      if (!(await claim(tx, 'credential', passkey.credentialId, accountId))) return false;
      await tx
        .insertInto('passkey')
        .values({
          account_id: accountId,
          authenticator_id: authenticatorId,
          credential_id: passkey.credentialId,
          public_key: passkey.publicKey,
          algorithm: passkey.algorithm,
          sign_count: passkey.signCount,
          backed_up: passkey.backedUp,
          discoverable: passkey.discoverable,
          transports: passkey.transports,
          attachment: passkey.attachment,
          aaguid: passkey.aaguid,
        })
        .execute();
      return true;
    },

    async use(tx, accountId, authenticatorId, { signCount, backedUp }) {
      const result = await tx
        .updateTable('passkey')
        .set({ sign_count: signCount, backed_up: backedUp })
        .where('account_id', '=', accountId)
        .where('authenticator_id', '=', authenticatorId)
        .where((eb) =>
          eb.or([
            eb('sign_count', '<', signCount),
            eb.and([eb('sign_count', '=', 0), eb.val(signCount === 0)]),
          ]),
        )
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
  };
}
