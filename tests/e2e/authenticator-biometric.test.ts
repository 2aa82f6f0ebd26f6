/** The device's own lock in place of the unlock code, by the browser's virtual device: turned on, used, turned off. */
import { base32Encode } from '@sigillo/otp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APP_LOOKS, expectOathCode, oathtool, openAuthenticator } from './support/authenticator.ts';
import { connectDevice } from './support/device.ts';
import { nameAccount, proveAccount, seedOf, typeNewCode } from './support/linking.ts';
import { openStage, type Stage } from './support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(APP_LOOKS)('in $language at $width px', (look) => {
  oathtool.describe('a passkey with a secret', () => {
    test('unlocks instead of the code: codes, a second account, and back to a code', async () => {
      const [first, second] = [await stage.holder({ sms: true }), await stage.holder({ sms: true })];
      const visitor = await openAuthenticator(stage, look);
      const { page, say } = visitor;
      const device = await connectDevice(visitor, true, true);
      const seed = seedOf(visitor);
      await proveAccount(stage, visitor, first);
      await nameAccount(visitor, 'Alfa');
      await typeNewCode(visitor);
      await visitor.arrive(say('linked.done-title'));
      await visitor.press(say('linked.next'));
      await visitor.arrive(say('linked.biometric-title'));
      await visitor.press(say('linked.biometric-use'));
      await visitor.arrive(say('authenticator.home-title'));
      await visitor.read(say('linked.biometric-is-on'));
      expect(await device.count()).toBe(1);

      await visitor.press(say('authenticator.codes'));
      await visitor.press(say('linked.show-codes', { names: 'Alfa' }));
      const service = { issuer: 'Alfa', account: first.email, key: base32Encode(await seed) };
      await expectOathCode(visitor, service);

      await proveAccount(stage, visitor, second);
      await nameAccount(visitor, 'Beta');
      await visitor.arrive(say('linked.same-passkey-title'));
      await visitor.press(say('linked.link'));
      await visitor.arrive(say('linked.done-title'));
      await visitor.press(say('linked.next'));
      await visitor.arrive(say('authenticator.home-title'));

      await visitor.press(say('authenticator.settings'));
      await visitor.press(say('linked.biometric-off-title'));
      await visitor.arrive(say('linked.biometric-off-title'));
      await visitor.press(say('linked.next'));
      await typeNewCode(visitor, '604827', 'linked.change');
      await visitor.read(say('linked.changed'));
      await visitor.go(`${stage.product.authenticator}/codes`);
      await visitor.press(say('linked.show-codes', { names: 'Alfa, Beta' }));
      await visitor.fill(say('linked.unlock-code'), '604827');
      await visitor.press(say('linked.unlock'));
      await expectOathCode(visitor, service);
      await page.getByText(second.email).waitFor();
    });
  });

  test.each([
    ['whose passkeys have no secret', false, true, 'linked.biometric-not-here'],
    ['that does not recognise its holder', true, false, 'linked.biometric-refused'],
  ])('a device %s keeps the code', async (_, makesSecrets, isHolder, words) => {
    const visitor = await openAuthenticator(stage, look);
    const { say } = visitor;
    const device = await connectDevice(visitor, true, makesSecrets);
    await device.verify(isHolder);
    await proveAccount(stage, visitor, await stage.holder({ sms: true }));
    await nameAccount(visitor, 'Alfa');
    await typeNewCode(visitor);
    await visitor.arrive(say('linked.done-title'));
    await visitor.press(say('linked.next'));
    await visitor.arrive(say('linked.biometric-title'));
    await visitor.press(say('linked.biometric-use'));
    await visitor.read(say(words));
    await visitor.press(say('linked.later'));
    await visitor.arrive(say('authenticator.home-title'));
    await visitor.press(say('authenticator.settings'));
    await visitor.read(say('linked.change-title'));
  });
});
