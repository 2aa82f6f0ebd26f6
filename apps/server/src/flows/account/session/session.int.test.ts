import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  enterPassword,
  good,
  isSignedIn,
  outcome,
  signIn,
  stepUpOf,
  tryCode,
  tryFinish,
} from '../../../../../../tests/setup/journeys.ts';
import { enterConsole, giveOperator } from '../../../../../../tests/setup/operators.ts';
import {
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { COOKIES } from '../../../platform/http/cookies.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(2, { SIGILLO_SESSION_SECONDS: '1800' });
});
afterAll(() => on[Symbol.asyncDispose]());

const tokenOf = (browser: HttpBrowser) => browser.cookies.get(COOKIES.session) ?? '';

/** A browser with nothing but this session cookie. */
function holding(token: string, node = 0): HttpBrowser {
  const browser = on.browser(node);
  browser.cookies.set(COOKIES.session, token);
  return browser;
}

const lives = (token: string) => isSignedIn(holding(token));

describe('the cookies', () => {
  test('[SES-1] every one is of this host alone, secure, out of reach of scripts, and not sent by other sites’ forms', async () => {
    const holder = await on.holder();
    const browser = on.browser();
    const answers = [
      await browser.post('/api/sign-in/password', { identifier: holder.email, password: holder.password }),
    ];
    const { ceremony } = answers[0]!.body as { ceremony: { id: string } };
    answers.push(await browser.post('/api/sign-in/finish', { ceremony: ceremony.id }));
    answers.push(await browser.post('/api/sign-out'));
    const language = await browser.request('PUT', '/api/language', { language: 'en' });
    const operator = await giveOperator(on, 'auditor');
    const ofConsole = [
      await enterConsole(operator.browser, operator),
      await operator.browser.post('/api/console/sign-out'),
    ];
    const lines = [...answers, language, ...ofConsole].flatMap(({ headers }) => headers.getSetCookie());
    expect(new Set(lines.map((line) => line.split('=')[0]))).toEqual(
      new Set(Object.values(COOKIES).filter(isOfFlows)),
    );
    for (const line of lines) {
      const attributes = line.split('; ').slice(1);
      expect(line).toMatch(/^__Host-/);
      expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']));
      expect(attributes.join()).not.toMatch(/domain/i);
    }
  });

  test('[SES-1] the token holds 256 random bits; only their hash is stored', async () => {
    const token = tokenOf(await signIn(on, on.browser(), await on.holder()));
    const secret = Buffer.from(token, 'base64url').subarray(32);
    expect(secret).toHaveLength(32);
    const rows = await on.database.db.selectFrom('session').selectAll().execute();
    expect(rows.some((row) => row.token_hash.equals(secret))).toBe(false);
  });

  test('[SES-1] whatever stands in the cookie: no session, no error', async () => {
    const token = tokenOf(await signIn(on, on.browser(), await on.holder()));
    const bytes = Buffer.from(token, 'base64url');
    const flipped = Buffer.from(bytes);
    flipped[63]! ^= 1;
    const wrong = [flipped, bytes.subarray(0, 63), Buffer.concat([bytes, bytes]), randomBytes(64)];
    for (const one of [...wrong.map((each) => each.toString('base64url')), '', 'x', '%00', `${token}=`])
      expect([one, await lives(one)]).toEqual([one, false]);
    expect(await lives(token)).toBe(true);
  });
});

/** The cookies of other parts are tested there. */
function isOfFlows(name: string): boolean {
  return name.startsWith('__Host-');
}

describe('fixation', () => {
  test('[SES-1] a planted browser cookie gives its planter no session', async () => {
    const [attacker, victim] = [on.browser(), on.browser()];
    await attacker.post('/api/sign-in', {});
    const planted = attacker.cookies.get(COOKIES.browser) ?? '';
    victim.cookies.set(COOKIES.browser, planted);
    await signIn(on, victim, await on.holder());
    expect(await isSignedIn(victim)).toBe(true);
    expect(await isSignedIn(attacker)).toBe(false);
    expect((await attacker.post<{ step: string }>('/api/sign-in', {})).body.step).toBe('password');
  });

  test('[SES-1] a planted session is replaced, not raised: its planter learns nothing of who signs in', async () => {
    const [thief, holder] = await on.holders(2);
    const planted = tokenOf(await signIn(on, on.browser(), thief!));
    const victim = holding(planted);
    await signIn(on, victim, holder!);
    expect(tokenOf(victim)).not.toBe(planted);
    expect(await lives(planted)).toBe(false);
    const { account } = good(await victim.get<{ account: { email: string } }>('/api/session'));
    expect(account.email).toBe(holder!.email);
  });

  test('[SES-1] signing in again and confirming give a new token each; the old ones are dead on every node', async () => {
    const holder = await on.holder({ totp: true });
    const browser = await signIn(on, on.browser(), holder);
    const first = tokenOf(browser);
    await signIn(on, browser, holder);
    const second = tokenOf(browser);
    await on.advance(301);
    const { ceremony } = good(
      await tryCode(
        browser,
        stepUpOf(await browser.post('/api/account/recovery-codes')),
        'totp',
        await on.code(holder),
      ),
    );
    good(await browser.post('/api/step-up/finish', { ceremony: ceremony.id }));
    const third = tokenOf(browser);
    expect(new Set([first, second, third]).size).toBe(3);
    for (const old of [first, second]) {
      expect(await lives(old)).toBe(false);
      expect(await isSignedIn(holding(old, 1))).toBe(false);
    }
    expect(await lives(third)).toBe(true);
  });

  test('[SES-1] a ceremony confirms the session of its own account only', async () => {
    const [one, two] = await on.holders(2, { totp: true });
    const browser = await signIn(on, on.browser(), one!);
    await on.advance(301);
    const stepUp = stepUpOf(await browser.post('/api/account/recovery-codes'));
    good(await tryCode(browser, stepUp, 'totp', await on.code(one!)));
    await signIn(on, browser, two!);
    const finish = await browser.post('/api/step-up/finish', { ceremony: stepUp.id });
    expect(outcome(finish)).toBe('404 ceremony-gone');
    const signingIn = await enterPassword(browser, one!);
    expect(outcome(await browser.post('/api/step-up/finish', { ceremony: signingIn.id }))).toBe(
      '409 proof-missing',
    );
    expect(outcome(await tryFinish(browser, stepUp))).toBe('409 proof-missing');
  });
});

describe('when it ends', () => {
  test('[SES-2] after 15 minutes in which nobody used it', async () => {
    const browser = await signIn(on, on.browser(), await on.holder());
    await on.advance(14 * 60);
    expect(outcome(await browser.get('/api/account'))).toBe('200');
    await on.advance(14 * 60);
    expect(outcome(await browser.get('/api/account'))).toBe('200');
    const other = await signIn(on, on.browser(), await on.holder());
    await on.advance(15 * 60);
    expect(outcome(await other.get('/api/account'))).toBe('401 sign-in-needed');
  });

  test('[SES-2] after its longest time, however busy, and a confirmation does not prolong it', async () => {
    const holder = await on.holder({ totp: true });
    const browser = await signIn(on, on.browser(), holder);
    await on.advance(14 * 60);
    const stepUp = stepUpOf(await browser.post('/api/account/recovery-codes'));
    good(await tryCode(browser, stepUp, 'totp', await on.code(holder)));
    good(await browser.post('/api/step-up/finish', { ceremony: stepUp.id }));
    await on.advance(10 * 60);
    expect(outcome(await browser.get('/api/account'))).toBe('200');
    await on.advance(6 * 60);
    expect(outcome(await browser.get('/api/account'))).toBe('401 sign-in-needed');
    expect(await isSignedIn(browser)).toBe(false);
  });
});
