import { sql } from 'kysely';
import { type Db, inTransaction, type Tx } from '../../platform/database/database.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import type { SigningJwk, SigningKeyStore } from '../../protocols/oidc/ports.ts';

const place = (kid: string) => ({ table: 'signing_key', row: kid, column: 'jwk_sealed' });

/** Keys that sign ID tokens, sealed, on PostgreSQL. */
export function signingKeyStore(db: Db, keyring: Keyring): SigningKeyStore {
  const read = async (from: Db | Tx): Promise<SigningJwk[]> => {
    const rows = await from
      .selectFrom('signing_key')
      .select(['kid', 'jwk_sealed'])
      .where('retired_at', 'is', null)
      .orderBy('created_at')
      .orderBy('kid')
      .execute();
    return rows.map((row) => JSON.parse(keyring.openText(row.jwk_sealed, place(row.kid))));
  };

  return {
    async loadOrMake(make, now) {
      const known = await read(db);
      if (known.length > 0) return known;
      const made = await make();
      return inTransaction(db, async (tx) => {
        // Nodes that start together make keys each; the lock lets one of them store its own.
        await sql`lock table signing_key in share row exclusive mode`.execute(tx);
        const stored = await read(tx);
        if (stored.length > 0) return stored;
        for (const jwk of made) {
          const jwk_sealed = keyring.seal(JSON.stringify(jwk), place(jwk.kid));
          const row = { kid: jwk.kid, jwk_sealed, created_at: now, retired_at: null };
          await tx.insertInto('signing_key').values(row).execute();
        }
        return read(tx);
      });
    },
  };
}
