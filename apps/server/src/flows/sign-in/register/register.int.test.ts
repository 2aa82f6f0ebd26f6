import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import { good, outcome, tryPassword } from '../../../../../../tests/setup/journeys.ts';
import {
  PASSWORD,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { isUserId } from '../../../platform/user-id.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

let counter = 0;
const newEmail = () => `new.person.${++counter}@example.org`;

const ask = (browser: HttpBrowser, wanted: { email?: string; password?: string; phone?: string }) =>
  browser.post<{ registration: string }>('/api/registrations', {
    email: newEmail(),
    password: PASSWORD,
    language: 'en',
    ...wanted,
  });

const confirm = (browser: HttpBrowser, token: string, password?: string) =>
  browser.post<{ userId: string; email: string; continueTo: string }>('/api/registrations/confirm', {
    token,
    ...(password === undefined ? {} : { password }),
  });

/** An account as its owner makes one; gives the user id. */
async function register(email: string, password = PASSWORD): Promise<string> {
  const browser = on.browser();
  good(await ask(browser, { email, password }));
  return good(await confirm(browser, await on.dev.linkToken(email))).userId;
}

test('register, confirm by the link in another browser, sign in with user id or address', async () => {
  const email = newEmail();
  good(await ask(on.browser(), { email }));
  const token = await on.dev.linkToken(email);
  expect(outcome(await tryPassword(on.browser(), email, PASSWORD))).toBe('422 sign-in-refused');

  const elsewhere = on.browser(1);
  expect(outcome(await confirm(elsewhere, token))).toBe('409 registration-password-needed');
  const answer = await confirm(elsewhere, token, PASSWORD);
  const { userId, continueTo } = good(answer);
  expect(isUserId(userId)).toBe(true);
  expect(continueTo).toBe('/sign-in');
  expect(answer.headers.getSetCookie().join()).not.toContain('session');
  expect(outcome(await confirm(on.browser(), token))).toBe('410 link-over');
  for (const identifier of [email, email.toUpperCase(), userId, userId.toLowerCase()])
    expect(outcome(await tryPassword(on.browser(), identifier, PASSWORD))).toBe('200');
});

test('[REC-2] the owner’s click does not activate what a stranger registered: the link proves the address, not the person', async () => {
  const email = newEmail();
  good(await ask(on.browser(), { email, password: 'chosen by a stranger' }));
  const token = await on.dev.linkToken(email);
  const owner = on.browser();
  expect(outcome(await confirm(owner, token))).toBe('409 registration-password-needed');
  expect(outcome(await confirm(owner, token, PASSWORD))).toBe('422 registration-password-wrong');
  expect(outcome(await tryPassword(on.browser(), email, 'chosen by a stranger'))).toBe('422 sign-in-refused');
  // The owner registers for themself, and the stranger's link is no account.
  good(await ask(owner, { email }));
  good(await confirm(owner, await on.dev.linkToken(email, 1)));
  expect(outcome(await tryPassword(on.browser(), email, PASSWORD))).toBe('200');
});

test('the confirmation can be sent again from the same browser only; the earlier link is void', async () => {
  const email = newEmail();
  const browser = on.browser();
  const { registration } = good(await ask(browser, { email }));
  const first = await on.dev.linkToken(email);
  const path = `/api/registrations/${registration}/resend`;
  expect(outcome(await on.browser().post(path))).toBe('404 ceremony-gone');
  good(await browser.post(path));
  const second = await on.dev.linkToken(email, 1);
  expect(outcome(await confirm(browser, first))).toBe('410 link-over');
  expect(outcome(await confirm(browser, second))).toBe('201');
});

test('a link is good for an hour', async () => {
  const email = newEmail();
  const browser = on.browser();
  good(await ask(browser, { email }));
  const token = await on.dev.linkToken(email);
  await on.advance(60 * 60);
  expect(outcome(await confirm(browser, token))).toBe('410 link-over');
});

test('[AVL-1] of 16 that spend one link on two nodes, one makes an account; and of two links to one address, one', async () => {
  const email = newEmail();
  good(await ask(on.browser(), { email }));
  const token = await on.dev.linkToken(email);
  good(await ask(on.browser(1), { email }));
  const other = await on.dev.linkToken(email, 1);
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, n) => confirm(on.browser(n % 2), n % 4 < 2 ? token : other, PASSWORD)),
  );
  // A loser's link was spent by the winner, or its address had an account by then.
  expect(answers.map(outcome).sort()).toEqual(['201', ...Array(15).fill('410 link-over')]);
});

describe('the password of a registration', () => {
  const outcomeOf = async (password: string) => {
    const answer = await ask(on.browser(), { password });
    const { reason, minLength, fields } = answer.body as Record<string, unknown>;
    return {
      outcome: outcome(answer),
      ...(reason ? { reason, minLength } : {}),
      ...(fields ? { fields } : {}),
    };
  };
  const refused = (reason: string) => ({ outcome: '422 password-refused', reason, minLength: 15 });
  const tooLong = {
    outcome: '400 bad-input',
    fields: [{ path: 'password', rule: 'too-long' }],
  };
  const emoji = Array.from('🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤🦆');

  test('[PW-1] 15 code points at least, counted as people see them; 128 of four bytes each are accepted', async () => {
    expect(await outcomeOf(emoji.slice(0, 14).join(''))).toEqual(refused('too-short'));
    expect(await outcomeOf(emoji.join(''))).toEqual({ outcome: '202' });
    expect(await outcomeOf('fourteen chars')).toEqual(refused('too-short'));
    expect(await outcomeOf('fifteen  chars!')).toEqual({ outcome: '202' });
    const long = Array.from({ length: 128 }, (_, n) => emoji[(n * n) % 15]).join('');
    expect(Array.from(long)).toHaveLength(128);
    expect(await outcomeOf(long)).toEqual({ outcome: '202' });
  });

  test('[PW-1] 1,024 bytes are accepted, 1,025 are not, of one or four bytes each; nor by the sign-in', async () => {
    const bytes = (count: number) => 'kv9 zqu-'.repeat(128).slice(0, 1024) + 'x'.repeat(count - 1024);
    expect(await outcomeOf(bytes(1024))).toEqual({ outcome: '202' });
    expect(await outcomeOf(bytes(1025))).toEqual(tooLong);
    const wide = Array.from({ length: 256 }, (_, n) => emoji[(n * 7) % 15]).join('');
    expect(await outcomeOf(wide)).toEqual({ outcome: '202' });
    expect(await outcomeOf(`${wide}!`)).toEqual(tooLong);
    const { email } = await on.holder();
    expect(outcome(await tryPassword(on.browser(), email, bytes(1025)))).toBe('400 bad-input');
    expect(outcome(await tryPassword(on.browser(), newEmail(), bytes(1025)))).toBe('400 bad-input');
  });

  test('[PW-2] no rules of composition: 16 lower-case letters will do', async () => {
    expect(await outcomeOf('vquplmzejwhxorak')).toEqual({ outcome: '202' });
  });

  test.each([
    ['common', 'passwordpassword'],
    ['common', 'QwertyuiopASDFGH'],
    ['contains-name', 'new.person.1@example.org'],
    ['contains-name', 'Sigillo 2026 !! Sigillo'],
  ])('[PW-3] refused as %s: %s', async (reason, password) => {
    const answer = await ask(on.browser(), { email: 'new.person.1@example.org', password });
    expect(outcome(answer)).toBe('422 password-refused');
    expect(answer.body).toMatchObject({ reason, minLength: 15 });
  });

  test('[PW-2] accents work however a keyboard composes them, spaces as they were pasted; every character counts', async () => {
    const email = newEmail();
    const password = '  perché così è più  \t caffè ';
    await register(email, password.normalize('NFD'));
    const outcomeOfSignIn = async (typed: string) => outcome(await tryPassword(on.browser(), email, typed));
    expect(await outcomeOfSignIn(password.normalize('NFC'))).toBe('200');
    expect(await outcomeOfSignIn(password.normalize('NFD'))).toBe('200');
    for (const wrong of [password.trim(), `${password} `, password.toUpperCase(), password.slice(0, -1)])
      expect([wrong, await outcomeOfSignIn(wrong)]).toEqual([wrong, '422 sign-in-refused']);
    expect(await outcomeOfSignIn(password)).toBe('200');
  });

  test('[PW-2] the last of 128 characters counts', async () => {
    const email = newEmail();
    const password = `${'kv9 zqu-'.repeat(16).slice(0, 127)}a`;
    await register(email, password);
    expect(outcome(await tryPassword(on.browser(), email, `${password.slice(0, -1)}b`))).toBe(
      '422 sign-in-refused',
    );
    expect(outcome(await tryPassword(on.browser(), email, password))).toBe('200');
  });
});

test('[RATE-1] who has an account already gets another letter, and whoever asked the same answer', async () => {
  const { email } = await on.holder();
  const [known, unknown] = [await ask(on.browser(), { email }), await ask(on.browser(), {})];
  expect(outcome(known)).toBe('202');
  expect(Object.keys(known.body)).toEqual(Object.keys(unknown.body));
  const letter = await on.dev.newest(email);
  expect(letter.text).toContain('/forgot-password');
  expect(letter.text).not.toContain('#');
});
