/**
 * Without a mouse: from a portal through registration, the set-up of two factors and recovery codes, and back.
 * Only Tab, Enter, Space and arrows; where the focus is can always be seen; codes are pasted.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portalWords } from './support/demo-portals.ts';
import { newPerson } from './support/holders.ts';
import { awaitFocus, keyPress, keyType, tabTo } from './support/keyboard.ts';
import { LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  const words = portalWords(look);

  test('[ACC-1] register, set up, sign in by keyboard alone', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const person = newPerson();
    const enter = () => page.keyboard.press('Enter');
    await visitor.go(stage.product.claims);
    await keyPress(visitor, words.signIn);
    await visitor.arrive(say('sign-in.title'));
    await keyPress(visitor, say('sign-in.register'));
    await visitor.arrive(say('register.title'));

    await keyPress(visitor, say('register.submit'));
    await awaitFocus(page.getByRole('alert'));
    await keyPress(visitor, say('problems.need-email'));
    await awaitFocus(page.getByLabel(say('register.email'), { exact: true }));
    await keyType(visitor, say('register.email'), person.email);
    await keyType(visitor, say('register.password'), person.password);
    const country = page.getByRole('combobox', { name: say('ui.country') });
    await tabTo(visitor, country);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('+3');
    // As React Aria plays it when the list has changed.
    await country.dispatchEvent('focusin');
    await page.keyboard.type('9');
    // The page may move by itself, when the field comes into view.
    await page.evaluate(() => {
      scrollBy(0, scrollY > 0 ? -24 : 24);
      return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    });
    await page.getByRole('option', { name: /\+39/ }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await enter();
    await expect.poll(() => country.inputValue()).toMatch(/\+39/);
    await keyType(visitor, new RegExp(`^${say('register.phone')}`), person.phone.slice(3));
    await enter();
    await visitor.arrive(say('register.sent-title'));

    await visitor.go(await stage.mailedLink(person.email));
    await visitor.arrive(say('register.confirm-title'));
    await keyPress(visitor, say('register.confirm'));
    await visitor.arrive(say('register.done-title'));
    await keyPress(visitor, say('register.go-sign-in'));
    await visitor.arrive(say('sign-in.title'));
    await keyType(visitor, say('sign-in.identifier'), person.email);
    await keyType(visitor, say('sign-in.password'), person.password);
    await enter();

    await visitor.arrive(say('set-up.title'));
    const [app, both] = ['totp', 'both'].map((choice) =>
      page.getByRole('radio', { name: say(`set-up.choice-${choice}-text`) }),
    );
    await tabTo(visitor, app!);
    await page.keyboard.press('Tab');
    await enter();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => both!.isChecked()).toBe(true);
    await keyPress(visitor, say('set-up.continue'));
    await visitor.arrive(say('set-up.sms-title'));
    await keyPress(visitor, say('set-up.sms-send'));
    await visitor.arrive(say('set-up.sms-code-title'));
    const smsCode = page.getByLabel(say('set-up.code'), { exact: true });
    await tabTo(visitor, smsCode);
    const code = await stage.product.dev.code(person.phone);
    await visitor.paste(`${code.slice(0, 3)} ${code.slice(3)}`);
    expect(await smsCode.inputValue()).toBe(code);
    await enter();

    await visitor.arrive(say('set-up.app-title'));
    const copy = page.getByRole('button', { name: say('set-up.copy-key'), exact: true });
    if (!(await copy.isVisible())) {
      await tabTo(visitor, page.getByText(say('set-up.cannot-scan')));
      await enter();
    }
    await keyPress(visitor, say('set-up.copy-key'));
    await visitor.read(say('ui.copied'));
    const appCode = await stage.nextCode(await visitor.clipboard());
    await tabTo(visitor, page.getByLabel(say('set-up.app-code'), { exact: true }));
    await visitor.paste(`Code: ${appCode}`);
    await enter();

    await visitor.arrive(say('recovery-codes.offer-title'));
    await tabTo(visitor, page.getByRole('checkbox', { name: say('recovery-codes.saved') }));
    await page.keyboard.press('Space');
    await keyPress(visitor, say('recovery-codes.continue-to', { name: words.claims.portal }));
    await visitor.arrive(say('consent.title'));
    await keyPress(visitor, say('consent.accept'));
    await visitor.arrive(/CL-/);
  });
});
