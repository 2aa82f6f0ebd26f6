import { expect, test } from 'vitest';
import { testDatabase } from '../../../../../tests/setup/test-database.ts';
import { MINUTE_MS } from '../clock/clock.ts';
import { newSecret } from '../ids.ts';
import { addSealKey, rewrapDataKeys } from './data-keys.ts';
import { keyEncryptionKeyOf } from './kek.ts';
import { loadKeyring } from './keyring.ts';

const NOW_MS = Date.UTC(2026, 5, 1);
const place = { table: 'authenticator', row: 'a/b', column: 'secret_sealed' };
const newKek = () => keyEncryptionKeyOf(newSecret());

test('[CRY-3] sixteen nodes that make the first keys at once agree on them', async () => {
  await using database = await testDatabase();
  const kek = newKek();
  const keyrings = await Promise.all(Array.from({ length: 16 }, () => loadKeyring(database.db, kek, NOW_MS)));
  const [first] = keyrings;
  const sealed = first?.seal('seed', place) ?? Buffer.alloc(0);
  for (const keyring of keyrings) {
    expect(keyring.openText(sealed, place)).toBe('seed');
    expect(keyring.mac('email', 'a')).toEqual(first?.mac('email', 'a'));
  }
  expect(await database.db.selectFrom('data_key').selectAll().execute()).toHaveLength(2);
});

test('[CRY-3] the database holds no key that the master key does not wrap', async () => {
  await using database = await testDatabase();
  await loadKeyring(database.db, newKek(), NOW_MS);
  await expect(loadKeyring(database.db, newKek(), NOW_MS)).rejects.toThrow(/master key/);
});

test('[CRY-3] a wrapped key moved to another purpose is refused', async () => {
  await using database = await testDatabase();
  const kek = newKek();
  await loadKeyring(database.db, kek, NOW_MS);
  const { wrapped } = await database.db
    .selectFrom('data_key')
    .select('wrapped')
    .where('purpose', '=', 'seal')
    .executeTakeFirstOrThrow();
  await database.db.updateTable('data_key').set({ wrapped }).where('purpose', '=', 'mac').execute();
  await expect(loadKeyring(database.db, kek, NOW_MS)).rejects.toThrow(/changed or moved/);
});

test('[CRY-3] data keys are wrapped by a new master key while nodes run', async () => {
  await using database = await testDatabase();
  const [oldKek, nextKek] = [newKek(), newKek()];
  const running = await loadKeyring(database.db, oldKek, NOW_MS);
  const sealed = running.seal('seed', place);
  const hash = running.mac('email', 'a');

  const during = await loadKeyring(database.db, nextKek, NOW_MS, oldKek);
  expect(during.openText(sealed, place)).toBe('seed');
  expect(await rewrapDataKeys(database.db, oldKek, nextKek)).toBe(2);
  expect(await rewrapDataKeys(database.db, oldKek, nextKek)).toBe(0);

  await running.refresh(NOW_MS);
  const after = await loadKeyring(database.db, nextKek, NOW_MS);
  for (const keyring of [running, during, after]) {
    expect(keyring.openText(sealed, place)).toBe('seed');
    expect(keyring.mac('email', 'a')).toEqual(hash);
  }
  await expect(loadKeyring(database.db, oldKek, NOW_MS)).rejects.toThrow(/master key/);
});

test('[CRY-3] a new data key seals once every node knows it, and old values still open', async () => {
  await using database = await testDatabase();
  const kek = newKek();
  const [one, two] = [
    await loadKeyring(database.db, kek, NOW_MS),
    await loadKeyring(database.db, kek, NOW_MS),
  ];
  const old = one.seal('old', place);
  const added = await Promise.all([
    addSealKey(database.db, kek, NOW_MS),
    addSealKey(database.db, kek, NOW_MS),
  ]);
  expect(added.toSorted()).toEqual([2, 3]);

  await one.refresh(NOW_MS + MINUTE_MS);
  expect(two.openText(one.seal('seed', place), place)).toBe('seed');

  await one.refresh(NOW_MS + 5 * MINUTE_MS);
  await two.refresh(NOW_MS + 5 * MINUTE_MS);
  const sealed = one.seal('seed', place);
  expect(sealed.readUInt32BE(1)).toBe(3);
  expect(two.openText(sealed, place)).toBe('seed');
  expect(one.openText(old, place)).toBe('old');
});
