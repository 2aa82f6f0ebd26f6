import { totpAt } from '@sigillo/otp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser, type TestGate, testAccount, testGate } from '../../../../tests/setup/gate.ts';
import { SECOND_MS } from '../platform/clock/clock.ts';
import { challenge } from './challenge.ts';
import { askSms, askTotp, level, slug, stepsOn } from './gate.fixture.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const { give, lastCode, nextStep, totpOf, withPassword, withPasswordEvidence } = stepsOn(() => t);

test('[OTP-2] a code works once, whoever asks, however parallel: 50 at once in 50 ceremonies', async () => {
  const account = await testAccount(t, { totp: true });
  nextStep();
  const code = await totpOf(account);
  const tries = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const me = browser();
      const policy = level(2);
      return { me, scene: await withPasswordEvidence(account, me, policy) };
    }),
  );
  const results = await Promise.all(
    tries.map(({ me, scene }) => slug(give(scene, askTotp(account), code, me))),
  );
  expect(results.filter((result) => result === 'fulfilled')).toHaveLength(1);
  // Losers are told the code is wrong, or that there were too many wrong ones.
  const rest = new Set(results.filter((result) => result !== 'fulfilled'));
  expect([...rest].every((one) => one === 'code-rejected' || one === 'too-many-tries')).toBe(true);
});

test('[OTP-1] one step early or late is accepted, two are refused', async () => {
  for (const [offset, outcome] of [
    [-2, 'code-rejected'],
    [-1, 'fulfilled'],
    [0, 'fulfilled'],
    [1, 'fulfilled'],
    [2, 'code-rejected'],
  ] as const) {
    const account = await testAccount(t, { totp: true });
    const me = browser();
    const scene = await withPassword(account, me);
    const code = await totpAt(account.seed, t.clock.nowMs() + offset * 30 * SECOND_MS);
    expect([offset, await slug(give(scene, askTotp(account), code, me))]).toEqual([offset, outcome]);
  }
});

test('[OTP-4] a sent code works for its challenge, its browser and five minutes only; sending again voids it', async () => {
  const account = await testAccount(t, { sms: true });
  const me = browser();
  const scene = await withPassword(account, me);
  const sent = await challenge(t.gate, scene, askSms(account), me);
  const code = await lastCode(account.phone);
  expect(code).toMatch(/^\d{6}$/);

  const stored = await t.platform.db
    .selectFrom('challenge')
    .selectAll()
    .where('id', '=', sent.id)
    .executeTakeFirstOrThrow();
  expect(stored.secret_hash?.includes(code)).toBe(false);

  const other = await withPassword(account, me);
  const moved = await challenge(t.gate, other, askSms(account), me);
  expect(await slug(give(other, askSms(account), code, me, moved.id))).toBe('code-rejected');
  expect(await slug(give(other, askSms(account), code, me, sent.id))).toBe('challenge-over');

  const again = await challenge(t.gate, scene, askSms(account), me);
  expect(await slug(give(scene, askSms(account), code, me, sent.id))).toBe('challenge-over');
  const newCode = await lastCode(account.phone);
  expect(await slug(give(scene, askSms(account), newCode, browser(), again.id))).toBe('code-rejected');
  t.clock.advance(300 * SECOND_MS);
  expect(await slug(give(scene, askSms(account), newCode, me, again.id))).toBe('challenge-over');
});

test('[OTP-4] a sent code works once, 16 at a time', async () => {
  const account = await testAccount(t, { sms: true });
  const me = browser();
  const scene = await withPassword(account, me);
  const sent = await challenge(t.gate, scene, askSms(account), me);
  const code = await lastCode(account.phone);
  const results = await Promise.all(
    Array.from({ length: 16 }, () => slug(give(scene, askSms(account), code, me, sent.id))),
  );
  expect(results.filter((result) => result === 'fulfilled')).toHaveLength(1);
  expect(results.every((one) => one === 'fulfilled' || one === 'challenge-over')).toBe(true);
});

test('[OTP-5] five wrong tries end a challenge; a hundred in a row close the channel, however often it is resent', async () => {
  const account = await testAccount(t, { sms: true });
  const me = browser();
  for (let round = 0; round < 20; round++) {
    const scene = await withPasswordEvidence(account, me, level(2));
    const sent = await challenge(t.gate, scene, askSms(account), me);
    const wrong = (await lastCode(account.phone)) === '000000' ? '111111' : '000000';
    for (let tried = 0; tried < 5; tried++)
      expect(await slug(give(scene, askSms(account), wrong, me, sent.id))).toBe('code-rejected');
    const expected = round < 19 ? 'challenge-over' : 'method-disabled';
    expect(await slug(give(scene, askSms(account), await lastCode(account.phone), me, sent.id))).toBe(
      expected,
    );
  }
  const scene = await withPasswordEvidence(account, me, level(2));
  const sent = await challenge(t.gate, scene, askSms(account), me);
  expect(await slug(give(scene, askSms(account), await lastCode(account.phone), me, sent.id))).toBe(
    'method-disabled',
  );
});
