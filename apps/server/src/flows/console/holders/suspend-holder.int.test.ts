import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approve, listRequests } from '../../../../../../tests/setup/app-requests.ts';
import { openFile } from '../../../../../../tests/setup/desk-scenarios.ts';
import { linkedApp } from '../../../../../../tests/setup/device-app.ts';
import { giveIdentity } from '../../../../../../tests/setup/identities.ts';
import { good, isSignedIn, outcome, signIn } from '../../../../../../tests/setup/journeys.ts';
import { decide, giveOperator, type TestOperator } from '../../../../../../tests/setup/operators.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { beginLift, proveNext, tryLift } from '../../../../../../tests/setup/suspensions.ts';
import { readAudit } from '../../../platform/audit/audit.ts';
import { DAY_MS } from '../../../platform/clock/clock.ts';
import { inTransaction } from '../../../platform/database/database.ts';

let on: PopulatedInstallation;
let desk: TestOperator;
let reviewers: [TestOperator, TestOperator];
beforeAll(async () => {
  on = await sharedInstallation();
  desk = await giveOperator(on, 'help-desk');
  reviewers = [await giveOperator(on, 'reviewer'), await giveOperator(on, 'reviewer')];
});
afterAll(() => on[Symbol.asyncDispose]());

const REASON = 'Asked by the letter of this morning';
const SUSPECTED = { cause: 'suspected-abuse', reason: 'Sign-ins from three countries in an hour' };
const asked = (origin: string, more: object = {}) => ({
  cause: 'holder-request',
  days: 30,
  reason: REASON,
  origin,
  ...more,
});

async function holderOf(want: Parameters<PopulatedInstallation['holder']>[0] = { totp: true }) {
  const holder = await on.holder({ sms: true, ...want });
  await giveIdentity({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs }, holder.id);
  return { holder, path: await openFile(desk, holder) };
}

const identityOf = async ({ id }: Holder) =>
  (await inTransaction(on.database.db, (tx) => on.stores.identities.ofAccount(tx, id)))[0]?.state;
const subjectsTo = async (address: string) => (await on.dev.outbox(address)).map(({ subject }) => subject);
const textsTo = async (address: string) =>
  (await on.dev.outbox(address))
    .map(({ text }) => text)
    .join('\n')
    .replaceAll(/\s+/g, ' ');
const tell = (answer: { status: number; body: unknown }) => outcome(answer);

describe('[SPID-IDL-6] an operator suspends', () => {
  test('by a request of certified mail: at once on every node, for its days; receipt is confirmed; its holder ends it', async () => {
    const { holder, path } = await holderOf();
    const browsers = [await signIn(on, on.browser(0), holder), await signIn(on, on.browser(1), holder)];
    const wish = asked('certified-mail', { days: 7 });
    expect(tell(await desk.browser.post(`${path}/suspend`, wish))).toBe('403 proof-needed');
    const { until, ended } = good(
      await decide<{ until: string; ended: object }>(desk, `${path}/suspend`, wish),
    );
    expect(Date.parse(until) - on.nowMs()).toBeGreaterThan(6.9 * DAY_MS);
    expect(ended).toMatchObject({ sessions: 2, identities: 1 });
    expect(await Promise.all(browsers.map(isSignedIn))).toEqual([false, false]);
    expect(await identityOf(holder)).toBe('suspended');
    await expect
      .poll(() => textsTo(holder.email))
      .toContain('We have received your request by certified mail.');
    await expect.poll(() => textsTo(holder.phone)).toContain('suspended');
    const records = await readAudit(on.database.db, on.keyring, holder.id);
    expect(records.find(({ type }) => type === 'suspended-by-desk')).toMatchObject({
      actor: 'operator',
      details: { operator: desk.id, reason: REASON, origin: 'certified-mail', cause: 'holder-request' },
    });

    const browser = on.browser();
    const proven = await proveNext(on, browser, holder, await beginLift(browser, holder));
    expect(good(await tryLift(browser, proven))).toMatchObject({ active: true });
    expect(await identityOf(holder)).toBe('active');
  });

  test('by a call only once the holder’s app has said who is calling, in this file, within five minutes', async () => {
    const { holder, path } = await holderOf();
    const app = await linkedApp(on, holder);
    const suspend = (check?: string, at = path) =>
      desk.browser.post(`${at}/suspend`, asked('caller-verified', check ? { check } : {}));
    expect(tell(await suspend())).toBe('409 caller-unverified');
    const call = async () =>
      good(await desk.browser.post<{ id: string; number: string }>(`${path}/caller-checks`));
    const { id, number } = await call();
    expect(tell(await suspend(id))).toBe('409 caller-unverified');
    good(await approve(on, app, good(await listRequests(on, app)).requests[0]!, { number }));
    good(await desk.browser.get(`${path}/caller-checks/${id}`));
    expect(tell(await suspend(id, await openFile(desk, holder)))).toBe('409 caller-unverified');
    expect(tell(await suspend(id))).toBe('403 proof-needed');
    await on.advance(5 * 60);
    expect(tell(await suspend(id))).toBe('409 caller-unverified');
    const again = await call();
    good(await approve(on, app, good(await listRequests(on, app)).requests[0]!, { number: again.number }));
    good(await desk.browser.get(`${path}/caller-checks/${again.id}`));
    good(await decide(desk, `${path}/suspend`, asked('caller-verified', { check: again.id })));
    expect(await identityOf(holder)).toBe('suspended');
    expect(tell(await desk.browser.post(`${path}/suspend`, asked('certified-mail')))).toBe(
      '409 rests-already',
    );
  });

  test('[SPID-IDL-7] for 30 days at most where it was asked for, and says how it was', async () => {
    const { path } = await holderOf();
    const wrong = [
      asked('certified-mail', { days: 31 }),
      asked('word-of-mouth'),
      { ...asked('certified-mail'), days: undefined },
    ];
    for (const body of wrong)
      expect(tell(await desk.browser.post(`${path}/suspend`, body))).toBe('400 bad-input');
    expect(tell(await reviewers[0].browser.post(`${path}/suspend`, SUSPECTED))).toBe('403 operator-needed');
  });
});

describe('misuse that an operator suspects', () => {
  async function suspended() {
    const made = await holderOf();
    good(await decide(desk, `${made.path}/suspend`, SUSPECTED));
    return made;
  }
  const askLift = (path: string, cause = 'suspected-abuse') =>
    desk.browser.post<{ id: string }>(`${path}/lift-requests`, {
      cause,
      verified: 'At the desk, with the identity card',
    });
  async function accept(who: TestOperator, id: string) {
    good(await who.browser.post(`/api/console/cases/${id}/take`, { note: 'Mine now.' }));
    return decide<{ state: string }>(who, `/api/console/cases/${id}/decision`, { accept: true });
  }

  test('[SPID-IDL-6] suspends without an end; its holder cannot lift it, one operator neither, two can, and tell', async () => {
    const { holder, path } = await suspended();
    const file = good(await desk.browser.get<{ holds: object[] }>(path));
    expect(file.holds).toMatchObject([{ cause: 'suspected-abuse', until: null, setBy: 'operator' }]);
    const browser = on.browser();
    const proven = await proveNext(on, browser, holder, await beginLift(browser, holder));
    expect(good(await tryLift(browser, proven))).toMatchObject({ active: false });

    const [first, second] = reviewers;
    expect(tell(await askLift(path, 'lost-credential'))).toBe('409 not-suspended');
    const { id } = good(await askLift(path));
    expect(good(await accept(first, id))).toEqual({ state: 'open' });
    expect(await identityOf(holder)).toBe('suspended');
    const firstAgain = { accept: true };
    good(await first.browser.post(`/api/console/cases/${id}/take`, {}));
    expect(tell(await first.browser.post(`/api/console/cases/${id}/decision`, firstAgain))).toBe(
      '409 other-operator-needed',
    );
    expect(good(await accept(second, id))).toEqual({ state: 'accepted' });
    expect(await identityOf(holder)).toBe('active');
    await expect.poll(() => subjectsTo(holder.email)).toContain('Your account is active again');
    expect(await isSignedIn(await signIn(on, on.browser(), holder))).toBe(true);
  });

  test('a request to lift what does not rest any more is accepted by nobody', async () => {
    const { path } = await suspended();
    const [first, second] = reviewers;
    const ids = [good(await askLift(path)).id, good(await askLift(path)).id];
    for (const who of [first, second]) good(await accept(who, ids[0]!));
    good(await accept(first, ids[1]!));
    expect(tell(await accept(second, ids[1]!))).toBe('409 not-suspended');
  });

  test('[SPID-CRD-8] auditors read the life of what the holder proves with; that they did is on record', async () => {
    const { holder } = await suspended();
    const auditor = await giveOperator(on, 'auditor');
    const { credentials } = good(
      await auditor.browser.get<{
        credentials: { method: string; state: string; events: { event: string }[] }[];
      }>(`/api/console/credentials/${holder.id}`),
    );
    expect(credentials.length).toBeGreaterThan(1);
    for (const { state, events } of credentials) {
      expect(state).toBe('suspended');
      expect(events.map(({ event }) => event)).toEqual(['created', 'delivered', 'activated', 'suspended']);
    }
    const records = await readAudit(on.database.db, on.keyring, auditor.id);
    expect(records.filter(({ type }) => type === 'credentials-read')).toMatchObject([
      { details: { account: holder.id } },
    ]);
  });
});
