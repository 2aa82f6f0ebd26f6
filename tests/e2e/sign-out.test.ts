/** C8: out from the name at the top right; and what becomes of the portals one entered. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAccount } from './support/account.ts';
import { portalWords } from './support/demo-portals.ts';
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

  test('[C8] the name at the top right opens a menu that says who one is, and signs out', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await openAccount(stage, visitor, holder, '/account');
    // What the page still asks for when the session ends would be refused.
    await page.waitForLoadState('networkidle');
    const menu = page.getByRole('banner').getByRole('button', { name: holder.email });
    await menu.click();
    await visitor.read(say('shell.user-id', { userId: holder.userId }));
    await page.keyboard.press('Escape');
    await expect.poll(() => menu.getAttribute('aria-expanded')).toBe('false');

    await menu.click();
    await visitor.press(say('shell.sign-out'));
    await visitor.arrive(say('signed-out.title'));
    await page.goBack();
    await visitor.arrive(say('sign-in.title'));
    expect(await page.getByText(holder.userId).count()).toBe(0);
  });

  test('[C8] signing out of the account signs out of the portals entered with it', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await openAccount(stage, visitor, holder, '/account');
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.press(say('consent.accept'));
    await visitor.arrive(/CL-/);
    const account = await visitor.openTab();
    await account.go(`${stage.product.issuer}/account`);
    await account.read(holder.userId);
    await account.press(new RegExp(`^${say('shell.your-menu')}`));
    await account.press(say('shell.sign-out'));
    await account.arrive(say('signed-out.title'));

    await visitor.press(words.learned.check);
    await visitor.arrive(words.problems.login_required.title);
  });
});
