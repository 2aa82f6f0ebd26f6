import type { Identifiers } from '../../gate/account-ports.ts';
import { foldEmailAddress, parseEmailAddress } from '../../platform/email-address.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { normaliseUserId } from '../../platform/user-id.ts';

/** User ids and confirmed e-mail addresses as keyed hashes on PostgreSQL: the only globally unique thing. */
export function identifierStore(keyring: Keyring): Identifiers {
  const hashOf = (kind: 'user-id' | 'email', value: string) => keyring.mac('identifier', kind, value);
  return {
    hash(identifier) {
      const address = parseEmailAddress(identifier);
      if (address !== undefined) return hashOf('email', foldEmailAddress(address));
      const userId = normaliseUserId(identifier);
      return userId === undefined ? undefined : hashOf('user-id', userId);
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
      const folded = kind === 'email' ? foldEmailAddress(value) : value;
      const result = await tx
        .insertInto('identifier')
        .values({ hmac: hashOf(kind, folded), kind, account_id: accountId })
        .onConflict((conflict) => conflict.column('hmac').doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
  };
}
