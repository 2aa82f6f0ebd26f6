import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  enterPassword,
  good,
  isSignedIn,
  outcome,
  signIn,
  tryFinish,
  tryPassword,
} from '../../../../../../tests/setup/journeys.ts';
import {
  addPasskey,
  askAnyPasskey,
  enterPasskey,
  provePasskey,
  tryPasskey,
} from '../../../../../../tests/setup/passkeys.ts';
import {
  type Enrolled,
  type Holder,
  PASSWORD,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { SoftPasskey } from '../../../../../../tests/setup/soft-passkey.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

/** Somebody with a password and a passkey. */
async function passkeyHolder(nature?: ConstructorParameters<typeof SoftPasskey>[2], enrolled?: Enrolled) {
  const holder = await on.holder(enrolled);
  const own = await signIn(on, on.browser(), holder);
  const device = new SoftPasskey(on.server.issuer, 'ES256', nature);
  await addPasskey(own, device);
  return { holder, own, device };
}

const lastAudit = async (holder: Holder) => {
  const { db } = on.database;
  return db
    .selectFrom('access_event')
    .selectAll()
    .where('account_id', '=', holder.id)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
};

describe('signing in with a passkey alone', () => {
  test('[WA-3] is two factors at once: a session, without a name and without a password', async () => {
    const { device, holder } = await passkeyHolder();
    const browser = on.browser(1);
    const { ceremony } = good(await enterPasskey(browser, device));
    expect(ceremony).toMatchObject({ state: 'satisfied', proven: ['passkey'] });
    good(await tryFinish(browser, ceremony));
    expect(await isSignedIn(browser)).toBe(true);
    expect(await lastAudit(holder)).toMatchObject({ outcome: 'success', method: 'passkey' });
  });

  test('[WA-3] without user verification it is refused, and the passkey is none the worse', async () => {
    const { device } = await passkeyHolder();
    expect(outcome(await enterPasskey(on.browser(), device, { userVerified: false }))).toBe(
      '422 passkey-refused',
    );
    expect(outcome(await enterPasskey(on.browser(), device))).toBe('200');
  });

  test('[WA-1] an answer works once: not again, not on the other node, not after another one', async () => {
    const { device } = await passkeyHolder();
    const browser = on.browser();
    const { ticket, publicKey } = await askAnyPasskey(browser);
    const credential = device.get(publicKey);
    expect(outcome(await tryPasskey(browser, ticket, credential))).toBe('200');
    const elsewhere = browser.at(on.nodes[1]!.url);
    expect(outcome(await tryPasskey(browser, ticket, credential))).toBe('409 challenge-over');
    expect(outcome(await tryPasskey(elsewhere, ticket, credential))).toBe('409 challenge-over');
    expect(outcome(await tryPasskey(browser, ticket, device.get(publicKey)))).toBe('409 challenge-over');
    const next = await askAnyPasskey(browser);
    expect(outcome(await tryPasskey(browser, next.ticket, credential))).toBe('422 passkey-refused');
  });

  test('[WA-1] of 16 answers at once, on two nodes, one wins', async () => {
    const { device } = await passkeyHolder();
    const browser = on.browser();
    const { ticket, publicKey } = await askAnyPasskey(browser);
    const nodes = on.nodes.map((node) => browser.at(node.url));
    const answers = Array.from({ length: 16 }, () => device.get(publicKey));
    const outcomes = await Promise.all(
      answers.map(async (answer, index) => outcome(await tryPasskey(nodes[index % 2]!, ticket, answer))),
    );
    expect(outcomes.filter((one) => one === '200')).toHaveLength(1);
    for (const lost of outcomes.filter((one) => one !== '200'))
      expect(['409 challenge-over', '422 passkey-refused']).toContain(lost);
  });

  test('[WA-1] a question is over after five minutes, and after five wrong answers', async () => {
    const { device } = await passkeyHolder();
    const browser = on.browser();
    const late = await askAnyPasskey(browser);
    await on.advance(301);
    expect(outcome(await tryPasskey(browser, late.ticket, device.get(late.publicKey)))).toBe(
      '409 challenge-over',
    );
    const { ticket, publicKey } = await askAnyPasskey(browser);
    for (let tried = 0; tried < 5; tried++) {
      const wrong = device.get(publicKey, { breakSignature: true });
      expect(outcome(await tryPasskey(browser, ticket, wrong))).toBe('422 passkey-refused');
    }
    expect(outcome(await tryPasskey(browser, ticket, device.get(publicKey)))).toBe('409 challenge-over');
  });

  test('[WA-1] an answer is good only in the browser that asked', async () => {
    const { device } = await passkeyHolder();
    const { ticket, publicKey } = await askAnyPasskey(on.browser());
    expect(outcome(await tryPasskey(on.browser(), ticket, device.get(publicKey)))).toBe(
      '422 passkey-refused',
    );
  });

  test('[RATE-1] a handle nobody has, a removed passkey and a wrong answer are told alike', async () => {
    const { device } = await passkeyHolder();
    const own = on.browser();
    good(await tryFinish(own, good(await enterPasskey(own, device)).ceremony));
    const stranger = new SoftPasskey(on.server.issuer);
    stranger.userHandle = Buffer.alloc(64, 1).toString('base64url');
    const removed = new SoftPasskey(on.server.issuer);
    await addPasskey(own, removed);
    const { authenticators } = good(
      await own.get<{ authenticators: { id: string; createdAt: string }[] }>('/api/account'),
    );
    good(await own.post(`/api/account/authenticators/${authenticators.at(-1)?.id}/remove`));
    const refusals = [
      await enterPasskey(on.browser(), stranger),
      await enterPasskey(on.browser(), removed),
      await enterPasskey(on.browser(), device, { breakSignature: true }),
      await enterPasskey(on.browser(), device, { userHandle: null }),
      await enterPasskey(on.browser(), device, { credentialId: stranger.id }),
    ];
    const told = refusals.map(({ status, body }) => JSON.stringify({ status, ...body, instance: undefined }));
    expect(new Set(told.map((text) => text.replace(/"requestId":"[^"]*",?/, ''))).size).toBe(1);
    expect(outcome(refusals[0]!)).toBe('422 passkey-refused');
    expect(outcome(await enterPasskey(on.browser(), device))).toBe('200');
  });

  test('[PW-6] whoever keeps the password locked, and guesses at the passkey, does not keep its holder out', async () => {
    const { holder, device } = await passkeyHolder();
    const attacker = on.browser();
    for (let tried = 0; tried < 7; tried++) await tryPassword(attacker, holder.email, 'not the password');
    for (let tried = 0; tried < 12; tried++)
      expect(outcome(await enterPasskey(attacker, device, { breakSignature: true }))).toBe(
        '422 passkey-refused',
      );
    const own = on.browser();
    expect(outcome(await tryPassword(own, holder.email, PASSWORD))).toBe('429 too-many-tries');
    good(await tryFinish(own, good(await enterPasskey(own, device)).ceremony));
    expect(await isSignedIn(own)).toBe(true);
  });
});

describe('limits', () => {
  test('[PW-6] tries at an account’s password use up nothing of its passkey’s', async () => {
    const { holder, device } = await passkeyHolder();
    await on.dev.liftLimits(false);
    for (let tried = 0; tried < 12; tried++)
      await tryPassword(on.browser(), holder.email, 'not the password');
    expect(outcome(await enterPasskey(on.browser(), device))).toBe('200');
    await on.dev.liftLimits(true);
  });
});

describe('a device that may have been copied', () => {
  test('[WA-3] [AUD-4] a counter that goes back is refused, recorded, and told to the holder', async () => {
    const { holder, device } = await passkeyHolder();
    good(await enterPasskey(on.browser(), device));
    expect((await on.dev.newest(holder.email)).subject).toBe('New verification method: Passkey');
    expect(outcome(await enterPasskey(on.browser(), device, { counter: 1 }))).toBe('422 passkey-refused');
    const notice = await on.dev.newest(holder.email, 1);
    expect(notice.subject).toBe('A passkey was refused: there may be a copy of it');
    expect(notice.text).toContain('My phone');
    expect(outcome(await enterPasskey(on.browser(), device))).toBe('200');
  });

  test('[WA-3] backup flags, transports and a random handle are stored', async () => {
    const { holder, device } = await passkeyHolder({ backupEligible: true });
    const { db } = on.database;
    const stored = await db
      .selectFrom('passkey')
      .innerJoin('authenticator', 'authenticator.id', 'passkey.authenticator_id')
      .innerJoin('passkey_user', 'passkey_user.account_id', 'passkey.account_id')
      .selectAll()
      .where('passkey.account_id', '=', holder.id)
      .executeTakeFirstOrThrow();
    expect(stored).toMatchObject({
      type: 'passkey',
      backup_eligible: true,
      key_protection: 'software',
      backed_up: true,
      transports: ['internal'],
      attachment: 'platform',
      discoverable: true,
    });
    expect(stored.user_handle).toHaveLength(64);
    good(await enterPasskey(on.browser(), device, { backedUp: false }));
    const after = await db
      .selectFrom('passkey')
      .select('backed_up')
      .where('account_id', '=', holder.id)
      .execute();
    expect(after).toEqual([{ backed_up: false }]);
  });
});

describe('after the password', () => {
  const second = async (browser: HttpBrowser, holder: Holder, device: SoftPasskey, verified: boolean) => {
    const ceremony = await enterPassword(browser, holder);
    expect(ceremony.state).toBe('open');
    return provePasskey(browser, ceremony, device, { userVerified: verified });
  };

  test.each([
    [true, ['password', 'passkey']],
    [false, ['password', 'security-key']],
  ])('[WA-3] a passkey is the second factor; user verified: %s', async (verified, proven) => {
    const { holder, device } = await passkeyHolder();
    const browser = on.browser();
    const { ceremony } = good(await second(browser, holder, device, verified));
    expect(ceremony).toMatchObject({ state: 'satisfied', proven });
    good(await tryFinish(browser, ceremony));
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('[WA-3] a key that is only touched is one too, and never signs in alone', async () => {
    const { holder, device } = await passkeyHolder({ userVerified: false });
    const browser = on.browser();
    const ceremony = await enterPassword(browser, holder);
    const proven = good(await provePasskey(browser, ceremony, device, {}, 'security-key')).ceremony;
    expect(proven.state).toBe('satisfied');
    for (const bent of [{}, { userVerified: true }])
      expect(outcome(await enterPasskey(on.browser(), device, bent))).toBe('422 passkey-refused');
  });
});
