import type { Db, Tx } from '../database/database.ts';
import { newSecret } from '../ids.ts';
import type { Keyring } from '../keyring/keyring.ts';

/** The key that an account's audit bodies are encrypted under, bare and as its row has it. */
export interface AccountKey {
  key: Buffer;
  sealed: Buffer;
}

const CACHED_KEYS = 1_000;
const caches = new WeakMap<Keyring, Map<string, AccountKey>>();

/**
 * A key this process used before. Whoever writes with it must make sure, in the same statement, that the row
 * still holds it: the transaction that made it may have been rolled back, or the account erased.
 */
export function rememberedKey(keyring: Keyring, accountId: string): AccountKey | undefined {
  return caches.get(keyring)?.get(accountId);
}

/** The account's key from its row, which is made if there is none. Safe when many do so at once. */
export async function ensureAccountKey(tx: Tx, keyring: Keyring, accountId: string): Promise<AccountKey> {
  const found = await findAccountKey(tx, keyring, accountId);
  if (found) return remember(keyring, accountId, found);

  const { sealed } = newAccountKey(keyring, accountId);
  await tx
    .insertInto('audit_key')
    .values({ account_id: accountId, key_sealed: sealed })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await findAccountKey(tx, keyring, accountId);
  if (!made) throw new Error('The audit key of an account is gone');
  return remember(keyring, accountId, made);
}

/** A key for an account that has none yet. */
export function newAccountKey(keyring: Keyring, accountId: string): AccountKey {
  const key = newSecret();
  return { key, sealed: keyring.seal(key, placeOf(accountId)) };
}

/** The account's key, or undefined when it never had one or was erased. */
export async function findAccountKey(
  db: Db | Tx,
  keyring: Keyring,
  accountId: string,
): Promise<AccountKey | undefined> {
  const row = await db
    .selectFrom('audit_key')
    .select('key_sealed')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row && { sealed: row.key_sealed, key: keyring.open(row.key_sealed, placeOf(accountId)) };
}

/** The keys of several accounts; one that was erased has none. */
export async function openAccountKeys(
  db: Db | Tx,
  keyring: Keyring,
  accountIds: ReadonlySet<string>,
): Promise<Map<string, Buffer>> {
  if (accountIds.size === 0) return new Map();
  const rows = await db
    .selectFrom('audit_key')
    .selectAll()
    .where('account_id', 'in', [...accountIds])
    .execute();
  return new Map(rows.map((row) => [row.account_id, keyring.open(row.key_sealed, placeOf(row.account_id))]));
}

/** Keeps the newest thousand: a map remembers the order in which its entries came. */
function remember(keyring: Keyring, accountId: string, key: AccountKey): AccountKey {
  const cache = caches.get(keyring) ?? new Map<string, AccountKey>();
  caches.set(keyring, cache);
  cache.delete(accountId);
  cache.set(accountId, { key: alone(key.key), sealed: alone(key.sealed) });
  const [oldest] = cache.keys();
  if (cache.size > CACHED_KEYS && oldest !== undefined) cache.delete(oldest);
  return key;
}

/** A copy with memory of its own: a few bytes of an answer would keep all the 64 KiB that were read with it. */
function alone(bytes: Buffer): Buffer {
  const copy = Buffer.alloc(bytes.length);
  bytes.copy(copy);
  return copy;
}

function placeOf(accountId: string) {
  return { table: 'audit_key', row: accountId, column: 'key_sealed' };
}
