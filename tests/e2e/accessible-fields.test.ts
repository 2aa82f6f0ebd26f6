/** What browsers, password managers and phones are told of each field; codes pasted; motion; the statement. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialogOf, openAccount } from './support/account.ts';
import { newPerson } from './support/holders.ts';
import { LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { chooseFactors, openWizard } from './support/steps.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[ACC-1] names, passwords and numbers can be filled in by the browser', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const holder = await stage.holder({ language: look.language });
    await visitor.go(`${stage.product.issuer}/sign-in`);
    expect(await completion(visitor, say('sign-in.identifier'))).toBe('username webauthn');
    expect(await completion(visitor, say('sign-in.password'))).toBe('current-password');
    await visitor.press(say('sign-in.forgot-password'));
    await visitor.arrive(say('forgot-password.title'));
    expect(await completion(visitor, say('forgot-password.identifier'))).toBe('username');
    await visitor.fill(say('forgot-password.identifier'), holder.email);
    await visitor.press(say('forgot-password.submit'));
    await visitor.go(await stage.mailedLink(holder.email));
    await visitor.arrive(say('reset-password.title'));
    expect(await completion(visitor, say('reset-password.password'))).toBe('new-password');
    await visitor.go(`${stage.product.care}/sign-in`);
    await visitor.press(say('sign-in.register'));
    await visitor.arrive(say('register.title'));
    expect(await completion(visitor, say('register.email'))).toMatch(/^(email|username)$/);
    expect(await completion(visitor, say('register.password'))).toBe('new-password');
    expect(await completion(visitor, say('register.phone'))).toBe('tel');
    await visitor.go(`${stage.product.issuer}/support`);
    expect(await completion(visitor, say('support.email'))).toBe('email');
    expect(await completion(visitor, new RegExp(`^${say('support.name')}`))).toBe('name');
  });

  test('[ACC-1] codes are filled in from the message, and pasted as they come; no camera is needed', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const person = newPerson();
    await openWizard(stage, visitor, person);
    await chooseFactors(visitor, 'both');
    await visitor.press(say('set-up.continue'));
    expect(await completion(visitor, say('set-up.sms-number'))).toBe('tel');
    await visitor.press(say('set-up.sms-send'));
    const smsCode = page.getByLabel(say('set-up.code'), { exact: true });
    expect(await completion(visitor, say('set-up.code'))).toBe('one-time-code');
    expect(await smsCode.getAttribute('inputmode')).toBe('numeric');
    const { text } = await stage.product.dev.newest(person.phone);
    await smsCode.focus();
    await visitor.paste(text);
    expect(await smsCode.inputValue()).toBe(await stage.product.dev.code(person.phone));
    await visitor.press(say('set-up.verify'));

    await visitor.arrive(say('set-up.app-title'));
    expect(await completion(visitor, say('set-up.app-code'))).toBe('one-time-code');
    const appCode = page.getByLabel(say('set-up.app-code'), { exact: true });
    await appCode.focus();
    await visitor.paste(' 123-456 ');
    expect(await appCode.inputValue()).toBe('123456');
    const key = page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    if (!(await key.isVisible())) await page.getByText(say('set-up.cannot-scan'), { exact: true }).click();
    await key.waitFor();
  });

  test('[ACC-1] whoever wants no motion gets none', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ language: look.language });
    await openAccount(stage, visitor, holder, '/account/security');
    // Counted as they begin: on a slow machine they may be over before one can look.
    await page.evaluate(() => {
      const begun = () => {
        document.documentElement.dataset.begun = 'true';
      };
      for (const event of ['animationstart', 'transitionrun']) document.addEventListener(event, begun, true);
    });
    const moves = async (reducedMotion: 'reduce' | 'no-preference') => {
      await page.emulateMedia({ reducedMotion });
      await page.evaluate(() => delete document.documentElement.dataset.begun);
      await visitor.press(say('security.end-all'));
      await dialogOf(visitor, say('security.end-all-title'));
      await page.evaluate(
        () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      );
      const hasMoved = await page.evaluate(() => 'begun' in document.documentElement.dataset);
      await page.keyboard.press('Escape');
      return hasMoved;
    };
    expect(await moves('reduce')).toBe(false);
    expect(await moves('no-preference')).toBe(true);
  });

  test('[ACC-1] every page leads to the accessibility statement', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    visitor.expectRefusal(400, '/oidc/authorize');
    for (const place of ['/sign-in', '/oidc/authorize?client_id=nobody']) {
      await visitor.go(`${stage.product.issuer}${place}`);
      await visitor.press(say('shell.accessibility'));
      await visitor.arrive(say('accessibility.title'));
      await visitor.read(say('accessibility.state'));
      await visitor.press(say('accessibility.contact'));
      await visitor.arrive(say('support.title'));
    }
  });
});

/** What the field of this label asks the browser to fill in. */
function completion({ page }: Visitor, label: string | RegExp): Promise<string | null> {
  return page.getByLabel(label, { exact: true }).getAttribute('autocomplete');
}
