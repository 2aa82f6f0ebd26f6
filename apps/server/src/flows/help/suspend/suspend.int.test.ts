import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listRequests, refuse } from '../../../../../../tests/setup/app-requests.ts';
import { copyOf, linkedApp, unlockApp } from '../../../../../../tests/setup/device-app.ts';
import { giveIdentity } from '../../../../../../tests/setup/identities.ts';
import {
  asked,
  type Challenge,
  enterPassword,
  good,
  isSignedIn,
  outcome,
  signIn,
  tryPassword,
} from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import {
  beginLift,
  confirmByPhone,
  type HoldShown,
  makeCard,
  proveNext,
  requestByPhone,
  suspendSelf,
  tryLift,
  useCard,
} from '../../../../../../tests/setup/suspensions.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(2);
});
afterAll(() => on[Symbol.asyncDispose]());

async function signedIn(enrolled: Parameters<PopulatedInstallation['holder']>[0] = { totp: true }) {
  const holder = await on.holder(enrolled);
  return { holder, browser: await signIn(on, on.browser(), holder) };
}

const give = (holder: Holder) =>
  giveIdentity({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs }, holder.id);
const identitiesOf = (holder: Holder) =>
  on.database.db.selectFrom('identity').select('state').where('account_id', '=', holder.id).execute();
const purposeOf = async (holder: Holder) => (await enterPassword(on.browser(), holder)).purpose;

describe('the emergency card', () => {
  test('[SPID-IDL-6] suspends the account and its identity on every node, in any browser, and nothing else', async () => {
    const { holder, browser } = await signedIn();
    await give(holder);
    const { code, link } = await makeCard(browser);
    expect(link).toBe(`${on.server.issuer}/suspend#${code}`);
    const finder = on.browser(1);
    const answer = await useCard(finder, code.toLowerCase().replaceAll('-', ' '));
    expect(outcome(answer)).toBe('200');
    expect(Object.keys(good(answer))).toEqual(['until']);
    expect(Date.parse(good(answer).until) - on.nowMs()).toBeGreaterThan(29 * 86_400_000);
    expect(await isSignedIn(browser)).toBe(false);
    expect(await isSignedIn(finder)).toBe(false);
    expect(await identitiesOf(holder)).toEqual([{ state: 'suspended' }]);
    const { subject, text } = await on.dev.newest(holder.email, 1);
    expect(subject).toBe('Your account is suspended');
    expect(text).toContain('emergency card');
  });

  test('does nothing when it is only looked at', async () => {
    const { browser } = await signedIn();
    const { code } = await makeCard(browser);
    await on.browser().request('GET', `/suspend?code=${code}`);
    expect((await on.browser().request('GET', '/api/suspensions/card')).status).toBeGreaterThanOrEqual(404);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('is stored as a keyed hash of 160 bits, and no other code is taken', async () => {
    const { browser, holder } = await signedIn();
    const { code } = await makeCard(browser);
    expect(code.replaceAll('-', '')).toMatch(/^[A-Z2-7]{32}$/);
    const rows = await on.database.db.selectFrom('emergency_link').selectAll().execute();
    const row = rows.find((one) => one.account_id === holder.id);
    expect(row?.secret_hmac).toHaveLength(32);
    const other = code.startsWith('A') ? `B${code.slice(1)}` : `A${code.slice(1)}`;
    for (const wrong of [other, code.slice(0, -1), '', 'emergency'])
      expect(outcome(await useCard(on.browser(), wrong))).toMatch(/^40[04] /);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('is worth nothing once a newer one was made, or it was withdrawn', async () => {
    const { browser } = await signedIn();
    const first = await makeCard(browser);
    const second = await makeCard(browser);
    expect(outcome(await useCard(on.browser(), first.code))).toBe('404 emergency-link-unknown');
    good(await browser.post('/api/selfcare/emergency-card/withdraw'));
    expect(outcome(await useCard(on.browser(), second.code))).toBe('404 emergency-link-unknown');
    expect(outcome(await browser.post('/api/selfcare/emergency-card/withdraw'))).toBe('404 not-found');
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('is printed with the link, and says nothing of whose it is', async () => {
    const { browser, holder } = await signedIn();
    const { card } = await makeCard(browser);
    const pdf = Buffer.from(card, 'base64');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    for (const name of [holder.email, holder.userId, holder.id]) expect(pdf.includes(name)).toBe(false);
  });

  test('[SPID-IDL-7] works again after the holder lifted what it did; lifting takes two channels', async () => {
    const { holder, browser } = await signedIn({ totp: true });
    const { code } = await makeCard(browser);
    for (let round = 0; round < 2; round++) {
      good(await useCard(on.browser(), code));
      const visitor = on.browser();
      const begun = await beginLift(visitor, holder);
      expect(begun.options.map(({ method }) => method).sort()).toEqual(['email-code', 'totp']);
      const proven = await proveNext(on, visitor, holder, begun);
      expect(good(await tryLift(visitor, proven)).active).toBe(true);
    }
  });

  test('[REC-7] used 16 times at once suspends once, and every time says until when', async () => {
    const { holder, browser } = await signedIn();
    const { code } = await makeCard(browser);
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => useCard(on.browser(index % 2), code)),
    );
    expect(new Set(answers.map((one) => good(one).until)).size).toBe(1);
    const letters = async () => (await on.dev.outbox(holder.email)).map(({ subject }) => subject);
    await expect.poll(letters, { timeout: 10_000 }).toContain('Your account is suspended');
    expect((await letters()).filter((one) => one === 'Your account is suspended')).toHaveLength(1);
  });

  test('cannot be tried again and again from one network', async () => {
    await on.dev.liftLimits(false);
    const finder = on.browser();
    const ends: string[] = [];
    for (let tried = 0; tried < 11; tried++) ends.push(outcome(await useCard(finder, 'ABCD')));
    expect(ends).toEqual([...Array(10).fill('404 emergency-link-unknown'), '429 too-many-tries']);
    await on.dev.liftLimits(true);
  });
});

describe('who has neither the card nor a session', () => {
  test('[SPID-IDL-6] suspends by the user id and a code to the registered phone, and gets a receipt', async () => {
    const holder = await on.holder({ sms: true });
    const identity = await give(holder);
    expect(identity.state).toBe('active');
    const { browser, request, code } = await requestByPhone(on, holder);
    expect(await purposeOf(holder)).toBe('sign-in');
    const wrong = code === '000000' ? '111111' : '000000';
    expect(outcome(await confirmByPhone(browser, request, wrong))).toBe('422 code-rejected');
    expect(outcome(await confirmByPhone(on.browser(), request, code))).toBe('422 code-rejected');
    expect(await purposeOf(holder)).toBe('sign-in');
    expect(Object.keys(good(await confirmByPhone(browser, request, code)))).toEqual(['until']);
    expect(outcome(await confirmByPhone(browser, request, code))).toBe('422 code-rejected');
    expect(await purposeOf(holder)).toBe('lift-suspension');
    expect(await identitiesOf(holder)).toEqual([{ state: 'suspended' }]);
    expect((await on.dev.newest(holder.email)).subject).toBe('Your account is suspended');
  });

  test('[SPID-IDL-6] is told nothing of whether there is such an account, or a number', async () => {
    const holder = await on.holder();
    const visitor = on.browser();
    const ask = (identifier: string) =>
      visitor.post<{ request: string }>('/api/suspensions/requests', { identifier });
    const none = good(await ask('nobody@example.org'));
    const known = good(await ask(holder.userId));
    const reachable = good(await ask((await on.holder({ sms: true })).userId));
    const lengths = [none, known, reachable].map(({ request }) => request.length);
    expect(new Set(lengths).size).toBe(1);
    for (const { request } of [none, known])
      expect(outcome(await confirmByPhone(visitor, request, '123456'))).toBe('422 code-rejected');
  });

  test('cannot have one holder flooded with codes: three a day at most, told to nobody', async () => {
    const holder = await on.holder({ sms: true });
    await on.dev.liftLimits(false);
    for (let asked = 0; asked < 5; asked++) {
      const answer = await on.browser().post('/api/suspensions/requests', { identifier: holder.userId });
      expect(outcome(answer)).toBe('202');
      await on.advance(700);
    }
    const sent = await on.dev.outbox(holder.phone);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.length).toBeLessThanOrEqual(3);
    await on.dev.liftLimits(true);
  });
});

describe('what is noticed', () => {
  async function withCopiedApp(hasIdentity: boolean) {
    const holder = await on.holder({ totp: true });
    if (hasIdentity) await give(holder);
    const app = await linkedApp(on, holder);
    await unlockApp(on, app, '135790');
    const copy = copyOf(app);
    await unlockApp(on, app, '135790');
    await unlockApp(on, app, '135790');
    await unlockApp(on, copy, '135790').catch(() => false);
    return holder;
  }

  test('[SPID-IDL-11] a copied app suspends the account of who holds an identity, until two operators have looked', async () => {
    const holder = await withCopiedApp(true);
    const browser = on.browser();
    const begun = await beginLift(browser, holder);
    const { holds } = good(
      await browser.get<{ holds: HoldShown[] }>(`/api/ceremonies/${begun.id}/suspension`),
    );
    expect(holds).toMatchObject([{ cause: 'suspected-abuse', until: null, lifts: 'operators' }]);
    const proven = await proveNext(on, browser, holder, begun);
    expect(good(await tryLift(browser, proven))).toMatchObject({ active: false });
    expect(await purposeOf(holder)).toBe('lift-suspension');
    expect(await identitiesOf(holder)).toEqual([{ state: 'suspended' }]);
  });

  test('[SPID-IDL-11] of who holds none, it stops the app and tells them', async () => {
    const holder = await withCopiedApp(false);
    expect(await purposeOf(holder)).toBe('sign-in');
  });

  test('[SPID-IDL-11] no stranger who only knows a name suspends anybody', async () => {
    const { holder, browser } = await signedIn({ totp: true });
    await give(holder);
    for (let tried = 0; tried < 12; tried++)
      await tryPassword(on.browser(tried % 2), holder.email, 'a guess, and wrong');
    for (const identifier of [holder.email, holder.userId]) {
      await on.browser().post('/api/password-resets', { identifier });
      const { request } = good(
        await on.browser().post<{ request: string }>('/api/suspensions/requests', { identifier }),
      );
      for (const code of ['000000', '111111', '222222']) await confirmByPhone(on.browser(), request, code);
    }
    expect(await isSignedIn(browser)).toBe(true);
    expect(await identitiesOf(holder)).toEqual([{ state: 'active' }]);
  });

  test('[SPID-IDL-11] a request that was not its holder’s is stopped; where the installation says so, it suspends', async () => {
    const strict = await populatedInstallation(1, { SIGILLO_MONITORING: 'everybody' });
    await using _ = strict;
    for (const [where, purpose] of [
      [on, 'sign-in'],
      [strict, 'lift-suspension'],
    ] as const) {
      const holder = await where.holder({ totp: true });
      const app = await linkedApp(where, holder);
      const browser = where.browser();
      const ceremony = await enterPassword(browser, holder);
      const path = `/api/ceremonies/${ceremony.id}/challenges`;
      good(await browser.post<{ challenge: Challenge }>(path, asked(ceremony, 'app-push')));
      const { requests } = (await listRequests(where, app)).body;
      expect((await refuse(where, app, requests[0]!, 'not-me')).status).toBeLessThan(300);
      expect((await enterPassword(where.browser(), holder)).purpose).toBe(purpose);
    }
  });

  test('a suspension of one’s own is no suspicion', async () => {
    const { holder, browser } = await signedIn();
    await suspendSelf(on, browser, holder);
    const visitor = on.browser();
    const begun = await beginLift(visitor, holder);
    const { holds } = good(
      await visitor.get<{ holds: HoldShown[] }>(`/api/ceremonies/${begun.id}/suspension`),
    );
    expect(holds.map(({ cause }) => cause)).toEqual(['holder-request']);
  });
});
