import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import type { Device, DeviceStore } from '../../gate/devices.ts';
import { inTransaction, type Tx } from '../../platform/database/database.ts';
import { newSecret, randomId, uuidv7 } from '../../platform/ids.ts';
import { keyEncryptionKeyOf } from '../../platform/keyring/kek.ts';
import { loadKeyring } from '../../platform/keyring/keyring.ts';
import { deviceStore } from './device.store.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 9);
const LIMITS = { inARow: 10, forLife: 50 };

let database: TestDatabase;
let store: DeviceStore;
beforeAll(async () => {
  database = await testDatabase();
  store = deviceStore(await loadKeyring(database.db, keyEncryptionKeyOf(randomBytes(32)), NOW_MS));
});
afterAll(() => database[Symbol.asyncDispose]());

const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(database.db, work);
const key = () => ({
  kty: 'EC' as const,
  crv: 'P-256' as const,
  x: randomBytes(32).toString('base64url'),
  y: randomBytes(32).toString('base64url'),
});

async function paired(more: Partial<Device> = {}) {
  const share = newSecret();
  const device: Device = {
    accountId: randomId(),
    id: uuidv7(NOW_MS),
    state: 'active',
    name: 'My phone',
    channelId: randomId(),
    bindingLevel: 2,
    deviceKey: key(),
    approvalKey: key(),
    generation: 0,
    failures: 0,
    lifetimeFailures: 0,
    wantsPush: false,
    clientAddress: '192.0.2.7',
    userAgent: 'Phone',
    createdAt: new Date(NOW_MS),
    lastSeenAt: new Date(NOW_MS),
    ...more,
  };
  await inTx((tx) => store.insert(tx, device, { share, seed: randomBytes(20) }));
  return { device, share };
}

const tryUnlock = (device: Device, deviceGeneration: number, freshShare = newSecret()) =>
  inTx((tx) => store.takeUnlockTry(tx, device, { deviceGeneration, limits: LIMITS, freshShare }));
const confirm = (device: Device, generation: number) =>
  inTx((tx) => store.confirmUnlock(tx, device, generation));
const read = (device: Device) => inTx((tx) => store.find(tx, device));

test('a device is found as it was stored, by its account only', async () => {
  const { device } = await paired();
  expect(await read(device)).toEqual(device);
  expect(await read({ ...device, accountId: randomId() })).toBeUndefined();
});

test('of 16 requests with one nonce, one goes on; another device may have the same', async () => {
  const [{ device }, { device: other }] = [await paired(), await paired()];
  const nonce = uuidv7(NOW_MS);
  const burns = await Promise.all(
    Array.from({ length: 16 }, () => inTx((tx) => store.burnNonce(tx, device, nonce))),
  );
  expect(burns.filter(Boolean)).toHaveLength(1);
  expect(await inTx((tx) => store.burnNonce(tx, other, nonce))).toBe(true);
});

test('the shares are the same at every try until one is confirmed; then the next one is the first', async () => {
  const { device, share } = await paired();
  const first = await tryUnlock(device, 0);
  const second = await tryUnlock(device, 0);
  expect(first).toEqual({ generation: 0, share, nextShare: expect.any(Buffer) });
  expect(second).toEqual(first);
  expect(await confirm(device, 0)).toBe(true);
  expect(await read(device)).toMatchObject({ generation: 1, failures: 0, lifetimeFailures: 1 });
  const third = await tryUnlock(device, 1);
  expect(third).toMatchObject({ generation: 1, share: first?.nextShare });
});

test('a device whose confirmation was not answered is one ahead, and goes on', async () => {
  const { device } = await paired();
  await tryUnlock(device, 0);
  // The device has stored generation 1; the server has not heard of it.
  expect(await tryUnlock(device, 1)).toMatchObject({ generation: 0 });
  expect(await tryUnlock(device, 2)).toBeUndefined();
});

test('a copy that is behind gets no share', async () => {
  const { device } = await paired();
  await tryUnlock(device, 0);
  await confirm(device, 0);
  expect(await tryUnlock(device, 0)).toBeUndefined();
  expect(await inTx((tx) => store.freeze(tx, device))).toBe(true);
  expect(await tryUnlock(device, 1)).toBeUndefined();
});

test('[PUSH-5] of 50 tries at once, ten are granted; the eleventh gets nothing, however right its code', async () => {
  const { device } = await paired();
  const tries = await Promise.all(Array.from({ length: 50 }, () => tryUnlock(device, 0)));
  expect(tries.filter(Boolean)).toHaveLength(10);
  expect(await tryUnlock(device, 0)).toBeUndefined();
  expect(await read(device)).toMatchObject({ failures: 10, lifetimeFailures: 10 });
});

test('[PUSH-5] fifty failures in the life of a device end it, though a right code came between', async () => {
  const { device } = await paired();
  let generation = 0;
  for (let round = 0; round < 6; round++) {
    for (let tried = 0; tried < 9; tried++) await tryUnlock(device, generation);
    if (await confirm(device, generation)) generation += 1;
  }
  // Each round of nine leaves eight on the device's life.
  expect((await read(device))?.lifetimeFailures).toBe(48);
  expect(await tryUnlock(device, generation)).toBeDefined();
  expect(await tryUnlock(device, generation)).toBeDefined();
  expect(await tryUnlock(device, generation)).toBeUndefined();
});

test('[AVL-1] of 16 confirmations of one unlock, one moves the device on', async () => {
  const { device } = await paired();
  await tryUnlock(device, 0);
  const confirmed = await Promise.all(Array.from({ length: 16 }, () => confirm(device, 0)));
  expect(confirmed.filter(Boolean)).toHaveLength(1);
  expect(await read(device)).toMatchObject({ generation: 1 });
  expect(await confirm(device, 1)).toBe(false);
});

test('a removed device has no shares left, is listed no more, and comes back by nothing', async () => {
  const { device } = await paired();
  await inTx((tx) => store.setPush(tx, device, '{"endpoint":"https://push.example/1"}'));
  expect(await inTx((tx) => store.remove(tx, device))).toBe(true);
  const row = await database.db
    .selectFrom('device')
    .selectAll()
    .where('id', '=', device.id)
    .executeTakeFirst();
  expect(row).toMatchObject({
    state: 'removed',
    share_sealed: null,
    next_share_sealed: null,
    push_sealed: null,
  });
  expect(await inTx((tx) => store.list(tx, device.accountId))).toEqual([]);
  expect(await tryUnlock(device, 0)).toBeUndefined();
  expect(await inTx((tx) => store.freeze(tx, device))).toBe(false);
  expect(await inTx((tx) => store.remove(tx, device))).toBe(false);
  expect(await inTx((tx) => store.rename(tx, device, 'Again'))).toBe(false);
  expect(await inTx((tx) => store.setPush(tx, device, 'x'))).toBe(false);
});

test('[CRY-3] a share of another device or generation does not open in this one’s place', async () => {
  const [{ device }, { device: other }] = [await paired(), await paired()];
  const { share_sealed } = await database.db
    .selectFrom('device')
    .select('share_sealed')
    .where('id', '=', other.id)
    .executeTakeFirstOrThrow();
  await database.db.updateTable('device').set({ share_sealed }).where('id', '=', device.id).execute();
  await expect(tryUnlock(device, 0)).rejects.toThrow();
});

test('where notices reach a device is sealed, and forgotten when it is told', async () => {
  const { device } = await paired();
  const subscription = '{"endpoint":"https://push.example/1"}';
  expect(await inTx((tx) => store.pushOf(tx, device))).toBeUndefined();
  await inTx((tx) => store.setPush(tx, device, subscription));
  expect(await inTx((tx) => store.pushOf(tx, device))).toBe(subscription);
  expect(await read(device)).toMatchObject({ wantsPush: true });
  await inTx((tx) => store.setPush(tx, device, null));
  expect(await inTx((tx) => store.pushOf(tx, device))).toBeUndefined();
});

test('a dead subscription is forgotten, but not the one that took its place meanwhile', async () => {
  const { device } = await paired();
  const [dead, fresh] = ['{"endpoint":"https://push.example/1"}', '{"endpoint":"https://push.example/2"}'];
  await inTx((tx) => store.setPush(tx, device, dead));
  await inTx((tx) => store.setPush(tx, device, fresh));
  expect(await inTx((tx) => store.forgetPush(tx, device, dead))).toBe(false);
  expect(await inTx((tx) => store.pushOf(tx, device))).toBe(fresh);
  expect(await inTx((tx) => store.forgetPush(tx, device, fresh))).toBe(true);
  expect(await read(device)).toMatchObject({ wantsPush: false });
  expect(await inTx((tx) => store.forgetPush(tx, device, fresh))).toBe(false);
});
