import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import { giveIdentity } from '../../../../../../tests/setup/identities.ts';
import { good, type InCeremony, outcome, signIn } from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

const DAY = 24 * 3600;

async function withIdentity(): Promise<Holder> {
  const holder = await on.holder();
  const surroundings = { db: on.database.db, keyring: on.keyring, nowMs: on.nowMs };
  await giveIdentity(surroundings, holder.id, { attributes: { name: 'Ottavia', dateOfBirth: '1985-02-03' } });
  return holder;
}

const begin = (browser: HttpBrowser, { password }: Holder, next: string) =>
  browser.post<InCeremony & { reason?: string }>('/api/account/password', { current: password, next });

/** Changes the password of who has no second factor, and signs in with it. */
async function changeTo(browser: HttpBrowser, holder: Holder, next: string): Promise<HttpBrowser> {
  const { ceremony } = good(await begin(browser, holder, next));
  good(await browser.post('/api/account/password/finish', { ceremony: ceremony.id }));
  holder.password = next;
  return signIn(on, on.browser(), holder);
}

const reasonOf = ({ body }: { body: { reason?: string } }) => body.reason;

test('[SPID-CRD-1] [SPID-CRD-4] kinds of characters and what is public, at a change; nobody else is asked for them', async () => {
  const plain = await on.holder();
  expect(
    outcome(await begin(await signIn(on, on.browser(), plain), plain, 'a new lamp beside the river')),
  ).toBe('201');
  const holder = await withIdentity();
  const browser = await signIn(on, on.browser(), holder);
  // The pages say so beforehand, to whom it concerns.
  const rules = async (who: HttpBrowser) =>
    good(await who.get<{ identity: boolean }>('/api/account/password'));
  expect(await rules(browser)).toMatchObject({ identity: true });
  expect(await rules(await signIn(on, on.browser(), plain))).toMatchObject({ identity: false });
  const reasons: [string, string][] = [
    ['a new lamp beside the river', 'needs-upper'],
    ['Quiet-Lanternnn 48 over', 'repeated'],
    ['Quiet-Ottavia 48 over the ridge', 'personal'],
    ['Quiet-Lantern 03.02.1985 ridge', 'personal'],
    ['Correct horse, battery staple 1', 'used-before'],
  ];
  for (const [next, reason] of reasons) expect(reasonOf(await begin(browser, holder, next))).toBe(reason);
  expect(outcome(await begin(browser, holder, 'Quiet-Lantern 48 over the ridge'))).toBe('201');
});

test('[SPID-CRD-1] [SPID-CRD-3] the same rules where a forgotten password is reset', async () => {
  const holder = await withIdentity();
  await changeTo(await signIn(on, on.browser(), holder), holder, 'Quiet-Lantern 48 over the ridge');
  good(await on.browser().post('/api/password-resets', { identifier: holder.email }));
  const token = await on.dev.linkToken(holder.email);
  const checked = await on.browser().post('/api/password-resets/check', { token });
  expect(good(checked)).toMatchObject({ identity: true });
  const complete = (password: string) =>
    on.browser().post<{ reason?: string }>('/api/password-resets/complete', { token, password });
  expect(reasonOf(await complete('a new lamp beside the river'))).toBe('needs-upper');
  expect(reasonOf(await complete('QUIET lantern, 2031 over the ridge'))).toBe('used-before');
  expect(outcome(await complete('Seven-Otters 31 by the weir'))).toBe('200');
});

test('[SPID-CRD-2] none of the last five, nor one like it, before fifteen months: the sixth change at 14 and at 16', async () => {
  const holder = await withIdentity();
  const first = 'Quiet-Lantern 48 over the ridge';
  let browser = await changeTo(await signIn(on, on.browser(), holder), holder, first);
  const others = ['Amber-Falcon 12 under oaks', 'Seven-Otters 31 by the weir', 'Brisk-Violin 77 at dawn'];
  const more = ['Humble-Kettle 56 on tiles', 'Marble-Sparrow 23 in snow'];
  for (const next of others) browser = await changeTo(browser, holder, next);
  // Four changes since are too few, whenever.
  expect(reasonOf(await begin(browser, holder, first))).toBe('used-before');
  for (const next of more) browser = await changeTo(browser, holder, next);
  // Fourteen months, in steps that no password outlives.
  await on.advance(14 * 30 * DAY);
  await on.database.db
    .updateTable('authenticator')
    .set({ created_at: new Date(on.nowMs()) })
    .where('account_id', '=', holder.id)
    .execute();
  browser = await signIn(on, on.browser(), holder);
  expect(reasonOf(await begin(browser, holder, 'Quiet-Lantern 49 over the ridge'))).toBe('used-before');
  await on.advance(60 * DAY);
  browser = await signIn(on, on.browser(), holder);
  expect(outcome(await begin(browser, holder, first))).toBe('201');
});

test('[SPID-CRD-3] [SPID-CRD-5] what is kept of a password is a keyed hash of this account: no password, and no two alike', async () => {
  const [one, other] = [await withIdentity(), await withIdentity()];
  for (const holder of [one, other])
    await changeTo(await signIn(on, on.browser(), holder), holder, 'Quiet-Lantern 48 over the ridge');
  const rows = await on.database.db
    .selectFrom('password_past')
    .select(['account_id', 'likeness'])
    .where('account_id', 'in', [one.id, other.id])
    .execute();
  expect(rows).toHaveLength(4);
  expect(new Set(rows.map(({ likeness }) => likeness.toString('hex'))).size).toBe(4);
  const secrets = await on.database.db
    .selectFrom('authenticator')
    .select('secret_sealed')
    .where('account_id', 'in', [one.id, other.id])
    .where('type', '=', 'password')
    .execute();
  const kept = [
    ...rows.map(({ likeness }) => likeness),
    ...secrets.map(({ secret_sealed }) => secret_sealed!),
  ];
  for (const bytes of kept) expect(bytes.toString('latin1').toLowerCase()).not.toMatch(/lantern|argon/);
});
