import { base32Decode, totpAt } from '@sigillo/otp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  asked,
  type Ceremony,
  enterPassword,
  good,
  type InCeremony,
  isSignedIn,
  outcome,
  recover,
  sendCode,
  setUpApp,
  signIn,
  startApp,
  tryCode,
  tryFinish,
  tryRecovery,
} from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

async function recovering(holder: Holder, browser = on.browser()) {
  return { browser, ceremony: await recover(browser, holder) };
}

async function byEmail(holder: Holder, browser: HttpBrowser, ceremony: Ceremony): Promise<Ceremony> {
  const sent = await sendCode(on, browser, ceremony, 'email-code', holder.email);
  return good(await tryCode(browser, sent.ceremony, 'email-code', sent.code)).ceremony;
}

async function codesOf(holder: Holder): Promise<string[]> {
  const session = await signIn(on, on.browser(), holder);
  return good(await session.post<{ codes: string[] }>('/api/account/recovery-codes')).codes;
}

describe('a lost second factor', () => {
  test('[REC-4] password and e-mail: a new app in place of every factor there was; all sessions end, nobody is signed in', async () => {
    const holder = await on.holder({ totp: true, sms: true });
    const codes = await codesOf(holder);
    const elsewhere = await signIn(on, on.browser(1), holder);
    const { browser, ceremony } = await recovering(holder);
    const proven = await byEmail(holder, browser, ceremony);
    expect(proven).toMatchObject({
      state: 'open',
      setUp: { methods: ['totp', 'passkey', 'sms-code'], required: true },
    });
    const letters = (await on.dev.outbox(holder.email)).length;
    const { seed, after } = await setUpApp(on, browser, proven);
    expect(after.state).toBe('satisfied');

    expect(await isSignedIn(elsewhere)).toBe(false);
    expect(await isSignedIn(browser)).toBe(false);
    expect(outcome(await tryFinish(browser, after))).toBe('404 ceremony-gone');
    const again = await enterPassword(browser, holder);
    expect(again.options.map((one) => one.method)).toEqual(['totp']);
    expect(outcome(await tryCode(browser, again, 'totp', await on.code(holder)))).toBe('422 code-rejected');
    const byCode = good(await tryRecovery(browser, again)).ceremony;
    expect(byCode.options.map((one) => one.method)).not.toContain('recovery-code');
    expect(codes).toHaveLength(10);
    await on.advance(30);
    holder.seed = seed;
    await signIn(on, browser, holder);
    const { text } = await on.dev.newest(holder.email, letters + 1);
    expect(text).not.toBe('');
  });

  test('[REC-4] password and a saved recovery code', async () => {
    const holder = await on.holder({ totp: true });
    const [code = ''] = await codesOf(holder);
    const { browser, ceremony } = await recovering(holder);
    const proven = good(await tryCode(browser, ceremony, 'recovery-code', code)).ceremony;
    expect((await setUpApp(on, browser, proven)).after.state).toBe('satisfied');
  });

  test('[REC-4] password and a remaining factor', async () => {
    const holder = await on.holder({ totp: true, sms: true });
    const { browser, ceremony } = await recovering(holder);
    const sent = await sendCode(on, browser, ceremony, 'sms-code', holder.phone);
    const proven = good(await tryCode(browser, sent.ceremony, 'sms-code', sent.code)).ceremony;
    expect((await setUpApp(on, browser, proven)).after.state).toBe('satisfied');
  });

  test('[REC-4] by a number instead of an app', async () => {
    const holder = await on.holder({ totp: true });
    const { browser, ceremony } = await recovering(holder);
    const proven = await byEmail(holder, browser, ceremony);
    const path = `/api/ceremonies/${proven.id}/enrolments`;
    const begun = await browser.post<{ enrolment: { id: string; challenge: { id: string } } }>(path, {
      method: 'sms-code',
      phone: holder.phone,
    });
    const { id, challenge } = good(begun).enrolment;
    const body = { challenge: challenge.id, code: await on.dev.code(holder.phone) };
    const { ceremony: after } = good(await browser.post<InCeremony>(`${path}/${id}/proofs`, body));
    expect(after.state).toBe('satisfied');
    expect((await enterPassword(on.browser(), holder)).options).toMatchObject([{ method: 'sms-code' }]);
  });
});

describe('what a recovery refuses', () => {
  test('[REC-4] e-mail alone: it begins from a proven password only', async () => {
    const holder = await on.holder({ totp: true });
    const signedIn = await signIn(on, on.browser(), holder);
    const adding = good(await signedIn.post<InCeremony>('/api/account/authenticators')).ceremony;
    expect(outcome(await tryRecovery(signedIn, adding))).toBe('409 method-unavailable');
    const nothingLost = await on.holder();
    const browser = on.browser();
    const satisfied = await enterPassword(browser, nothingLost);
    expect(outcome(await tryRecovery(browser, satisfied))).toBe('409 method-unavailable');
    const { ceremony } = await recovering(holder);
    expect(outcome(await tryRecovery(on.browser(), ceremony))).toBe('404 ceremony-gone');
  });

  test('[REC-3] [REC-4] jumping ahead: no new factor before both ways, no second way twice, no session out of it', async () => {
    const holder = await on.holder({ totp: true });
    const { browser, ceremony } = await recovering(holder);
    await expect(startApp(browser, ceremony)).rejects.toThrow('409 method-unavailable');
    expect(outcome(await tryFinish(browser, ceremony))).toBe('409 proof-missing');
    const proofs = `/api/ceremonies/${ceremony.id}/proofs`;
    const email = asked(ceremony, 'email-code');
    for (const ask of [
      { slot: 'new-factor', method: 'totp', target: null },
      { slot: 'second', method: 'totp', target: asked(ceremony, 'totp').target },
      { ...email, slot: 'second' },
      { ...email, slot: 'first' },
      { ...email, method: 'sms-code' },
    ])
      expect([ask, outcome(await browser.post(proofs, { ...ask, code: '123456' }))]).toEqual([
        ask,
        '409 method-unavailable',
      ]);

    const proven = await byEmail(holder, browser, ceremony);
    const again = { ...email, code: '123456' };
    expect(outcome(await browser.post(proofs, again))).toBe('409 method-unavailable');
    expect(outcome(await browser.post('/api/sign-in/finish', { ceremony: proven.id }))).toBe(
      '409 proof-missing',
    );
    expect(outcome(await browser.post('/api/step-up/finish', { ceremony: proven.id }))).toBe(
      '401 sign-in-needed',
    );
  });

  test('[REC-3] switching: what was begun elsewhere does not count here', async () => {
    const holder = await on.holder({ totp: true });
    const mine = await recovering(holder);
    const other = await recovering(holder, mine.browser);
    const sent = await sendCode(on, mine.browser, mine.ceremony, 'email-code', holder.email);
    const switched = { ...other.ceremony, challenge: sent.ceremony.challenge };
    expect(outcome(await tryCode(mine.browser, switched, 'email-code', sent.code))).toBe(
      '409 challenge-over',
    );
    const signingIn = await enterPassword(mine.browser, holder);
    const asSecond = { ...signingIn, options: sent.ceremony.options, challenge: sent.ceremony.challenge };
    expect(outcome(await tryCode(mine.browser, asSecond, 'email-code', sent.code))).toBe(
      '409 method-unavailable',
    );
    expect(outcome(await tryCode(mine.browser, sent.ceremony, 'email-code', sent.code))).toBe('200');
  });

  test('[REC-4] a recovery is over after ten minutes and counts nothing then', async () => {
    const holder = await on.holder({ totp: true });
    const { browser, ceremony } = await recovering(holder);
    const proven = await byEmail(holder, browser, ceremony);
    const { id } = await startApp(browser, proven);
    await on.advance(600);
    const path = `/api/ceremonies/${proven.id}/enrolments/${id}/proofs`;
    expect(outcome(await browser.post(path, { code: '123456' }))).toBe('404 ceremony-gone');
    await signIn(on, on.browser(), holder);
  });

  test('[REC-4] a factor that somebody adds at the same moment does not survive the recovery', async () => {
    for (let round = 0; round < 4; round++) {
      const holder = await on.holder({ totp: true });
      const thief = await signIn(on, on.browser(1), holder);
      const adding = good(await thief.post<InCeremony>('/api/account/authenticators')).ceremony;
      const theirs = await startApp(thief, adding);
      const { browser, ceremony } = await recovering(holder);
      const proven = await byEmail(holder, browser, ceremony);
      const mine = await startApp(browser, proven);
      const finish = async (from: HttpBrowser, id: string, { id: enrolment, key }: typeof mine) => {
        const code = await totpAt(base32Decode(key)!, on.nowMs());
        return from.post(`/api/ceremonies/${id}/enrolments/${enrolment}/proofs`, { code });
      };
      const [, recovered] = await Promise.all([
        finish(thief, adding.id, theirs),
        finish(browser, proven.id, mine),
      ]);
      expect(outcome(recovered)).toBe('200');
      const { options } = await enterPassword(on.browser(), holder);
      expect(options).toMatchObject([{ target: mine.id }]);
    }
  });
});
