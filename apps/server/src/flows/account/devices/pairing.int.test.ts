import { PAIRING_CODE, readQr, readTypedCode } from '@sigillo/device-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askShares, unlockApp } from '../../../../../../tests/setup/device-app.ts';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  enterPassword,
  good,
  isSignedIn,
  outcome,
  signIn,
  stepUpOf,
} from '../../../../../../tests/setup/journeys.ts';
import {
  linkedAs,
  newApp,
  type Pairing,
  pairApp,
  sendUnlinked,
  signedPairing,
  startPairing,
  tryPair,
} from '../../../../../../tests/setup/link-app.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';

const PAIRINGS = '/api/account/devices/pairings';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

async function signedIn(holder?: Holder): Promise<{ holder: Holder; browser: HttpBrowser }> {
  const who = holder ?? (await on.holder({ totp: true }));
  return { holder: who, browser: await signIn(on, on.browser(), who) };
}

const shown = async (browser: HttpBrowser, { id }: { id: string }): Promise<Pairing> =>
  good(await browser.get<{ pairing: Pairing }>(`${PAIRINGS}/${id}`)).pairing;

const devicesOf = ({ id }: Holder) =>
  on.database.db
    .selectFrom('device')
    .select(['id', 'state', 'binding_level as bindingLevel', 'name'])
    .where('account_id', '=', id)
    .execute();

describe('an app that is linked by a code', () => {
  test('[QR-5] the picture holds a code of 115 bits, and the key that ID tokens are signed with', async () => {
    const { browser } = await signedIn();
    const { text, code, ...rest } = await startPairing(browser);
    const read = readQr('http://localhost:8081', text ?? '');
    const { keys } = good(await browser.get<{ keys: { kid: string }[] }>('/oidc/jwks'));
    expect(read).toMatchObject({ kind: 'pair', issuer: on.server.issuer });
    expect(read?.kind === 'pair' && keys.map(({ kid }) => kid).includes(read.issuerKey)).toBe(true);
    expect(read?.kind === 'pair' && read.code).toBe(readTypedCode(code, PAIRING_CODE));
    expect(code).toMatch(/^(\w{4}-){5}\w{4}$/);
    expect(await shown(browser, rest)).toMatchObject({
      state: 'waiting',
      text: null,
      code: null,
      device: null,
    });
  });

  test('it sees whose account it is, comes with both keys, unlocks, and the page says so', async () => {
    const { browser, holder } = await signedIn();
    const pairing = await startPairing(browser);
    const app = await newApp();
    const typed = ` ${pairing.code.toLowerCase().replaceAll('-', ' ')} `;
    const look = good(await sendUnlinked(on, app, '/device/pairings/look', { code: typed }));
    expect(look).toMatchObject({ account: { id: holder.id, userId: holder.userId } });
    expect(JSON.stringify(look)).not.toContain(holder.email);

    const read = readQr('http://localhost:8081', pairing.text ?? '');
    const issuerKey = read?.kind === 'pair' ? read.issuerKey : '';
    const linked = good(await tryPair(on, app, pairing.code, { issuerKey, node: 1 }));
    expect(linked.account).toMatchObject({ id: holder.id, email: holder.email });
    expect(Buffer.from(linked.seed, 'base64url')).toHaveLength(20);
    const after = await shown(browser, pairing);
    expect(after).toMatchObject({ state: 'linked', device: { name: 'My phone' } });
    const device = await linkedAs(on, app, linked);
    expect(await unlockApp(on, device, '482915')).toBe(true);
    expect(await devicesOf(holder)).toMatchObject([{ bindingLevel: 2, state: 'active' }]);
  });

  test('[AUD-4] every confirmed address is told of a new device', async () => {
    const { browser, holder } = await signedIn();
    const before = (await on.dev.outbox(holder.email)).length;
    await pairApp(on, browser);
    const letter = await on.dev.newest(holder.email, before);
    expect(letter.subject).toBe('Device linked: My phone');
  });
});

describe('[QR-5] a code', () => {
  test('links one app: nobody comes with it again', async () => {
    const { browser, holder } = await signedIn();
    const { code } = await startPairing(browser);
    const app = await newApp();
    const { device } = good(await tryPair(on, app, code));
    expect(outcome(await tryPair(on, await newApp(), code))).toBe('410 pairing-gone');
    // But for the app itself, if it never got the answer.
    const linked = good(await tryPair(on, app, code, { node: 1 }));
    expect(linked.device).toBe(device);
    expect(await unlockApp(on, await linkedAs(on, app, linked), '482915')).toBe(true);
    expect(outcome(await tryPair(on, app, code))).toBe('410 pairing-gone');
    const look = await sendUnlinked(on, await newApp(), '/device/pairings/look', { code });
    expect(outcome(look)).toBe('410 pairing-gone');
    expect(await devicesOf(holder)).toHaveLength(1);
  });

  test('of 16 apps at once, on two nodes, one is linked', async () => {
    for (let round = 0; round < 3; round++) {
      const { browser, holder } = await signedIn();
      const { code } = await startPairing(browser);
      const apps = await Promise.all(Array.from({ length: 16 }, newApp));
      const answers = await Promise.all(apps.map((app, n) => tryPair(on, app, code, { node: n % 2 })));
      const lost = answers.filter(({ status }) => status !== 201).map(outcome);
      // The code was spent before they looked, or while they waited for the account.
      expect([...new Set(lost)]).toEqual(['410 pairing-gone']);
      expect(lost).toHaveLength(15);
      expect(await devicesOf(holder)).toHaveLength(1);
    }
  });

  test('is good for ten minutes', async () => {
    const { browser } = await signedIn();
    const pairing = await startPairing(browser);
    await on.advance(599);
    good(await sendUnlinked(on, await newApp(), '/device/pairings/look', { code: pairing.code }));
    await on.advance(1);
    expect(outcome(await tryPair(on, await newApp(), pairing.code))).toBe('410 pairing-gone');
    expect(await shown(browser, pairing)).toMatchObject({ state: 'expired' });
  });

  test('is only for who has proven something in the last five minutes', async () => {
    const { browser } = await signedIn();
    await on.advance(301);
    const refused = await browser.post(PAIRINGS);
    expect(stepUpOf(refused).options.map((one) => one.method)).toEqual(['totp']);
  });

  test('that was cancelled, or whose session or epoch ended, links nothing', async () => {
    const cancelled = await signedIn();
    const pairing = await startPairing(cancelled.browser);
    good(await cancelled.browser.post(`${PAIRINGS}/${pairing.id}/cancel`));
    expect(await shown(cancelled.browser, pairing)).toMatchObject({ state: 'void' });
    expect(outcome(await tryPair(on, await newApp(), pairing.code))).toBe('410 pairing-gone');

    const left = await signedIn();
    const second = await startPairing(left.browser);
    good(await left.browser.post('/api/sign-out'));
    expect(outcome(await tryPair(on, await newApp(), second.code))).toBe('410 pairing-gone');

    const moved = await signedIn(await on.holder({ totp: true, sms: true }));
    const third = await startPairing(moved.browser);
    type Held = { authenticators: { id: string; type: string }[] };
    const { authenticators } = good(await moved.browser.get<Held>('/api/account'));
    const sms = authenticators.find(({ type }) => type === 'sms-code');
    good(await moved.browser.post(`/api/account/authenticators/${sms?.id}/remove`));
    expect(await isSignedIn(moved.browser)).toBe(true);
    expect(outcome(await tryPair(on, await newApp(), third.code))).toBe('410 pairing-gone');
    expect(await devicesOf(moved.holder)).toEqual([]);
  });

  test('wants both keys of the app, for this code, this issuer and this issuer’s key', async () => {
    const { browser, holder } = await signedIn();
    const { code } = await startPairing(browser);
    const bare = code.replaceAll('-', '');
    const [app, other] = [await newApp(), await newApp()];
    const mine = await signedPairing(on, app, bare);
    const theirs = await signedPairing(on, other, bare);
    const elsewhere = { ...on, server: { ...on.server, issuer: 'https://id.example.org' } };
    const hostile = [
      theirs,
      { ...mine, byApproval: theirs.byApproval },
      { ...mine, byApproval: mine.byDevice },
      { byDevice: mine.byApproval, byApproval: mine.byDevice },
      { byDevice: 'x', byApproval: 'y' },
      await signedPairing(elsewhere, app, bare),
      await signedPairing(on, app, bare, 'A'.repeat(43)),
      await signedPairing(
        on,
        {
          keys: app.keys,
          approval: { ...app.approval, publicKey: app.keys.devicePublicKey, signingKey: app.keys.deviceKey },
        },
        bare,
      ),
    ];
    for (const pairing of hostile) {
      const answer = await sendUnlinked(on, app, '/device/pairings', { pairing, name: 'My phone' });
      expect(outcome(answer)).toBe('401 request-not-signed');
    }
    const named = { keys: { ...app.keys, deviceKeyId: other.keys.deviceKeyId } };
    const look = await sendUnlinked(on, named, '/device/pairings/look', { code });
    expect(outcome(look)).toBe('401 request-not-signed');
    expect(await devicesOf(holder)).toEqual([]);
    good(await tryPair(on, app, code));
  });
});

describe('the account', () => {
  test('that had the password alone: other sessions end, the one that linked the app goes on, and the app is asked for', async () => {
    const holder = await on.holder();
    const elsewhere = await signIn(on, on.browser(1), holder);
    const { browser } = await signedIn(holder);
    await pairApp(on, browser);
    expect(await isSignedIn(browser)).toBe(true);
    expect(await isSignedIn(elsewhere)).toBe(false);
    expect(await devicesOf(holder)).toMatchObject([{ bindingLevel: 2 }]);
    const next = await enterPassword(on.browser(), holder);
    expect(next.state).toBe('open');
    expect(next.options.map((one) => one.method)).toContain('app-code');
  });

  test('has ten apps at most; the code stays good until one is removed', async () => {
    const { browser, holder } = await signedIn();
    for (let linked = 0; linked < 9; linked++) await pairApp(on, browser);
    const [one, two] = [await startPairing(browser), await startPairing(browser)];
    const answers = await Promise.all([
      tryPair(on, await newApp(), one.code),
      tryPair(on, await newApp(), two.code, { node: 1 }),
    ]);
    expect(answers.map(outcome).sort()).toEqual(['201', '409 too-many-devices']);
    const waiting = outcome(answers[0]) === '201' ? two : one;
    expect(await shown(browser, waiting)).toMatchObject({ state: 'waiting' });
    const [device] = await devicesOf(holder);
    const ref = { accountId: holder.id, id: device?.id ?? '' };
    await on.database.db.transaction().execute((tx) => on.stores.devices.remove(tx, ref));
    good(await tryPair(on, await newApp(), waiting.code));
  });

  test('an app that is linked already is not linked twice', async () => {
    const { browser } = await signedIn();
    const app = await pairApp(on, browser);
    const { code } = await startPairing(browser);
    expect(outcome(await tryPair(on, app, code))).toBe('409 device-known');
    expect((await askShares(on, app, '482915')).status).toBe(200);
  });

  test('[WEB-7] of somebody else is shown nothing of a pairing', async () => {
    const { browser } = await signedIn();
    const { id } = await startPairing(browser);
    const { browser: stranger } = await signedIn();
    expect(outcome(await stranger.get(`${PAIRINGS}/${id}`))).toBe('404 not-found');
    expect(outcome(await stranger.get(`${PAIRINGS}/${id}/events`))).toBe('404 not-found');
    expect(outcome(await stranger.post(`${PAIRINGS}/${id}/cancel`))).toBe('404 not-found');
  });
});
