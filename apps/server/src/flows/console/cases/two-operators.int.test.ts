import { daysLater, romeDayOf } from '@sigillo/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import { giveIdentity, somePerson } from '../../../../../../tests/setup/identities.ts';
import { good, outcome, signIn } from '../../../../../../tests/setup/journeys.ts';
import {
  ceremonyOf,
  decide,
  giveOperator,
  type TestOperator,
} from '../../../../../../tests/setup/operators.ts';
import { provePasskey } from '../../../../../../tests/setup/passkeys.ts';
import { type PopulatedInstallation, sharedInstallation } from '../../../../../../tests/setup/populated.ts';
import { suspendSelf } from '../../../../../../tests/setup/suspensions.ts';
import { inTransaction } from '../../../platform/database/database.ts';
import { holdStore } from '../../../stores/gate/hold.store.ts';

let on: PopulatedInstallation;
let first: TestOperator;
let second: TestOperator;
beforeAll(async () => {
  on = await sharedInstallation();
  first = await giveOperator(on, 'reviewer');
  second = await giveOperator(on, 'reviewer');
});
afterAll(() => on[Symbol.asyncDispose]());

const identitiesOf = (accountId: string) =>
  inTransaction(on.database.db, (tx) => on.stores.identities.ofAccount(tx, accountId));
const take = (who: TestOperator, id: string) =>
  who.browser.post(`/api/console/cases/${id}/take`, { note: 'Mine now.' });
const decision = (id: string) => `/api/console/cases/${id}/decision`;
const accept = (who: TestOperator, id: string) =>
  decide<{ state: string }>(who, decision(id), { accept: true });

/** What an operator types about somebody. */
function person() {
  const documentExpiresOn = daysLater(romeDayOf(on.nowMs()), 1825);
  return { type: 1, documentExpiresOn, attributes: somePerson(documentExpiresOn) };
}

const putForm = (browser: HttpBrowser, content: string) =>
  fetch(new URL('/api/console/revocation-requests/form', on.server.url), {
    method: 'PUT',
    body: content,
    headers: {
      'content-type': 'application/pdf',
      host: new URL(on.server.issuer).host,
      origin: on.server.issuer,
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
  });

async function requestedRevocation() {
  const holder = await on.holder({ sms: true, totp: true });
  await giveIdentity({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs }, holder.id);
  expect((await putForm(first.browser, '%PDF-1.7 signed %%EOF')).status).toBe(204);
  const wanted = {
    holder: holder.userId,
    cause: 'holder-request',
    receivedBy: 'certified-mail',
    verified: 'Called back at the registered number.',
  };
  const { id } = good(await first.browser.post<{ id: string }>('/api/console/revocation-requests', wanted));
  return { holder, id };
}

describe('[REC-7] [SPID-IDL-10] a revocation', () => {
  test('takes two operators, never one twice; then nothing of the account works any more', async () => {
    const { holder, id } = await requestedRevocation();
    const browser = await signIn(on, on.browser(), holder);
    good(await take(first, id));
    expect(good(await accept(first, id))).toEqual({ state: 'open' });
    expect((await identitiesOf(holder.id))[0]?.state).toBe('active');
    good(await take(first, id));
    expect(outcome(await first.browser.post(decision(id), { accept: true }))).toBe(
      '409 other-operator-needed',
    );
    good(await take(second, id));
    expect(good(await second.browser.get(`/api/console/cases/${id}`))).toMatchObject({
      waitsForSecond: true,
      payload: { receivedBy: 'certified-mail', verified: 'Called back at the registered number.' },
      files: [{ part: 'form', mediaType: 'application/pdf' }],
      history: [{ what: 'opened' }, { what: 'taken' }, { what: 'approved-first' }, { what: 'taken' }, {}],
    });
    expect(good(await accept(second, id))).toEqual({ state: 'accepted' });
    expect((await identitiesOf(holder.id))[0]?.state).toBe('revoked');
    expect(outcome(await browser.get('/api/account'))).toBe('401 sign-in-needed');
  });

  test('is refused by one, also after another has approved; its form goes after thirty days', async () => {
    const { holder, id } = await requestedRevocation();
    good(await take(first, id));
    good(await accept(first, id));
    good(await take(second, id));
    const refusal = { accept: false, reason: 'The signature is not the holder’s.' };
    expect(good(await decide(second, decision(id), refusal))).toEqual({ state: 'refused' });
    expect((await identitiesOf(holder.id))[0]?.state).toBe('active');
    const { db } = on.database;
    const files = () =>
      db.selectFrom('case_file').select('forget_at').where('subject_id', '=', holder.id).execute();
    const [form] = await files();
    const days = ((form?.forget_at?.getTime() ?? 0) - on.nowMs()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    await inTransaction(db, (tx) => on.stores.cases.forgetDueFiles(tx, form?.forget_at ?? new Date(0)));
    expect(await files()).toEqual([]);
  });

  test('needs the form, and a holder with an identity; no endpoint revokes on the holder’s click', async () => {
    const wanted = { cause: 'holder-request', receivedBy: 'desk', verified: 'An identity card at the desk.' };
    const path = '/api/console/revocation-requests';
    const ask = async (holder: string) => outcome(await first.browser.post(path, { ...wanted, holder }));
    expect(await ask('nobody@example.org')).toBe('404 holder-unknown');
    expect(await ask(second.email)).toBe('404 holder-unknown');
    const holder = await on.holder();
    expect(await ask(holder.email)).toBe('404 identity-gone');
    await giveIdentity({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs }, holder.id);
    expect(await ask(holder.email)).toBe('409 form-missing');
  });

  test('of 16 approvals at once by both operators, each counts once', async () => {
    const { id, holder } = await requestedRevocation();
    const third = await giveOperator(on, 'reviewer');
    good(await take(first, id));
    good(await accept(first, id));
    const ceremonies: { who: TestOperator; approval: string }[] = [];
    for (const who of [second, third]) {
      good(await take(who, id));
      const ceremony = ceremonyOf(await who.browser.post(decision(id), { accept: true }));
      good(await provePasskey(who.browser, ceremony, who.device));
      ceremonies.push({ who, approval: ceremony.id });
    }
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const { who, approval } = ceremonies[index % 2]!;
        const at = who.browser.at(on.nodes[(index >> 1) % 2]!.url);
        return outcome(await at.post(decision(id), { accept: true, approval }));
      }),
    );
    expect(outcomes.filter((one) => one === '200')).toHaveLength(1);
    expect((await identitiesOf(holder.id))[0]?.state).toBe('revoked');
  });
});

const REPORTS = '/api/console/abuse-reports';

/** A holder who has suspended the account for some days, and what a reviewer registers about it. */
async function suspendedFor(days: number) {
  const holder = await on.holder({ sms: true, totp: true });
  await giveIdentity({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs }, holder.id);
  await suspendSelf(on, await signIn(on, on.browser(), holder), holder, { reason: 'other', days });
  expect((await putForm(first.browser, '%PDF-1.7 report %%EOF')).status).toBe(204);
  const receivedOn = romeDayOf(on.nowMs());
  const verified = 'The original was seen at the desk.';
  return { holder, report: { holder: holder.userId, receivedBy: 'desk', receivedOn, verified } };
}

describe('[SPID-IDL-7] a copy of the report to the authorities', () => {
  test('within the days of a suspension: no day ends it any more, and two operators revoke', async () => {
    const { holder, report } = await suspendedFor(1);
    expect(outcome(await first.browser.post(REPORTS, report))).toBe('403 proof-needed');
    const { id } = good(await decide<{ id: string }>(first, REPORTS, report));
    const holds = await inTransaction(on.database.db, (tx) => holdStore.list(tx, holder.id));
    expect(holds.map(({ cause, dueAt }) => [cause, dueAt !== null])).toEqual([
      ['holder-request', true],
      ['suspected-abuse', false],
    ]);
    const all = async () => (await identitiesOf(holder.id)).map(({ state }) => state);
    expect(await all()).toEqual(['suspended']);
    for (const who of [first, second]) {
      good(await take(who, id));
      good(await accept(who, id));
    }
    expect(await all()).toEqual(['revoked']);
  });

  test('of another day, or of nobody who asked for a suspension, is none', async () => {
    const { report } = await suspendedFor(30);
    const tomorrow = daysLater(report.receivedOn, 1);
    const yesterday = daysLater(report.receivedOn, -1);
    for (const receivedOn of [tomorrow, yesterday])
      expect(outcome(await first.browser.post(REPORTS, { ...report, receivedOn }))).toBe(
        '409 report-too-late',
      );
    const { holder } = await requestedRevocation();
    expect(outcome(await first.browser.post(REPORTS, { ...report, holder: holder.userId }))).toBe(
      '409 report-too-late',
    );
  });
});

describe('[SPID-IDL-10] a case that may end an identity', () => {
  test('has the account rest first, by whoever has taken it; the holder is told', async () => {
    const { holder, id } = await requestedRevocation();
    const path = `/api/console/cases/${id}/suspend`;
    const browser = await signIn(on, on.browser(), holder);
    expect(outcome(await decide(first, path))).toBe('409 case-not-yours');
    good(await take(first, id));
    expect(outcome(await decide(first, path))).toBe('204');
    expect((await identitiesOf(holder.id))[0]?.state).toBe('suspended');
    expect(outcome(await browser.get('/api/account'))).toBe('401 sign-in-needed');
    const texts = async () =>
      (await on.dev.outbox(holder.email)).map(({ text }) => text.replaceAll(/\s+/g, ' ')).join();
    await expect.poll(texts).toContain('We have received your form to revoke');
    expect(outcome(await decide(first, path))).toBe('409 rests-already');
    good(await accept(first, id));
    good(await take(second, id));
    expect(good(await accept(second, id))).toEqual({ state: 'accepted' });
  });

  test('is taken from a colleague with a note only, which stands in its history', async () => {
    const { id } = await requestedRevocation();
    const path = `/api/console/cases/${id}/take`;
    good(await first.browser.post(path, {}));
    expect(outcome(await second.browser.post(path, {}))).toBe('409 case-taken');
    good(await second.browser.post(path, { note: 'She is on leave.' }));
    const { history } = good(await second.browser.get<{ history: object[] }>(`/api/console/cases/${id}`));
    expect(history.at(-1)).toMatchObject({ what: 'taken-over', note: 'She is on leave.' });
  });

  test('[SPID-IDL-5] death and a legal person’s end are proven by a document, and end what they can', async () => {
    const holder = await on.holder({ sms: true });
    const surroundings = { db: on.database.db, keyring: on.keyring, nowMs: on.nowMs };
    await giveIdentity(surroundings, holder.id);
    const path = '/api/console/revocation-requests';
    const verified = 'Extract of the register of companies.';
    const wanted = { holder: holder.email, receivedBy: 'public-register', verified };
    const ask = async (cause: string) => outcome(await first.browser.post(path, { ...wanted, cause }));
    expect(await ask('legal-person-extinct')).toBe('404 identity-gone');
    expect(await ask('death')).toBe('409 form-missing');
    expect((await putForm(first.browser, '%PDF-1.7 certificate %%EOF')).status).toBe(204);
    expect(await ask('death')).toBe('201');
  });
});

describe('an identity', () => {
  test('is created by two operators who agree, and told to its holder', async () => {
    const holder = await on.holder({ sms: true });
    const typed = person();
    const wanted = { ...typed, holder: holder.email };
    const answer = await first.browser.post<{ id: string }>('/api/console/identity-requests', wanted);
    const { id } = good(answer);
    expect((await identitiesOf(holder.id))[0]).toMatchObject({
      state: 'requested',
      attributes: { familyName: 'Rossi' },
    });
    good(await take(first, id));
    expect(good(await first.browser.get(`/api/console/cases/${id}`))).toMatchObject({
      attributes: { placeOfBirth: 'H501' },
      birthPlace: 'Roma',
    });
    expect(good(await accept(first, id))).toEqual({ state: 'open' });
    good(await take(second, id));
    expect(good(await accept(second, id))).toEqual({ state: 'accepted' });
    expect((await identitiesOf(holder.id))[0]?.state).toBe('active');
  });

  test('is not asked for without verified contacts, nor with attributes of another form', async () => {
    const path = '/api/console/identity-requests';
    const typed = person();
    const without = await on.holder();
    expect(outcome(await first.browser.post(path, { ...typed, holder: without.email }))).toBe(
      '409 contacts-missing',
    );
    const holder = await on.holder({ sms: true });
    const wrong = {
      ...typed,
      holder: holder.email,
      attributes: { ...typed.attributes, fiscalNumber: 'TINIT-X' },
    };
    expect(outcome(await first.browser.post(path, wrong))).toBe('422 identity-attributes-wrong');
  });
});
