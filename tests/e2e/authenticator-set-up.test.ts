/** Linking an account from within the app: step by step, left and resumed, and what can be done with it afterwards. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APP_LOOKS, openAuthenticator } from './support/authenticator.ts';
import type { Holder } from './support/holders.ts';
import { nameAccount, proveAccount, typeNewCode, UNLOCK_CODE } from './support/linking.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openAppPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(APP_LOOKS)('in $language at $width px', (look) => {
  test('every step, each resumed after a reload, with its mistakes', async () => {
    const holder = await stage.holder({ sms: true, totp: true });
    const visitor = await openAppPage(stage, look);
    const { page, say } = visitor;
    await visitor.go(stage.product.authenticator);
    await visitor.arrive(say('authenticator.welcome-title'));
    await visitor.press(say('linked.link-mine'));

    await visitor.arrive(say('linked.link-title'));
    await visitor.press(say('linked.next'));
    await visitor.read(say('linked.need-password'));
    visitor.expectRefusal(422, '/device/links');
    await visitor.fill(say('linked.identifier'), holder.email);
    await visitor.fill(say('linked.password'), 'not the password');
    await visitor.press(say('linked.next'));
    await visitor.read(say('linked.problem-sign-in-refused'));
    await page.reload();
    const identifier = page.getByLabel(say('linked.identifier'), { exact: true });
    await expect.poll(() => identifier.inputValue()).toBe(holder.email);
    expect(await page.getByLabel(say('linked.password'), { exact: true }).inputValue()).toBe('');
    await visitor.fill(say('linked.password'), holder.password);
    await visitor.press(say('linked.next'));

    await visitor.arrive(say('ceremony.choose-title-sign-in'));
    await page.reload();
    await page
      .getByRole('button', { name: new RegExp(`^${say('ceremony.method-sms-code').replace(/[()]/g, '.')}`) })
      .click();
    await visitor.arrive(say('ceremony.send-title-sms-code'));
    await page.reload();
    await visitor.arrive(say('ceremony.send-title-sms-code'));
    await visitor.press(say('ceremony.send'));
    await visitor.arrive(say('ceremony.prove-title-sms-code'));
    const code = await stage.product.dev.code(holder.phone);
    await page.reload();
    await visitor.arrive(say('ceremony.prove-title-sms-code'));
    visitor.expectRefusal(422, '/proofs');
    await visitor.fill(say('ceremony.code'), code === '111111' ? '222222' : '111111');
    await visitor.press(say('linked.next'));
    await page.getByRole('alert').waitFor();
    await visitor.fill(say('ceremony.code'), code);
    await visitor.press(say('linked.next'));

    await visitor.arrive(say('linked.name-title'));
    const name = page.getByLabel(say('linked.name'), { exact: true });
    expect(await name.inputValue()).not.toBe('');
    // Kept as it is typed; a reload in the same moment may come before.
    await expect
      .poll(
        async () => {
          await visitor.fill(say('linked.name'), 'Lavoro');
          await page.reload();
          await name.waitFor();
          return name.inputValue();
        },
        { timeout: 10_000 },
      )
      .toBe('Lavoro');
    await visitor.press(say('linked.next'));

    await visitor.arrive(say('linked.notices-title'));
    await page.reload();
    await visitor.arrive(say('linked.notices-title'));
    await visitor.read(say('linked.notices-refused'));
    await visitor.press(say('linked.next'));

    await visitor.arrive(say('linked.code-title'));
    await page.reload();
    const weak = { '12345': 'too-short', '123456': 'run', '151290': 'date', '482482': 'repeat-weak' };
    for (const [typed, why] of Object.entries(weak)) {
      await visitor.fill(say('linked.code-new'), typed);
      await visitor.press(say('linked.link'));
      await visitor.read(say(`linked.code-${why}`));
    }
    await visitor.fill(say('linked.code-new'), UNLOCK_CODE);
    await visitor.fill(say('linked.code-repeat'), '482916');
    await visitor.press(say('linked.link'));
    await visitor.read(say('linked.code-different'));
    await visitor.fill(say('linked.code-repeat'), UNLOCK_CODE);
    await visitor.press(say('linked.link'));

    await visitor.arrive(say('linked.done-title'));
    await page.reload();
    await visitor.arrive(say('linked.done-title'));
    await visitor.press(say('linked.next'));
    await visitor.arrive(say('authenticator.home-title'));
    await page.getByRole('link', { name: /Lavoro/ }).waitFor();
  });
});

describe('what is cut short between linking and the unlock code', () => {
  const look = { language: 'en', width: 1440 } as const;

  /** Up to the moment in which the service has linked the app and does not answer any more. */
  async function cutShort(): Promise<{ visitor: Visitor; holder: Holder }> {
    const holder = await stage.holder({ sms: true });
    const visitor = await openAuthenticator(stage, look);
    await visitor.page.route('**/device/unlock', (route) => route.abort('aborted'));
    await proveAccount(stage, visitor, holder);
    await nameAccount(visitor, 'Casa');
    await typeNewCode(visitor);
    await visitor.read(visitor.say('linked.problem-unreachable'));
    await visitor.page.unroute('**/device/unlock');
    return { visitor, holder };
  }

  const devicesOf = ({ userId }: Holder) =>
    stage.product.database.db
      .selectFrom('device')
      .innerJoin('account', 'account.id', 'device.account_id')
      .select('device.state')
      .where('account.user_id', '=', userId)
      .execute();

  test('goes on when the button is pressed again', async () => {
    const { visitor, holder } = await cutShort();
    await visitor.press(visitor.say('linked.link'));
    await visitor.arrive(visitor.say('linked.done-title'));
    expect(await devicesOf(holder)).toEqual([{ state: 'active' }]);
  });

  test('begins again when the app was closed, and leaves nothing at the service', async () => {
    const { visitor, holder } = await cutShort();
    const { page, say } = visitor;
    await page.reload();
    await visitor.arrive(say('linked.interrupted-title'));
    await visitor.press(say('linked.start-again'));
    await visitor.arrive(say('linked.link-title'));
    expect(await devicesOf(holder)).toEqual([{ state: 'removed' }]);
    await visitor.go(stage.product.authenticator);
    await visitor.read(say('authenticator.home-empty'));
  });
});

/** A browser whose holder has allowed notices: the one of these tests can neither be asked nor reach a push service. */
async function allowNotices({ page }: Visitor): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
    Notification.requestPermission = async () => 'granted';
  });
}

/** And one that reaches a push service, which gives it an address. */
async function giveAddress({ page }: Visitor): Promise<void> {
  await page.addInitScript(() => {
    const text = (bytes: ArrayBuffer) =>
      btoa(String.fromCharCode(...new Uint8Array(bytes)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', '');
    PushManager.prototype.subscribe = async () => {
      const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
        'deriveBits',
      ]);
      const p256dh = text(await crypto.subtle.exportKey('raw', publicKey));
      const auth = text(crypto.getRandomValues(new Uint8Array(16)).buffer);
      const endpoint = 'https://push.example.org/somebody';
      const subscription: unknown = { toJSON: () => ({ endpoint, keys: { p256dh, auth } }) };
      return subscription as PushSubscription;
    };
  });
}

/** And one that reaches none. */
async function loseService({ page }: Visitor): Promise<void> {
  await page.addInitScript(() => {
    PushManager.prototype.subscribe = async () => {
      throw new DOMException('push service not available', 'AbortError');
    };
  });
}

describe('notifications', () => {
  const look = { language: 'it', width: 320 } as const;

  async function linkWithNotices(visitor: Visitor): Promise<void> {
    const { say } = visitor;
    await proveAccount(stage, visitor, await stage.holder({ sms: true }));
    await visitor.press(say('linked.next'));
    await visitor.arrive(say('linked.notices-title'));
    await visitor.press(say('linked.notices-allow'));
    await typeNewCode(visitor);
    await visitor.arrive(say('linked.done-title'));
  }

  test('that were allowed are on; they are turned off on the screen of the account', async () => {
    const visitor = await openAuthenticator(stage, look);
    const { page, say } = visitor;
    await allowNotices(visitor);
    await giveAddress(visitor);
    await linkWithNotices(visitor);
    expect(await page.getByText(say('linked.notices-failed')).count()).toBe(0);
    await visitor.press(say('linked.next'));
    await page.locator('.account-list a').click();
    await visitor.read(say('linked.notices-on'));
    await visitor.press(say('linked.notices-turn-off'));
    await visitor.read(say('linked.notices-off'));
    await visitor.press(say('linked.notices-turn-on'));
    await visitor.read(say('linked.notices-on'));
  });

  test('that reach no push service are told, and the account is linked all the same', async () => {
    const visitor = await openAuthenticator(stage, look);
    await allowNotices(visitor);
    await loseService(visitor);
    await linkWithNotices(visitor);
    await visitor.read(visitor.say('linked.notices-failed'));
  });
});
