import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiOperations, isWrite } from '../setup/api-operations.ts';
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

/** What changes contacts, factors, consents or sessions: only for who has proven something just now. */
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
  startPairing: { path: () => '/api/account/devices/pairings', answers: 201 },
};

/** What its holder approves by itself, however fresh the session is: shown in devices.int.test.ts. */
const APPROVED: readonly string[] = ['removeDevice'];

/** Every other write, and why it needs no fresh proof. */
const OTHERS: Record<string, string> = {
  startSignIn: 'begins to prove',
  signInWithPassword: 'proves',
  finishSignIn: 'turns what was proven into a session',
  startChallenge: 'proves',
  proveChallenge: 'proves',
  startEnrolment: 'in a ceremony that judges freshness itself',
  resendEnrolmentCode: 'in a ceremony that judges freshness itself',
  finishEnrolment: 'in a ceremony that judges freshness itself',
  startRecovery: 'begins to prove',
  correctPhone: 'in a sign-in whose password was just proven; touches unconfirmed numbers alone',
  register: 'before there is an account',
  resendConfirmation: 'before there is an account',
  confirmRegistration: 'before there is an account',
  requestPasswordReset: 'begins to prove',
  checkPasswordReset: 'changes nothing',
  completePasswordReset: 'the link that was just followed is the proof',
  decideConsent: 'gives a consent to the portal that the sign-in is for; taking one back is sensitive',
  startPasskeySignIn: 'needs no account',
  signInWithPasskey: 'proves',
  finishStepUp: 'proves',
  signOut: 'must always be possible',
  setLanguage: 'no contact, factor, consent or session',
  renameAuthenticator: 'changes a name that the holder gave, and nothing that a factor is worth',
  contactSupport: 'needs no account',
  cancelPairing: 'takes back what a fresh session has begun',
  renameDevice: 'changes a name that the holder gave, and nothing that a device is worth',
  approveOperation: 'by a ceremony that was held for this very operation',
  startQr: 'needs no account',
  redrawQr: 'needs no account',
  typeQrInstead: 'needs no account',
  cancelQr: 'needs no account',
  redeemQr: 'proves',
  startLink: 'proves',
  getLink: 'changes nothing',
  startLinkChallenge: 'proves',
  proveLink: 'proves',
  finishLink: 'in a ceremony that proves all that the account has',
  lookAtPairing: 'changes nothing',
  pairDevice: 'spends what a fresh session has granted',
  unlockDevice: 'proves',
  confirmUnlock: 'proves',
  nameDevice: 'changes a name, signed by the device that bears it',
  setDevicePush: 'says where notices without content go; switched off by the holder of the device alone',
  removeDeviceItself: 'takes from the device what it has, and never the last second factor from the account',
  scanSignIn: 'changes nothing',
  approveRequest: 'proves',
  refuseRequest: 'must always be possible',
};

test('[SES-4] every write of the API is known to be sensitive or not', async () => {
  const writes = (await apiOperations(on.server.url)).filter(isWrite).map(({ id }) => id);
  expect(writes.sort()).toEqual([...Object.keys(SENSITIVE), ...APPROVED, ...Object.keys(OTHERS)].sort());
});

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
  const tables = ['authenticator', 'contact', 'consent', 'session', 'recovery_code'] as const;
  const rows = await Promise.all(
    tables.map((table) => db.selectFrom(table).selectAll().where('account_id', '=', id).execute()),
  );
  const account = await db.selectFrom('account').selectAll().where('id', '=', id).execute();
  const strip = (key: string, value: unknown) => (key === 'last_seen_at' ? undefined : value);
  return JSON.stringify([account, rows], strip);
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
