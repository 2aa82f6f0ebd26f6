import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COOKIES } from '../../../../../../apps/server/src/platform/http/cookies.ts';
import {
  good,
  type InCeremony,
  isSignedIn,
  outcome,
  signIn,
  tryPassword,
} from '../../../../../../tests/setup/journeys.ts';
import {
  enterConsole,
  giveOperator,
  invitationFor,
  startKey,
  tryAccept,
  tryConsolePassword,
} from '../../../../../../tests/setup/operators.ts';
import { addPasskey, enterPasskey, provePasskey } from '../../../../../../tests/setup/passkeys.ts';
import {
  PASSWORD,
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { SoftPasskey } from '../../../../../../tests/setup/soft-passkey.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(2);
});
afterAll(() => on[Symbol.asyncDispose]());

const whoIs = async (browser: { get<T>(path: string): Promise<{ body: T; status: number }> }) =>
  (await browser.get<{ signedIn: boolean; operator: { roles: string[] } | null }>('/api/console/session'))
    .body;

describe('an invitation', () => {
  test('makes an operator, once; looking at it spends nothing', async () => {
    const { token, email } = await invitationFor(on, ['administrator', 'reviewer']);
    const browser = on.browser();
    for (let looks = 0; looks < 3; looks++)
      expect(good(await browser.post('/api/console/invitation', { token }))).toMatchObject({
        email,
        roles: ['administrator', 'reviewer'],
      });
    const device = new SoftPasskey(on.server.issuer);
    good(await tryAccept(browser, token, await startKey(browser, token), device));
    expect(outcome(await browser.post('/api/console/invitation', { token }))).toBe('410 link-over');
    await enterConsole(browser, { email, device });
    expect(await whoIs(browser)).toMatchObject({
      signedIn: true,
      operator: { name: 'Olga Operator', email, roles: ['administrator', 'reviewer'] },
    });
  });

  test('of 16 who take it up at once, on two nodes, one does', async () => {
    const { token } = await invitationFor(on, ['reviewer']);
    const tries = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const browser = on.browser(index % 2);
        return { browser, asked: await startKey(browser, token) };
      }),
    );
    const outcomes = await Promise.all(
      tries.map(async ({ browser, asked }) =>
        outcome(await tryAccept(browser, token, asked, new SoftPasskey(on.server.issuer))),
      ),
    );
    expect(outcomes.filter((one) => one === '204')).toHaveLength(1);
    for (const lost of outcomes.filter((one) => one !== '204'))
      expect(['410 link-over', '404 ceremony-gone', '409 challenge-over']).toContain(lost);
  });

  test('takes no key that is synchronised or does not verify its user, and is none the worse', async () => {
    const { token } = await invitationFor(on, ['reviewer']);
    for (const nature of [{ backupEligible: true }, { userVerified: false }]) {
      const browser = on.browser();
      const weak = new SoftPasskey(on.server.issuer, 'ES256', nature);
      expect(outcome(await tryAccept(browser, token, await startKey(browser, token), weak))).toBe(
        '422 key-not-bound',
      );
    }
    const browser = on.browser();
    const own = new SoftPasskey(on.server.issuer);
    expect(outcome(await tryAccept(browser, token, await startKey(browser, token), own))).toBe('204');
  });

  test('cannot be gone round by the way in which holders add passkeys', async () => {
    const { token } = await invitationFor(on, ['administrator']);
    const browser = on.browser();
    const { ceremony, enrolment, challenge, publicKey } = await startKey(browser, token);
    const credential = new SoftPasskey(on.server.issuer).create(publicKey);
    const path = `/api/ceremonies/${ceremony}/enrolments`;
    expect(outcome(await browser.post(path, { method: 'passkey' }))).toBe('409 method-unavailable');
    const proof = { credential, challenge, label: 'mine' };
    expect(outcome(await browser.post(`${path}/${enrolment}/proofs`, proof))).toBe('409 method-unavailable');
    expect(outcome(await browser.post('/api/console/sign-in/finish', { ceremony }))).toBe(
      '404 ceremony-gone',
    );
    expect(outcome(await browser.post('/api/sign-in/finish', { ceremony }))).toBe('409 proof-missing');
  });

  test('a newer one voids it, after a day it is over, and its token is no other link', async () => {
    const { token: old, email } = await invitationFor(on, ['auditor']);
    const { token } = await invitationFor(on, ['reviewer'], email);
    expect(outcome(await on.browser().post('/api/console/invitation', { token: old }))).toBe('410 link-over');
    expect(good(await on.browser().post('/api/console/invitation', { token }))).toMatchObject({
      roles: ['reviewer'],
    });
    expect(outcome(await on.browser().post('/api/password-resets/check', { token }))).toBe('410 link-over');
    await on.advance(24 * 3600 + 1);
    expect(outcome(await on.browser().post('/api/console/invitation', { token }))).toBe('410 link-over');
  });
});

describe('signing in to the console', () => {
  test('asks for a key that answers for this very sign-in: another one’s answer is refused', async () => {
    const { email, device } = await giveOperator(on, 'auditor');
    const browser = on.browser();
    const first = good(await tryConsolePassword(browser, email)).ceremony;
    const second = good(await tryConsolePassword(browser, email)).ceremony;
    expect(first.options).toMatchObject([{ slot: 'second', method: 'passkey' }]);
    expect(outcome(await browser.post('/api/console/sign-in/finish', { ceremony: first.id }))).toBe(
      '409 proof-missing',
    );
    const proven = good(await provePasskey(browser, first, device)).ceremony;
    expect(proven.state).toBe('satisfied');
    expect(outcome(await browser.post('/api/console/sign-in/finish', { ceremony: second.id }))).toBe(
      '409 proof-missing',
    );
    expect(outcome(await browser.post('/api/sign-in/finish', { ceremony: first.id }))).toBe(
      '409 proof-missing',
    );
    expect(outcome(await browser.post('/api/console/sign-in/finish', { ceremony: first.id }))).toBe('204');
    expect(outcome(await browser.post('/api/console/sign-in/finish', { ceremony: first.id }))).toBe(
      '404 ceremony-gone',
    );
  });

  test('a key that was only touched is not enough', async () => {
    const { email, device } = await giveOperator(on, 'auditor');
    const browser = on.browser();
    const { ceremony } = good(await tryConsolePassword(browser, email));
    expect(outcome(await provePasskey(browser, ceremony, device, { userVerified: false }))).not.toBe('409');
    expect(outcome(await browser.post('/api/console/sign-in/finish', { ceremony: ceremony.id }))).toBe(
      '409 proof-missing',
    );
  });

  test('an operator is nobody where holders sign in, and a holder nobody here', async () => {
    const { email, device } = await giveOperator(on, 'administrator');
    const holder = await on.holder();
    expect(outcome(await tryPassword(on.browser(), email, PASSWORD))).toBe('422 sign-in-refused');
    expect(outcome(await enterPasskey(on.browser(), device))).toBe('422 passkey-refused');
    expect(outcome(await tryConsolePassword(on.browser(), holder.email))).toBe('422 sign-in-refused');
    expect(outcome(await tryConsolePassword(on.browser(), holder.userId))).toBe('422 sign-in-refused');
  });

  test('the session of one is none of the other', async () => {
    const { browser } = await giveOperator(on, 'administrator');
    const own = browser.cookies.get(COOKIES.console) ?? '';
    const holder = await signIn(on, on.browser(), await on.holder());
    await addPasskey(holder, new SoftPasskey(on.server.issuer));
    const theirs = holder.cookies.get(COOKIES.session) ?? '';
    expect(await isSignedIn(browser)).toBe(false);
    browser.cookies.set(COOKIES.session, own);
    expect(await isSignedIn(browser)).toBe(false);
    expect(outcome(await browser.get('/api/account'))).toBe('401 sign-in-needed');
    holder.cookies.set(COOKIES.console, theirs);
    expect(await whoIs(holder)).toMatchObject({ signedIn: false, operator: null });
    expect(outcome(await holder.post('/api/console/session'))).toBe('403 operator-needed');
  });

  test('[SES-2] a session ends after 15 minutes without use, and after 8 hours whatever happens', async () => {
    const { browser, id } = await giveOperator(on, 'auditor');
    const keep = async () => outcome(await browser.post('/api/console/session'));
    await on.advance(14 * 60);
    // Looking does not prolong it, using does.
    expect((await whoIs(browser)).signedIn).toBe(true);
    await on.advance(50);
    expect(await keep()).toBe('204');
    await on.advance(14 * 60);
    expect(await keep()).toBe('204');
    await on.advance(15 * 60 + 1);
    expect(await keep()).toBe('403 operator-needed');
    const { created_at, expires_at } = await on.database.db
      .selectFrom('session')
      .selectAll()
      .where('account_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(expires_at.getTime() - created_at.getTime()).toBe(8 * 3600 * 1000);
  });

  test('signing out ends it', async () => {
    const { browser } = await giveOperator(on, 'auditor');
    const token = browser.cookies.get(COOKIES.console) ?? '';
    expect(outcome(await browser.post('/api/console/sign-out'))).toBe('204');
    browser.cookies.set(COOKIES.console, token);
    expect((await whoIs(browser)).signedIn).toBe(false);
  });

  test('who is invited anew, having lost the key, is out until then; the old key is none any more', async () => {
    const { browser, email, device } = await giveOperator(on, 'reviewer');
    const { token } = await invitationFor(on, ['reviewer'], email);
    expect((await whoIs(browser)).signedIn).toBe(false);
    const anew = on.browser();
    const next = new SoftPasskey(on.server.issuer);
    good(await tryAccept(anew, token, await startKey(anew, token), next));
    await enterConsole(anew, { email, device: next });
    const { ceremony } = good(await tryConsolePassword(on.browser(), email)) as InCeremony;
    expect(ceremony.options).toHaveLength(1);
    await expect(enterConsole(on.browser(), { email, device })).rejects.toThrow('422');
  });
});
