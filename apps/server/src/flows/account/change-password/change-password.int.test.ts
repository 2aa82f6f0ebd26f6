import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  asked,
  type Ceremony,
  good,
  type InCeremony,
  isSignedIn,
  outcome,
  sendCode,
  signIn,
  tryCode,
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

const NEXT = 'a new lamp beside the river';

const begin = (browser: HttpBrowser, current = PASSWORD, next = NEXT) =>
  browser.post<InCeremony>('/api/account/password', { current, next });
const finish = (browser: HttpBrowser, { id }: Pick<Ceremony, 'id'>) =>
  browser.post('/api/account/password/finish', { ceremony: id });

async function confirmed(browser: HttpBrowser, holder: Holder): Promise<Ceremony> {
  const { ceremony } = good(await begin(browser));
  return good(await tryCode(browser, ceremony, 'totp', await on.code(holder))).ceremony;
}

test('[PW-5] the password in use and then the second factor, both for this change; everything else ends on every node within two seconds', async () => {
  const holder = await on.holder({ totp: true });
  const elsewhere = await signIn(on, on.browser(1), holder);
  const browser = await signIn(on, on.browser(), holder);
  const { ceremony } = good(await begin(browser));
  expect(ceremony).toMatchObject({ purpose: 'change-password', state: 'open', proven: ['password'] });
  expect(ceremony.options.map(({ method }) => method)).toEqual(['totp']);
  // The second factor that signed in a moment ago was not given for this.
  expect(outcome(await finish(browser, ceremony))).toBe('409 proof-missing');
  const proven = good(await tryCode(browser, ceremony, 'totp', await on.code(holder))).ceremony;
  expect(proven.state).toBe('satisfied');
  // A ceremony that is for something else, or somebody else's, changes nothing.
  expect(outcome(await browser.post('/api/step-up/finish', { ceremony: proven.id }))).toBe(
    '409 proof-missing',
  );
  expect(outcome(await finish(elsewhere, proven))).toBe('404 ceremony-gone');
  expect(outcome(await finish(browser, proven))).toBe('204');
  const at = Date.now();
  expect(await isSignedIn(elsewhere)).toBe(false);
  expect(Date.now() - at).toBeLessThan(2_000);
  expect(await isSignedIn(browser)).toBe(false);
  expect(outcome(await tryPassword(on.browser(), holder.email, PASSWORD))).toBe('422 sign-in-refused');
  expect(outcome(await tryPassword(on.browser(1), holder.email, NEXT))).toBe('200');
  expect((await on.dev.newest(holder.email)).subject).toMatch(/password/i);
});

test('[PW-5] a wrong password in use is a try like every other: five, then a pause', async () => {
  const holder = await on.holder({ totp: true });
  const browser = await signIn(on, on.browser(), holder);
  for (let left = 4; left >= 0; left--)
    expect(await begin(browser, 'not the password')).toMatchObject({
      status: 422,
      body: { type: expect.stringContaining('password-wrong'), triesLeft: left },
    });
  expect(outcome(await begin(browser))).toBe('429 too-many-tries');
  expect(outcome(await tryPassword(browser, holder.email, PASSWORD))).toBe('429 too-many-tries');
});

test('[PW-1] [PW-3] the rules for a new password are those of registration', async () => {
  const holder = await on.holder();
  const browser = await signIn(on, on.browser(), holder);
  expect(good(await browser.get('/api/account/password'))).toMatchObject({ minLength: 15 });
  const refusals: [string, object][] = [
    ['short', { status: 422, body: { reason: 'too-short', minLength: 15 } }],
    ['passwordpassword', { status: 422, body: { reason: 'common' } }],
    [holder.email, { status: 422, body: { reason: 'contains-name' } }],
  ];
  for (const [next, expected] of refusals)
    expect(await begin(browser, PASSWORD, next)).toMatchObject(expected);
});

test('[PW-5] who has no second factor needs a code to their phone, and where there is none the password alone', async () => {
  const [plain] = await on.holders(1);
  const browser = await signIn(on, on.browser(), plain!);
  const { ceremony } = good(await begin(browser));
  expect(ceremony.state).toBe('satisfied');
  expect(outcome(await finish(browser, ceremony))).toBe('204');

  const holder = await on.holder({ sms: true });
  await on.database.db
    .updateTable('authenticator')
    .set({ state: 'removed' })
    .where('account_id', '=', holder.id)
    .where('type', '=', 'sms-code')
    .execute();
  const withPhone = await signIn(on, on.browser(), holder);
  const asking = good(await begin(withPhone)).ceremony;
  expect(asking.options).toMatchObject([{ slot: 'authorise', method: 'sms-code' }]);
  expect(outcome(await finish(withPhone, asking))).toBe('409 proof-missing');
  const sent = await sendCode(on, withPhone, asking, 'sms-code', holder.phone);
  good(await tryCode(withPhone, sent.ceremony, 'sms-code', sent.code));
  expect(outcome(await finish(withPhone, asking))).toBe('204');
});

test('[PW-5] of sixteen that finish one change, one does; of two changes at once, one', async () => {
  const holder = await on.holder({ totp: true });
  const browser = await signIn(on, on.browser(), holder);
  const proven = await confirmed(browser, holder);
  const results = await Promise.all(
    Array.from({ length: 16 }, (_, index) =>
      finish(index % 2 ? browser.at(on.nodes[1]!.url) : browser, proven),
    ),
  );
  expect(results.filter(({ status }) => status === 204)).toHaveLength(1);
  holder.password = NEXT;

  const [one, other] = [await signIn(on, on.browser(), holder), await signIn(on, on.browser(1), holder)];
  const changes = [];
  for (const [at, next] of [
    [one, 'the first of two passphrases'],
    [other, 'the second of two passphrases'],
  ] as const) {
    const { ceremony } = good(await begin(at, NEXT, next));
    changes.push(good(await tryCode(at, ceremony, 'totp', await on.code(holder))).ceremony);
  }
  const both = await Promise.all([finish(one, changes[0]!), finish(other, changes[1]!)]);
  expect(both.filter(({ status }) => status === 204)).toHaveLength(1);
  const works = await Promise.all(
    ['the first of two passphrases', 'the second of two passphrases'].map((password) =>
      tryPassword(on.browser(), holder.email, password),
    ),
  );
  expect(works.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('[PW-5] a code for another ceremony, or of another slot, does not count', async () => {
  const holder = await on.holder({ totp: true });
  const browser = await signIn(on, on.browser(), holder);
  const { ceremony } = good(await begin(browser));
  const ask = { ...asked(ceremony, 'totp'), slot: 'authorise' };
  const code = await on.code(holder);
  const wrongSlot = await browser.post(`/api/ceremonies/${ceremony.id}/proofs`, { ...ask, code });
  expect(outcome(wrongSlot)).toBe('409 method-unavailable');
  const other = good(await begin(browser)).ceremony;
  good(await tryCode(browser, other, 'totp', await on.code(holder)));
  expect(outcome(await finish(browser, ceremony))).toBe('409 proof-missing');
});
