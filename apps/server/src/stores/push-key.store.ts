import { type Db, inTransaction, type Tx } from '../platform/database/database.ts';
import type { Keyring } from '../platform/keyring/keyring.ts';
import type { VapidKeys } from '../platform/messages/push.transport.ts';

const PLACE = { table: 'push_key', row: '1', column: 'private_sealed' };

/**
 * The key pair by which push services know this installation, made by whichever node is the first to ask.
 *
 * @param make makes a pair; used when there is none yet
 */
export async function loadOrMakePushKey(
  db: Db,
  keyring: Keyring,
  { make, now }: { make(): VapidKeys; now: Date },
): Promise<VapidKeys> {
  return inTransaction(db, async (tx) => {
    const known = await read(tx, keyring);
    if (known) return known;
    const { publicKey, privateKey } = make();
    const private_sealed = keyring.seal(privateKey, PLACE);
    await tx
      .insertInto('push_key')
      .values({ id: 1, public_key: publicKey, private_sealed, created_at: now })
      // Of nodes that start together, the slower ones wait here for the first, and take its pair.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const stored = await read(tx, keyring);
    if (!stored) throw new Error('there is no push key');
    return stored;
  });
}

async function read(tx: Tx, keyring: Keyring): Promise<VapidKeys | undefined> {
  const row = await tx.selectFrom('push_key').selectAll().executeTakeFirst();
  return row && { publicKey: row.public_key, privateKey: keyring.openText(row.private_sealed, PLACE) };
}
