import { base32Decode, totpAt } from '@sigillo/otp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, HttpBrowser } from '../setup/http-browser.ts';
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
  signIn,
  startApp,
  tryFinish,
} from '../setup/journeys.ts';
import { PASSWORD, type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(2);
});
afterAll(() => on[Symbol.asyncDispose]());

const AT_ONCE = 16;

/** Sends one request sixteen times at once, to both nodes in turn. */
function race<T>(browser: HttpBrowser, send: (from: HttpBrowser) => Promise<Answer<T>>) {
  const senders = Array.from({ length: AT_ONCE }, (_, n) => browser.at(on.nodes[n % 2]!.url));
  return Promise.all(senders.map(send));
}

/** What the sixteen were told, each outcome once and sorted, beside how many of them won. */
function tally(answers: Answer<unknown>[]) {
  const lost = answers.filter(({ status }) => status >= 300).map(outcome);
  return { won: answers.length - lost.length, lost: [...new Set(lost)].sort() };
}

const prove = (browser: HttpBrowser, id: string, proof: object) =>
  browser.post<InCeremony>(`/api/ceremonies/${id}/proofs`, proof);

test('[AVL-1] a reset link', async () => {
  for (let round = 0; round < 5; round++) {
    const { email } = await on.holder();
    good(await on.browser().post('/api/password-resets', { identifier: email }));
    const token = await on.dev.linkToken(email);
    const body = { token, password: `${PASSWORD} again` };
    const answers = await race(on.browser(), (from) => from.post('/api/password-resets/complete', body));
    // The link was spent by the winner, before the loser looked or while it waited.
    expect(tally(answers)).toEqual({ won: 1, lost: ['410 link-over'] });
  }
});

test('[AVL-1] the first code of an authenticator app being set up', async () => {
  for (let round = 0; round < 10; round++) {
    const holder = await on.holder();
    const browser = await signIn(on, on.browser(), holder);
    const { ceremony } = good(await browser.post<InCeremony>('/api/account/authenticators'));
    const { id, code } = await firstCode(browser, ceremony);
    const path = `/api/ceremonies/${ceremony.id}/enrolments/${id}/proofs`;
    const answers = await race(browser, (from) => from.post(path, { code }));
    const { won, lost } = tally(answers);
    expect(won).toBe(1);
    // Spent by the winner; nothing pending any more; or, counted as wrong before it was judged, one of too many.
    const reasons = [
      '404 ceremony-gone',
      '409 method-unavailable',
      '422 code-rejected',
      '429 too-many-tries',
    ];
    expect(reasons).toEqual(expect.arrayContaining(lost));
  }
});

async function firstCode(browser: HttpBrowser, ceremony: Ceremony): Promise<{ id: string; code: string }> {
  const { id, key } = await startApp(browser, ceremony);
  return { id, code: await totpAt(base32Decode(key)!, on.nowMs()) };
}

test('[AVL-1] [OTP-2] an authenticator code, in one ceremony', async () => {
  for (let round = 0; round < 20; round++) {
    const holder = await on.holder({ totp: true });
    const browser = on.browser();
    const ceremony = await enterPassword(browser, holder);
    const proof = { ...asked(ceremony, 'totp'), code: await on.code(holder) };
    const { won, lost } = tally(await race(browser, (from) => prove(from, ceremony.id, proof)));
    expect(won).toBe(1);
    // Spent by the winner; proven already, so no longer asked for; or one of too many that were being judged.
    expect(['409 method-unavailable', '422 code-rejected', '429 too-many-tries']).toEqual(
      expect.arrayContaining(lost),
    );
  }
});

test('[AVL-1] a code by SMS', async () => {
  for (let round = 0; round < 10; round++) {
    const holder = await on.holder({ sms: true });
    const browser = on.browser();
    const open = await enterPassword(browser, holder);
    const { ceremony, code } = await sendCode(on, browser, open, 'sms-code', holder.phone);
    const proof = { ...asked(ceremony, 'sms-code'), challenge: ceremony.challenge?.id, code };
    const { won, lost } = tally(await race(browser, (from) => prove(from, ceremony.id, proof)));
    expect(won).toBe(1);
    // The challenge was answered, or its five tries were taken; or the step was no longer asked for.
    expect(['409 challenge-over', '409 method-unavailable']).toEqual(expect.arrayContaining(lost));
  }
});

test('[AVL-1] the finish of a sign-in', async () => {
  for (let round = 0; round < 20; round++) {
    const holder = await on.holder();
    const browser = on.browser();
    const ceremony = await enterPassword(browser, holder);
    const answers = await race(browser, (from) => tryFinish(from, ceremony));
    expect(tally(answers)).toEqual({ won: 1, lost: ['404 ceremony-gone'] });
    const cookies = answers.flatMap(({ headers }) => headers.getSetCookie());
    expect(cookies.filter((cookie) => cookie.startsWith('__Host-sigillo-session='))).toHaveLength(1);
  }
});

test('[AVL-1] [REC-1] a recovery code', async () => {
  const holder = await on.holder({ totp: true });
  const browser = await signIn(on, on.browser(), holder);
  const { codes } = good(await browser.post<{ codes: string[] }>('/api/account/recovery-codes'));
  for (const code of codes.slice(0, 4)) {
    const lost = on.browser();
    const ceremony = await recover(lost, holder);
    const proof = { ...asked(ceremony, 'recovery-code'), code };
    const { won, lost: losers } = tally(await race(lost, (from) => prove(from, ceremony.id, proof)));
    expect(won, losers.join()).toBe(1);
    expect(['409 method-unavailable', '422 code-rejected', '429 too-many-tries']).toEqual(
      expect.arrayContaining(losers),
    );
    const left = await on.database.db.selectFrom('recovery_code').selectAll().execute();
    expect(left.filter((one) => one.used_at === null)).toHaveLength(10 - 1 - codes.indexOf(code));
    // Those that came too late were counted as failures, and may have paused the method.
    await on.advance(3600);
  }
});

test('[AVL-1] sensitive operations of one session, all at once: each done or refused, none half, none an error', async () => {
  const holder = await on.holder({ totp: true, sms: true });
  const browser = await signIn(on, on.browser(), holder);
  const { authenticators } = good(
    await browser.get<{ authenticators: { id: string; type: string }[] }>('/api/account'),
  );
  const sms = authenticators.find((one) => one.type === 'sms-code')!;
  const removals = await race(browser, (from) => from.post(`/api/account/authenticators/${sms.id}/remove`));
  expect(tally(removals)).toEqual({ won: 1, lost: ['404 not-found'] });
  expect(await isSignedIn(browser)).toBe(true);

  const sets = await race(browser, (from) => from.post<{ codes: string[] }>('/api/account/recovery-codes'));
  expect(tally(sets)).toEqual({ won: AT_ONCE, lost: [] });
  const active = await on.database.db
    .selectFrom('authenticator')
    .select('id')
    .where('account_id', '=', holder.id)
    .where('type', '=', 'recovery-code')
    .where('state', '=', 'active')
    .execute();
  expect(active).toHaveLength(1);

  const ends = await race(browser, (from) =>
    from.post('/api/account/sessions/end-all', { keepCurrent: false }),
  );
  expect(tally(ends)).toEqual({ won: 1, lost: ['401 sign-in-needed'] });
});
