import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  asked,
  type Ceremony,
  enterPassword,
  good,
  type InCeremony,
  outcome,
  sendCode,
  signIn,
  startApp,
  stepUpOf,
  tryCode,
  tryFinish,
  tryRecovery,
} from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  populatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

/** A sign-in of somebody with codes by SMS that has had one sent. */
async function withCode(holder: Holder, browser = on.browser()) {
  const open = await enterPassword(browser, holder);
  const { ceremony, code } = await sendCode(on, browser, open, 'sms-code', holder.phone);
  return { browser, ceremony, code };
}

const trySms = (browser: HttpBrowser, ceremony: Ceremony, code: string) =>
  tryCode(browser, ceremony, 'sms-code', code).then(outcome);

const another = (code: string) => (code === '000000' ? '111111' : '000000');

describe('a code by SMS', () => {
  test('[OTP-4] six digits, stored as a keyed hash; it signs in, on whichever node', async () => {
    const { browser, ceremony, code } = await withCode(await on.holder({ sms: true }));
    expect(code).toMatch(/^\d{6}$/);
    const { secret_hash } = await on.database.db
      .selectFrom('challenge')
      .select('secret_hash')
      .where('id', '=', ceremony.challenge!.id)
      .executeTakeFirstOrThrow();
    expect(secret_hash).toHaveLength(32);
    const otherNode = browser.at(on.nodes[1]!.url);
    expect(await trySms(otherNode, ceremony, code)).toBe('200');
    expect(outcome(await tryFinish(otherNode, ceremony))).toBe('200');
  });

  test('[OTP-4] moved to another ceremony, browser or action it is refused', async () => {
    const holder = await on.holder({ totp: true, sms: true });
    const mine = await withCode(holder);
    const sameBrowser = await enterPassword(mine.browser, holder);
    const otherChallenge = await sendCode(on, mine.browser, sameBrowser, 'sms-code', holder.phone);
    expect(await trySms(mine.browser, otherChallenge.ceremony, mine.code)).toBe('422 code-rejected');
    const borrowed = { ...sameBrowser, challenge: mine.ceremony.challenge };
    expect(await trySms(mine.browser, borrowed, mine.code)).toBe('409 challenge-over');

    const stranger = on.browser();
    expect(await trySms(stranger, mine.ceremony, mine.code)).toBe('404 ceremony-gone');
    const theirs = await enterPassword(stranger, holder);
    expect(await trySms(stranger, { ...theirs, challenge: mine.ceremony.challenge }, mine.code)).toBe(
      '409 challenge-over',
    );

    const session = await signIn(on, on.browser(), holder);
    await on.advance(301);
    const confirming = stepUpOf(await session.post('/api/account/recovery-codes'));
    const sent = await sendCode(on, session, confirming, 'sms-code', holder.phone);
    const [signingIn, late] = [await withCode(holder, session), mine.code];
    expect(await trySms(session, sent.ceremony, signingIn.code)).toBe('422 code-rejected');
    expect(await trySms(session, signingIn.ceremony, sent.code)).toBe('422 code-rejected');
    expect(await trySms(mine.browser, mine.ceremony, late)).toBe('409 challenge-over');
    expect(await trySms(session, sent.ceremony, sent.code)).toBe('200');
  });

  test('[OTP-4] sending another one voids it; either is over after five minutes', async () => {
    const holder = await on.holder({ sms: true });
    const { browser, ceremony, code } = await withCode(holder);
    const second = await sendCode(on, browser, ceremony, 'sms-code', holder.phone);
    expect(await trySms(browser, ceremony, code)).toBe('409 challenge-over');
    await on.advance(300);
    expect(await trySms(browser, second.ceremony, second.code)).toBe('409 challenge-over');
    const third = await sendCode(on, browser, second.ceremony, 'sms-code', holder.phone);
    await on.advance(290);
    expect(await trySms(browser, third.ceremony, third.code)).toBe('200');
  });

  test('[OTP-5] five wrong tries end a challenge, and the right code with it', async () => {
    const holder = await on.holder({ sms: true });
    const { browser, ceremony, code } = await withCode(holder);
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      const { status, body } = await tryCode(browser, ceremony, 'sms-code', another(code));
      expect({ status, body }).toMatchObject({ status: 422, body: { triesLeft } });
    }
    expect(await trySms(browser, ceremony, code)).toBe('409 challenge-over');
    const again = await sendCode(on, browser, ceremony, 'sms-code', holder.phone);
    expect(await trySms(browser, again.ceremony, again.code)).toBe('200');
  });

  test('[OTP-5] twenty challenges of five wrong tries close the channel; sending again resets nothing', async () => {
    const holder = await on.holder({ totp: true, sms: true });
    const browser = on.browser();
    let ceremony = await enterPassword(browser, holder);
    for (let round = 0; round < 20; round++) {
      const sent = await sendCode(on, browser, ceremony, 'sms-code', holder.phone);
      ({ ceremony } = sent);
      for (let tried = 0; tried < 5; tried++)
        expect(await trySms(browser, ceremony, another(sent.code))).toBe('422 code-rejected');
    }
    const { ceremony: last, code } = await sendCode(on, browser, ceremony, 'sms-code', holder.phone);
    expect(await trySms(browser, last, code)).toBe('409 method-disabled');
    expect(outcome(await tryCode(browser, ceremony, 'totp', await on.code(holder)))).toBe('200');
  });
});

describe('what may be asked to be sent', () => {
  test('[OTP-6] an e-mail code is no factor: it is neither sent nor taken in a sign-in, nor can it be set up', async () => {
    const holder = await on.holder({ totp: true });
    const browser = on.browser();
    const ceremony = await enterPassword(browser, holder);
    const { id: target } = await on.database.db
      .selectFrom('contact')
      .select('id')
      .where('account_id', '=', holder.id)
      .where('kind', '=', 'email')
      .executeTakeFirstOrThrow();
    for (const slot of ['first', 'second', 'recovery']) {
      const ask = { slot, method: 'email-code', target };
      const path = `/api/ceremonies/${ceremony.id}`;
      expect(outcome(await browser.post(`${path}/challenges`, ask))).toBe('409 method-unavailable');
      expect(outcome(await browser.post(`${path}/proofs`, { ...ask, code: '123456' }))).toBe(
        '409 method-unavailable',
      );
    }
    const session = await signIn(on, on.browser(), holder);
    const adding = good(await session.post<InCeremony>('/api/account/authenticators')).ceremony;
    expect(adding.setUp?.methods).not.toContain('email-code');
    const path = `/api/ceremonies/${adding.id}/enrolments`;
    expect(outcome(await session.post(path, { method: 'email-code' }))).toBe('400 bad-input');
  });

  test('[OTP-6] SMS go to numbers that were confirmed: one being set up counts for nothing until its code came back', async () => {
    const holder = await on.holder();
    const session = await signIn(on, on.browser(), holder);
    const { ceremony } = good(await session.post<InCeremony>('/api/account/authenticators'));
    const path = `/api/ceremonies/${ceremony.id}/enrolments`;
    const begin = (phone: string) =>
      session.post<{ enrolment: { id: string; challenge: { id: string } } }>(path, {
        method: 'sms-code',
        phone,
      });
    const { enrolment } = good(await begin(holder.phone));
    const code = await on.dev.code(holder.phone);
    expect((await enterPassword(on.browser(), holder)).options).toEqual([]);

    const { enrolment: mistyped } = good(await begin('+393339990001'));
    const finish = (one: { id: string; challenge: { id: string } }, given: string) =>
      session.post(`${path}/${one.id}/proofs`, { challenge: one.challenge.id, code: given }).then(outcome);
    expect(await finish(mistyped, code)).toBe('422 code-rejected');
    // The first number was given up for the other one: its code, right as it is, sets nothing up.
    expect(await finish(enrolment, code)).toBe('404 ceremony-gone');
    expect(await finish(mistyped, await on.dev.code('+393339990001'))).toBe('200');
    expect((await enterPassword(on.browser(), holder)).options).toMatchObject([{ method: 'sms-code' }]);
  });
});

describe('an installation without SMS', () => {
  let off: PopulatedInstallation;
  beforeAll(async () => {
    off = await populatedInstallation(1, { SIGILLO_SMS_ENABLED: 'false' });
  });
  afterAll(() => off[Symbol.asyncDispose]());

  test('[OTP-6] neither offers them nor lets them be sent or set up', async () => {
    const holder = await off.holder({ totp: true, sms: true });
    const browser = off.browser();
    const ceremony = await enterPassword(browser, holder);
    expect(ceremony.options.map((one) => one.method)).toEqual(['totp']);
    const { id: target } = await off.database.db
      .selectFrom('authenticator')
      .select('id')
      .where('account_id', '=', holder.id)
      .where('type', '=', 'sms-code')
      .executeTakeFirstOrThrow();
    const ask = { ...asked(ceremony, 'totp'), method: 'sms-code', target };
    expect(outcome(await browser.post(`/api/ceremonies/${ceremony.id}/challenges`, ask))).toBe(
      '409 method-unavailable',
    );
    const session = await signIn(off, off.browser(), holder);
    const adding = good(await session.post<InCeremony>('/api/account/authenticators')).ceremony;
    expect(adding.setUp?.methods).toEqual(['totp', 'passkey']);
    const enrolment = { method: 'sms-code', phone: holder.phone };
    expect(outcome(await session.post(`/api/ceremonies/${adding.id}/enrolments`, enrolment))).toBe(
      '409 method-unavailable',
    );
    expect(await off.dev.outbox(holder.phone)).toEqual([]);
  });

  test('[OTP-6] does not let in by the password alone who had nothing but SMS: they recover', async () => {
    const holder = await off.holder({ sms: true });
    const browser = off.browser();
    const ceremony = await enterPassword(browser, holder);
    expect(ceremony).toMatchObject({ state: 'open', options: [], setUp: null, canRecover: true });
    expect(outcome(await tryFinish(browser, ceremony))).toBe('409 proof-missing');
    expect(outcome(await browser.post(`/api/ceremonies/${ceremony.id}/enrolments`, { method: 'totp' }))).toBe(
      '409 method-unavailable',
    );
    const recovering = good(await tryRecovery(browser, ceremony));
    const { ceremony: sent, code } = await sendCode(
      off,
      browser,
      recovering.ceremony,
      'email-code',
      holder.email,
    );
    const { ceremony: proven } = good(await tryCode(browser, sent, 'email-code', code));
    expect(proven.setUp?.methods).toEqual(['totp', 'passkey']);
    expect((await startApp(browser, proven)).key).toHaveLength(32);
  });
});
