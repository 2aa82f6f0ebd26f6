/** The devices of an account: added by a code on the page, renamed, removed by an approval of its own. */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialogOf, openAccount, PROOF_OVER_SECONDS, proveWithApp } from './support/account.ts';
import { keyPress, keyType } from './support/keyboard.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { comeWithCode, phoneOf } from './support/phone.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const DESK = { language: 'en', width: 1440 } as const;
/** As every phone of these tests is called until somebody renames it. */
const NAME = 'My phone';

/** The code to type: on a desk it is a press away, under the picture. */
async function pairingCode({ page, look, say }: Visitor): Promise<string> {
  const code = page.getByRole('status', { name: say('qr.typed-code') });
  if (!isPhone(look)) await page.getByText(say('devices.cannot-scan'), { exact: true }).click();
  await code.waitFor();
  return (await code.innerText()).replaceAll(/\s/g, '');
}

const inProof = async ({ page, say }: Visitor, dialog: Locator, method: string): Promise<void> => {
  await dialog.getByRole('button', { name: say(`ceremony.method-${method}`) }).click();
  await page.getByRole('heading', { name: say('ceremony.push-open-title') }).waitFor();
};

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[A7] [QR-5] a device is added by a code, after a fresh proof, and the page says so by itself', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await openAccount(stage, visitor, holder, '/account/devices');
    await visitor.read(say('devices.none', { app: 'Sigillo' }));
    await visitor.read(say('devices.get-title', { app: 'Sigillo' }));
    await stage.advance(PROOF_OVER_SECONDS);
    visitor.expectRefusal(403, '/pairings');
    await visitor.press(say('devices.add'));
    await proveWithApp(stage, visitor, holder);
    await visitor.arrive(say('devices.add-title'));
    const code = await pairingCode(visitor);
    expect(await comeWithCode(stage, code, 'Chrome on Android')).toBe(201);
    await visitor.arrive(say('devices.linked-title', { name: 'Chrome on Android' }));
    expect(await comeWithCode(stage, code, 'Another')).toBe(410);
    await visitor.press(say('devices.to-list'));
    await visitor.read('Chrome on Android');

    await visitor.go(`${stage.product.issuer}/account/two-factor`);
    await visitor.read(say('two-factor.app-devices', { count: 1 }));
    await visitor.press(say('two-factor.see-devices'));
    await visitor.arrive(say('devices.title'));
    await visitor.go(`${stage.product.issuer}/account`);
    await visitor.read(say('account.two-factor-apps', { count: 1 }));
    expect(await page.getByText(say('account.two-factor-on'), { exact: true }).count()).toBe(1);
  });

  test('a device is renamed', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await phoneOf(stage, holder);
    await openAccount(stage, visitor, holder, '/account/devices');
    await visitor.press(say('devices.rename-named', { name: NAME }));
    await dialogOf(visitor, say('account.rename-title'));
    await visitor.fill(say('account.rename-name'), 'Telefono blu');
    await visitor.press(say('account.rename-save'));
    await visitor.read('Telefono blu');
  });

  test('[A7] a lost device is removed, after its removal was approved in the app of another', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    const phone = await phoneOf(stage, holder);
    await openAccount(stage, visitor, holder, '/account/devices');
    await visitor.press(say('devices.lost-named', { name: NAME }));
    const dialog = await dialogOf(visitor, say('devices.lost-title', { name: NAME }));
    await dialog.getByText(say('devices.remove-approves')).waitFor();
    expect(await dialog.getByText(say('two-factor.remove-last')).count()).toBe(0);
    await dialog.getByRole('link', { name: say('devices.see-sessions') }).waitFor();

    // Fresh as it is, what the session has proven is not good for this.
    visitor.expectRefusal(403, '/remove');
    await dialog.getByRole('button', { name: say('devices.remove-action'), exact: true }).click();
    const proof = await dialogOf(visitor, say('ceremony.step-up-title'));
    await proof.getByRole('heading', { name: say('ceremony.choose-title-approve-operation') }).waitFor();
    await inProof(visitor, proof, 'app-push');
    const request = await phone.asked();
    expect(request.type).toBe('remove-device');
    expect(request.text).toContain(NAME);
    const number = proof.getByRole('status', { name: say('ceremony.push-number') });
    await phone.approve(request, (await number.innerText()).trim());
    await visitor.read(say('devices.none', { app: 'Sigillo' }));
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

describe('at a desk', () => {
  test('[PUSH-4] refused on the phone, a removal does not happen, and the page says so', async () => {
    const visitor = await openPage(stage, DESK);
    const { say } = visitor;
    const holder = await stage.holder({ totp: true, language: 'en' });
    const phone = await phoneOf(stage, holder);
    await openAccount(stage, visitor, holder, '/account/devices');
    await visitor.press(say('devices.remove-named', { name: NAME }));
    const dialog = await dialogOf(visitor, say('devices.remove-title', { name: NAME }));
    visitor.expectRefusal(403, '/remove');
    visitor.expectRefusal(404, /\/api\/ceremonies\/[^/]+$/);
    await dialog.getByRole('button', { name: say('devices.remove-action'), exact: true }).click();
    const proof = await dialogOf(visitor, say('ceremony.step-up-title'));
    await inProof(visitor, proof, 'app-push');
    await phone.refuse(await phone.asked(), 'not-me');
    await dialog
      .getByRole('alert')
      .filter({ hasText: say('problems.proof-refused') })
      .waitFor();
    await visitor.page.keyboard.press('Escape');
    await visitor.page.getByText(NAME, { exact: true }).waitFor();
  });

  test('the last second factor says what it means to remove it', async () => {
    const visitor = await openPage(stage, DESK);
    const { say } = visitor;
    const holder = await stage.holder({ language: 'en' });
    await signInAs(stage, visitor, holder);
    await phoneOf(stage, holder);
    await visitor.go(`${stage.product.issuer}/account/devices`);
    await visitor.press(say('devices.remove-named', { name: NAME }));
    await visitor.read(say('two-factor.remove-last'));
  });

  test('[QR-5] a code that expired gives way to another; what is cancelled works no more', async () => {
    const visitor = await openPage(stage, DESK);
    const { say } = visitor;
    const holder = await stage.holder({ totp: true, language: 'en' });
    // Both have the same time from the beginning: tests before this one moved the product's.
    await visitor.pass(1);
    await openAccount(stage, visitor, holder, '/account/devices/add');
    await visitor.arrive(say('devices.add-title'));
    const expired = await pairingCode(visitor);
    await visitor.pass(601);
    await visitor.arrive(say('devices.expired-title'));
    expect(await comeWithCode(stage, expired, NAME)).toBe(410);
    visitor.expectRefusal(403, '/pairings');
    await visitor.press(say('devices.new-code'));
    await proveWithApp(stage, visitor, holder);
    await visitor.arrive(say('devices.add-title'));
    const cancelled = await pairingCode(visitor);
    await visitor.press(say('ui.cancel'));
    await visitor.arrive(say('devices.title'));
    expect(await comeWithCode(stage, cancelled, NAME)).toBe(410);
  });

  test('who lost the only phone is told the way that is left', async () => {
    const visitor = await openPage(stage, DESK);
    const { page, say } = visitor;
    await openAccount(stage, visitor, await stage.holder({ totp: true, language: 'en' }), '/account/devices');
    await page.getByText(say('devices.only-lost'), { exact: true }).click();
    await visitor.read(say('devices.only-lost-choose'));
    await visitor.press(say('devices.see-codes'));
    await visitor.arrive(say('recovery-codes.title'));
  });

  test('[ACC-1] without a mouse: renamed, and the removal given up', async () => {
    const visitor = await openPage(stage, DESK);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: 'en' });
    await phoneOf(stage, holder);
    await openAccount(stage, visitor, holder, '/account/devices');
    await visitor.read(NAME);
    await keyPress(visitor, say('devices.rename-named', { name: NAME }));
    await keyType(visitor, say('account.rename-name'), 'Blue phone');
    await page.keyboard.press('Enter');
    await visitor.read('Blue phone');
    await keyPress(visitor, say('devices.remove-named', { name: 'Blue phone' }));
    await dialogOf(visitor, say('devices.remove-title', { name: 'Blue phone' }));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await visitor.read('Blue phone');
  });
});
