import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import { agePassword, giveIdentity } from '../../../../../../tests/setup/identities.ts';
import {
  type Ceremony,
  enterPassword,
  good,
  type InCeremony,
  isSignedIn,
  outcome,
  sendCode,
  signIn,
  tryCode,
  tryFinish,
  tryPassword,
} from '../../../../../../tests/setup/journeys.ts';
import { newApp, tryFinishLink, tryStartLink } from '../../../../../../tests/setup/link-app.ts';
import {
  type Enrolled,
  type Holder,
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { inTransaction } from '../../../platform/database/database.ts';
import { randomId } from '../../../platform/ids.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(2);
});
afterAll(() => on[Symbol.asyncDispose]());

const DAY = 24 * 3600;
const NEXT = 'Amber-Falcon 12 under oaks';

/** An authenticator app, as one that was set up elsewhere. */
const NEW_APP = {
  method: 'totp',
  state: 'active' as const,
  contactId: null,
  bindingLevel: 2 as const,
  keyProtection: 'software' as const,
  label: 'Elsewhere',
  expiresAt: null,
};

async function withIdentity(enrolled?: Enrolled, ageDays?: number): Promise<Holder> {
  const holder = await on.holder(enrolled);
  await giveIdentity({ ...on, db: on.database.db }, holder.id);
  if (ageDays !== undefined) await agePassword(on, holder.id, ageDays);
  return holder;
}

const renew = (browser: HttpBrowser, { id }: Ceremony, current: string, next = NEXT) =>
  browser.post<InCeremony & { reason?: string; triesLeft?: number }>(`/api/ceremonies/${id}/password`, {
    current,
    next,
  });

/** A sign-in that waits for a new password. */
async function waiting(holder: Holder): Promise<{ browser: HttpBrowser; ceremony: Ceremony }> {
  const browser = on.browser();
  const ceremony = await enterPassword(browser, holder);
  expect(ceremony).toMatchObject({
    state: 'open',
    renewal: true,
    renewalLater: false,
    options: [],
    setUp: null,
  });
  return { browser, ceremony };
}

test('[SPID-CRD-2] of who has an identity a password opens no session from its 180th day on; of nobody else', async () => {
  const [anna, bruno] = [await withIdentity(), await on.holder()];
  await on.advance(180 * DAY - 60);
  for (const holder of [anna, bruno])
    expect((await enterPassword(on.browser(), holder)).state).toBe('satisfied');
  const earlier = await signIn(on, on.browser(), anna);
  await on.advance(60);
  expect((await enterPassword(on.browser(), bruno)).state).toBe('satisfied');
  const { browser, ceremony } = await waiting(anna);
  expect(outcome(await tryFinish(browser, ceremony))).toBe('409 proof-missing');
  // What was open goes on to its own end, until another password is chosen.
  expect(await isSignedIn(earlier)).toBe(true);
  const renewed = good(await renew(browser, ceremony, anna.password)).ceremony;
  expect(renewed).toMatchObject({ id: ceremony.id, state: 'satisfied', renewal: false, renewalLater: false });
  expect(await isSignedIn(earlier)).toBe(false);
  good(await tryFinish(browser, ceremony));
  expect(await isSignedIn(browser)).toBe(true);
  expect(outcome(await tryPassword(on.browser(), anna.email, anna.password))).toBe('422 sign-in-refused');
  anna.password = NEXT;
  await signIn(on, on.browser(1), anna);
  expect((await on.dev.newest(anna.email)).subject).toContain('password');
});

test('[SPID-CRD-2] who does not have the password learns nothing of its age', async () => {
  const [over, young] = [await withIdentity({}, 200), await withIdentity()];
  const tries = [over, young].map((holder) => tryPassword(on.browser(), holder.email, 'not this one at all'));
  const [one, other] = await Promise.all(tries);
  expect(outcome(one!)).toBe('422 sign-in-refused');
  expect({ ...one!.body, requestId: '' }).toEqual({ ...other!.body, requestId: '' });
});

test('[SPID-CRD-2] [SPID-CRD-3] the new one is held to every rule, and is not the old one', async () => {
  const holder = await withIdentity({}, 181);
  const { browser, ceremony } = await waiting(holder);
  const reason = async (next: string) => (await renew(browser, ceremony, holder.password, next)).body.reason;
  expect(await reason(holder.password)).toBe('needs-upper');
  expect(await reason('Correct horse battery staple 1!')).toBe('used-before');
  expect(await reason('a new lamp beside the river')).toBe('needs-upper');
  const wrong = await renew(browser, ceremony, 'not this one at all');
  expect([outcome(wrong), wrong.body.triesLeft]).toEqual(['422 password-wrong', 4]);
  expect(outcome(await tryFinish(browser, ceremony))).toBe('409 proof-missing');
  good(await renew(browser, ceremony, holder.password));
  // A ceremony that asks for nothing renews nothing.
  expect(outcome(await renew(browser, ceremony, NEXT, 'Seven-Otters 31 by the weir'))).toBe(
    '409 method-unavailable',
  );
  // Nor does it come back when its own time is over.
  await agePassword(on, holder.id, 181);
  holder.password = NEXT;
  const later = await waiting(holder);
  expect((await renew(later.browser, later.ceremony, NEXT)).body.reason).toBe('used-before');
});

test('[PW-5] [SPID-CRD-2] the second factor comes first; of who has none a code to the phone', async () => {
  const anna = await withIdentity({ totp: true }, 181);
  const browser = on.browser();
  let ceremony = await enterPassword(browser, anna);
  expect(ceremony).toMatchObject({ renewal: false, renewalLater: true, options: [{ method: 'totp' }] });
  expect(outcome(await renew(browser, ceremony, anna.password))).toBe('409 method-unavailable');
  ({ ceremony } = good(await tryCode(browser, ceremony, 'totp', await on.code(anna))));
  expect(ceremony).toMatchObject({ state: 'open', renewal: true, canRecover: false, options: [] });
  good(await renew(browser, ceremony, anna.password));
  good(await tryFinish(browser, ceremony));

  const bruno = await withIdentity({ sms: true }, 181);
  await on.database.db
    .deleteFrom('authenticator')
    .where('account_id', '=', bruno.id)
    .where('type', '=', 'sms-code')
    .execute();
  const his = on.browser();
  ceremony = await enterPassword(his, bruno);
  expect(ceremony).toMatchObject({
    renewal: false,
    renewalLater: true,
    options: [{ slot: 'authorise', method: 'sms-code' }],
  });
  expect(outcome(await renew(his, ceremony, bruno.password))).toBe('409 method-unavailable');
  const sent = await sendCode(on, his, ceremony, 'sms-code', bruno.phone);
  ({ ceremony } = good(await tryCode(his, sent.ceremony, 'sms-code', sent.code)));
  expect(ceremony.renewal).toBe(true);
  expect(good(await renew(his, ceremony, bruno.password)).ceremony.state).toBe('satisfied');
});

test('[SPID-CRD-2] no other ceremony, browser or time goes on with it', async () => {
  const holder = await withIdentity({}, 181);
  const [stale, other, mine] = [await waiting(holder), await waiting(holder), await waiting(holder)];
  expect(outcome(await renew(on.browser(), stale.ceremony, holder.password))).toBe('404 ceremony-gone');
  await on.advance(9 * 60);
  const fresh = await waiting(holder);
  await on.advance(2 * 60);
  expect(outcome(await renew(mine.browser, mine.ceremony, holder.password))).toBe('404 ceremony-gone');
  const late = await waiting(holder);
  good(await renew(fresh.browser, fresh.ceremony, holder.password));
  for (const { browser, ceremony } of [stale, other, late])
    expect(outcome(await renew(browser, ceremony, NEXT, 'Seven-Otters 31 by the weir'))).toBe(
      '404 ceremony-gone',
    );
  // A proof of the old one, put in by itself, is no renewal either.
  expect(outcome(await tryFinish(late.browser, late.ceremony))).toBe('404 ceremony-gone');
});

test('[SPID-CRD-2] the old password, proven once more by itself, renews nothing', async () => {
  const holder = await withIdentity({}, 181);
  const { browser, ceremony } = await waiting(holder);
  const { authenticators } = (await on.stores.accounts.load(on.database.db as never, holder.id))!;
  const target = authenticators.find(({ method }) => method === 'password')!.id;
  const again = { slot: 'current-password', method: 'password', target, code: holder.password };
  await browser.post(`/api/ceremonies/${ceremony.id}/proofs`, again);
  expect(outcome(await tryFinish(browser, ceremony))).toBe('409 proof-missing');
});

test('[SPID-CRD-2] [AVL-1] of sixteen renewals at once one wins', async () => {
  const holder = await withIdentity({}, 181);
  const own = [await waiting(holder), await waiting(holder)];
  const words = ['Oaks', 'Weir', 'Dawn', 'Tiles', 'Snow', 'Reeds', 'Larch', 'Mill'];
  const nexts = words.flatMap((word) => [`Amber-Falcon 12 ${word}`, `Seven-Otters 31 ${word}`]);
  const answers = await Promise.all(
    nexts.map((next, index) =>
      renew(own[index % 2]!.browser, own[index % 2]!.ceremony, holder.password, next),
    ),
  );
  const won = nexts.filter((_, index) => answers[index]!.status === 200);
  expect(won).toHaveLength(1);
  const lost = new Set(answers.filter(({ status }) => status !== 200).map(outcome));
  // Too late; or judged against the one that won; or one of more tries at once than are granted.
  for (const why of lost)
    expect(['404 ceremony-gone', '422 password-wrong', '429 too-many-tries']).toContain(why);
  holder.password = won[0]!;
  // Its browser is recognised: the tries that came too late do not keep it out.
  await signIn(on, own[nexts.indexOf(won[0]!) % 2]!.browser, holder);
});

test('[SPID-CRD-2] nothing is set up before it is renewed; a factor that came meanwhile has to be shown', async () => {
  const holder = await withIdentity({}, 181);
  const { browser, ceremony } = await waiting(holder);
  const begun = await browser.post(`/api/ceremonies/${ceremony.id}/enrolments`, { method: 'totp' });
  expect(outcome(begun)).toBe('409 method-unavailable');
  const at = new Date(on.nowMs());
  const app = { ...NEW_APP, id: randomId(), channelId: randomId(), secret: Buffer.from(holder.seed), at };
  await inTransaction(on.database.db, (tx) => on.stores.authenticators.insert(tx, holder.id, app));
  expect(outcome(await renew(browser, ceremony, holder.password))).toBe('409 proof-missing');
});

test('[SPID-CRD-2] it links no app either: its holder is sent to the pages of the account', async () => {
  const holder = await withIdentity({}, 181);
  const app = await newApp();
  const { ceremony } = good(await tryStartLink(on, app, holder));
  expect(ceremony).toMatchObject({ purpose: 'link-app', state: 'open', renewal: true, options: [] });
  expect(outcome(await tryFinishLink(on, app, ceremony))).toBe('409 proof-missing');
  expect(outcome(await renew(on.browser(), ceremony, holder.password))).toBe('404 ceremony-gone');
});
