/** Linking an account from within the app: step by step, left and resumed, and what can be done with it afterwards. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APP_LOOKS } from './support/authenticator.ts';
import { UNLOCK_CODE } from './support/linking.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openAppPage } from './support/visitor.ts';

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
