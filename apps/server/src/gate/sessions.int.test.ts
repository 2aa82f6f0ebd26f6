import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser, load, type TestGate, testAccount, testGate } from '../../../../tests/setup/gate.ts';
import { SECOND_MS } from '../platform/clock/clock.ts';
import { admitSession, raiseSession } from './admit.ts';
import { openCeremony } from './begin.ts';
import { askPassword, askTotp, level, slug, stepsOn } from './gate.fixture.ts';
import { handleOf } from './handle.ts';
import { endEverything, mayContinue, readSession } from './sessions.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const { begin, give, nextStep, signedIn, totpOf, withPasswordEvidence } = stepsOn(() => t);

test('[SES-2] a session ends after 15 idle minutes, and after 12 hours in any case', async () => {
  const idle = await signedIn(await testAccount(t), browser());
  t.clock.advance(15 * 60 * SECOND_MS - 1000);
  expect(await readSession(t.gate, idle.token)).toBeDefined();
  t.clock.advance(15 * 60 * SECOND_MS);
  expect(await readSession(t.gate, idle.token)).toBeUndefined();

  const busy = await signedIn(await testAccount(t), browser());
  for (let minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
    t.clock.advance(10 * 60 * SECOND_MS);
    expect(await readSession(t.gate, busy.token)).toBeDefined();
  }
  t.clock.advance(10 * 60 * SECOND_MS);
  expect(await readSession(t.gate, busy.token)).toBeUndefined();
});

test('[SES-1] the token is 256 random bits and stored as a hash; a step-up gives another one and the old is dead', async () => {
  const account = await testAccount(t, { totp: true });
  const me = browser();
  const proven = async () => {
    nextStep();
    const begun = await withPasswordEvidence(account, me, level(2));
    return give(begun, askTotp(account), await totpOf(account), me);
  };
  const first = await admitSession(t.gate, await proven(), me);
  const secret = Buffer.from(first.token, 'base64url').subarray(32);
  expect(secret).toHaveLength(32);
  const row = await t.platform.db
    .selectFrom('session')
    .selectAll()
    .where('id', '=', first.session.id)
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(row)).not.toContain(secret.toString('base64url'));
  expect(row.token_hash.equals(secret)).toBe(false);

  const raised = await raiseSession(t.gate, await proven(), first.session, me);
  expect(raised.token).not.toBe(first.token);
  expect(await readSession(t.gate, first.token)).toBeUndefined();
  expect((await readSession(t.gate, raised.token))?.evidence.map((piece) => piece.method)).toContain('totp');
});

test('[SES-5] twenty sessions per account; the oldest goes when one more opens', async () => {
  const account = await testAccount(t);
  const tokens: string[] = [];
  for (let opened = 0; opened < 21; opened++) {
    tokens.push((await signedIn(account, browser())).token);
    t.clock.advance(1);
  }
  const alive = await Promise.all(tokens.map((token) => readSession(t.gate, token)));
  expect(alive.map((session) => session !== undefined)).toEqual([false, ...Array(20).fill(true)]);
});

test('[SES-3] a rise of the epoch ends every session, ceremony and capability of the account at once', async () => {
  const account = await testAccount(t);
  const me = browser();
  const { token } = await signedIn(account, me);
  const open = await begin(account, me);
  const { epoch } = await load(t, account.id);
  const holds = () => t.gate.transaction((tx) => mayContinue(t.gate, tx, account.id, epoch));
  expect(await holds()).toBe(true);
  await t.gate.transaction((tx) => endEverything(t.gate, tx, account.id));
  expect(await holds()).toBe(false);
  expect(await readSession(t.gate, token)).toBeUndefined();
  expect(await slug(openCeremony(t.gate, handleOf(open.ceremony), me))).toBe('ceremony-gone');
  expect(await slug(give(open, askPassword(account), account.password, me))).toBe('ceremony-gone');
});
