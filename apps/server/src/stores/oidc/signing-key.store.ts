import { sql } from 'kysely';
import { type Db, inTransaction, type Tx } from '../../platform/database/database.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import type {
  SigningAlgorithm,
  SigningJwk,
  SigningKey,
  SigningKeyStore,
  SigningKeys,
} from '../../protocols/oidc/ports.ts';

const place = (kid: string) => ({ table: 'signing_key', row: kid, column: 'jwk_sealed' });

/** Keys that sign tokens, sealed, on PostgreSQL. */
export function signingKeyStore(db: Db, keyring: Keyring): SigningKeyStore {
  const insert = (tx: Tx, { kid, alg, jwk, createdAt, signsFrom }: SigningKey, follows: string | null) =>
    tx
      .insertInto('signing_key')
      .values({
        kid,
        jwk_sealed: keyring.seal(JSON.stringify(jwk), place(kid)),
        created_at: createdAt,
        retired_at: null,
        alg,
        follows,
        signs_from: signsFrom,
        compromised: false,
      })
      .onConflict((conflict) => conflict.column('follows').doNothing())
      .executeTakeFirst();
  const load = (from: Db | Tx) => read(from, keyring);

  return {
    load: () => load(db),

    async loadOrMake(make, now) {
      const known = await load(db);
      if (known.keys.length > 0) return known;
      const made = await make();
      return inTransaction(db, async (tx) => {
        // Nodes that start together make keys each; the lock lets one of them store its own.
        await sql`lock table signing_key in share row exclusive mode`.execute(tx);
        const stored = await load(tx);
        if (stored.keys.length > 0) return stored;
        for (const jwk of made) await insert(tx, firstKey(jwk, now), null);
        return load(tx);
      });
    },

    add: async (tx, key, follows) => (await insert(tx, key, follows)).numInsertedOrUpdatedRows === 1n,

    async bringForward(tx, kid, signsFrom) {
      const result = await tx
        .updateTable('signing_key')
        .set({ signs_from: signsFrom })
        .where('kid', '=', kid)
        .where('signs_from', '>', signsFrom)
        .where('retired_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async retire(tx, { kid, alg }, isCompromised, now) {
      const result = await tx
        .updateTable('signing_key')
        .set({ retired_at: now, jwk_sealed: null, compromised: isCompromised, alg })
        .where('kid', '=', kid)
        .where('retired_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
  };
}

async function read(from: Db | Tx, keyring: Keyring): Promise<SigningKeys> {
  const rows = await from
    .selectFrom('signing_key')
    .select(['kid', 'alg', 'jwk_sealed', 'created_at', 'signs_from', 'follows'])
    .orderBy('signs_from')
    .orderBy('kid')
    .execute();
  const keys = rows.flatMap((row) => {
    if (!row.jwk_sealed) return [];
    const jwk: SigningJwk = JSON.parse(keyring.openText(row.jwk_sealed, place(row.kid)));
    const alg = (row.alg ?? jwk.alg) as SigningAlgorithm;
    return [{ kid: row.kid, alg, jwk, createdAt: row.created_at, signsFrom: row.signs_from }];
  });
  const followed = new Set(rows.map(({ follows }) => follows));
  const last = rows.filter(({ kid }) => !followed.has(kid));
  const algorithmOf = new Map(keys.map(({ kid, alg }) => [kid, alg]));
  return {
    keys,
    newest: Object.fromEntries(last.map(({ kid, alg }) => [alg ?? algorithmOf.get(kid), kid])),
  };
}

const firstKey = (jwk: SigningJwk, now: Date): SigningKey => ({
  kid: jwk.kid,
  alg: jwk.alg as SigningAlgorithm,
  jwk,
  createdAt: now,
  signsFrom: now,
});
