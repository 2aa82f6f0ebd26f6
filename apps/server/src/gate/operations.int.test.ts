import { METHODS, type Policy } from '@sigillo/assurance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  browser,
  load,
  type TestAccount,
  type TestGate,
  testAccount,
  testGate,
} from '../../../../tests/setup/gate.ts';
import { randomId } from '../platform/ids.ts';
import { admitAssertion, admitCapability } from './admit.ts';
import { beginCeremony } from './begin.ts';
import { challenge } from './challenge.ts';
import { type Factor, refused } from './factor.ts';
import { askPassword, level, nothing, slug, stepsOn } from './gate.fixture.ts';
import type { Scene } from './model.ts';
import { approve, carryOut, carryOutUnit, propose } from './operations.ts';
import type { Gate } from './ports.ts';
import { prove } from './prove.ts';
import { endEverything } from './sessions.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const { give, lastCode, passwordOf } = stepsOn(() => t);

describe('what comes later fits without touching the gate', () => {
  const KEY = 'test-key';

  /** A hardware key of the future: both factors at once, level 3, its answer bound to the operation. */
  const keyFactor: Factor = {
    method: KEY,
    lock: { pauseEvery: null, firstPauseSeconds: 0, longestPauseSeconds: 0, disableAt: 100 },
    countedPer: 'channel',
    judge: async ({ challenge: asked, response }) =>
      response.code === `signed ${asked.operationDigest}` ? { accepted: true } : refused,
  };
  const gateWithKey = (): Gate => ({
    ...t.gate,
    methods: {
      ...METHODS,
      [KEY]: { kind: 'both', signsIn: true, recovers: true, levelCap: 3, amr: ['hwk', 'user'] },
    },
    factors: new Map([...t.gate.factors, [KEY, keyFactor]]),
  });

  async function addKey(account: TestAccount): Promise<string> {
    const id = randomId();
    await t.gate.transaction((tx) =>
      t.stores.authenticators.insert(tx, account.id, {
        id,
        method: KEY,
        state: 'active',
        channelId: id,
        contactId: null,
        bindingLevel: 3,
        keyProtection: 'hardware',
        secret: null,
        label: '',
        at: t.clock.now(),
        expiresAt: null,
      }),
    );
    return id;
  }

  test('a factor written here signs in alone, and reaches level 3 for the operation it signed and no other', async () => {
    const gate = gateWithKey();
    const account = await testAccount(t);
    const me = browser();
    const target = await addKey(account);
    const prover = await load(t, account.id);
    const ask = { slot: 'first', method: KEY, target };
    const plain = await beginCeremony(
      gate,
      { prover, purpose: 'sign-in', policy: level(2), context: nothing },
      me,
    );
    const signed = await prove(gate, {
      scene: plain,
      ask,
      challengeId: null,
      response: { code: 'signed null' },
      presenter: me,
    });
    expect(await admitAssertion(gate, signed, me)).toMatchObject({ level: 2, amr: ['hwk', 'user', 'mfa'] });

    const policy = { ...level(3), bound: true };
    const operation = await gate.transaction((tx) =>
      propose(gate, tx, {
        subjectId: account.id,
        initiatorId: account.id,
        type: 'test',
        details: { amount: 10 },
        summary: {},
        policy,
        approvalsNeeded: 1,
        lifetimeSeconds: 600,
      }),
    );
    const context = { ...nothing, operationDigest: operation.digest };
    const scene = await beginCeremony(
      gate,
      { prover, purpose: 'approve', policy, context, operationId: operation.id },
      me,
    );
    const other = {
      scene,
      ask,
      challengeId: null,
      response: { code: 'signed another digest' },
      presenter: me,
    };
    expect(await slug(prove(gate, other))).toBe('code-rejected');
    const bound = await prove(gate, { ...other, response: { code: `signed ${operation.digest}` } });
    expect(await gate.transaction((tx) => approve(gate, tx, bound, me))).toBe('approved');
  });

  async function approveAs(
    account: TestAccount,
    subjectId: string,
    operation: { id: string; digest: string },
    policy: Policy,
  ): Promise<Scene> {
    const me = browser();
    const prover = await load(t, account.id);
    const context = { ...nothing, operationDigest: operation.digest };
    const beginning = { prover, purpose: 'approve', policy, context, operationId: operation.id, subjectId };
    const scene = await beginCeremony(t.gate, beginning, me);
    return give(scene, askPassword(account), account.password, me);
  }

  test('a two-person approval: two different people, each for this operation; carried out once', async () => {
    const [holder, first, second] = [await testAccount(t), await testAccount(t), await testAccount(t)];
    const policy = { ...level(1), bound: true };
    const { gate } = t;
    const wanted = {
      subjectId: holder.id,
      initiatorId: first.id,
      type: 'revoke',
      details: { why: 'asked' },
      summary: {},
      policy,
      approvalsNeeded: 2,
      lifetimeSeconds: 3600,
    };
    const operation = await gate.transaction((tx) => propose(gate, tx, wanted));
    const twin = await gate.transaction((tx) => propose(gate, tx, wanted));
    const run = () =>
      gate.transaction((tx) =>
        carryOut(gate, tx, { subjectId: holder.id, id: operation.id }, async () => 'revoked'),
      );

    const one = await approveAs(first, holder.id, operation, policy);
    expect(await gate.transaction((tx) => approve(gate, tx, one, browser()))).toBe('waiting');
    expect(await slug(run())).toBe('operation-gone');

    const sameAgain = await approveAs(first, holder.id, operation, policy);
    expect(await slug(gate.transaction((tx) => approve(gate, tx, sameAgain, browser())))).toBe(
      'operation-gone',
    );

    const forTheTwin = await approveAs(second, holder.id, { ...operation, digest: twin.digest }, policy);
    expect(await slug(gate.transaction((tx) => approve(gate, tx, forTheTwin, browser())))).toBe(
      'proof-missing',
    );

    const two = await approveAs(second, holder.id, operation, policy);
    expect(await gate.transaction((tx) => approve(gate, tx, two, browser()))).toBe('approved');
    const results = await Promise.all(Array.from({ length: 16 }, () => slug(run())));
    expect(results.filter((result) => result === 'fulfilled')).toHaveLength(1);
    expect(results.filter((result) => result === 'operation-gone')).toHaveLength(15);
  });

  test('a two-contact change: the code on the current phone, then the one on the new; nothing else, no other order', async () => {
    const account = await testAccount(t, { sms: true });
    const next = {
      id: randomId(),
      kind: 'phone' as const,
      channelId: randomId(),
      address: '+393339998877',
      verifiedAt: null,
    };
    await t.gate.transaction((tx) => t.stores.contacts.insert(tx, account.id, next, t.clock.now()));
    const slot = (name: string, target: string) => ({
      need: 'slot' as const,
      slot: name,
      methods: ['sms-code'],
      target,
    });
    const policy: Policy = {
      needs: [slot('current-phone', account.phoneContact), slot('new-phone', next.id)],
      bound: true,
    };
    const { gate } = t;
    const operation = await gate.transaction((tx) =>
      propose(gate, tx, {
        subjectId: account.id,
        initiatorId: account.id,
        type: 'change-phone',
        details: { to: next.address },
        summary: {},
        policy,
        approvalsNeeded: 1,
        lifetimeSeconds: 600,
      }),
    );
    const me = browser();
    const context = { ...nothing, operationDigest: operation.digest };
    const prover = await load(t, account.id);
    let scene = await beginCeremony(
      gate,
      { prover, purpose: 'change-phone', policy, context, operationId: operation.id },
      me,
      // What the session has proven is carried along, as for every operation; alone it meets neither slot.
      [passwordOf(account)],
    );
    const current = { slot: 'current-phone', method: 'sms-code', target: account.phoneContact };
    const fresh = { slot: 'new-phone', method: 'sms-code', target: next.id };
    expect(await slug(challenge(gate, scene, fresh, me))).toBe('method-unavailable');
    const toCurrent = await challenge(gate, scene, current, me);
    scene = await give(scene, current, await lastCode(account.phone), me, toCurrent.id);
    const toNew = await challenge(gate, scene, fresh, me);
    expect(await slug(give(scene, fresh, await lastCode(account.phone), me, toNew.id))).toBe('code-rejected');
    scene = await give(scene, fresh, await lastCode(next.address), me, toNew.id);
    expect(await gate.transaction((tx) => approve(gate, tx, scene, me))).toBe('approved');
  });

  test('a batch: one approval, each unit once, only what was approved, nothing after the epoch moves', async () => {
    const account = await testAccount(t);
    const me = browser();
    const { gate } = t;
    const units = [{ document: 'a' }, { document: 'b' }, { document: 'c' }, { document: 'd' }];
    const policy = { ...level(1), bound: true };
    const operation = await gate.transaction((tx) =>
      propose(gate, tx, {
        subjectId: account.id,
        initiatorId: account.id,
        type: 'sign',
        details: {},
        summary: {},
        policy,
        approvalsNeeded: 1,
        lifetimeSeconds: 600,
        units,
      }),
    );
    const prover = await load(t, account.id);
    const context = { ...nothing, operationDigest: operation.digest };
    const begun = await beginCeremony(
      gate,
      { prover, purpose: 'sign', policy, context, operationId: operation.id },
      me,
    );
    const scene = await give(begun, askPassword(account), account.password, me);
    const { token } = await admitCapability(gate, scene, me, 20);

    let signed = 0;
    const sign = (idx: number, content: unknown) =>
      carryOutUnit(gate, token, { idx, content }, async () => ++signed);
    const results = await Promise.all(Array.from({ length: 16 }, () => slug(sign(0, units[0]))));
    expect(results.filter((result) => result === 'fulfilled')).toHaveLength(1);
    expect(await slug(sign(1, { document: 'swapped' }))).toBe('operation-gone');
    expect(
      await slug(
        carryOutUnit(gate, token, { idx: 2, content: units[2] }, () =>
          Promise.reject(new Error('module gone')),
        ),
      ),
    ).not.toBe('fulfilled');
    expect(await slug(sign(2, units[2]))).toBe('operation-gone');
    expect(signed).toBe(1);
    const states = await gate.transaction((tx) => gate.operations.units(tx, operation));
    expect(states.map((unit) => unit.state)).toEqual(['done', 'waiting', 'failed', 'waiting']);
    await gate.transaction((tx) => endEverything(gate, tx, account.id));
    expect(await slug(sign(3, units[3]))).toBe('operation-gone');
  });
});
