/** Without a mouse: dialogs keep the focus and give it back, menus close, the header can be skipped. */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialogOf, openAccount, PROOF_OVER_SECONDS } from './support/account.ts';
import { awaitFocus, hasFocus, keyPress, tabTo } from './support/keyboard.ts';
import { LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[ACC-1] a dialog takes the focus, keeps it, and gives it back', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await openAccount(stage, visitor, holder, '/account/two-factor');
    const name = say('two-factor.type-totp');
    const remove = page.getByRole('button', { name: say('two-factor.remove-named', { name }) });
    await remove.waitFor();
    await stage.advance(PROOF_OVER_SECONDS);
    await keyPress(visitor, say('two-factor.remove-named', { name }));
    const dialog = await dialogOf(visitor, say('two-factor.remove-title', { name }));
    await staysIn(dialog);

    const action = dialog.getByRole('button', { name: say('two-factor.remove-action'), exact: true });
    await tabTo(visitor, action);
    visitor.expectRefusal(403, '/remove');
    await page.keyboard.press('Enter');
    const proof = await dialogOf(visitor, say('ceremony.step-up-title'));
    await staysIn(proof);
    await page.keyboard.press('Escape');
    await proof.waitFor({ state: 'detached' });
    await dialog.getByText(say('problems.proof-given-up')).waitFor();
    expect(await hasFocus(dialog.getByRole('alert'))).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await awaitFocus(remove);

    /** However often Tab is pressed, in either direction, the focus is inside or with the browser itself. */
    async function staysIn(inside: Locator): Promise<void> {
      expect(await inside.locator(':focus').count()).toBe(1);
      for (const key of [...Array(8).fill('Tab'), ...Array(8).fill('Shift+Tab')]) {
        await page.keyboard.press(key);
        const isOutside = await inside.evaluate((element) => {
          const focus = document.activeElement;
          return focus !== document.body && !element.contains(focus);
        });
        expect(isOutside).toBe(false);
      }
    }
  });

  test('[ACC-1] the menu under the name opens, is walked through and closes', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    await openAccount(stage, visitor, await stage.holder({ language: look.language }), '/account');
    await visitor.arrive(say('account.title'));
    const menu = page.getByRole('button', { name: new RegExp(`^${say('shell.your-menu')}`) });
    await tabTo(visitor, menu);
    await page.keyboard.press('Space');
    const signOut = page.getByRole('button', { name: say('shell.sign-out'), exact: true });
    await tabTo(visitor, signOut);
    await page.keyboard.press('Escape');
    await signOut.waitFor({ state: 'hidden' });
    await awaitFocus(menu);
    await page.keyboard.press('Enter');
    await signOut.waitFor();
    await tabTo(visitor, page.getByRole('main').getByRole('link').first());
    await signOut.waitFor({ state: 'hidden' });
  });

  test('[ACC-1] the first press of Tab offers to skip the header', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    await visitor.go(`${stage.product.issuer}/help`);
    await visitor.arrive(say('help.title'));
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const skip = page.getByRole('link', { name: say('ui.skip-to-content') });
    await tabTo(visitor, skip);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.getByRole('main').locator(':focus').getByText(say('help.no-password')).waitFor();
  });
});
