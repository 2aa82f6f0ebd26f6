import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browser, load, type TestGate, testAccount, testGate } from '../../../../tests/setup/gate.ts';
import { bareIdentity } from '../../../../tests/setup/identities.ts';
import { moveIdentity } from '../identities/move-identity.service.ts';
import { DAY_MS } from '../platform/clock/clock.ts';
import { uuidv7 } from '../platform/ids.ts';
import { admitSession } from './admit.ts';
import { level, slug, stepsOn } from './gate.fixture.ts';
import type { HoldCause, NewHold } from './hold.ts';
import { liftHolds, suspendAccount } from './holds.ts';
import { grantCapability, spendCapability } from './operations.ts';
import { mayContinue, readSession } from './sessions.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const { signedIn, withPasswordEvidence } = stepsOn(() => t);

const inTx: TestGate['gate']['transaction'] = (work) => t.gate.transaction(work);

const suspend = (accountId: string, more: Partial<NewHold> = {}) =>
  inTx((tx) =>
    suspendAccount(t.gate, tx, { accountId, cause: 'holder-request', by: 'holder', days: 30, ...more }),
  );
const lift = (accountId: string, causes: HoldCause[] = ['holder-request']) =>
  inTx((tx) => liftHolds(t.gate, tx, { accountId, causes, by: 'holder' }));

/** An active identity of an account. */
async function identityOf(accountId: string): Promise<string> {
  const identity = bareIdentity(accountId, t.clock);
  const ports = { identities: t.stores.identities, clock: t.clock };
  await inTx(async (tx) => {
    await ports.identities.insert(tx, identity);
    await moveIdentity(ports, tx, identity, { move: { type: 'issue' }, actor: 'two-operators' });
  });
  return identity.id;
}

const identity = (accountId: string, id: string) => inTx((tx) => t.stores.identities.find(tx, accountId, id));
const statusOf = async (id: string) => (await load(t, id)).status;

describe('a suspended account', () => {
  test('[REC-7] has no session, no capability and no epoch that goes on; its identity rests for the same cause', async () => {
    const account = await testAccount(t);
    const id = await identityOf(account.id);
    const { token, session } = await signedIn(account, browser());
    const expiresAt = new Date(t.clock.nowMs() + DAY_MS);
    const grant = { accountId: account.id, operationId: uuidv7(0), epoch: 0, usesLeft: 5, expiresAt };
    const granted = await inTx((tx) => grantCapability(t.gate, tx, grant));

    const done = await suspend(account.id, { days: 7 });
    expect(done?.ended).toEqual({ sessions: 1, apps: 0, identities: 1 });
    expect(done?.hold.until).toEqual(new Date(t.clock.nowMs() + 7 * DAY_MS));
    expect(await readSession(t.gate, token)).toBeUndefined();
    expect(await inTx((tx) => spendCapability(t.gate, tx, granted.token))).toBeUndefined();
    expect(await inTx((tx) => mayContinue(t.gate, tx, account.id, session.epoch))).toBe(false);
    expect(await inTx((tx) => mayContinue(t.gate, tx, account.id, session.epoch + 1))).toBe(false);
    const rests = await identity(account.id, id);
    expect(rests).toMatchObject({ state: 'suspended', causes: new Set(['holder-request']) });
    expect(rests?.until.get('holder-request')).toEqual(done?.hold.until);
  });

  test('[REC-7] is active again when no cause is left, and what ended before it stays ended', async () => {
    const account = await testAccount(t);
    const id = await identityOf(account.id);
    const { token } = await signedIn(account, browser());
    await suspend(account.id);
    await suspend(account.id, { cause: 'emergency-link', by: 'emergency-link' });
    expect(await lift(account.id)).toMatchObject({ isActive: false, identities: 0 });
    expect(await statusOf(account.id)).toBe('suspended');
    expect(await lift(account.id, ['emergency-link'])).toMatchObject({ isActive: true, identities: 1 });
    expect(await statusOf(account.id)).toBe('active');
    expect((await identity(account.id, id))?.state).toBe('active');
    expect(await readSession(t.gate, token)).toBeUndefined();
  });

  test('[SPID-IDL-11] on suspicion rests until two operators agree; neither its holder nor time lifts it', async () => {
    const account = await testAccount(t);
    const id = await identityOf(account.id);
    await suspend(account.id, { cause: 'suspected-abuse', by: 'platform', days: null });
    for (const by of ['holder', 'platform', 'operator'] as const)
      await expect(
        inTx((tx) => liftHolds(t.gate, tx, { accountId: account.id, causes: ['suspected-abuse'], by })),
      ).rejects.toBeInstanceOf(RangeError);
    expect(await statusOf(account.id)).toBe('suspended');
    const causes = ['suspected-abuse'] as const;
    await inTx((tx) => liftHolds(t.gate, tx, { accountId: account.id, causes, by: 'two-operators' }));
    expect(await statusOf(account.id)).toBe('active');
    expect((await identity(account.id, id))?.state).toBe('active');
  });

  test('[REC-7] lasts 1 to 30 days, and nobody suspends for a cause that is not theirs', async () => {
    const { id } = await testAccount(t);
    for (const days of [0, 31, 1.5]) await expect(suspend(id, { days })).rejects.toBeInstanceOf(RangeError);
    await expect(suspend(id, { by: 'emergency-link' })).rejects.toBeInstanceOf(RangeError);
    await expect(suspend(id, { cause: 'suspected-abuse' })).rejects.toBeInstanceOf(RangeError);
    expect(await statusOf(id)).toBe('active');
  });

  test('what was revoked stays revoked', async () => {
    const account = await testAccount(t);
    const id = await identityOf(account.id);
    const ports = { identities: t.stores.identities, clock: t.clock };
    const revoke = { move: { type: 'revoke', cause: 'death' }, actor: 'two-operators' } as const;
    await inTx((tx) => moveIdentity(ports, tx, { accountId: account.id, id }, revoke));
    expect((await suspend(account.id))?.ended.identities).toBe(0);
    await lift(account.id);
    expect((await identity(account.id, id))?.state).toBe('revoked');
  });
});

describe('at the same time', () => {
  const sixteen = <T>(work: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 16 }, (_, index) => work(index)));

  test('[REC-7] of 16 suspensions one is made, of 16 lifts one ends it', async () => {
    const account = await testAccount(t);
    await identityOf(account.id);
    const made = await sixteen(() => suspend(account.id));
    expect(made.filter(Boolean)).toHaveLength(1);
    const lifted = await sixteen(() => lift(account.id));
    expect(lifted.filter(({ causes }) => causes.length === 1)).toHaveLength(1);
    expect((await load(t, account.id)).epoch).toBe(2);
  });

  test('[REC-7] lifts and suspensions leave an account suspended exactly while there is a cause', async () => {
    const account = await testAccount(t);
    const id = await identityOf(account.id);
    await suspend(account.id);
    await sixteen(async (index) => {
      if (index % 2) await lift(account.id, ['holder-request', 'emergency-link']);
      else await suspend(account.id, { cause: 'emergency-link', by: 'emergency-link' });
    });
    const left = await inTx((tx) => t.gate.holds.list(tx, account.id));
    expect(await statusOf(account.id)).toBe(left.length > 0 ? 'suspended' : 'active');
    expect([...((await identity(account.id, id))?.causes ?? [])]).toEqual(left.map(({ cause }) => cause));
  });

  test('[REC-7] no sign-in that is finished meanwhile outlasts a suspension', async () => {
    const account = await testAccount(t);
    const me = browser();
    const scenes = await sixteen(() => withPasswordEvidence(account, me, level(1)));
    const tokens: string[] = [];
    const finish = async (index: number) => {
      const scene = scenes[index]!;
      const ended = await slug(admitSession(t.gate, scene, me).then(({ token }) => tokens.push(token)));
      expect(['fulfilled', 'ceremony-gone']).toContain(ended);
    };
    await Promise.all([...scenes.map((_, index) => finish(index)), suspend(account.id)]);
    for (const token of tokens) expect(await readSession(t.gate, token)).toBeUndefined();
  });
});
