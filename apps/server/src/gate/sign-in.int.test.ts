import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser, type TestGate, testAccount, testGate } from '../../../../tests/setup/gate.ts';
import { SECOND_MS } from '../platform/clock/clock.ts';
import { admitSession } from './admit.ts';
import { openCeremony } from './begin.ts';
import { challenge } from './challenge.ts';
import { askPassword, askSms, askTotp, level, slug, stepsOn } from './gate.fixture.ts';
import { handleOf } from './handle.ts';
import { readSession } from './sessions.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const { begin, give, nextStep, totpOf, withPassword } = stepsOn(() => t);

test('password, then authenticator code, then a session of level 2 with truthful references', async () => {
  const account = await testAccount(t, { totp: true });
  const me = browser();
  nextStep();
  let scene = await withPassword(account, me);
  scene = await give(scene, askTotp(account), await totpOf(account), me);
  const admitted = await admitSession(t.gate, scene, me);
  expect(await readSession(t.gate, admitted.token)).toMatchObject({ accountId: account.id });
  expect(admitted.session.evidence.map((piece) => piece.method)).toEqual(['password', 'totp']);
});

test('[REC-3] every step proves its own predecessor: no code before the password, no session before both', async () => {
  const account = await testAccount(t, { totp: true, sms: true });
  const me = browser();
  nextStep();
  const scene = await begin(account, me);
  expect(await slug(give(scene, askTotp(account), await totpOf(account), me))).toBe('method-unavailable');
  expect(await slug(challenge(t.gate, scene, askSms(account), me))).toBe('method-unavailable');
  expect(await slug(admitSession(t.gate, scene, me))).toBe('proof-missing');
  const half = await give(scene, askPassword(account), account.password, me);
  expect(await slug(admitSession(t.gate, half, me))).toBe('proof-missing');
  expect(await slug(give(half, { ...askTotp(account), slot: 'first' }, await totpOf(account), me))).toBe(
    'method-unavailable',
  );
});

test('[SES-1] a ceremony belongs to the browser it began in', async () => {
  const account = await testAccount(t);
  const me = browser();
  const scene = await begin(account, me);
  const handle = handleOf(scene.ceremony);
  expect((await openCeremony(t.gate, handle, me)).ceremony.id).toBe(scene.ceremony.id);
  expect(await slug(openCeremony(t.gate, handle, browser()))).toBe('ceremony-gone');
  expect(await slug(openCeremony(t.gate, 'x'.repeat(43), me))).toBe('ceremony-gone');
});

test('[SES-6] a ceremony is over after ten minutes', async () => {
  const account = await testAccount(t);
  const me = browser();
  const scene = await begin(account, me);
  t.clock.advance(600 * SECOND_MS - 1);
  expect(await slug(openCeremony(t.gate, handleOf(scene.ceremony), me))).toBe('fulfilled');
  t.clock.advance(1);
  expect(await slug(openCeremony(t.gate, handleOf(scene.ceremony), me))).toBe('ceremony-gone');
  expect(await slug(give(scene, askPassword(account), account.password, me))).toBe('ceremony-gone');
});

test('[AVL-1] of 16 requests that finish one ceremony, one gets a session', async () => {
  const account = await testAccount(t);
  const me = browser();
  const scene = await withPassword(account, me, level(1));
  const results = await Promise.all(Array.from({ length: 16 }, () => slug(admitSession(t.gate, scene, me))));
  expect(results.filter((result) => result === 'fulfilled')).toHaveLength(1);
  expect(results.filter((result) => result === 'ceremony-gone')).toHaveLength(15);
});
