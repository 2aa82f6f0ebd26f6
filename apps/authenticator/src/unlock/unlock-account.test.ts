import { randomBytes } from '@sigillo/device-protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { changeSecret } from '../accounts/change-secret.ts';
import { markStoppedIn } from '../linked/device-call.ts';
import { keepSeed, seedOf } from '../linked/kept-seed.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { accountsInMemory, freshAccount, issuerOf, SEED } from './issuer.fixture.ts';
import { sealUnder, unlockAccount } from './unlock-account.ts';

const CODE = '482915';
const OTHER = '739164';

let store: ReturnType<typeof accountsInMemory>;
let issuer: ReturnType<typeof issuerOf>;
beforeEach(() => {
  store = accountsInMemory();
  issuer = issuerOf(store);
  vi.stubGlobal('fetch', issuer.fetch);
  markStoppedIn(store);
});
afterEach(() => void vi.unstubAllGlobals());

/** An account under the code. */
async function ready(device = 'phone', code = CODE): Promise<string> {
  const { account, approval } = await freshAccount(store, device);
  await sealUnder(store, account.id, { code }, approval, await keepSeed(account, { code }, SEED));
  return account.id;
}

const now = (id: string) => store.all.find((account) => account.id === id) as LinkedAccount;
const opens = async (id: string, code: string) =>
  (await unlockAccount(store, id, { code })).outcome === 'open';

describe('unlocking', () => {
  test('the right code opens again and again, one generation further each time', async () => {
    const id = await ready();
    expect(now(id)).toMatchObject({ state: 'ready', stored: [{ generation: 1 }] });
    expect(await opens(id, CODE)).toBe(true);
    expect(await opens(id, CODE)).toBe(true);
    expect(now(id).stored.map(({ generation }) => generation)).toEqual([3]);
    expect(issuer.ratchetOf('phone')).toEqual({ generation: 3, failures: 0, lifetimeFailures: 0 });
  });

  test('both blobs are stored before the issuer is told: an unlock that is cut short anywhere opens afterwards', async () => {
    const id = await ready();
    issuer.unplugged = (path) => path.endsWith('/confirm');
    await expect(unlockAccount(store, id, { code: CODE })).rejects.toThrow('unreachable');
    expect(now(id).stored.map(({ generation }) => generation)).toEqual([1, 2]);
    issuer.unplugged = () => false;
    expect(await opens(id, CODE)).toBe(true);
    issuer.unplugged = (path) => path === '/device/unlock';
    await expect(unlockAccount(store, id, { code: CODE })).rejects.toThrow('unreachable');
    issuer.unplugged = () => false;
    expect(await opens(id, CODE)).toBe(true);
  });

  test('many at once, in whatever tab, take turns', async () => {
    const id = await ready();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => opens(id, CODE)));
    expect(outcomes).toEqual([true, true, true, true, true]);
    expect(now(id).stored.map(({ generation }) => generation)).toEqual([6]);
  });

  test('[PUSH-5] wrong codes are counted down; after the tenth the account is stopped', async () => {
    const id = await ready();
    for (let left = 9; left > 0; left--)
      expect(await unlockAccount(store, id, { code: OTHER })).toEqual({
        outcome: 'wrong-code',
        triesLeft: left,
      });
    await expect(unlockAccount(store, id, { code: OTHER })).rejects.toThrow('device-gone');
    expect(now(id).state).toBe('stopped');
    await expect(unlockAccount(store, id, { code: CODE })).rejects.toThrow('device-gone');
  });

  test('the right code forgives the wrong ones before it', async () => {
    const id = await ready();
    expect(await opens(id, OTHER)).toBe(false);
    expect(await opens(id, CODE)).toBe(true);
    expect(await unlockAccount(store, id, { code: OTHER })).toMatchObject({ triesLeft: 9 });
  });

  test('a copy that is behind is told that it is stopped', async () => {
    const id = await ready();
    const { stored } = now(id);
    expect(await opens(id, CODE)).toBe(true);
    await store.update(id, { stored });
    await expect(unlockAccount(store, id, { code: CODE })).rejects.toThrow('device-frozen');
    expect(now(id).state).toBe('stopped');
  });

  test('a device whose clock is an hour wrong goes by the issuer’s', async () => {
    const id = await ready();
    issuer.aheadMs = 3_600_000;
    expect(await opens(id, CODE)).toBe(true);
    issuer.aheadMs = 0;
    expect(await opens(id, CODE)).toBe(true);
  });
});

describe('another secret', () => {
  const change = (from: string, to: string) =>
    changeSecret(store, [...store.all], { code: from }, { code: to });

  test('takes the place of the old one for every account, and for the seed', async () => {
    const [a, b] = [await ready('a'), await ready('b')];
    expect(await change(CODE, OTHER)).toEqual({ outcome: 'changed', kept: [] });
    for (const id of [a, b]) {
      expect(await seedOf(now(id), { code: OTHER })).toEqual(SEED);
      expect(await opens(id, CODE)).toBe(false);
      expect(await opens(id, OTHER)).toBe(true);
    }
  });

  test('an account that cannot be reached keeps the old one, and is marked', async () => {
    const [a, b] = [await ready('a'), await ready('b')];
    issuer.unplugged = (_, device) => device === 'a';
    expect(await change(CODE, OTHER)).toMatchObject({ outcome: 'changed', kept: [{ id: a }] });
    issuer.unplugged = () => false;
    expect([now(a).hasOldCode, now(b).hasOldCode]).toEqual([true, false]);
    expect([await opens(a, CODE), await opens(b, OTHER)]).toEqual([true, true]);
  });

  test('nothing is changed when the old code is wrong, or no account can be reached', async () => {
    const id = await ready();
    expect(await change(OTHER, CODE)).toEqual({ outcome: 'wrong-code', triesLeft: 9 });
    issuer.unplugged = () => true;
    await expect(change(CODE, OTHER)).rejects.toThrow('unreachable');
    issuer.unplugged = () => false;
    expect(now(id).hasOldCode).toBe(false);
    expect(await opens(id, CODE)).toBe(true);
  });

  test('a change whose confirmation is lost has happened all the same', async () => {
    const id = await ready();
    const opened = await unlockAccount(store, id, { code: CODE });
    if (opened.outcome !== 'open') throw new Error('locked');
    issuer.unplugged = (path) => path.endsWith('/confirm');
    await sealUnder(store, id, { code: OTHER }, opened.approval, now(id).seed);
    issuer.unplugged = () => false;
    expect(await opens(id, OTHER)).toBe(true);
  });

  test('a passkey’s secret in place of the code, and back', async () => {
    const id = await ready();
    const prf = randomBytes(32);
    await changeSecret(store, [...store.all], { code: CODE }, { prf });
    expect(now(id).seed.by).toBe('prf');
    expect(await seedOf(now(id), { prf })).toEqual(SEED);
    expect(await seedOf(now(id), { prf: randomBytes(32) })).toBeUndefined();
    expect((await unlockAccount(store, id, { prf })).outcome).toBe('open');
    await changeSecret(store, [...store.all], { prf }, { code: OTHER });
    expect(await opens(id, OTHER)).toBe(true);
  });
});
