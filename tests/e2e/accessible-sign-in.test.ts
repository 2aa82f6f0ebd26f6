/** Every step of signing in at a portal, with its errors: usable by everyone, and loading nothing it should not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crawl } from './support/crawl.ts';
import { portalWords } from './support/demo-portals.ts';
import { newPerson } from './support/holders.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { phoneOf } from './support/phone.ts';
import { watchShownCodes } from './support/shown-codes.ts';
import { openStage, type Stage } from './support/stage.ts';
import {
  chooseFactors,
  chooseMethod,
  copyKey,
  enterPassword,
  openWizard,
  saveRecoveryCodes,
} from './support/steps.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[ACC-1] [WEB-1] the wizard, recovery codes, consent', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const person = newPerson();
    await openWizard(stage, visitor, person);
    await chooseFactors(visitor, 'both');
    await see('choose the factors');
    await visitor.press(say('set-up.continue'));
    await visitor.arrive(say('set-up.sms-title'));
    await visitor.fill(say('set-up.sms-number'), '');
    await visitor.press(say('set-up.sms-send'));
    await page.getByRole('alert').waitFor();
    await see('number missing');
    await visitor.fill(say('set-up.sms-number'), person.phone);
    await visitor.press(say('set-up.sms-send'));
    await visitor.arrive(say('set-up.sms-code-title'));
    await see('code by SMS');
    const code = await stage.product.dev.code(person.phone);
    visitor.expectRefusal(422, '/proofs');
    await visitor.fill(say('set-up.code'), code === '000000' ? '000001' : '000000');
    await visitor.press(say('set-up.verify'));
    await page.getByRole('alert').waitFor();
    await see('wrong code');
    await visitor.fill(say('set-up.code'), code);
    await visitor.press(say('set-up.verify'));
    const key = await copyKey(visitor);
    await page.getByText(say('set-up.no-phone'), { exact: true }).click();
    await see('connect the app');
    await visitor.fill(say('set-up.app-code'), await stage.nextCode(key));
    await visitor.press(say('set-up.verify'));
    await visitor.arrive(say('recovery-codes.offer-title'));
    const goOn = say('recovery-codes.continue-to', { name: portalWords(look).claims.portal });
    await visitor.press(goOn);
    await see('recovery codes, not saved yet');
    await saveRecoveryCodes(visitor, goOn);
    await visitor.arrive(say('consent.title'));
    await see('consent');
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] coming back, and the way to recovery', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    await visitor.go(`${stage.product.claims}/sign-in`);
    visitor.expectRefusal(422, '/api/sign-in/password');
    await enterPassword(visitor, holder.email, 'not the password');
    await page.getByRole('alert').waitFor();
    await see('sign-in refused');
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.choose-title-sign-in'));
    await see('choose how to confirm');
    await page.getByRole('button', { name: say('ceremony.method-sms-code') }).click();
    await visitor.arrive(say('ceremony.send-title-sms-code'));
    await see('ask for a code');
    await visitor.press(say('ceremony.send'));
    await visitor.arrive(say('ceremony.prove-title-sms-code'));
    await visitor.press(say('ceremony.verify'));
    await page.getByRole('alert').waitFor();
    await see('code missing');
    await visitor.press(say('ceremony.another-way'));
    await page.getByRole('button', { name: say('ceremony.method-totp') }).click();
    await visitor.arrive(say('ceremony.prove-title-totp'));
    await see('code of the app');
    await visitor.press(say('ceremony.none-works'));
    await visitor.arrive(say('recover.title'));
    await see('about recovery');
    await visitor.press(say('recover.start'));
    await visitor.arrive(say('ceremony.choose-title-recover-second-factor'));
    await see('recovery, choose');
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] signing in with the app', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const holder = await stage.holder({ language: look.language });
    const phone = await phoneOf(stage, holder);
    const shown = watchShownCodes(page);
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.arrive(say('sign-in.title'));
    if (isPhone(look)) await visitor.press(say('qr.show-picture'));
    await page.getByRole('img', { name: say('qr.picture') }).waitFor();
    await see('a code to scan');
    await phone.refuse(await phone.scan({ text: shown.texts.at(-1) ?? '' }));
    await visitor.read(say('qr.end-refused-title'));
    await see('refused on the phone');
    const before = shown.texts.length;
    await visitor.press(say('qr.new-code'));
    const request = await phone.scan({ text: await shown.next(before) });
    await visitor.read(say('qr.scanned-title'));
    await see('scanned');
    await phone.approve(request);
    await page.getByLabel(say('qr.check-code')).waitFor();
    await see('digits to type');
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.press(isPhone(look) ? say('qr.type-in-app') : say('qr.cannot-scan'));
    await page.getByRole('status', { name: say('qr.typed-code') }).waitFor();
    await see('a code to type');
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.choose-title-sign-in'));
    await see('ways of the app');
    await chooseMethod(visitor, 'app-push');
    await visitor.arrive(say('ceremony.push-open-title'));
    await see('a number to type in the app');
    await phone.refuse(await phone.asked());
    await visitor.arrive(say('ceremony.push-refused-title'));
    await see('notification refused');
    await visitor.press(say('ceremony.another-way'));
    await chooseMethod(visitor, 'app-qr');
    await visitor.arrive(say('ceremony.scan-title'));
    await see('the app as second factor');
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] what a sign-in that cannot go on looks like', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    visitor.expectRefusal(410, '/api/sign-in');
    await visitor.go(`${stage.product.issuer}/sign-in?interaction=nope`);
    await visitor.arrive(say('shell.gone-title'));
    await see('sign-in gone');
    visitor.expectRefusal(400, '/oidc/authorize');
    await visitor.go(`${stage.product.issuer}/oidc/authorize?client_id=nobody`);
    await visitor.arrive(say('oidc-error.refused-title'));
    await see('unknown portal');
    expect(await faults()).toEqual([]);
  });
});
