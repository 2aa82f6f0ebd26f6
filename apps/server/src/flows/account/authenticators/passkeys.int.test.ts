import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  enterPassword,
  good,
  type InCeremony,
  isSignedIn,
  outcome,
  sendCode,
  signIn,
  stepUpOf,
  tryCode,
  tryFinish,
} from '../../../../../../tests/setup/journeys.ts';
import {
  addPasskey,
  enterPasskey,
  provePasskey,
  startPasskey,
  tryNewPasskey,
} from '../../../../../../tests/setup/passkeys.ts';
import { type PopulatedInstallation, sharedInstallation } from '../../../../../../tests/setup/populated.ts';
import { SoftPasskey } from '../../../../../../tests/setup/soft-passkey.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

interface Factor {
  id: string;
  type: string;
  label: string;
  createdAt: string;
  lastUsedAt: string | null;
}

const factorsOf = async (browser: HttpBrowser) =>
  good(await browser.get<{ authenticators: Factor[] }>('/api/account')).authenticators;

const newDevice = () => new SoftPasskey(on.server.issuer);

/** A browser signed in with a passkey alone a moment ago. */
async function withPasskey() {
  const holder = await on.holder();
  const device = newDevice();
  await addPasskey(await signIn(on, on.browser(), holder), device);
  const browser = on.browser();
  good(await tryFinish(browser, good(await enterPasskey(browser, device)).ceremony));
  return { holder, device, browser };
}

const adding = async (browser: HttpBrowser) =>
  good(await browser.post<InCeremony>('/api/account/authenticators')).ceremony;

describe('adding a passkey', () => {
  test('[AUD-4] is told to every confirmed address, and the list says what it is and when it was used', async () => {
    const { holder, browser, device } = await withPasskey();
    const notice = await on.dev.newest(holder.email);
    expect(notice.subject).toBe('New verification method: Passkey');
    const [factor, ...others] = await factorsOf(browser);
    expect(others).toEqual([]);
    expect(factor).toMatchObject({ type: 'passkey', label: 'My phone' });
    await on.advance(60);
    good(await enterPasskey(on.browser(), device));
    const [used] = await factorsOf(browser);
    expect(Date.parse(used?.lastUsedAt ?? '')).toBeGreaterThan(Date.parse(factor?.lastUsedAt ?? ''));
  });

  test('[SES-3] the first one ends the sessions that the password alone had opened', async () => {
    const holder = await on.holder();
    const thief = await signIn(on, on.browser(), holder);
    const owner = await signIn(on, on.browser(), holder);
    await addPasskey(owner, newDevice());
    expect(await isSignedIn(owner)).toBe(true);
    expect(await isSignedIn(thief)).toBe(false);
  });

  test('[SES-4] needs something proven in the last five minutes: a passkey does', async () => {
    const { browser, device } = await withPasskey();
    await on.advance(301);
    const refused = await browser.post('/api/account/authenticators');
    const stepUp = stepUpOf(refused);
    expect(stepUp.options.map(({ slot, method }) => `${slot} ${method}`)).toEqual(['second passkey']);
    const { ceremony } = good(await provePasskey(browser, stepUp, device));
    expect(ceremony.state).toBe('satisfied');
    good(await browser.post('/api/step-up/finish', { ceremony: stepUp.id }));
    await addPasskey(browser, newDevice());
    expect(await factorsOf(browser)).toHaveLength(2);
  });

  test('[WA-3] the same credential cannot be added twice, by nobody', async () => {
    const { browser, device } = await withPasskey();
    const again = await adding(browser);
    const enrolment = await startPasskey(browser, again);
    const { publicKey } = enrolment.challenge;
    expect(publicKey.excludeCredentials.map(({ id }) => id)).toEqual([device.id]);
    const refused = await tryNewPasskey(browser, again, enrolment, device.create(publicKey));
    expect(outcome(refused)).toBe('422 code-rejected');

    const other = await withPasskey();
    const ceremony = await adding(other.browser);
    const theirs = await startPasskey(other.browser, ceremony);
    const copied = other.device.create(theirs.challenge.publicKey, { credentialId: device.id });
    expect(outcome(await tryNewPasskey(other.browser, ceremony, theirs, copied))).toBe('422 code-rejected');
    expect(await factorsOf(other.browser)).toHaveLength(1);
  });

  test('[WA-1] of 16 that hand in one new passkey at once, one wins; a second try is none', async () => {
    const { browser } = await withPasskey();
    const ceremony = await adding(browser);
    const enrolment = await startPasskey(browser, ceremony);
    const made = newDevice().create(enrolment.challenge.publicKey);
    const nodes = on.nodes.map((node) => browser.at(node.url));
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, async (_, index) =>
        outcome(await tryNewPasskey(nodes[index % 2]!, ceremony, enrolment, made)),
      ),
    );
    expect(outcomes.filter((one) => one === '200')).toHaveLength(1);
    for (const lost of outcomes.filter((one) => one !== '200'))
      expect(['409 challenge-over', '422 code-rejected', '404 ceremony-gone']).toContain(lost);
    expect(await factorsOf(browser)).toHaveLength(2);
  });

  test('[WA-2] one that was made for another page is not added', async () => {
    const { browser } = await withPasskey();
    const ceremony = await adding(browser);
    const enrolment = await startPasskey(browser, ceremony);
    const made = newDevice().create(enrolment.challenge.publicKey, { origin: 'https://attacker.example' });
    expect(outcome(await tryNewPasskey(browser, ceremony, enrolment, made))).toBe('422 code-rejected');
    expect(await factorsOf(browser)).toHaveLength(1);
  });
});

describe('removing a passkey', () => {
  test('[SES-3] [AUD-4] ends other sessions, destroys its key and is told', async () => {
    const { holder, browser, device } = await withPasskey();
    // Two that wait at once may be sent in any order.
    expect((await on.dev.newest(holder.email)).subject).toBe('New verification method: Passkey');
    const elsewhere = on.browser(1);
    good(await tryFinish(elsewhere, good(await enterPasskey(elsewhere, device)).ceremony));
    const [factor] = await factorsOf(browser);
    good(await browser.post(`/api/account/authenticators/${factor?.id}/rename`, { label: 'The old one' }));
    good(await browser.post(`/api/account/authenticators/${factor?.id}/remove`));
    expect(await isSignedIn(browser)).toBe(true);
    expect(await isSignedIn(elsewhere)).toBe(false);
    expect(outcome(await enterPasskey(on.browser(), device))).toBe('422 passkey-refused');
    const { db } = on.database;
    expect(await db.selectFrom('passkey').selectAll().where('account_id', '=', holder.id).execute()).toEqual(
      [],
    );
    const notice = await on.dev.newest(holder.email, 1);
    expect(notice.subject).toBe('Verification method removed: Passkey');
    expect(notice.text).toContain('The old one');
  });
});

describe('losing a passkey', () => {
  test('[REC-4] a recovery takes it away; a new passkey takes its place', async () => {
    const { holder, device, browser: signedIn } = await withPasskey();
    const browser = on.browser();
    const signingIn = await enterPassword(browser, holder);
    expect(signingIn.canRecover).toBe(true);
    let { ceremony } = good(await browser.post<InCeremony>(`/api/ceremonies/${signingIn.id}/recovery`));
    const sent = await sendCode(on, browser, ceremony, 'email-code', holder.email);
    ({ ceremony } = good(await tryCode(browser, sent.ceremony, 'email-code', sent.code)));
    expect(ceremony.setUp?.methods).toContain('passkey');
    const fresh = newDevice();
    const enrolment = await startPasskey(browser, ceremony);
    const made = fresh.create(enrolment.challenge.publicKey);
    ({ ceremony } = good(await tryNewPasskey(browser, ceremony, enrolment, made)));
    expect(ceremony.state).toBe('satisfied');
    expect(await isSignedIn(signedIn)).toBe(false);
    expect(outcome(await enterPasskey(on.browser(), device))).toBe('422 passkey-refused');
    expect(outcome(await enterPasskey(on.browser(), fresh))).toBe('200');
  });
});
