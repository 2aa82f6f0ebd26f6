import type { Identifiers } from '../../gate/account-ports.ts';
import { foldEmailAddress, parseEmailAddress } from '../../platform/email-address.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { normaliseUserId } from '../../platform/user-id.ts';

type Kind = Parameters<Identifiers['claim']>[1]['kind'];

/** The keyed hash of a user id, or of an e-mail address in any spelling; an operator's address is another name. */
export function hashIdentifier(keyring: Keyring, kind: Kind, value: string): Buffer {
  return keyring.mac('identifier', kind, kind === 'user-id' ? value : foldEmailAddress(value));
}

/** The names by which operators sign in to their console: e-mail addresses, apart from those of holders. */
export function operatorNames(keyring: Keyring): Identifiers {
  return {
    ...identifierStore(keyring),
    hash(typed) {
      const address = parseEmailAddress(typed);
      return address === undefined ? undefined : hashIdentifier(keyring, 'operator', address);
    },
  };
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

    async release(tx, email, accountId) {
      await tx
        .deleteFrom('identifier')
        .where('hmac', '=', hashIdentifier(keyring, 'email', email))
        .where('kind', '=', 'email')
        .where('account_id', '=', accountId)
        .execute();
    },
  };
}
