import type { Identifiers } from '../../gate/account-ports.ts';
import { foldEmailAddress, parseEmailAddress } from '../../platform/email-address.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { normaliseUserId } from '../../platform/user-id.ts';

/** The keyed hash of a user id, or of an e-mail address in any spelling. */
export function hashIdentifier(keyring: Keyring, kind: 'user-id' | 'email', value: string): Buffer {
  return keyring.mac('identifier', kind, kind === 'email' ? foldEmailAddress(value) : value);
}

/** User ids and confirmed e-mail addresses as keyed hashes on PostgreSQL: the only globally unique thing. */
export function identifierStore(keyring: Keyring): Identifiers {
  return {
    hash(identifier) {
      const address = parseEmailAddress(identifier);
      if (address !== undefined) return hashIdentifier(keyring, 'email', address);
      const userId = normaliseUserId(identifier);
      return userId === undefined ? undefined : hashIdentifier(keyring, 'user-id', userId);
    },

    async find(tx, hmac) {
      const row = await tx
        .selectFrom('identifier')
        .select('account_id')
        .where('hmac', '=', hmac)
        .executeTakeFirst();
      return row?.account_id;
    },

    async claim(tx, { kind, value }, accountId) {
      const result = await tx
        .insertInto('identifier')
        .values({ hmac: hashIdentifier(keyring, kind, value), kind, account_id: accountId })
        .onConflict((conflict) => conflict.column('hmac').doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
  };
}
