import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approve, listRequests } from '../../../../../../tests/setup/app-requests.ts';
import { linkedApp } from '../../../../../../tests/setup/device-app.ts';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  asked,
  type Ceremony,
  type Challenge,
  enterPassword,
  good,
  isSignedIn,
  outcome,
  sendCode,
  signIn,
  tryCode,
  tryFinish,
  tryPassword,
  tryRecovery,
} from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import {
  approveSuspension,
  askToSuspend,
  beginLift,
  type HoldShown,
  proveNext,
  SUSPENSION,
  suspendSelf,
  tryLift,
  WISH,
} from '../../../../../../tests/setup/suspensions.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

const methodsOf = ({ options }: Ceremony) => options.map(({ method }) => method).sort();
const holdsOf = async (browser: HttpBrowser, { id }: Ceremony) =>
  good(await browser.get<{ holds: HoldShown[] }>(`/api/ceremonies/${id}/suspension`)).holds;

/** A holder who has signed in at the first node, with a second factor. */
async function signedIn(enrolled: Parameters<PopulatedInstallation['holder']>[0] = { totp: true }) {
  const holder = await on.holder(enrolled);
  return { holder, browser: await signIn(on, on.browser(), holder) };
}

/** A sign-in that waits for an approval in the app. */
async function pushed(holder: Holder) {
  const browser = on.browser();
  const ceremony = await enterPassword(browser, holder);
  const path = `/api/ceremonies/${ceremony.id}/challenges`;
  const { challenge } = good(await browser.post<{ challenge: Challenge }>(path, asked(ceremony, 'app-push')));
  return { browser, ceremony, number: challenge.number };
}

describe('suspending one’s own account', () => {
  test('[REC-7] ends sessions, sign-ins under way, requests and apps on every node at once', async () => {
    const { holder, browser } = await signedIn();
    const app = await linkedApp(on, holder);
    const { ceremony: waiting, browser: elsewhere, number } = await pushed(holder);
    const { requests } = (await listRequests(on, app, 1)).body;
    expect(requests).toHaveLength(1);

    const receipt = await suspendSelf(on, browser, holder, { reason: 'other', days: 7 });
    expect(receipt.ended).toEqual({ sessions: 1, apps: 1, identities: 0 });
    expect(Date.parse(receipt.until) - Date.parse(receipt.at)).toBe(7 * 86_400_000);
    for (const node of [0, 1]) {
      expect(await isSignedIn(browser.at(on.nodes[node]!.url))).toBe(false);
      expect(outcome(await listRequests(on, app, node))).toBe('403 account-suspended');
      const answer = await approve(on, app, requests[0]!, { number, node });
      expect(outcome(answer)).toBe('403 account-suspended');
    }
    expect(outcome(await tryFinish(elsewhere, waiting))).toBe('404 ceremony-gone');
    expect(outcome(await elsewhere.get(`/api/ceremonies/${waiting.id}`))).toBe('404 ceremony-gone');
  });

  test('[SPID-IDL-12] takes a code that counts for this suspension alone', async () => {
    const { holder, browser } = await signedIn();
    const proposed = await askToSuspend(browser, { reason: 'other', days: 3 });
    const early = { reason: 'other', days: 3, operation: proposed.operation };
    expect(outcome(await browser.post(SUSPENSION, early))).toBe('409 operation-gone');
    const operation = await approveSuspension(on, browser, holder, proposed);
    const longer = { reason: 'other', days: 30, operation };
    expect(outcome(await browser.post(SUSPENSION, longer))).toBe('409 operation-gone');
    expect(await isSignedIn(browser)).toBe(true);
    good(await browser.post(SUSPENSION, early));
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('[SPID-IDL-12] of who has no second factor asks a code by SMS, or by e-mail where there is no number', async () => {
    const bare = await signedIn({});
    expect(methodsOf((await askToSuspend(bare.browser)).ceremony)).toEqual(['email-code']);
    await suspendSelf(on, bare.browser, bare.holder);
    expect(await isSignedIn(bare.browser)).toBe(false);
  });

  test('[SPID-IDL-7] lasts 30 days at most', async () => {
    const { browser } = await signedIn();
    for (const days of [0, 31, 2.5])
      expect(outcome(await browser.post(SUSPENSION, { ...WISH, days }))).toBe('400 bad-input');
  });

  test('tells every confirmed address, with how to lift it', async () => {
    const { holder, browser } = await signedIn();
    await suspendSelf(on, browser, holder);
    const { subject, text } = await on.dev.newest(holder.email);
    expect(subject).toBe('Your account is suspended');
    expect(text).toContain('/sign-in');
  });

  test('[REC-7] of 16 requests with one approval one suspends', async () => {
    const { holder, browser } = await signedIn();
    const operation = await approveSuspension(on, browser, holder, await askToSuspend(browser));
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        browser.at(on.nodes[index % 2]!.url).post(SUSPENSION, { ...WISH, operation }),
      ),
    );
    const ends = answers.map(outcome);
    expect(ends.filter((end) => end === '200')).toHaveLength(1);
    for (const end of ends) expect(['200', '401 sign-in-needed', '409 operation-gone']).toContain(end);
  });

  test('[REC-7] no approval that races a suspension lets anybody in', async () => {
    const { holder, browser } = await signedIn();
    const app = await linkedApp(on, holder);
    const { ceremony, browser: elsewhere, number } = await pushed(holder);
    const { requests } = (await listRequests(on, app)).body;
    const operation = await approveSuspension(on, browser, holder, await askToSuspend(browser));
    const finishing = approve(on, app, requests[0]!, { number, node: 1 }).then(() =>
      tryFinish(elsewhere, ceremony),
    );
    const suspending = browser.post(SUSPENSION, { ...WISH, operation });
    await Promise.all([finishing, suspending]);
    good(await suspending);
    expect(await isSignedIn(elsewhere)).toBe(false);
  });
});

describe('a suspended account', () => {
  async function suspended(
    wish = WISH,
    enrolled: Parameters<PopulatedInstallation['holder']>[0] = { totp: true },
  ) {
    const { holder, browser } = await signedIn(enrolled);
    await suspendSelf(on, browser, holder, wish);
    return { holder, browser: on.browser() };
  }

  test('[SPID-ERR-6] is told to whoever has the password; a wrong one looks like any wrong one', async () => {
    const { holder, browser } = await suspended();
    const wrong = await tryPassword(browser, holder.email, 'not the right password');
    const unknown = await tryPassword(browser, `nobody.beside.${holder.email}`, 'not the right password');
    expect(wrong.status).toBe(unknown.status);
    const { instance: _one, requestId: _two, ...first } = wrong.body as Record<string, unknown> & object;
    const {
      instance: _three,
      requestId: _four,
      ...second
    } = unknown.body as Record<string, unknown> & object;
    expect(first).toEqual(second);
    expect((await beginLift(browser, holder)).purpose).toBe('lift-suspension');
  });

  test('[REC-7] reaches the ceremony that lifts it and nothing else', async () => {
    const { holder, browser } = await suspended();
    const ceremony = await proveNext(on, browser, holder, await beginLift(browser, holder));
    expect(ceremony.state).toBe('satisfied');
    const path = `/api/ceremonies/${ceremony.id}`;
    expect(outcome(await tryFinish(browser, ceremony))).toBe('404 ceremony-gone');
    expect(outcome(await tryRecovery(browser, ceremony))).toBe('404 ceremony-gone');
    expect(outcome(await browser.post(`${path}/enrolments`, { method: 'totp' }))).toBe('404 ceremony-gone');
    expect(outcome(await browser.post('/api/step-up/finish', { ceremony: ceremony.id }))).toMatch(/^40[14]/);
    expect(outcome(await browser.post('/api/qr-tickets', { ceremony: ceremony.id }))).toBe(
      '404 ceremony-gone',
    );
    expect(await isSignedIn(browser)).toBe(false);
    const before = (await on.dev.outbox(holder.email)).length;
    good(await browser.post('/api/password-resets', { identifier: holder.email }));
    expect((await on.dev.outbox(holder.email)).length).toBe(before);
  });

  test('[SPID-IDL-7] is active again once its holder has proven who it is, and every session stays ended', async () => {
    const { holder, browser } = await suspended();
    const begun = await beginLift(browser, holder);
    expect(methodsOf(begun)).toEqual(['totp']);
    expect(await holdsOf(browser, begun)).toMatchObject([{ cause: 'holder-request', lifts: 'holder' }]);
    expect(outcome(await tryLift(browser, begun))).toBe('409 proof-missing');
    const proven = await proveNext(on, browser, holder, begun);
    expect(good(await tryLift(browser, proven))).toEqual({ active: true, left: [] });
    expect(outcome(await tryLift(browser, proven))).toBe('404 ceremony-gone');
    expect(await isSignedIn(browser)).toBe(false);
    expect(await isSignedIn(await signIn(on, browser, holder))).toBe(true);
  });

  test('[SPID-CRD-7] whose telephone was lost is lifted by two channels, and its apps are stopped for good', async () => {
    const { holder, browser } = await signedIn({ totp: true, sms: true });
    const app = await linkedApp(on, holder);
    await suspendSelf(on, browser, holder, { reason: 'lost-phone', days: 30 });
    const visitor = on.browser();
    let ceremony = await beginLift(visitor, holder);
    expect(methodsOf(ceremony)).toEqual(['email-code', 'sms-code', 'totp']);
    const sent = await sendCode(on, visitor, ceremony, 'email-code', holder.email);
    ceremony = good(await tryCode(visitor, sent.ceremony, 'email-code', sent.code)).ceremony;
    expect(good(await tryLift(visitor, ceremony)).active).toBe(true);
    expect(outcome(await listRequests(on, app))).toBe('409 device-frozen');
  });

  test('[REC-7] of 16 lifts at once one goes through', async () => {
    const { holder, browser } = await suspended();
    const proven = await proveNext(on, browser, holder, await beginLift(browser, holder));
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => tryLift(browser.at(on.nodes[index % 2]!.url), proven)),
    );
    const ends = answers.map(outcome).sort();
    expect(ends).toEqual(['200', ...Array(15).fill('404 ceremony-gone')]);
  });
});
