import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../setup/http-browser.ts';
import { good, outcome, signIn, stepUpOf, tryCode } from '../setup/journeys.ts';
import { type Holder, type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

interface Things {
  session: string;
  authenticator: string;
}

interface Sensitive {
  path(of: Things): string;
  body?: object;
  /** How it answers who has just proven something. */
  answers: number;
}

/**
 * What changes contacts, factors, consents or sessions: only for who has proven something just now. That no other write
 * does, who-may.int.test.ts shows.
 */
const SENSITIVE: Record<string, Sensitive> = {
  endSession: { path: ({ session }) => `/api/account/sessions/${session}/end`, answers: 204 },
  endAllSessions: {
    path: () => '/api/account/sessions/end-all',
    body: { keepCurrent: true },
    answers: 204,
  },
  addAuthenticator: { path: () => '/api/account/authenticators', answers: 201 },
  removeAuthenticator: {
    path: ({ authenticator }) => `/api/account/authenticators/${authenticator}/remove`,
    answers: 204,
  },
  issueRecoveryCodes: { path: () => '/api/account/recovery-codes', answers: 201 },
  revokeConsent: { path: () => '/api/account/consents/claims/revoke', answers: 204 },
  beginContactChange: {
    path: () => '/api/account/contacts/changes',
    body: { kind: 'email' },
    answers: 201,
  },
  startPairing: { path: () => '/api/account/devices/pairings', answers: 201 },
};

/** A holder with a session here and one elsewhere, an authenticator app and a consent. */
async function settled(): Promise<{ holder: Holder; browser: HttpBrowser; things: Things }> {
  const holder = await on.holder({ totp: true });
  await signIn(on, on.browser(), holder);
  const browser = await signIn(on, on.browser(), holder);
  const { db } = on.database;
  const session = await db
    .selectFrom('session')
    .select('id')
    .where('account_id', '=', holder.id)
    .orderBy('id')
    .executeTakeFirstOrThrow();
  const authenticator = await db
    .selectFrom('authenticator')
    .select('id')
    .where('account_id', '=', holder.id)
    .where('type', '=', 'totp')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('consent')
    .values({
      account_id: holder.id,
      client_id: 'claims',
      scopes: ['openid'],
      granted_at: new Date(on.nowMs()),
      revoked_at: null,
    })
    .execute();
  return { holder, browser, things: { session: session.id, authenticator: authenticator.id } };
}

/** Everything of an account that a sensitive operation could change. */
async function stateOf({ id }: Holder): Promise<string> {
  const { db } = on.database;
  const tables = [
    'authenticator',
    'contact',
    'consent',
    'session',
    'recovery_code',
    'device',
    'pairing',
  ] as const;
  const strip = (key: string, value: unknown) => (key === 'last_seen_at' ? undefined : value);
  // A row that was only touched may come in another place.
  const rows = await Promise.all(
    tables.map(async (table) => {
      const all = await db.selectFrom(table).selectAll().where('account_id', '=', id).execute();
      return all.map((row) => JSON.stringify(row, strip)).sort();
    }),
  );
  const account = await db.selectFrom('account').selectAll().where('id', '=', id).execute();
  return JSON.stringify([account, rows]);
}

test.each(Object.entries(SENSITIVE))(
  '[SES-4] %s: refused with a ceremony when nothing was proven for five minutes, done after it',
  async (_, { path, body, answers }) => {
    const { holder, browser, things } = await settled();
    await on.advance(301);
    const before = await stateOf(holder);
    const refused = await browser.post(path(things), body);
    expect(refused.body).toMatchObject({ ceremony: { purpose: 'step-up', state: 'open' } });
    expect(await stateOf(holder)).toBe(before);

    const stepUp = stepUpOf(refused);
    good(await tryCode(browser, stepUp, 'totp', await on.code(holder)));
    expect(outcome(await browser.post(path(things), body))).toBe('403 proof-needed');
    good(await browser.post('/api/step-up/finish', { ceremony: stepUp.id }));
    expect((await browser.post(path(things), body)).status).toBe(answers);
  },
);

test('[SES-4] who has a second factor confirms with it, not with the password', async () => {
  const { browser } = await settled();
  await on.advance(301);
  const { options } = stepUpOf(await browser.post('/api/account/authenticators'));
  expect(options.map((one) => one.method)).toEqual(['totp']);
});
