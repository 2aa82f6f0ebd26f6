import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type Db, inTransaction, type Tx } from '../database/database.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { newCheckpointKey } from './checkpoint.ts';

const PLACE = { table: 'audit_signing_key', row: '1', column: 'private_sealed' };

/** The key that signs checkpoints, made by whichever node is the first to ask. */
export function loadOrMakeCheckpointKey(db: Db, keyring: Keyring, now: Date): Promise<KeyObject> {
  return inTransaction(db, async (tx) => {
    const known = await read(tx, keyring);
    if (known) return known;
    const made = newCheckpointKey();
    const sealed = keyring.seal(made.export({ format: 'der', type: 'pkcs8' }), PLACE);
    await tx
      .insertInto('audit_signing_key')
      .values({ id: 1, public_key: publicJwkOf(made), private_sealed: sealed, created_at: now })
      // Of nodes that start together, the slower ones wait here for the first, and take its key.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const stored = await read(tx, keyring);
    if (!stored) throw new Error('there is no key for checkpoints');
    return stored;
  });
}

/** What an auditor keeps to check signatures with: a JWK (RFC 8037 §2), as text. */
export const publicJwkOf = (key: KeyObject): string =>
  JSON.stringify(createPublicKey(key).export({ format: 'jwk' }));

/** The private key is what counts: its row cannot be exchanged without the master key, the public one could. */
async function read(tx: Tx, keyring: Keyring): Promise<KeyObject | undefined> {
  const row = await tx.selectFrom('audit_signing_key').select('private_sealed').executeTakeFirst();
  return (
    row && createPrivateKey({ key: keyring.open(row.private_sealed, PLACE), format: 'der', type: 'pkcs8' })
  );
}
