import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../setup/http-browser.ts';
import { outcome, signIn, tryPassword } from '../setup/journeys.ts';
import { PASSWORD, type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(2, {}, { limits: true });
});
afterAll(() => on[Symbol.asyncDispose]());

/** The nodes tell one another four times a second what they counted. */
const MERGED_MS = 600;

let names = 0;
const someName = () => `stranger.${++names}@example.org`;

const guess = (from: HttpBrowser) => tryPassword(from, someName(), 'anything').then(outcome);
/** Costs nothing but a look-up, and counts as a try all the same. */
const look = (from: HttpBrowser) =>
  from.post('/api/password-resets/check', { token: 'A'.repeat(64) }).then(outcome);

/** Tries on both nodes in turn, as fast as a guesser would who waits for nothing; how many were let through. */
async function tries(times: number, from: () => HttpBrowser, attempt: typeof guess): Promise<number> {
  let passed = 0;
  for (let tried = 0; tried < times; tried++) {
    if (tried % 8 === 7) await sleep(MERGED_MS);
    if ((await attempt(from().at(on.nodes[tried % 2]!.url))) !== '429 too-many-tries') passed++;
  }
  return passed;
}

describe('one network', () => {
  test('[RATE-2] guesses at passwords: thirty a minute on two nodes together, and when to come back', async () => {
    const attacker = on.browser();
    const passed = await tries(40, () => attacker, guess);
    expect(passed).toBeGreaterThanOrEqual(30);
    expect(passed).toBeLessThanOrEqual(34);
    const refused = await tryPassword(attacker, someName(), 'anything');
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(60);
    expect(refused.body).toMatchObject({ retryAfterSeconds: wait });
    expect(await guess(on.browser())).toBe('422 sign-in-refused');
    await on.advance(120);
    expect(await guess(attacker)).toBe('422 sign-in-refused');
  });

  test.each([
    ['an IPv4 address', () => '203.0.113.7'],
    ['all addresses of an IPv6 /64', () => `2001:db8:1:2:${(++names).toString(16)}::1`],
    ['an address that claims to come from elsewhere', () => `192.0.2.${++names % 250}, 203.0.113.8`],
  ])('[RATE-2] %s: thirty links a minute', async (_, address) => {
    const from = () => on.browser(0, address());
    const passed = await tries(40, from, look);
    expect(passed).toBeGreaterThanOrEqual(30);
    expect(passed).toBeLessThanOrEqual(34);
  });

  test('[RATE-2] another /64 is another network', async () => {
    await tries(36, () => on.browser(0, '2001:db8:9:9::1'), look);
    expect(await look(on.browser(0, '2001:db8:9:9::2'))).toBe('429 too-many-tries');
    expect(await look(on.browser(0, '2001:db8:9:a::1'))).toBe('410 link-over');
  });

  test('[RATE-2] the counts survive a restart', { timeout: 90_000 }, async () => {
    const attacker = on.browser();
    await tries(40, () => attacker, look);
    await sleep(MERGED_MS);
    const fresh = await on.addNode();
    // While it starts, a few tries are granted anew; a node that had forgotten would let all of these through.
    const answers: string[] = [];
    for (let tried = 0; tried < 15; tried++) answers.push(await look(attacker.at(fresh.url)));
    expect(answers.filter((answer) => answer === '429 too-many-tries').length).toBeGreaterThanOrEqual(5);
    await fresh.stop();
  });

  test('[RATE-2] registrations are counted too', async () => {
    const attacker = on.browser();
    const register = async (from: HttpBrowser) =>
      outcome(
        await from.post('/api/registrations', { email: someName(), password: 'short', language: 'en' }),
      );
    expect(await tries(40, () => attacker, register)).toBeLessThanOrEqual(34);
  });
});

describe('one account', () => {
  test('[RATE-2] ten tries a minute, from wherever; its owner’s recognised browser has its own', async () => {
    const holder = await on.holder();
    const own = await signIn(on, on.browser(), holder);
    await sleep(MERGED_MS);
    const passed = await tries(20, on.browser, (from) =>
      tryPassword(from, holder.email, PASSWORD).then(outcome),
    );
    // The owner's own first sign-in was one of them.
    expect(passed).toBeGreaterThanOrEqual(9);
    expect(passed).toBeLessThanOrEqual(12);
    expect(outcome(await tryPassword(own, holder.email, PASSWORD))).toBe('200');
  });

  test('[RATE-2] letters to one address are few, whoever asks for them, and nobody is told', async () => {
    const { email } = await on.holder();
    const address = someName();
    for (let asked = 0; asked < 5; asked++) {
      const from = on.browser(asked % 2);
      const registration = { email: address, password: PASSWORD, language: 'en' };
      const answers = [
        await from.post('/api/password-resets', { identifier: email }),
        await from.post('/api/registrations', registration),
      ];
      expect(answers.map(outcome)).toEqual(['202', '202']);
      await sleep(MERGED_MS);
    }
    // One; two when the second node had not heard of the first letter yet.
    for (const mailbox of [email, address]) expect([1, 2]).toContain((await on.dev.outbox(mailbox)).length);
  });
});

describe('behind no proxy that it trusts', () => {
  test('[WEB-4] [RATE-2] a node believes no X-Forwarded-For', async () => {
    await using direct = await populatedInstallation(
      1,
      { SIGILLO_TRUSTED_PROXIES: '10.0.0.1' },
      { limits: true },
    );
    let refused = 0;
    for (let tried = 0; tried < 40; tried++)
      if ((await look(direct.browser())) === '429 too-many-tries') refused++;
    expect(refused).toBeGreaterThanOrEqual(6);
  });
});
