/** Every screen of the authenticator: usable by everyone, with the keyboard alone too, and loading nothing it should not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  keyUriOf,
  newService,
  openAuthenticator,
  rowOf,
  type Service,
  typeAccount,
} from './support/authenticator.ts';
import { crawl } from './support/crawl.ts';
import { connectDevice } from './support/device.ts';
import { awaitFocus, keyPress, keyType, tabTo } from './support/keyboard.ts';
import { typeNewCode, UNLOCK_CODE } from './support/linking.ts';
import { LOOKS } from './support/looks.ts';
import { qrPicture } from './support/qr-pictures.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[ACC-1] [WEB-1] every screen', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const app = stage.product.authenticator;
    await visitor.go(app);
    await visitor.arrive(say('authenticator.welcome-title'));
    await see('welcome');
    await visitor.press(say('authenticator.start'));
    await visitor.arrive(say('authenticator.home-title'));
    await see('home, empty');
    await visitor.press(say('authenticator.codes'));
    await visitor.arrive(say('authenticator.codes-title'));
    await see('codes, empty');
    await visitor.press(say('authenticator.add'));
    await visitor.read(say('authenticator.camera-missing'));
    await visitor.arrive(say('authenticator.scan-title'));
    await see('scan, without a camera');
    await visitor.press(say('authenticator.type-instead'));
    await visitor.arrive(say('authenticator.type-title'));
    await page.getByText(say('authenticator.advanced'), { exact: true }).click();
    await visitor.press(say('authenticator.add'));
    await page.getByRole('alert').waitFor();
    await see('typing, with errors');
    for (const name of ['Posta Elettronica', 'Banca', 'Comune di Città', 'Università', 'Energia', 'Sanità'])
      await typeAccount(stage, visitor, newService(name));
    await visitor.arrive(say('authenticator.codes-title'));
    await see('codes');
    await visitor.press(say('authenticator.reorder'));
    await visitor.arrive(say('authenticator.order-title'));
    await see('reordering');
    await visitor.press(say('authenticator.done'));
    await visitor.press(new RegExp(say('authenticator.edit-named', { name: 'Banca' })));
    await visitor.arrive(say('authenticator.account-title'));
    await see('an account');
    await visitor.press(say('authenticator.remove'));
    await page.getByRole('dialog').waitFor();
    await see('removing');
    await visitor.press(say('authenticator.remove-action'));
    await page.getByRole('button', { name: say('authenticator.undo') }).waitFor();
    await visitor.arrive(say('authenticator.codes-title'));
    await see('removed');
    await visitor.press(say('authenticator.add'));
    const picture = page.getByLabel(say('authenticator.choose-picture'), { exact: true });
    const buffer = await qrPicture(keyUriOf(newService('Museo')));
    await picture.setInputFiles({ name: 'qr.png', mimeType: 'image/png', buffer });
    await visitor.arrive(say('authenticator.confirm-title', { count: 1 }));
    await see('confirming');
    for (const [place, title] of [
      ['', 'home-title'],
      ['settings', 'settings'],
      ['export', 'export-title'],
      ['import', 'import-title'],
      ['about', 'about-title'],
      ['codes/gone', 'account-gone-title'],
    ]) {
      await visitor.go(`${app}/${place}`);
      await visitor.arrive(say(`authenticator.${title}`));
      await see(place || 'home');
    }
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] every screen of a linked account', async () => {
    const holder = await stage.holder({ sms: true, totp: true });
    const visitor = await openAuthenticator(stage, look);
    const { page, say } = visitor;
    await connectDevice(visitor, true, true);
    const { see, faults } = await crawl(stage, visitor);
    await visitor.press(say('linked.link-mine'));
    await visitor.arrive(say('linked.link-title'));
    await visitor.press(say('linked.next'));
    await see('credentials, with errors');
    visitor.expectRefusal(422, '/device/links');
    await visitor.fill(say('linked.identifier'), holder.email);
    await visitor.fill(say('linked.password'), 'not the password');
    await visitor.press(say('linked.next'));
    await page.getByRole('alert').waitFor();
    await see('credentials, refused');
    await visitor.fill(say('linked.password'), holder.password);
    await visitor.press(say('linked.next'));
    await visitor.arrive(say('ceremony.choose-title-sign-in'));
    await see('ways to confirm');
    await page.getByRole('button', { name: /SMS/ }).click();
    await visitor.arrive(say('ceremony.send-title-sms-code'));
    await see('sending a code');
    await visitor.press(say('ceremony.send'));
    await visitor.arrive(say('ceremony.prove-title-sms-code'));
    await visitor.press(say('linked.next'));
    await see('the code, with an error');
    await visitor.fill(say('ceremony.code'), await stage.product.dev.code(holder.phone));
    await visitor.press(say('linked.next'));
    await visitor.arrive(say('linked.name-title'));
    await see('the name');
    await visitor.press(say('linked.next'));
    await visitor.arrive(say('linked.notices-title'));
    await see('notifications');
    await visitor.press(say('linked.next'));
    await visitor.arrive(say('linked.code-title'));
    await visitor.press(say('linked.link'));
    await see('an unlock code, with errors');
    await typeNewCode(visitor);
    await visitor.arrive(say('linked.done-title'));
    await see('linked');
    await visitor.press(say('linked.next'));
    await visitor.arrive(say('linked.biometric-title'));
    await see('biometric');
    await visitor.go(stage.product.authenticator);
    await visitor.read(say('linked.unfinished-title'));
    await see('home, with something unfinished');
    await visitor.press(say('linked.go-on'));
    await visitor.press(say('linked.later'));
    await visitor.arrive(say('authenticator.home-title'));
    await see('home, linked');
    await page.getByRole('link', { name: new RegExp(holder.email) }).click();
    await visitor.read(say('linked.notices-off'));
    await see('a linked account');
    await visitor.press(say('linked.remove'));
    await page.getByRole('dialog').waitFor();
    await see('removing a linked account');
    await visitor.go(`${stage.product.authenticator}/codes`);
    await page.getByRole('button', { name: new RegExp(say('linked.show-codes', { names: '' })) }).click();
    await visitor.press(say('linked.unlock'));
    await see('unlocking, with an error');
    await visitor.fill(say('linked.unlock-code'), UNLOCK_CODE);
    await visitor.press(say('linked.unlock'));
    await visitor.read(say('linked.codes-hint'));
    await see('codes of a linked account');
    for (const [place, title] of [
      ['settings', 'authenticator.settings'],
      ['unlock-code', 'linked.change-title'],
      ['biometric', 'linked.biometric-title'],
      ['pair', 'linked.type-title'],
      ['accounts/gone', 'authenticator.account-gone-title'],
    ] as const) {
      await visitor.go(`${stage.product.authenticator}/${place}`);
      await visitor.arrive(say(title));
      await see(place);
    }
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] an account is linked with the keyboard alone', async () => {
    const holder = await stage.holder({ sms: true });
    const visitor = await openAuthenticator(stage, look);
    const { page, say } = visitor;
    await keyPress(visitor, say('linked.link-mine'));
    await visitor.arrive(say('linked.link-title'));
    await keyType(visitor, say('linked.identifier'), holder.email);
    await keyType(visitor, say('linked.password'), holder.password);
    await page.keyboard.press('Enter');
    await visitor.arrive(say('ceremony.send-title-sms-code'));
    await keyPress(visitor, say('ceremony.send'));
    await visitor.arrive(say('ceremony.prove-title-sms-code'));
    await keyType(visitor, say('ceremony.code'), await stage.product.dev.code(holder.phone));
    await page.keyboard.press('Enter');
    await visitor.arrive(say('linked.name-title'));
    await keyPress(visitor, say('linked.next'));
    await visitor.arrive(say('linked.notices-title'));
    await keyPress(visitor, say('linked.next'));
    await visitor.arrive(say('linked.code-title'));
    await keyType(visitor, say('linked.code-new'), UNLOCK_CODE);
    await keyType(visitor, say('linked.code-repeat'), UNLOCK_CODE);
    await page.keyboard.press('Enter');
    await visitor.arrive(say('linked.done-title'));
    await keyPress(visitor, say('linked.next'));
    await visitor.arrive(say('authenticator.home-title'));
  });

  test('[ACC-1] with the keyboard alone', async () => {
    const visitor = await openAuthenticator(stage, look);
    const { page, say } = visitor;
    const services = [newService('Alfa'), newService('Beta')] as [Service, Service];
    for (const { issuer, account, key } of services) {
      await keyPress(visitor, issuer === 'Alfa' ? say('authenticator.scan') : say('authenticator.add'));
      await visitor.arrive(say('authenticator.scan-title'));
      await keyPress(visitor, say('authenticator.type-instead'));
      await visitor.arrive(say('authenticator.type-title'));
      await keyType(visitor, say('authenticator.issuer'), issuer);
      await keyType(visitor, `${say('authenticator.account-name')} ${say('ui.optional')}`, account);
      await keyType(visitor, say('authenticator.key'), key);
      await page.keyboard.press('Enter');
      await visitor.arrive(say('authenticator.codes-title'));
    }
    await rowOf(visitor, services[0])
      .getByText(/\d{3} \d{3}/)
      .waitFor();
    await tabTo(visitor, rowOf(visitor, services[0]).getByRole('button'));
    await page.keyboard.press('Enter');
    await visitor.read(say('ui.copied'));
    expect(await visitor.clipboard()).toMatch(/^\d{6}$/);

    await keyPress(visitor, say('authenticator.reorder'));
    await visitor.arrive(say('authenticator.order-title'));
    const down = say('authenticator.move-down', { name: `Alfa (${services[0].account})` });
    await keyPress(visitor, down);
    await page
      .getByText(say('authenticator.moved', { name: `Alfa (${services[0].account})`, place: 2, of: 2 }))
      .waitFor();
    await awaitFocus(page.getByRole('button', { name: down, exact: true }));
    await keyPress(visitor, say('authenticator.done'));
    await visitor.arrive(say('authenticator.codes-title'));

    await keyPress(visitor, say('authenticator.edit-named', { name: `Alfa (${services[0].account})` }));
    await visitor.arrive(say('authenticator.account-title'));
    await keyPress(visitor, say('authenticator.remove'));
    await page.getByRole('dialog').waitFor();
    await keyPress(visitor, say('authenticator.remove-action'));
    await visitor.arrive(say('authenticator.codes-title'));
    await keyPress(visitor, say('authenticator.undo'));
    await rowOf(visitor, services[0]).waitFor();
  });
});
