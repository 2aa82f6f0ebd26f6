import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppBrowser } from '../../../../../../tests/setup/app-browser.ts';
import { linkedApp } from '../../../../../../tests/setup/device-app.ts';
import { giveIdentity } from '../../../../../../tests/setup/identities.ts';
import {
  enterPassword,
  good,
  isSignedIn,
  outcome,
  signIn,
  stepUpOf,
} from '../../../../../../tests/setup/journeys.ts';
import { readableContents } from '../../../../../../tests/setup/opened-values.ts';
import {
  type Holder,
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { exportOf } from '../../../../../../tests/setup/privacy-scenarios.ts';
import { inTransaction } from '../../../platform/database/database.ts';
import { dataExportStore } from '../../../stores/privacy/data-export.store.ts';

const DAY_SECONDS = 24 * 60 * 60;
const PATIENCE = { timeout: 60_000, interval: 200 };

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

interface Data {
  format: string;
  data: Record<string, Record<string, unknown>[]>;
}

async function signedIn(holder?: Holder) {
  const who = holder ?? (await on.holder({ totp: true, sms: true }));
  return { holder: who, browser: await signIn(on, on.browser(), who) };
}

const fetchExport = (browser: ReturnType<typeof on.browser>, token: string) =>
  browser.post<Data>('/api/account/exports/fetch', { token });

test('[PRV-1] asks for a fresh proof, tells the holder, and gives all of it by a link that works once', async () => {
  const { holder, browser } = await signedIn();
  await on.advance(301);
  expect(stepUpOf(await browser.post('/api/account/exports')).state).toBe('open');
  const fresh = await signIn(on, on.browser(), holder);
  const token = await exportOf(on, holder, fresh);
  const subjects = (await on.dev.outbox(holder.email)).map(({ subject }) => subject);
  expect(subjects).toEqual(
    expect.arrayContaining(['You asked for a copy of your data', 'The copy of your data is ready']),
  );
  const { format, data } = good(await fetchExport(fresh, token));
  expect(format).toBe('sigillo-account-data');
  expect(data.account).toMatchObject([{ id: holder.id, user_id: holder.userId }]);
  expect(data.contact?.map(({ address }) => address).sort()).toEqual([holder.phone, holder.email].sort());
  expect(data.audit?.map(({ type }) => type)).toContain('signed-in');
  expect(data.access_event?.length).toBeGreaterThan(0);
  expect(data.session?.length).toBeGreaterThan(1);
  expect(outcome(await fetchExport(fresh, token))).toBe('404 export-gone');
  const kept = await on.database.db
    .selectFrom('data_export')
    .selectAll()
    .where('account_id', '=', holder.id)
    .execute();
  expect(kept).toMatchObject([{ state: 'fetched', content_sealed: null, secret_hash: null }]);
});

test('[PRV-1] no secret is in it', async () => {
  const { holder, browser } = await signedIn();
  const app = await linkedApp(on, holder);
  const text = JSON.stringify(good(await fetchExport(browser, await exportOf(on, holder, browser))));
  const { rows } = await secretsOf(holder);
  for (const secret of [holder.seed, app.seed]) {
    for (const form of ['base64', 'base64url', 'hex'] as const)
      expect(text).not.toContain(Buffer.from(secret).toString(form));
  }
  for (const value of rows) expect(text).not.toContain(value.toString('base64url'));
  expect(text).not.toContain('$argon2id$');
});

async function secretsOf({ id }: Holder): Promise<{ rows: Buffer[] }> {
  const sessions = await on.database.db
    .selectFrom('session')
    .select('token_hash')
    .where('account_id', '=', id)
    .execute();
  return { rows: sessions.map(({ token_hash }) => token_hash) };
}

test('[PRV-1] of 16 who come with one link, one is given the data; no other account is, and nobody after seven days', async () => {
  const { holder, browser } = await signedIn();
  const token = await exportOf(on, holder, browser);
  const stranger = await signedIn();
  expect(outcome(await fetchExport(stranger.browser, token))).toBe('404 export-gone');
  expect((await fetchExport(on.browser(), token)).status).toBe(401);
  const answers = await Promise.all(Array.from({ length: 16 }, () => fetchExport(browser, token)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(15).fill(404)]);

  const late = await exportOf(on, holder, browser);
  await on.advance(7 * DAY_SECONDS);
  const back = await signIn(on, on.browser(), holder);
  expect(outcome(await fetchExport(back, late))).toBe('404 export-gone');
  await inTransaction(on.database.db, (tx) =>
    dataExportStore(on.keyring).forgetOver(tx, new Date(on.nowMs())),
  );
  const kept = await on.database.db
    .selectFrom('data_export')
    .select('state')
    .where('account_id', '=', holder.id)
    .where((eb) => eb.or([eb('content_sealed', 'is not', null), eb('state', '=', 'ready')]))
    .execute();
  expect(kept).toEqual([]);
});

const erasureOf = ({ id }: Holder) =>
  on.database.db.selectFrom('erasure').select('state').where('account_id', '=', id).executeTakeFirst();

/** Asks for the erasure of an account. @returns the token of the link that stops it */
async function askErasure(holder: Holder, browser: ReturnType<typeof on.browser>): Promise<string> {
  const before = (await on.dev.outbox(holder.email)).length;
  good(await browser.post('/api/account/erasure'));
  return on.dev.linkToken(holder.email, before);
}

test('[PRV-2] an erasure closes the account at once: sessions, apps, sign-in, recovery', async () => {
  const { holder, browser } = await signedIn();
  const other = await signIn(on, on.browser(), holder);
  const app = new AppBrowser(on, await linkedApp(on, holder));
  good(await app.get('/device/me'));
  await askErasure(holder, browser);
  expect([await isSignedIn(browser), await isSignedIn(other)]).toEqual([false, false]);
  expect(outcome(await app.get('/device/me'))).toContain('device-gone');
  await expect(enterPassword(on.browser(), holder)).rejects.toThrow();
  const sent = (await on.dev.outbox(holder.email)).length;
  good(await on.browser().post('/api/password-resets', { identifier: holder.email }));
  await on.advance(1);
  expect(
    (await on.dev.outbox(holder.email)).slice(sent).filter(({ subject }) => /password/i.test(subject ?? '')),
  ).toEqual([]);
});

test('[PRV-2] its holder may think better of it for 14 days, by the link, once', async () => {
  const { holder, browser } = await signedIn();
  const token = await askErasure(holder, browser);
  await on.advance(13 * DAY_SECONDS);
  const cancel = () => on.browser().post('/api/erasure/cancel', { token });
  const answers = await Promise.all(Array.from({ length: 16 }, cancel));
  expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(15).fill(404)]);
  await signIn(on, on.browser(), holder);
  expect(await erasureOf(holder)).toEqual({ state: 'cancelled' });
  await on.advance(3 * DAY_SECONDS);
  await signIn(on, on.browser(), holder);
});

const cleared = async (holder: Holder) => {
  await on.advance(15 * DAY_SECONDS);
  await expect.poll(() => erasureOf(holder), PATIENCE).toEqual({ state: 'deleted' });
  await on.advance(DAY_SECONDS + 60);
  await expect.poll(() => erasureOf(holder), PATIENCE).toEqual({ state: 'done' });
};

const findings = async (words: readonly string[]) => {
  const contents = await readableContents(on.database.db, on.keyring);
  return contents
    .filter(({ text }) => words.some((word) => text.toLowerCase().includes(word.toLowerCase())))
    .map(({ table }) => table);
};

test('[PRV-2] 16 days later nothing in any table says who it was, in clear or opened', {
  timeout: 300_000,
}, async () => {
  const { holder, browser } = await signedIn();
  await linkedApp(on, holder);
  good(await browser.post('/api/account/recovery-codes'));
  await exportOf(on, holder, browser);
  const words = [holder.email, holder.phone, holder.userId];
  expect(new Set(await findings(words))).toEqual(new Set(['account', 'contact', 'data_export', 'outbox']));
  const audited = await on.database.db
    .selectFrom('audit')
    .select('id')
    .where('account_id', '=', holder.id)
    .execute();
  const token = await askErasure(holder, browser);
  await cleared(holder);
  const last = await on.dev.outbox(holder.email);
  expect(last).toEqual([]);
  expect(await findings(words)).toEqual([]);
  const { db } = on.database;
  const left = await db.selectFrom('audit').select('id').where('account_id', '=', holder.id).execute();
  expect(left.length).toBeGreaterThan(audited.length);
  expect(await db.selectFrom('audit_key').selectAll().where('account_id', '=', holder.id).execute()).toEqual(
    [],
  );
  expect(outcome(await on.browser().post('/api/erasure/cancel', { token }))).toBe('404 erasure-gone');
  await expect(enterPassword(on.browser(), holder)).rejects.toThrow();
});

test('[PRV-2] whoever holds an identity is sent to its revocation first', async () => {
  const { holder, browser } = await signedIn();
  await giveIdentity({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs }, holder.id);
  expect(outcome(await browser.post('/api/account/erasure'))).toBe('409 identity-held');
  expect(good(await browser.get('/api/account/privacy'))).toMatchObject({
    identity: 'held',
    retained: [{ kind: 'identity' }, { kind: 'access-log' }],
  });
});
