import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { connect, type Db, inTransaction } from '../../platform/database/database.ts';
import { randomId } from '../../platform/ids.ts';
import { keyEncryptionKeyOf } from '../../platform/keyring/kek.ts';
import { type Keyring, loadKeyring } from '../../platform/keyring/keyring.ts';
import type { ArtifactStore, NewArtifact } from '../../protocols/oidc/ports.ts';
import { makeFirstKeys } from '../../protocols/oidc/signing-keys.ts';
import { artifactStore } from './artifact.store.ts';
import { consentStore } from './consent.store.ts';
import { signingKeyStore } from './signing-key.store.ts';

const NOW = new Date(Date.UTC(2026, 5, 1));
const later = (ms: number) => new Date(NOW.getTime() + ms);

let database: TestDatabase;
let keyring: Keyring;
let artifacts: ArtifactStore;
/** Two nodes. */
let nodes: Db[];

beforeAll(async () => {
  database = await testDatabase();
  keyring = await loadKeyring(database.db, keyEncryptionKeyOf(randomBytes(32)), NOW.getTime());
  artifacts = artifactStore(keyring);
  nodes = [database.db, connect(database.address, { poolSize: 16, onError: () => undefined })];
});
afterAll(async () => {
  await nodes[1]?.destroy();
  await database[Symbol.asyncDispose]();
});

const node = (index: number) => nodes[index % 2] ?? database.db;

async function stored(more: Partial<NewArtifact> = {}): Promise<string> {
  const value = randomId();
  const artifact: NewArtifact = {
    model: 'AuthorizationCode',
    value,
    payload: { clientId: 'portal', grantId: 'g' },
    grantId: 'g',
    origin: null,
    bindingHash: null,
    createdAt: NOW,
    expiresAt: later(60_000),
    ...more,
  };
  await inTransaction(database.db, (tx) => artifacts.insert(tx, artifact));
  return value;
}

test('[OIDC-3] [AVL-1] of 16 that consume one value at once, on two nodes, one does, a hundred times over', async () => {
  for (let round = 0; round < 100; round++) {
    const value = await stored();
    const claims = Array.from({ length: 16 }, (_, i) =>
      inTransaction(node(i), (tx) => artifacts.consume(tx, 'AuthorizationCode', value, NOW)),
    );
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
  }
});

test('[AVL-1] of 16 that answer one interaction at once, one does, and only for its own browser', async () => {
  const bindingHash = randomBytes(32);
  const value = await stored({ model: 'Interaction', bindingHash });
  const waiting = await inTransaction(database.db, (tx) => artifacts.find(tx, 'Interaction', value, NOW));
  const answer = (index: number, hash: Buffer) =>
    inTransaction(node(index), (tx) =>
      artifacts.answer(tx, value, waiting?.id ?? '', { bindingHash: hash, payload: { index }, now: NOW }),
    );
  expect(await answer(0, randomBytes(32))).toBe(false);
  const all = await Promise.all(Array.from({ length: 16 }, (_, i) => answer(i, bindingHash)));
  expect(all.filter(Boolean)).toHaveLength(1);
  const found = await inTransaction(database.db, (tx) => artifacts.find(tx, 'Interaction', value, NOW));
  expect(found).toMatchObject({ payload: { index: all.indexOf(true) }, consumedAt: NOW });
});

test('a value is found as the model it was stored as, until it expires or is discarded', async () => {
  const value = await stored();
  const find = (model: NewArtifact['model'], now: Date) =>
    inTransaction(database.db, (tx) => artifacts.find(tx, model, value, now));
  expect((await find('AuthorizationCode', later(59_999)))?.payload).toEqual({
    clientId: 'portal',
    grantId: 'g',
  });
  expect(await find('AuthorizationCode', later(60_000))).toBeUndefined();
  expect(await find('AccessToken', NOW)).toBeUndefined();
  const discard = () =>
    inTransaction(database.db, (tx) => artifacts.discard(tx, 'AuthorizationCode', value, NOW));
  expect([await discard(), await discard()]).toEqual([true, false]);
  expect(await find('AuthorizationCode', NOW)).toBeUndefined();
  expect(
    await inTransaction(database.db, (tx) => artifacts.consume(tx, 'AuthorizationCode', value, NOW)),
  ).toBe(false);
});

test('[CRY-3] a payload moved to another row does not open', async () => {
  const [one, other] = [await stored(), await stored({ payload: { clientId: 'strict' } })];
  const hashes = await database.db
    .selectFrom('oidc_artifact')
    .select(['id', 'payload'])
    .orderBy('id', 'desc')
    .limit(2)
    .execute();
  const [last, before] = hashes;
  await database.db
    .updateTable('oidc_artifact')
    .set({ payload: JSON.stringify(before?.payload) })
    .where('id', '=', last?.id ?? '')
    .execute();
  const find = (value: string) =>
    inTransaction(database.db, (tx) => artifacts.find(tx, 'AuthorizationCode', value, NOW));
  await expect(find(other)).rejects.toThrow();
  expect((await find(one))?.payload).toMatchObject({ clientId: 'portal' });
});

test('[CRY-1] [CRY-2] sixteen nodes that start at once agree on the first signing keys', async () => {
  const made = await makeFirstKeys();
  let sets = 0;
  const make = async () => made.map((jwk) => ({ ...jwk, kid: `${jwk.kid}-${sets++}` }));
  const loaded = await Promise.all(
    Array.from({ length: 16 }, (_, i) => signingKeyStore(node(i), keyring).loadOrMake(make, NOW)),
  );
  for (const keys of loaded) expect(keys).toEqual(loaded[0]);
  expect(loaded[0]?.keys.map(({ alg }) => alg).sort()).toEqual(['ES256', 'PS256']);
  expect(await signingKeyStore(database.db, keyring).loadOrMake(make, NOW)).toEqual(loaded[0]);
});

test('a consent widens, is withdrawn once, and begins anew with a later time', async () => {
  const accountId = randomId();
  const run = <T>(work: Parameters<typeof inTransaction<T>>[1]) => inTransaction(database.db, work);
  const allow = (scopes: string[], now: Date) =>
    run((tx) => consentStore.allow(tx, accountId, 'portal', scopes, now));
  const find = () => run((tx) => consentStore.find(tx, accountId, 'portal'));
  await allow(['openid', 'email'], NOW);
  await allow(['openid', 'phone'], later(1000));
  expect(await find()).toEqual({ clientId: 'portal', scopes: ['email', 'openid', 'phone'], grantedAt: NOW });
  const withdrawals = await Promise.all(
    Array.from({ length: 16 }, (_, i) =>
      inTransaction(node(i), (tx) => consentStore.withdraw(tx, accountId, 'portal', later(2000))),
    ),
  );
  expect(withdrawals.filter(Boolean)).toHaveLength(1);
  expect(await find()).toBeUndefined();
  // Another node's clock may be behind.
  await allow(['openid'], later(-5000));
  expect(await find()).toEqual({ clientId: 'portal', scopes: ['openid'], grantedAt: later(1) });
});
