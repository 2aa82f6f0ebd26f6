import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askShares, unlockApp } from '../../../../../tests/setup/device-app.ts';
import {
  asked,
  type Ceremony,
  enterPassword,
  good,
  type InCeremony,
  isSignedIn,
  outcome,
  recover,
  sendCode,
  setUpApp,
  signIn,
  tryCode,
} from '../../../../../tests/setup/journeys.ts';
import {
  linkApp,
  linkedAs,
  newApp,
  pairApp,
  proveBySms,
  sendUnlinked,
  signedPairing,
  tryFinishLink,
  tryStartLink,
} from '../../../../../tests/setup/link-app.ts';
import { addPasskey } from '../../../../../tests/setup/passkeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../tests/setup/populated.ts';
import { SoftPasskey } from '../../../../../tests/setup/soft-passkey.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { randomId } from '../../platform/ids.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

async function withPhone(isConfirmed: boolean): Promise<Holder> {
  const holder = await on.holder();
  const at = new Date(on.nowMs());
  const phone = {
    id: randomId(),
    kind: 'phone' as const,
    channelId: randomId(),
    address: holder.phone,
    verifiedAt: isConfirmed ? at : null,
  };
  await inTransaction(on.database.db, (tx) => on.stores.contacts.insert(tx, holder.id, phone, at));
  return holder;
}

const devicesOf = ({ id }: Pick<Holder, 'id'>) =>
  on.database.db
    .selectFrom('device')
    .select(['id', 'state', 'binding_level as bindingLevel'])
    .where('account_id', '=', id)
    .execute();

const path = ({ id }: Pick<Ceremony, 'id'>, what: string) => `/device/links/${id}/${what}`;

describe('an app that is linked by name and password', () => {
  test.each([true, false])(
    'and a code to the account’s number (confirmed before: %s)',
    async (isConfirmed) => {
      const holder = await withPhone(isConfirmed);
      const app = await newApp();
      const { ceremony } = good(await tryStartLink(on, app, holder));
      expect(ceremony).toMatchObject({ purpose: 'link-app', state: 'open', setUp: null, canRecover: false });
      expect(ceremony.options).toMatchObject([{ slot: 'link-phone', method: 'sms-code', needsSend: true }]);
      expect(outcome(await tryFinishLink(on, app, ceremony))).toBe('409 proof-missing');
      expect((await proveBySms(on, app, ceremony, holder.phone)).state).toBe('satisfied');

      const before = (await on.dev.outbox(holder.email)).length;
      const linked = good(await tryFinishLink(on, app, ceremony, 1));
      expect(linked.account).toMatchObject({ id: holder.id, email: holder.email });
      const device = await linkedAs(on, app, linked);
      expect(device.device.bindingLevel).toBe(2);
      expect(await unlockApp(on, device, '482915')).toBe(true);
      expect((await on.dev.newest(holder.email, before)).subject).toBe('Device linked: My phone');
      const { phoneVerified } = good(await (await confirmedIn(holder, device)).get('/api/account'));
      expect(phoneVerified).toBe(true);
    },
  );

  test('alone, where the account has neither a second factor nor a number', async () => {
    const holder = await on.holder();
    const elsewhere = await signIn(on, on.browser(), holder);
    const app = await linkApp(on, holder);
    expect(await unlockApp(on, app, '482915')).toBe(true);
    expect(await isSignedIn(elsewhere)).toBe(false);
    expect((await enterPassword(on.browser(), holder)).state).toBe('open');
  });

  test('and the second factor of who has one; what only a page can ask for is not offered', async () => {
    const holder = await on.holder({ totp: true, sms: true });
    const browser = await signIn(on, on.browser(), holder);
    await addPasskey(browser, new SoftPasskey(on.server.issuer));
    await pairApp(on, browser);
    const app = await newApp();
    const { ceremony } = good(await tryStartLink(on, app, holder));
    const offered = ceremony.options.map((one) => one.method).sort();
    expect(offered).toEqual(['app-code', 'app-push', 'sms-code', 'totp']);
    const proof = { ...asked(ceremony, 'totp'), code: await on.code(holder) };
    const proven = good(await sendUnlinked<InCeremony>(on, app, path(ceremony, 'proofs'), proof));
    expect(proven.ceremony.state).toBe('satisfied');
    good(await tryFinishLink(on, app, ceremony));
    expect(await devicesOf(holder)).toHaveLength(2);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('who has a passkey alone links it from a browser', async () => {
    const holder = await on.holder();
    const browser = await signIn(on, on.browser(), holder);
    await addPasskey(browser, new SoftPasskey(on.server.issuer));
    const app = await newApp();
    const { ceremony } = good(await tryStartLink(on, app, holder));
    expect(ceremony).toMatchObject({ state: 'open', options: [] });
    expect(outcome(await tryFinishLink(on, app, ceremony))).toBe('409 proof-missing');
  });

  test('it goes on after a restart, at any node, and with its own key alone', async () => {
    const holder = await withPhone(true);
    const [app, other] = [await newApp(), await newApp()];
    const { ceremony } = good(await tryStartLink(on, app, holder));
    const again = good(await sendUnlinked<InCeremony>(on, app, `/device/links/${ceremony.id}`, {}, 1));
    expect(again.ceremony).toMatchObject({ id: ceremony.id, options: ceremony.options });
    const ask = asked(ceremony, 'sms-code');
    for (const [what, body] of Object.entries({
      '': {},
      '/challenges': ask,
      '/proofs': { ...ask, code: '123456' },
    })) {
      const answer = await sendUnlinked(on, other, `/device/links/${ceremony.id}${what}`, body);
      expect([what, outcome(answer)]).toEqual([what, '404 ceremony-gone']);
    }
    expect(outcome(await tryFinishLink(on, other, ceremony))).toBe('404 ceremony-gone');
  });

  test('[AVL-2] an app that never got the answer gets it when it asks again, until it was unlocked', async () => {
    const holder = await on.holder();
    const app = await newApp();
    const { ceremony } = good(await tryStartLink(on, app, holder));
    const lost = good(await tryFinishLink(on, app, ceremony));
    await on.dev.newest(holder.email);
    const sameDevice = { ...app, approval: (await newApp()).approval };
    const { seed, device } = good(await tryFinishLink(on, sameDevice, ceremony, 1));
    expect([device, seed === lost.seed]).toEqual([lost.device, false]);
    expect(outcome(await tryFinishLink(on, await newApp(), ceremony))).toBe('404 ceremony-gone');
    const linked = await linkedAs(on, sameDevice, { ...lost, seed });
    expect(await unlockApp(on, linked, '482915')).toBe(true);
    expect(outcome(await tryFinishLink(on, app, ceremony))).toBe('404 ceremony-gone');
    expect(await devicesOf(holder)).toHaveLength(1);
    await confirmedIn(holder, linked);
    expect(await on.dev.outbox(holder.email)).toHaveLength(1);
  });

  test('of 16 finishes at once, on two nodes, one links it, and all are told of the same device', async () => {
    for (let round = 0; round < 3; round++) {
      const holder = await on.holder();
      const app = await newApp();
      const { ceremony } = good(await tryStartLink(on, app, holder));
      const finishes = Array.from({ length: 16 }, (_, n) => tryFinishLink(on, app, ceremony, n % 2));
      const devices = (await Promise.all(finishes)).map((answer) => good(answer).device);
      expect(new Set(devices).size).toBe(1);
      expect(await devicesOf(holder)).toHaveLength(1);
    }
  });
});

/** A browser of the holder's that has confirmed with the app: what the account shows is then theirs to see. */
async function confirmedIn(holder: Holder, { seed }: { seed: Uint8Array }) {
  const browser = on.browser();
  const ceremony = await enterPassword(browser, holder);
  const code = await on.code({ ...holder, seed, usedStep: 0 });
  good(await tryCode(browser, ceremony, 'app-code', code));
  good(await browser.post('/api/sign-in/finish', { ceremony: ceremony.id }));
  return browser;
}

describe('what linking an app refuses', () => {
  test('[RATE-1] an unknown name and a wrong password: the same answer', async () => {
    const { email } = await on.holder();
    const app = await newApp();
    const answers = new Set<string>();
    for (const name of [email, 'nobody.links@example.org', 'no name at all']) {
      const answer = await tryStartLink(on, app, { email: name, password: 'not the password' });
      const { requestId, ...body } = answer.body as unknown as { requestId: string };
      const headers = [...answer.headers.keys()].sort().join();
      answers.add(JSON.stringify([answer.status, headers, body, typeof requestId]));
    }
    expect([...answers]).toEqual([expect.stringContaining('sign-in-refused')]);
  });

  test('[PW-6] five wrong passwords pause it, as everywhere, for names that nobody has too', async () => {
    const { email } = await on.holder();
    for (const name of [email, 'nobody.links.so@example.org']) {
      const app = await newApp();
      const tried = { email: name, password: 'not the password' };
      for (let wrong = 0; wrong < 5; wrong++)
        expect(outcome(await tryStartLink(on, app, tried))).toBe('422 sign-in-refused');
      expect(outcome(await tryStartLink(on, app, tried))).toBe('429 too-many-tries');
    }
  });

  test('a message for another ceremony, of another app, or with a key of ours that nobody showed it', async () => {
    const holder = await on.holder();
    const [app, other] = [await newApp(), await newApp()];
    const { ceremony } = good(await tryStartLink(on, app, holder));
    const second = good(await tryStartLink(on, app, holder)).ceremony;
    for (const pairing of [
      await signedPairing(on, app, second.id),
      await signedPairing(on, other, ceremony.id),
      await signedPairing(on, app, ceremony.id, 'A'.repeat(43)),
    ]) {
      const body = { pairing, name: 'My phone' };
      expect(outcome(await sendUnlinked(on, app, path(ceremony, 'finish'), body))).toBe(
        '401 request-not-signed',
      );
    }
    const signingIn = await enterPassword(on.browser(), holder);
    expect(outcome(await tryFinishLink(on, app, signingIn))).toBe('404 ceremony-gone');
    expect(await devicesOf(holder)).toEqual([]);
  });

  test('a second factor that was set up meanwhile is asked for: the password alone links nothing any more', async () => {
    const holder = await on.holder();
    const thief = await newApp();
    const { ceremony } = good(await tryStartLink(on, thief, holder));
    expect(ceremony.state).toBe('satisfied');
    const browser = await signIn(on, on.browser(), holder);
    const adding = good(await browser.post<InCeremony>('/api/account/authenticators')).ceremony;
    await setUpApp(on, browser, adding);
    expect(outcome(await tryFinishLink(on, thief, ceremony))).toBe('409 proof-missing');
    expect(await devicesOf(holder)).toEqual([]);
  });

  test('a number that was confirmed elsewhere meanwhile is asked for all the same', async () => {
    const holder = await withPhone(false);
    const thief = await newApp();
    const { ceremony } = good(await tryStartLink(on, thief, holder));
    const owner = await newApp();
    const own = good(await tryStartLink(on, owner, holder)).ceremony;
    await on.advance(31);
    await proveBySms(on, owner, own, holder.phone);
    expect(outcome(await tryFinishLink(on, thief, ceremony))).toBe('409 proof-missing');
  });

  test('a request twice, or signed by another key than the one it names', async () => {
    const app = await newApp();
    const other = await newApp();
    const mixed = { keys: { ...app.keys, devicePublicKey: other.keys.devicePublicKey } };
    const given = { identifier: 'somebody@example.org', password: 'whatever it is' };
    expect(outcome(await sendUnlinked(on, mixed, '/device/links', given))).toBe('401 request-not-signed');
  });
});

describe('recovery', () => {
  test('[REC-4] a lost telephone: every app goes with the other factors, stopped ones too', async () => {
    const holder = await on.holder({ totp: true });
    const stopped = await linkApp(on, holder);
    await on.advance(30);
    const app = await linkApp(on, holder);
    await inTransaction(on.database.db, (tx) => on.stores.devices.freeze(tx, stopped.device));
    const browser = on.browser();
    const recovering = await recover(browser, holder);
    const sent = await sendCode(on, browser, recovering, 'email-code', holder.email);
    const { ceremony } = good(await tryCode(browser, sent.ceremony, 'email-code', sent.code));
    expect((await setUpApp(on, browser, ceremony)).after.state).toBe('satisfied');
    expect((await devicesOf(holder)).map(({ state }) => state)).toEqual(['removed', 'removed']);
    expect(outcome(await askShares(on, app, '482915'))).toBe('410 device-gone');
    const { options } = await enterPassword(on.browser(), holder);
    expect(options.map((one) => one.method)).toEqual(['totp']);
  });
});
