import { newApprovalKey, newDeviceKeys } from '@sigillo/device-protocol';
import { newSeed } from '@sigillo/otp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser, load, type TestGate, testAccount, testGate } from '../../../../tests/setup/gate.ts';
import { giveIdentity } from '../../../../tests/setup/identities.ts';
import { linkDevice } from '../gate/linking.ts';
import { readyAccount } from '../gate/ready-account.ts';
import type { Tx } from '../platform/database/database.ts';
import { randomId, uuidv7 } from '../platform/ids.ts';
import { newUserId } from '../platform/user-id.ts';
import { bulkImportStore } from '../stores/accounts/bulk-import.store.ts';
import { credentialLife } from './credential-life.ts';
import { moveIdentity } from './move-identity.service.ts';
import { revokeIdentity } from './revoke-identity.service.ts';

const HOUR_MS = 3_600_000;

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

/** Something that happens an hour after what was before; its hour. */
async function next<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  t.clock.advance(HOUR_MS);
  return t.gate.transaction(work);
}

/** The lives of an account's credentials, with the hour of each event since a moment. */
async function livesOf(accountId: string, sinceMs: number) {
  const lives = await t.gate.single((tx) => credentialLife(t.stores, tx, accountId));
  return lives.map(({ id, method, holder, state, events }) => ({
    id,
    method,
    holder,
    state,
    events: events.map(({ event, at }) => `${(at.getTime() - sinceMs) / HOUR_MS} ${event}`).join(', '),
  }));
}

test('[SPID-CRD-8] of a whole life it is known what became of each credential, and when', async () => {
  const since = t.clock.nowMs();
  const anna = await testAccount(t, { phone: true });
  const { authenticators } = t.stores;
  const totpId = uuidv7(t.clock.nowMs());
  const pending = {
    id: totpId,
    method: 'totp' as const,
    state: 'pending' as const,
    channelId: randomId(),
    contactId: null,
    bindingLevel: 2 as const,
    keyProtection: 'software' as const,
    secret: newSeed(),
    label: '',
  };
  await next((tx) => {
    const at = t.clock.now();
    const expiresAt = new Date(at.getTime() + 2 * HOUR_MS);
    return authenticators.insert(tx, anna.id, { ...pending, at, expiresAt });
  });
  await next((tx) =>
    authenticators.activate(tx, anna.id, totpId, { bindingLevel: 2, label: 'App', at: t.clock.now() }),
  );
  const keys = await newDeviceKeys();
  const { publicKey: approvalKey } = await newApprovalKey(keys);
  const prover = await load(t, anna.id);
  const { device } = await next((tx) =>
    linkDevice(t.gate, tx, prover, browser(), {
      name: 'Phone',
      deviceKey: keys.devicePublicKey,
      approvalKey,
      bindingLevel: 2,
      keptSession: null,
    }),
  );
  const identity = await giveIdentity({ ...t.platform, nowMs: t.clock.nowMs }, anna.id);
  const ports = { identities: t.stores.identities, clock: t.clock };
  const cause = 'holder-request' as const;
  await next((tx) =>
    moveIdentity(ports, tx, identity, { move: { type: 'suspend', cause }, actor: 'holder' }),
  );
  await next((tx) => moveIdentity(ports, tx, identity, { move: { type: 'lift', cause }, actor: 'holder' }));
  await next((tx) => authenticators.replaceSecret(tx, anna.id, anna.passwordId, 'another hash', null));
  await next((tx) => t.gate.devices.freeze(tx, device));
  await next((tx) => t.gate.devices.remove(tx, device));
  const wish = { by: 'platform', cause: 'contract-end' } as const;
  await next((tx) =>
    revokeIdentity({ gate: t.gate, ...t.stores }, tx, { accountId: anna.id, id: identity.id }, wish),
  );

  const holder = anna.id;
  expect(await livesOf(anna.id, since)).toEqual([
    {
      id: anna.passwordId,
      method: 'password',
      holder,
      state: 'revoked',
      events: '0 created, 0 delivered, 0 activated, 4 suspended, 5 restored, 6 replaced, 9 revoked',
    },
    {
      id: totpId,
      method: 'totp',
      holder,
      state: 'revoked',
      events: '1 created, 1 delivered, 2 activated, 4 suspended, 5 restored, 9 revoked',
    },
    {
      id: device.id,
      method: 'app',
      holder,
      state: 'revoked',
      events: '3 created, 3 delivered, 3 activated, 4 suspended, 5 restored, 7 suspended, 8 revoked',
    },
  ]);
});

test('[SPID-CRD-8] what came with its account is known from that moment on', async () => {
  const since = t.clock.nowMs();
  const start = {
    userId: newUserId(),
    language: 'it' as const,
    email: { address: 'ada@example.org', confirmed: true },
    phone: null,
    passwordHash: await t.hasher.hash('correct horse battery staple'),
    totpSeed: newSeed(),
    smsCodes: false,
  };
  const ready = readyAccount(start, t.clock.now());
  await t.gate.transaction((tx) => bulkImportStore(t.platform.keyring).insert(tx, [ready]));
  const [password, totp] = ready.authenticators;
  await next((tx) => t.stores.authenticators.remove(tx, ready.account.id, totp?.id ?? ''));
  expect(await livesOf(ready.account.id, since)).toMatchObject([
    { id: password?.id, state: 'active', events: '0 created, 0 delivered, 0 activated' },
    { id: totp?.id, state: 'revoked', events: '0 created, 0 delivered, 0 activated, 1 revoked' },
  ]);
});

test('[SPID-CRD-8] a transaction that fails leaves no trace', async () => {
  const anna = await testAccount(t);
  const before = await livesOf(anna.id, 0);
  const failing = t.gate.transaction(async (tx) => {
    await t.stores.authenticators.remove(tx, anna.id, anna.passwordId);
    throw new Error('the disk is full');
  });
  await expect(failing).rejects.toThrow('the disk is full');
  expect(await livesOf(anna.id, 0)).toEqual(before);
  expect(before).toMatchObject([{ state: 'active' }]);
});
