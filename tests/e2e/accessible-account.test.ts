/** Every page and dialog of the account: usable by everyone, and loading nothing it should not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialogOf, openAccount, PROOF_OVER_SECONDS, proveWithApp } from './support/account.ts';
import { crawl } from './support/crawl.ts';
import { portalWords } from './support/demo-portals.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { comeWithCode } from './support/phone.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  const words = portalWords(look);

  test('[ACC-1] [WEB-1] overview, menu, language, sessions', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    await signInAs(stage, await openPage(stage, look), holder);
    await openAccount(stage, visitor, holder, '/account');
    await visitor.read(say('account.two-factor-on'));
    await page.getByRole('button', { name: new RegExp(`^${say('shell.your-menu')}`) }).click();
    await see('overview, menu open');
    await page.keyboard.press('Escape');
    await visitor.press(say('account.box-language'));
    await visitor.arrive(say('language.title'));
    await see('language');
    await visitor.go(`${stage.product.issuer}/account/security`);
    await visitor.press(say('security.end-others'));
    await dialogOf(visitor, say('security.end-others-title'));
    await see('sessions, end the others');
    await page.keyboard.press('Escape');
    await see('sessions');
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] second factors and recovery codes', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    await openAccount(stage, visitor, holder, '/account/two-factor');
    const app = say('two-factor.type-totp');
    await visitor.press(say('two-factor.rename-named', { name: app }));
    await dialogOf(visitor, say('account.rename-title'));
    await page.getByLabel(say('account.rename-name'), { exact: true }).fill(' ');
    await visitor.press(say('account.rename-save'));
    await page.getByRole('alert').waitFor();
    await see('rename, with an error');
    await page.keyboard.press('Escape');
    await see('second factors');
    await stage.advance(PROOF_OVER_SECONDS);
    await visitor.press(say('two-factor.remove-named', { name: app }));
    const remove = await dialogOf(visitor, say('two-factor.remove-title', { name: app }));
    await see('remove a factor');
    visitor.expectRefusal(403, '/remove');
    await remove.getByRole('button', { name: say('two-factor.remove-action'), exact: true }).click();
    const proof = await dialogOf(visitor, say('ceremony.step-up-title'));
    await proof.getByRole('button', { name: say('ceremony.method-totp') }).waitFor();
    await see('fresh proof');
    await visitor.go(`${stage.product.issuer}/account/recovery-codes`);
    visitor.expectRefusal(403, '/api/account/recovery-codes');
    await visitor.press(say('recovery-codes.make'));
    await proveWithApp(stage, visitor, holder);
    await visitor.arrive(say('recovery-codes.offer-title'));
    await see('recovery codes');
    await visitor.go(`${stage.product.issuer}/account/two-factor/add`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await see('add a factor');
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] devices: none, one, added, removed', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const holder = await stage.holder({ totp: true, language: look.language });
    await openAccount(stage, visitor, holder, '/account/devices');
    await visitor.read(say('devices.none', { app: 'Sigillo' }));
    await page.getByText(say('devices.only-lost'), { exact: true }).click();
    await see('no devices');
    await visitor.press(say('devices.add'));
    await visitor.arrive(say('devices.add-title'));
    const more = isPhone(look) ? say('devices.other-device') : say('devices.cannot-scan');
    await page.getByText(more, { exact: true }).click();
    await page.getByRole('img', { name: say('devices.picture') }).waitFor();
    await see('a code that links an app');
    const code = await page.getByRole('status', { name: say('qr.typed-code') }).innerText();
    await comeWithCode(stage, code.replaceAll(/\s/g, ''), 'Chrome on Android');
    await visitor.arrive(say('devices.linked-title', { name: 'Chrome on Android' }));
    await see('linked');
    await visitor.press(say('devices.to-list'));
    await visitor.press(say('devices.lost-named', { name: 'Chrome on Android' }));
    const lost = await dialogOf(visitor, say('devices.lost-title', { name: 'Chrome on Android' }));
    await see('a lost device');
    visitor.expectRefusal(403, '/remove');
    await lost.getByRole('button', { name: say('devices.remove-action'), exact: true }).click();
    await dialogOf(visitor, say('ceremony.step-up-title'));
    await page.getByRole('heading', { name: say('ceremony.choose-title-approve-operation') }).waitFor();
    await see('approve a removal');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await see('devices');
    await visitor.go(`${stage.product.issuer}/account/two-factor`);
    await visitor.read(say('two-factor.app-devices', { count: 1 }));
    await see('second factors with the app');
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] consents, the end of a session, signing out for a portal', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    await page.clock.install();
    const holder = await stage.holder({ totp: true, language: look.language });
    await openAccount(stage, visitor, holder, '/account/consents');
    await visitor.read(say('consents.none'));
    await see('no consents');
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.press(say('consent.accept'));
    await visitor.arrive(/CL-/);
    await visitor.press(words.signOut);
    await visitor.press(words.signOutEverywhere);
    await visitor.arrive(
      say('oidc-sign-out.title', { portal: words.claims.portal, installation: 'Sigillo' }),
    );
    await see('sign out of everything?');
    await visitor.go(`${stage.product.issuer}/account/consents`);
    await visitor.press(say('consents.revoke-named', { name: words.claims.portal }));
    await dialogOf(visitor, say('consents.revoke-title', { name: words.claims.portal }));
    await see('withdraw a consent');
    await page.keyboard.press('Escape');
    await stage.advance(14 * 60 + 20);
    await page.clock.fastForward((14 * 60 + 20) * 1000);
    await dialogOf(visitor, say('shell.session-ending-title'));
    await see('the session is about to end');
    expect(await faults()).toEqual([]);
  });
});
