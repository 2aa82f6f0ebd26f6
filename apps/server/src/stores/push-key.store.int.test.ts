import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/setup/test-database.ts';
import { newSecret } from '../platform/ids.ts';
import { keyEncryptionKeyOf } from '../platform/keyring/kek.ts';
import { loadKeyring } from '../platform/keyring/keyring.ts';
import { newVapidKeys } from '../platform/messages/push.transport.ts';
import { loadOrMakePushKey } from './push-key.store.ts';

const NOW = new Date(Date.UTC(2026, 5, 1));

test('of 16 nodes that start at once one makes the key, and all have it; its private half lies there sealed', async () => {
  await using database = await testDatabase();
  const { db } = database;
  const keyring = await loadKeyring(db, keyEncryptionKeyOf(newSecret()), NOW.getTime());
  const load = () => loadOrMakePushKey(db, keyring, { make: newVapidKeys, now: NOW });
  const [first, ...others] = await Promise.all(Array.from({ length: 16 }, load));
  for (const other of others) expect(other).toEqual(first);
  expect(await load()).toEqual(first);
  const { rows } = await sql<{ text: string }>`select push_key::text as text from push_key`.execute(db);
  expect(rows).toHaveLength(1);
  const privateBytes = Buffer.from(first?.privateKey ?? '', 'base64url').toString('hex');
  expect(rows[0]?.text).toContain(first?.publicKey);
  expect(rows[0]?.text).not.toContain(privateBytes);
  expect(rows[0]?.text).not.toContain(Buffer.from(first?.privateKey ?? '').toString('hex'));
});
