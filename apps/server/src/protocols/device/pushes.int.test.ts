import { totpAt } from '@sigillo/otp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approve, listRequests, refuse } from '../../../../../tests/setup/app-requests.ts';
import { type DeviceApp, linkedApp } from '../../../../../tests/setup/device-app.ts';
import type { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import {
  asked,
  type Ceremony,
  type Challenge,
  enterPassword,
  good,
  type InCeremony,
  isSignedIn,
  outcome,
  tryCode,
  tryFinish,
} from '../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../tests/setup/populated.ts';
import { inTransaction } from '../../platform/database/database.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(2);
});
afterAll(() => on[Symbol.asyncDispose]());

async function withApp() {
  const holder = await on.holder();
  return { holder, app: await linkedApp(on, holder), browser: on.browser() };
}

const tryPush = (browser: HttpBrowser, ceremony: Ceremony) =>
  browser.post<{ challenge: Challenge }>(
    `/api/ceremonies/${ceremony.id}/challenges`,
    asked(ceremony, 'app-push'),
  );

/** A sign-in that waits for the app, with the number that its page shows. */
async function pushed(browser: HttpBrowser, holder: Holder) {
  const ceremony = await enterPassword(browser, holder);
  const { challenge } = good(await tryPush(browser, ceremony));
  return { ceremony, number: challenge.number ?? '', challenge };
}

async function onlyRequest(app: DeviceApp, node = 0) {
  const { requests } = good(await listRequests(on, app, node));
  expect(requests).toHaveLength(1);
  return requests[0]!;
}

const look = async (browser: HttpBrowser, { id }: Ceremony) =>
  good(await browser.get<InCeremony>(`/api/ceremonies/${id}`)).ceremony;

/** Another number of as many digits. */
const another = (number: string) => (number === '000' ? '111' : '000');

describe('approving a push', () => {
  test('[PUSH-1] [PUSH-4] the app shows who, where and what, its holder types the number of the page, and the page goes on', async () => {
    const { holder, app, browser } = await withApp();
    const { ceremony, number } = await pushed(browser, holder);
    expect(number).toMatch(/^\d{3}$/);
    expect((await look(browser, ceremony)).challenge).toMatchObject({ number, state: 'open', triesLeft: 1 });
    const request = await onlyRequest(app, 1);
    expect(request).toMatchObject({ kind: 'push', type: 'sign-in', numberDigits: 3, fromNewPlace: true });
    const lines = request.text.split('\n');
    expect(lines[0]).toBe('Sign in to Sigillo?');
    expect(lines.slice(1).map((line) => line.split('\t')[0])).toEqual([
      'Account',
      'Browser',
      'Place',
      'When',
    ]);
    expect(request.text).not.toContain(number);
    good(await approve(on, app, request, { number, node: 1 }));
    const after = await look(browser, ceremony);
    expect(after).toMatchObject({ state: 'satisfied', proven: ['password', 'app-push'] });
    good(await tryFinish(browser, after));
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('[PUSH-1] without the number nothing is approved, and a wrong one ends the request', async () => {
    const { holder, app, browser } = await withApp();
    const { ceremony, number } = await pushed(browser, holder);
    const request = await onlyRequest(app);
    expect(outcome(await approve(on, app, request))).toBe('422 number-wrong');
    expect(outcome(await approve(on, app, request, { number }))).toBe('410 request-gone');
    expect((await look(browser, ceremony)).challenge).toMatchObject({ state: 'wrong', number: null });
    const again = good(await tryPush(browser, ceremony)).challenge.number ?? '';
    const second = await onlyRequest(app);
    expect(outcome(await approve(on, app, second, { number: another(again) }))).toBe('422 number-wrong');
    expect(await look(browser, ceremony)).toMatchObject({ state: 'open', challenge: { state: 'wrong' } });
  });

  test('[PUSH-1] the page cannot answer for the app', async () => {
    const { holder, browser } = await withApp();
    const { ceremony, number, challenge } = await pushed(browser, holder);
    const body = { ...asked(ceremony, 'app-push'), challenge: challenge.id, code: number };
    const answer = await browser.post(`/api/ceremonies/${ceremony.id}/proofs`, body);
    expect(outcome(answer)).toBe('409 method-unavailable');
  });

  test('[PUSH-3] swapped account, client, action, words or keys: refused, each time', async () => {
    const { holder, app, browser } = await withApp();
    const other = (await withApp()).app;
    const sibling = await linkedApp(on, holder);
    for (const bent of [
      { bend: { account: other.device.accountId } },
      { bend: { client: 'claims-portal' } },
      { bend: { type: 'remove-device' } },
      { bend: { operationDigest: Buffer.alloc(32, 1).toString('base64url') } },
      { bend: { textDigest: Buffer.alloc(32, 1).toString('base64url') } },
      { bend: { nonce: Buffer.alloc(32, 1).toString('base64url') } },
      { by: other },
      { by: sibling },
    ]) {
      await on.advance(601);
      const { number } = await pushed(browser, holder);
      const answer = await approve(on, app, await onlyRequest(app), { number, ...bent });
      expect([bent, outcome(answer)]).toEqual([bent, '422 number-wrong']);
      await on.advance(24 * 3600);
    }
  });

  test('[PUSH-3] an approval is good once, for one request: repeated or moved to the next one it is worth nothing', async () => {
    const { holder, app, browser } = await withApp();
    const first = await pushed(browser, holder);
    const request = await onlyRequest(app);
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => approve(on, app, request, { number: first.number, node: n % 2 })),
    );
    const outcomes = answers.map(outcome);
    expect(outcomes.filter((one) => one === '200')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['200', '410 request-gone']));
    const second = await pushed(on.browser(), holder);
    const next = await onlyRequest(app);
    const moved = { ...next, nonce: request.nonce };
    expect(outcome(await approve(on, app, moved, { number: second.number }))).toBe('422 number-wrong');
  });

  test('an app that is at another generation has to be unlocked again, and loses no try', async () => {
    const { holder, app, browser } = await withApp();
    const { number } = await pushed(browser, holder);
    const request = await onlyRequest(app);
    expect(outcome(await approve(on, app, request, { number, generation: 1 }))).toBe('409 not-unlocked');
    expect(outcome(await approve(on, app, request, { number }))).toBe('200');
  });

  test('answered on the second of two devices, it is gone from the first', async () => {
    const { holder, app, browser } = await withApp();
    const laptop = await linkedApp(on, holder);
    const { number } = await pushed(browser, holder);
    const request = await onlyRequest(app);
    good(await approve(on, laptop, await onlyRequest(laptop, 1), { number, node: 1 }));
    expect(good(await listRequests(on, app)).requests).toEqual([]);
    expect(outcome(await approve(on, app, request, { number }))).toBe('410 request-gone');
  });

  test('another account’s app neither sees nor answers it', async () => {
    const { holder, app, browser } = await withApp();
    const stranger = (await withApp()).app;
    const { number } = await pushed(browser, holder);
    expect(good(await listRequests(on, stranger)).requests).toEqual([]);
    const request = await onlyRequest(app);
    expect(outcome(await approve(on, stranger, request, { number }))).toBe('410 request-gone');
    expect(outcome(await refuse(on, stranger, request))).toBe('410 request-gone');
  });
});

describe('how often', () => {
  test('[PUSH-2] never before the first factor; it lives for 120 seconds', async () => {
    const { holder, app, browser } = await withApp();
    const { ceremony, number } = await pushed(browser, holder);
    const request = await onlyRequest(app);
    await on.advance(121);
    expect(outcome(await approve(on, app, request, { number }))).toBe('410 request-gone');
    expect(good(await listRequests(on, app)).requests).toEqual([]);
    expect((await look(browser, ceremony)).challenge).toMatchObject({ state: 'expired' });
  });

  test('[PUSH-2] one waits at a time: a newer one takes its place', async () => {
    const { holder, app } = await withApp();
    const [one, two] = [on.browser(), on.browser()];
    const first = await pushed(one, holder);
    await pushed(two, holder);
    await onlyRequest(app);
    expect((await look(one, first.ceremony)).challenge).toMatchObject({ state: 'replaced' });
  });

  test('[PUSH-2] three in ten minutes and ten in a day without success; other methods remain', async () => {
    const { holder, app, browser } = await withApp();
    const ceremony = await enterPassword(browser, holder);
    for (let sent = 0; sent < 3; sent++) good(await tryPush(browser, ceremony));
    const fourth = await tryPush(on.browser(), await enterPassword(on.browser(), holder)).catch(() => null);
    const withheld = await tryPush(browser, ceremony);
    expect(outcome(withheld)).toBe('429 push-withheld');
    expect(fourth === null || outcome(fourth) !== '201').toBe(true);
    expect(withheld.body).toMatchObject({ retryAfterSeconds: expect.any(Number) });
    const code = await totpAt(app.seed, on.nowMs());
    expect(good(await tryCode(browser, ceremony, 'app-code', code)).ceremony.state).toBe('satisfied');
    for (let round = 0; round < 2; round++) {
      await on.advance(601);
      const next = await enterPassword(browser, holder);
      for (let sent = 0; sent < 3; sent++) good(await tryPush(browser, next));
    }
    await on.advance(601);
    const last = await enterPassword(browser, holder);
    expect(outcome(await tryPush(browser, last))).toBe('201');
    expect(outcome(await tryPush(browser, last))).toBe('429 push-withheld');
  });

  test('[PUSH-2] of 16 that ask at once, for four sign-ins on two nodes, three get through, and one waits', async () => {
    const { holder, app } = await withApp();
    const pages: { browser: HttpBrowser; ceremony: Ceremony }[] = [];
    for (let begun = 0; begun < 4; begun++) {
      const browser = on.browser(begun % 2);
      pages.push({ browser, ceremony: await enterPassword(browser, holder) });
    }
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => {
        const { browser, ceremony } = pages[n % 4]!;
        return tryPush(browser, ceremony);
      }),
    );
    expect(answers.map(outcome).sort()).toEqual([
      ...Array(3).fill('201'),
      ...Array(13).fill('429 push-withheld'),
    ]);
    await onlyRequest(app);
  });

  test('[PUSH-2] an approved one forgives the ones before it', async () => {
    const { holder, app, browser } = await withApp();
    const ceremony = await enterPassword(browser, holder);
    for (let sent = 0; sent < 2; sent++) good(await tryPush(browser, ceremony));
    const { challenge } = good(await tryPush(browser, ceremony));
    good(await approve(on, app, await onlyRequest(app), { number: challenge.number }));
    const next = await enterPassword(on.browser(), holder).then(() => pushed(on.browser(), holder));
    expect(next.number).toMatch(/^\d{3}$/);
  });
});

describe('refusing', () => {
  test('[PUSH-4] a refusal ends the request, needs no unlock, and the page is told', async () => {
    const { holder, app, browser } = await withApp();
    const { ceremony, number } = await pushed(browser, holder);
    const request = await onlyRequest(app);
    good(await refuse(on, app, request));
    const after = await look(browser, ceremony);
    expect(after).toMatchObject({ state: 'open', challenge: { state: 'refused', number: null } });
    expect(outcome(await approve(on, app, request, { number }))).toBe('410 request-gone');
    expect(outcome(await refuse(on, app, request))).toBe('410 request-gone');
  });

  test('[PUSH-4] "it wasn’t me" ends the sign-in, tells every address, and mutes pushes for 30 minutes', async () => {
    const { holder, app, browser } = await withApp();
    const { ceremony } = await pushed(browser, holder);
    const letters = (await on.dev.outbox(holder.email)).length;
    good(await refuse(on, app, await onlyRequest(app), 'not-me'));
    expect(outcome(await browser.get(`/api/ceremonies/${ceremony.id}`))).toBe('404 ceremony-gone');
    expect((await on.dev.newest(holder.email, letters)).subject).toBe(
      'You said that a request was not yours',
    );
    const next = await enterPassword(browser, holder);
    await on.advance(29 * 60);
    const again = await enterPassword(browser, holder);
    expect(outcome(await tryPush(browser, again))).toBe('429 push-withheld');
    await on.advance(61);
    expect(outcome(await tryPush(browser, await enterPassword(browser, holder)))).toBe('201');
    expect(next.state).toBe('open');
  });

  test('[PUSH-4] it stands in the holder’s audit trail who refused what', async () => {
    const { holder, app, browser } = await withApp();
    await pushed(browser, holder);
    good(await refuse(on, app, await onlyRequest(app)));
    const { db } = on.database;
    const events = await db
      .selectFrom('access_event')
      .select(['kind', 'outcome', 'method'])
      .where('account_id', '=', holder.id)
      .orderBy('id', 'desc')
      .limit(1)
      .execute();
    expect(events).toEqual([{ kind: 'sign-in', outcome: 'failure', method: 'app-push' }]);
  });
});

describe('codes of the app', () => {
  test('[OTP-2] of 50 that hand in one code at once, one wins; each device has codes of its own', async () => {
    const { holder, app } = await withApp();
    const laptop = await linkedApp(on, holder);
    const code = await totpAt(app.seed, on.nowMs());
    const browsers: { browser: HttpBrowser; ceremony: Ceremony }[] = [];
    for (let begun = 0; begun < 10; begun++) {
      const browser = on.browser();
      browsers.push({ browser, ceremony: await enterPassword(browser, holder) });
    }
    const tries = browsers.flatMap((one) => Array.from({ length: 5 }, () => one));
    const answers = await Promise.all(
      tries.map(({ browser, ceremony }) => tryCode(browser, ceremony, 'app-code', code)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    await on.advance(15 * 60 + 1);
    const other = on.browser();
    const ceremony = await enterPassword(other, holder);
    const theirs = await totpAt(laptop.seed, on.nowMs());
    expect(outcome(await tryCode(other, ceremony, 'app-code', theirs))).toBe('200');
  });

  test('[OTP-1] a code two steps off is refused, and so is one of a device that was removed', async () => {
    const { holder, app, browser } = await withApp();
    const ceremony = await enterPassword(browser, holder);
    const early = await totpAt(app.seed, on.nowMs() - 61_000);
    expect(outcome(await tryCode(browser, ceremony, 'app-code', early))).toBe('422 code-rejected');
    const second = await linkedApp(on, holder);
    await inTransaction(on.database.db, (tx) => on.stores.devices.freeze(tx, second.device));
    const frozen = await totpAt(second.seed, on.nowMs());
    expect(outcome(await tryCode(browser, ceremony, 'app-code', frozen))).toBe('422 code-rejected');
  });
});
