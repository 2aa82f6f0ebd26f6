import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  almostChanged,
  cancel,
  change,
  finishChange,
  withPhone,
} from '../../../../../../tests/setup/contacts.ts';
import { good, isSignedIn, outcome, signIn, tryPassword } from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  PASSWORD,
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(2);
});
afterAll(() => on[Symbol.asyncDispose]());

const HOUR = 3600;
let numbers = 0;
const newPhone = () => `+39335123${String(++numbers).padStart(4, '0')}`;
const newEmail = () => `taken.over.${++numbers}@example.org`;
const check = (token: string) => on.browser().post('/api/contact-changes/check', { token });

const contactsOf = async ({ id }: Holder) => {
  const rows = await on.database.db
    .selectFrom('contact')
    .select(['id', 'kind'])
    .where('account_id', '=', id)
    .orderBy('kind')
    .execute();
  return rows;
};

test('[REC-6] the old address undoes the change: looked at it is still good, then once; sessions and password are over', async () => {
  const { holder, browser } = await withPhone(on);
  const before = await contactsOf(holder);
  const address = newEmail();
  good(await change(on, browser, holder, 'email', address));
  const token = await on.dev.linkToken(holder.email);
  const scanner = on.browser();
  for (const method of ['GET', 'HEAD']) await scanner.request(method, '/cancel-change');
  for (let looks = 0; looks < 3; looks++)
    expect(good(await check(token))).toMatchObject({
      kind: 'email',
      old: expect.stringMatching(/^h•+@example\.org$/),
    });
  const results = await Promise.all(
    Array.from({ length: 16 }, (_, index) => cancel(on.browser(index % 2), token)),
  );
  expect(results.map(outcome).sort()).toEqual(['204', ...Array(15).fill('410 link-over')]);
  expect(outcome(await check(token))).toBe('410 link-over');
  expect(await contactsOf(holder)).toEqual(before);
  expect(await isSignedIn(browser)).toBe(false);
  // Whoever changed it knew the password.
  expect(outcome(await tryPassword(on.browser(), holder.email, PASSWORD))).toBe('422 sign-in-refused');
  for (const to of [holder.email, address])
    await expect
      .poll(async () => (await on.dev.outbox(to)).map(({ subject }) => subject), { timeout: 10_000 })
      .toContain('Your earlier e-mail address is back');

  const sent = (await on.dev.outbox(holder.email)).length;
  good(await on.browser().post('/api/password-resets', { identifier: holder.email }));
  const reset = await on.dev.linkToken(holder.email, sent);
  const password = 'a new lamp beside the river';
  good(await on.browser().post('/api/password-resets/complete', { token: reset, password }));
  const back = await signIn(on, on.browser(), { ...holder, password });
  // The address stays as it is for the rest of the six days, whoever asks.
  expect(outcome(await back.post('/api/account/contacts/changes', { kind: 'email' }))).toBe(
    '409 contact-locked',
  );
  // The other one is free again, for somebody else.
  const stranger = await withPhone(on);
  await on.advance(31);
  good(await change(on, stranger.browser, stranger.holder, 'email', address));
});

test('[REC-6] the old number undoes the change by the link in its SMS, and has its codes again', async () => {
  const { holder, browser } = await withPhone(on);
  const before = await contactsOf(holder);
  good(await change(on, browser, holder, 'phone', newPhone()));
  const token = await on.dev.linkToken(holder.phone);
  // Whoever took the number over takes its codes away, and the link with them?
  const { authenticators } = good(
    await browser.get<{ authenticators: { id: string; type: string }[] }>('/api/account'),
  );
  const sms = authenticators.find(({ type }) => type === 'sms-code');
  good(await browser.post(`/api/account/authenticators/${sms?.id}/remove`));
  good(await cancel(on.browser(), token));
  expect(await contactsOf(holder)).toEqual(before);
  const factors = await on.database.db
    .selectFrom('authenticator')
    .select(['contact_id', 'binding_level'])
    .where('account_id', '=', holder.id)
    .where('type', '=', 'sms-code')
    .where('state', '=', 'active')
    .execute();
  expect(factors).toEqual([
    { contact_id: before.find(({ kind }) => kind === 'phone')?.id, binding_level: 2 },
  ]);
});

test('[REC-6] the link is good for 72 hours; then the address is free for others', async () => {
  const { holder, browser } = await withPhone(on);
  good(await change(on, browser, holder, 'email', newEmail()));
  const token = await on.dev.linkToken(holder.email);
  const holds = async () =>
    (await on.stores.identifiers.find(on.database.db as never, on.stores.identifiers.hash(holder.email)!)) ===
    holder.id;
  await on.advance(72 * HOUR - 5);
  expect(outcome(await check(token))).toBe('200');
  expect(await holds()).toBe(true);
  await on.advance(5);
  expect(outcome(await check(token))).toBe('410 link-over');
  expect(outcome(await cancel(on.browser(), token))).toBe('410 link-over');
});

test('[REC-6] a changed, cut or foreign token undoes nothing', async () => {
  const [mine, theirs] = [await withPhone(on), await withPhone(on)];
  const tokens = [];
  for (const { holder, browser } of [mine, theirs]) {
    await on.advance(31);
    good(await change(on, browser, holder, 'email', newEmail()));
    tokens.push(Buffer.from(await on.dev.linkToken(holder.email), 'base64url'));
  }
  const [own, other] = tokens as [Buffer, Buffer];
  const flipped = Buffer.from(own);
  flipped[47]! ^= 1;
  const moved = Buffer.concat([own.subarray(0, 16), other.subarray(16)]);
  for (const wrong of [flipped, moved, own.subarray(1)])
    expect(outcome(await cancel(on.browser(), wrong.toString('base64url')))).toBe('410 link-over');
  expect(outcome(await cancel(on.browser(), own.toString('base64url')))).toBe('204');
});

test('[REC-6] a change and the undoing of another at once: whichever is second finds nothing to stand on, or undoes no more than its own', async () => {
  const { holder, browser } = await withPhone(on);
  good(await change(on, browser, holder, 'email', newEmail()));
  const token = await on.dev.linkToken(holder.email);
  await on.advance(31);
  const almost = await almostChanged(on, browser, holder, 'phone', newPhone());
  const [undone, changed] = await Promise.all([cancel(on.browser(1), token), finishChange(browser, almost)]);
  // The change first: the link is still good, or comes a moment too late for it and is good for the next press.
  if (undone.status !== 204) good(await cancel(on.browser(1), token));
  expect(['200', '401 sign-in-needed', '404 ceremony-gone']).toContain(outcome(changed));
  expect(await isSignedIn(browser)).toBe(false);
  expect((await contactsOf(holder)).map(({ kind }) => kind)).toEqual(['email', 'phone']);
  const { email } = await on.database.db
    .selectFrom('identifier')
    .select(({ fn }) => fn.countAll<string>().as('email'))
    .where('account_id', '=', holder.id)
    .where('kind', '=', 'email')
    .executeTakeFirstOrThrow();
  expect(Number(email)).toBe(1);
});
