/** Without a mouse: a forgotten password, and a lost second factor. */
import { afterAll, beforeAll, describe, test } from 'vitest';
import { portalWords } from './support/demo-portals.ts';
import { keyPress, keyType, tabTo } from './support/keyboard.ts';
import { LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { enterPassword } from './support/steps.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[ACC-1] choose a new password by keyboard alone', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.arrive(say('sign-in.title'));
    await keyPress(visitor, say('sign-in.forgot-password'));
    await visitor.arrive(say('forgot-password.title'));
    await keyType(visitor, say('forgot-password.identifier'), holder.email);
    await page.keyboard.press('Enter');
    await visitor.arrive(say('forgot-password.sent-title'));
    await visitor.go(await stage.mailedLink(holder.email));
    await visitor.arrive(say('reset-password.title'));
    await keyType(visitor, say('reset-password.password'), 'seven quiet herons at dawn');
    await page.keyboard.press('Enter');
    await visitor.arrive(say('reset-password.done-title'));
    await keyPress(visitor, say('reset-password.go-sign-in'));
    await visitor.arrive(say('sign-in.title'));
  });

  test('[ACC-1] replace a lost app by keyboard alone', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { dev } = stage.product;
    const holder = await stage.holder({ totp: true, language: look.language });
    const enter = () => page.keyboard.press('Enter');
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.arrive(say('sign-in.title'));
    await keyType(visitor, say('sign-in.identifier'), holder.email);
    await keyType(visitor, say('sign-in.password'), holder.password);
    await enter();
    await visitor.arrive(say('ceremony.prove-title-totp'));
    await keyPress(visitor, say('ceremony.cannot-use'));
    await visitor.arrive(say('recover.title'));
    await keyPress(visitor, say('recover.start'));
    await visitor.arrive(say('ceremony.choose-title-recover-second-factor'));
    await keyPress(visitor, new RegExp(`^${say('ceremony.method-email-code')}`));
    await visitor.arrive(say('ceremony.send-title-email-code'));
    const before = (await dev.outbox(holder.email)).length;
    await keyPress(visitor, say('ceremony.send'));
    await visitor.arrive(say('ceremony.prove-title-email-code'));
    await keyType(visitor, say('ceremony.code'), await dev.code(holder.email, before));
    await enter();
    await visitor.arrive(say('set-up.title'));
    await keyPress(visitor, say('set-up.continue'));
    await visitor.arrive(say('set-up.app-title'));
    const copy = page.getByRole('button', { name: say('set-up.copy-key'), exact: true });
    if (!(await copy.isVisible())) {
      await tabTo(visitor, page.getByText(say('set-up.cannot-scan')));
      await enter();
    }
    await keyPress(visitor, say('set-up.copy-key'));
    await visitor.read(say('ui.copied'));
    const code = await stage.nextCode(await visitor.clipboard());
    await keyType(visitor, say('set-up.app-code'), code);
    await enter();
    await visitor.arrive(say('recover.done-title'));
    await keyPress(visitor, say('recover.sign-in-again'));
    await visitor.arrive(say('sign-in.title'));
  });

  test('whoever has nothing left to show is told so, and led to a person', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await visitor.go(`${stage.product.claims}/sign-in`);
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.press(say('ceremony.cannot-use'));
    await visitor.press(say('recover.start'));
    await visitor.press(say('ceremony.none-works'));
    await visitor.arrive(say('ceremony.stuck-title'));
    await visitor.press(say('ceremony.back'));
    await visitor.arrive(say('ceremony.choose-title-recover-second-factor'));
    await visitor.press(say('ceremony.none-works'));
    await visitor.press(say('ceremony.contact-support'));
    await visitor.arrive(say('support.title'));
    await visitor.read(portalWords(look).claims.portal);
  });
});
