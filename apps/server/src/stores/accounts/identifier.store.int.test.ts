import { expect, test } from 'vitest';
import { testDatabase } from '../../../../../tests/setup/test-database.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { newSecret, randomId } from '../../platform/ids.ts';
import { keyEncryptionKeyOf } from '../../platform/keyring/kek.ts';
import { loadKeyring } from '../../platform/keyring/keyring.ts';
import { identifierStore } from './identifier.store.ts';

test('[WEB-5] of sixteen who claim one name at once, in whatever spelling, one gets it', async () => {
  await using database = await testDatabase();
  const { db } = database;
  const store = identifierStore(await loadKeyring(db, keyEncryptionKeyOf(newSecret()), Date.now()));
  const spellings = [
    'nicolò@example.org',
    'NICOLÒ@example.org',
    'nicolo\u0300@example.org',
    'Nicolo\u0300@example.org',
  ];
  const claims = Array.from({ length: 16 }, (_, nth) =>
    inTransaction(db, (tx) => store.claim(tx, { kind: 'email', value: spellings[nth % 4]! }, randomId())),
  );
  expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
  expect(await db.selectFrom('identifier').selectAll().execute()).toHaveLength(1);
});
