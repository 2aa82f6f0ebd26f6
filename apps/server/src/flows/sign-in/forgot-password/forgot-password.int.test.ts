import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  enterPassword,
  good,
  isSignedIn,
  outcome,
  recover,
  sendCode,
  signIn,
  startApp,
  tryCode,
  tryFinish,
  tryPassword,
} from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  PASSWORD,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

const NEW_PASSWORD = 'a new lamp beside the river';

/** Asks for a link and reads it in the mailbox. */
async function linkFor({ email }: Holder, browser = on.browser(), identifier = email): Promise<string> {
  const before = (await on.dev.outbox(email)).length;
  expect(outcome(await browser.post('/api/password-resets', { identifier }))).toBe('202');
  return on.dev.linkToken(email, before);
}

const check = (token: string, browser = on.browser()) =>
  browser.post<{ email: string }>('/api/password-resets/check', { token });
const complete = (token: string, password = NEW_PASSWORD, browser = on.browser()) =>
  browser.post('/api/password-resets/complete', { token, password });

describe('the link', () => {
  test('[REC-2] looked at by a mail scanner it is still good; then it works once, in another browser', async () => {
    const holder = await on.holder();
    const token = await linkFor(holder);
    expect(Buffer.from(token, 'base64url').subarray(16)).toHaveLength(32);
    const scanner = on.browser();
    for (const method of ['GET', 'HEAD']) await scanner.request(method, '/reset-password');
    for (let looks = 0; looks < 3; looks++)
      expect(good(await check(token)).email).toMatch(/^h•+.*@example\.org$/);
    expect(outcome(await complete(token, NEW_PASSWORD, on.browser(1)))).toBe('200');
    expect(outcome(await check(token))).toBe('410 link-over');
    expect(outcome(await complete(token, `${NEW_PASSWORD} again`))).toBe('410 link-over');
    expect(outcome(await tryPassword(on.browser(), holder.email, PASSWORD))).toBe('422 sign-in-refused');
    expect(outcome(await tryPassword(on.browser(), holder.email, NEW_PASSWORD))).toBe('200');
    const notice = await on.dev.newest(holder.email, 1);
    expect(notice.text).toContain('password');
  });

  test('[REC-2] only the newest one works, by whichever name it was asked for', async () => {
    const holder = await on.holder();
    const first = await linkFor(holder);
    const second = await linkFor(holder, on.browser(1), holder.userId);
    expect(outcome(await complete(first))).toBe('410 link-over');
    expect(outcome(await complete(second))).toBe('200');
  });

  test('[REC-2] it is good for half an hour', async () => {
    const holder = await on.holder();
    const token = await linkFor(holder);
    await on.advance(30 * 60 - 5);
    expect(outcome(await check(token))).toBe('200');
    await on.advance(5);
    expect(outcome(await check(token))).toBe('410 link-over');
    expect(outcome(await complete(token))).toBe('410 link-over');
  });

  test('[REC-2] a changed, cut or moved token is no token', async () => {
    const [mine, theirs] = await on.holders(2);
    const token = await linkFor(mine!);
    const other = await linkFor(theirs!);
    const bytes = Buffer.from(token, 'base64url');
    const flipped = Buffer.from(bytes);
    flipped[47]! ^= 1;
    const moved = Buffer.concat([bytes.subarray(0, 16), Buffer.from(other, 'base64url').subarray(16)]);
    for (const wrong of [flipped.toString('base64url'), moved.toString('base64url'), token.slice(1), 'x'])
      expect(outcome(await complete(wrong))).toBe('410 link-over');
    expect(outcome(await complete(token))).toBe('200');
  });

  test('[REC-2] [WEB-4] poisoned headers do not get into the link', async () => {
    const holder = await on.holder();
    const poison = {
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
      'x-host': 'evil.example',
    };
    const answer = await on
      .browser()
      .request('POST', '/api/password-resets', { identifier: holder.email }, poison);
    expect(answer.status).toBe(202);
    const { text, html } = await on.dev.newest(holder.email);
    expect(text).toContain(`${on.server.issuer}/reset-password#`);
    expect(`${text}${html}`).not.toContain('evil');
  });

  test('[PW-1] [PW-3] a refused password says why and leaves the link good', async () => {
    const holder = await on.holder();
    const token = await linkFor(holder);
    const refusals: [string, object][] = [
      ['short', { status: 422, body: { reason: 'too-short', minLength: 15 } }],
      ['passwordpassword', { status: 422, body: { reason: 'common' } }],
      [`${holder.userId}${holder.userId}`, { status: 422, body: { reason: 'contains-name' } }],
      [holder.email, { status: 422, body: { reason: 'contains-name' } }],
      ['kv9 zqu-'.repeat(129), { status: 400, body: { fields: [{ path: 'password', rule: 'too-long' }] } }],
    ];
    for (const [password, expected] of refusals)
      expect(await complete(token, password)).toMatchObject(expected);
    expect(outcome(await complete(token))).toBe('200');
  });

  test('[RATE-1] who has no account gets the same answer and no letter', async () => {
    const answer = await on.browser().post('/api/password-resets', { identifier: 'stranger@example.org' });
    expect(answer).toMatchObject({ status: 202, body: {} });
    expect(await on.dev.outbox('stranger@example.org')).toEqual([]);
  });
});

describe('after a reset', () => {
  async function reset(holder: Holder, browser: HttpBrowser = on.browser()): Promise<HttpBrowser> {
    good(await complete(await linkFor(holder), NEW_PASSWORD, browser));
    holder.password = NEW_PASSWORD;
    return browser;
  }

  test('[REC-3] no session is open, those there were are ended, and the second factor is still asked', async () => {
    const holder = await on.holder({ totp: true });
    const elsewhere = await signIn(on, on.browser(1), holder);
    const browser = await reset(holder);
    expect([...browser.cookies.keys()].join()).not.toContain('session');
    expect(await isSignedIn(browser)).toBe(false);
    expect(await isSignedIn(elsewhere)).toBe(false);
    const ceremony = await enterPassword(browser, holder);
    expect(ceremony).toMatchObject({ state: 'open', options: [{ slot: 'second', method: 'totp' }] });
    expect(outcome(await tryFinish(browser, ceremony))).toBe('409 proof-missing');
    good(await tryCode(browser, ceremony, 'totp', await on.code(holder)));
    expect(outcome(await tryFinish(browser, ceremony))).toBe('200');
  });

  test('[REC-3] a sign-in that was under way with the old password is over', async () => {
    const holder = await on.holder({ totp: true });
    const browser = on.browser();
    const ceremony = await enterPassword(browser, holder);
    await reset(holder);
    const late = await tryCode(browser, ceremony, 'totp', await on.code(holder));
    expect(outcome(late)).toBe('404 ceremony-gone');
  });

  test('[REC-3] [PW-6] a lock-out is lifted for the owner, and browsers are no longer recognised', async () => {
    const holder = await on.holder();
    const own = await signIn(on, on.browser(), holder);
    const tryWrong = () => tryPassword(on.browser(), holder.email, 'not the password').then(outcome);
    for (let tried = 0; tried < 5; tried++) await tryWrong();
    expect(await tryWrong()).toBe('429 too-many-tries');
    await reset(holder);
    for (let tried = 0; tried < 5; tried++) expect(await tryWrong()).toBe('422 sign-in-refused');
    expect(outcome(await tryPassword(own, holder.email, NEW_PASSWORD))).toBe('429 too-many-tries');
  });

  test('[REC-4] the mailbox that reset the password recovers nothing else', async () => {
    const holder = await on.holder({ totp: true });
    const browser = await reset(holder);
    const ceremony = await recover(browser, holder);
    expect(ceremony).toMatchObject({ state: 'open', setUp: null });
    expect(ceremony.options.map((one) => one.method)).not.toContain('email-code');
    const { id: target } = await on.database.db
      .selectFrom('contact')
      .select('id')
      .where('account_id', '=', holder.id)
      .executeTakeFirstOrThrow();
    const ask = { slot: 'recovery', method: 'email-code', target };
    expect(outcome(await browser.post(`/api/ceremonies/${ceremony.id}/challenges`, ask))).toBe(
      '409 method-unavailable',
    );
    await expect(startApp(browser, ceremony)).rejects.toThrow('409 method-unavailable');

    // A second factor shows that the password is its owner's again: then the mailbox is another way.
    await signIn(on, on.browser(), holder);
    const again = await recover(browser, holder);
    const { ceremony: sent, code } = await sendCode(on, browser, again, 'email-code', holder.email);
    const proven = good(await tryCode(browser, sent, 'email-code', code)).ceremony;
    expect(proven.setUp?.methods).toContain('totp');
  });
});
