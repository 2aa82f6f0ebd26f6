import { base32Encode } from '@sigillo/otp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  type Ceremony,
  enterPassword,
  good,
  type InCeremony,
  outcome,
  signIn,
  startApp,
  tryCode,
} from '../../../../../../tests/setup/journeys.ts';
import { judge } from '../../../../../../tests/setup/judge.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';

const oathtool = judge('oathtool', 'apt-get install oathtool');

oathtool.describe('authenticator codes', () => {
  let on: PopulatedInstallation;
  beforeAll(async () => {
    on = await sharedInstallation();
  });
  afterAll(() => on[Symbol.asyncDispose]());

  /** The code of another program for the step that is so many from the current one. */
  function codeFor(key: string, stepsAway = 0): string {
    const at = new Date(on.nowMs() + stepsAway * 30_000).toISOString().replace(/T|\.\d+Z/g, ' ');
    const { status, stdout } = oathtool.run(['--totp', '--base32', `--now=${at.trim()} UTC`, key]);
    if (status !== 0) throw new Error('oathtool failed');
    return stdout.trim();
  }
  const ownCode = ({ seed }: Holder, stepsAway = 0) => codeFor(base32Encode(seed), stepsAway);

  /** To the middle of a time step, so that the test and the server mean the same one. */
  async function midStep(): Promise<void> {
    const second = Math.floor(on.nowMs() / 1000) % 30;
    if (second < 5 || second > 15) await on.advance(second > 15 ? 40 - second : 10 - second);
  }

  test('[OTP-1] a code of oathtool is accepted; so are those of one step before and after, and not of two', async () => {
    for (const [stepsAway, expected] of [
      [-2, '422 code-rejected'],
      [-1, '200'],
      [0, '200'],
      [1, '200'],
      [2, '422 code-rejected'],
    ] as const) {
      const holder = await on.holder({ totp: true });
      const browser = on.browser();
      const ceremony = await enterPassword(browser, holder);
      await midStep();
      const answer = await tryCode(browser, ceremony, 'totp', ownCode(holder, stepsAway));
      expect([stepsAway, outcome(answer)]).toEqual([stepsAway, expected]);
    }
  });

  test('[OTP-1] the clock of the server counts: a code made an hour ago is refused', async () => {
    const holder = await on.holder({ totp: true });
    const code = ownCode(holder);
    await on.advance(60 * 60);
    const browser = on.browser();
    const answer = await tryCode(browser, await enterPassword(browser, holder), 'totp', code);
    expect(outcome(answer)).toBe('422 code-rejected');
  });

  test('[OTP-1] the key handed out holds 160 random bits, and its six-digit code sets the app up', async () => {
    await midStep();
    const keys = new Set<string>();
    for (let made = 0; made < 3; made++) {
      const { browser, ceremony } = await addingTo(await on.holder());
      const { id, key } = await startApp(browser, ceremony);
      expect(key).toMatch(/^[A-Z2-7]{32}$/);
      keys.add(key);
      const code = codeFor(key);
      expect(code).toMatch(/^\d{6}$/);
      const path = `/api/ceremonies/${ceremony.id}/enrolments/${id}/proofs`;
      const { ceremony: after } = good(await browser.post<InCeremony>(path, { code, label: 'My phone' }));
      expect(after.state).toBe('satisfied');
    }
    expect(keys.size).toBe(3);
  });

  async function addingTo(holder: Holder): Promise<{ browser: HttpBrowser; ceremony: Ceremony }> {
    const browser = await signIn(on, on.browser(), holder);
    const { ceremony } = good(await browser.post<InCeremony>('/api/account/authenticators'));
    return { browser, ceremony };
  }

  test('[OTP-2] a code is used up by whatever it was used for: setting up, signing in, confirming', async () => {
    await midStep();
    const holder = await on.holder();
    const { browser, ceremony } = await addingTo(holder);
    const { id, key } = await startApp(browser, ceremony);
    const code = codeFor(key);
    good(await browser.post(`/api/ceremonies/${ceremony.id}/enrolments/${id}/proofs`, { code }));
    const other = on.browser(1);
    const signingIn = await enterPassword(other, holder);
    expect(outcome(await tryCode(other, signingIn, 'totp', code))).toBe('422 code-rejected');
    expect(outcome(await tryCode(other, signingIn, 'totp', codeFor(key, -1)))).toBe('422 code-rejected');
    expect(outcome(await tryCode(other, signingIn, 'totp', codeFor(key, 1)))).toBe('200');
    const third = on.browser();
    const again = await enterPassword(third, holder);
    expect(outcome(await tryCode(third, again, 'totp', codeFor(key, 1)))).toBe('422 code-rejected');
  });

  test('[OTP-2] of 50 sign-ins that use one code at once on two nodes, one succeeds', async () => {
    const holder = await on.holder({ totp: true });
    const browsers = Array.from({ length: 50 }, (_, n) => on.browser(n % 2));
    const entered: { browser: HttpBrowser; ceremony: Ceremony }[] = [];
    for (const browser of browsers) entered.push({ browser, ceremony: await enterPassword(browser, holder) });
    await midStep();
    const code = ownCode(holder);
    const answers = await Promise.all(
      entered.map(({ browser, ceremony }) => tryCode(browser, ceremony, 'totp', code)),
    );
    const outcomes = answers.map(outcome);
    expect(outcomes.filter((one) => one === '200')).toHaveLength(1);
    // A loser's code was used by the winner, or five were being judged already and no sixth was.
    const lost = new Set(outcomes.filter((one) => one !== '200'));
    expect(['422 code-rejected', '429 too-many-tries']).toEqual(expect.arrayContaining([...lost]));
  });
});
