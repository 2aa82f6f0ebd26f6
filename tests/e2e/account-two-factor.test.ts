/**
 * C6 and B4 from the account: a holder without a second factor adds an app and text messages, names the app,
 * and takes one away again. Whatever changes how one signs in asks for a fresh proof first.
 */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialogOf, openAccount, PROOF_OVER_SECONDS, proveWithApp } from './support/account.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { copyKey, saveRecoveryCodes } from './support/steps.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('the overview has a box for each thing that can be done', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    await openAccount(stage, visitor, await stage.holder({ language: look.language }), '/account');
    await visitor.arrive(say('account.title'));
    await visitor.read(say('account.two-factor-off'));

    for (const box of ['security', 'two-factor', 'language']) {
      await page
        .getByRole('main')
        .getByRole('link', { name: say(`account.box-${box}`) })
        .last()
        .click();
      await visitor.arrive(say(`${box}.title`));
      await page.goBack();
      await visitor.arrive(say('account.title'));
    }
  });

  test('[C6] an app is added, then text messages after a proof with the app', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ language: look.language });
    await openAccount(stage, visitor, holder, '/account/two-factor');
    await visitor.read(say('two-factor.none'));

    await visitor.press(say('two-factor.add'));
    await visitor.arrive(say('set-up.title'));
    await visitor.press(say('set-up.continue'));
    holder.key = await copyKey(visitor);
    await visitor.fill(say('set-up.app-code'), await stage.nextCode(holder.key));
    await visitor.press(say('set-up.verify'));
    await visitor.arrive(say('two-factor.title'));
    await visitor.read(say('two-factor.added'));

    await stage.advance(PROOF_OVER_SECONDS);
    visitor.expectRefusal(403, '/api/account/authenticators');
    await visitor.press(say('two-factor.add'));
    await proveWithApp(stage, visitor, holder);
    await page.getByText(say('set-up.more-options'), { exact: true }).click();
    await page.getByRole('radio', { name: say('set-up.choice-sms-code-text') }).check();
    await visitor.press(say('set-up.continue'));
    await visitor.arrive(say('set-up.sms-title'));
    await visitor.fill(say('set-up.sms-number'), holder.phone);
    await visitor.press(say('set-up.sms-send'));
    await visitor.arrive(say('set-up.sms-code-title'));
    await visitor.fill(say('set-up.code'), await stage.product.dev.code(holder.phone));
    await visitor.press(say('set-up.verify'));
    await visitor.arrive(say('two-factor.title'));
    await visitor.read(say('two-factor.added'));
    const sms = factor(visitor, say('two-factor.type-sms-code'));
    expect(await sms.textContent()).toContain(holder.phone.slice(-4));
    await factor(visitor, say('two-factor.type-totp')).waitFor();
  });

  test('a factor is given a name, and removed after a proof with the other one', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    await openAccount(stage, visitor, holder, '/account/two-factor');
    const app = say('two-factor.type-totp');
    await visitor.press(say('two-factor.rename-named', { name: app }));
    const rename = await dialogOf(visitor, say('account.rename-title'));
    await rename.getByLabel(say('account.rename-name'), { exact: true }).fill('  Tablet di casa ');
    await rename.getByRole('button', { name: say('account.rename-save'), exact: true }).click();
    await factor(visitor, 'Tablet di casa').waitFor();

    await stage.advance(PROOF_OVER_SECONDS);
    const sms = say('two-factor.type-sms-code');
    await visitor.press(say('two-factor.remove-named', { name: sms }));
    const remove = await dialogOf(visitor, say('two-factor.remove-title', { name: sms }));
    await remove.getByText(say('two-factor.remove-codes'), { exact: true }).waitFor();
    await remove.getByText(say('two-factor.remove-sessions'), { exact: true }).waitFor();
    visitor.expectRefusal(403, '/remove');
    await remove.getByRole('button', { name: say('two-factor.remove-action'), exact: true }).click();
    await proveWithApp(stage, visitor, holder);
    await factor(visitor, sms).waitFor({ state: 'detached' });

    await visitor.press(say('two-factor.remove-named', { name: 'Tablet di casa' }));
    const last = await dialogOf(visitor, say('two-factor.remove-title', { name: 'Tablet di casa' }));
    await last.getByText(say('two-factor.remove-last'), { exact: true }).waitFor();
    await last.getByRole('button', { name: say('ui.cancel'), exact: true }).click();
    await factor(visitor, 'Tablet di casa').waitFor();
    await page.reload();
    await factor(visitor, 'Tablet di casa').waitFor();
  });

  // What follows depends on neither language nor width.
  if (isPhone(look)) return;

  test('without the fresh proof nothing changes', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await openAccount(stage, visitor, holder, '/account/two-factor');
    await stage.advance(PROOF_OVER_SECONDS);
    const app = say('two-factor.type-totp');
    await visitor.press(say('two-factor.remove-named', { name: app }));
    const remove = await dialogOf(visitor, say('two-factor.remove-title', { name: app }));
    visitor.expectRefusal(403, '/remove');
    await remove.getByRole('button', { name: say('two-factor.remove-action'), exact: true }).click();
    const proof = await dialogOf(visitor, say('ceremony.step-up-title'));
    await proof.getByRole('button', { name: say('ui.close'), exact: true }).click();
    await remove.getByText(say('problems.proof-given-up')).waitFor();
    await remove.getByRole('button', { name: say('ui.cancel'), exact: true }).click();
    await factor(visitor, app).waitFor();
  });

  test('new recovery codes are made, and say how many of the old ones stop working', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await openAccount(stage, visitor, holder, '/account/recovery-codes');
    await visitor.press(say('recovery-codes.make'));
    const first = await keepCodes(visitor);
    await visitor.read(new RegExp(say('two-factor.codes-left', { count: first.length })));

    await stage.advance(PROOF_OVER_SECONDS);
    await visitor.press(say('two-factor.new-codes'));
    await visitor.read(say('recovery-codes.voids', { count: first.length }));
    visitor.expectRefusal(403, '/api/account/recovery-codes');
    await visitor.press(say('recovery-codes.make-new'));
    await proveWithApp(stage, visitor, holder);
    const second = await keepCodes(visitor);
    expect([first.length, second.length]).toEqual([10, 10]);
    expect(second.filter((code) => first.includes(code))).toEqual([]);
  });
});

/** The codes among the entries of the lists of this page. */
async function keepCodes(visitor: Visitor): Promise<string[]> {
  const entries = await saveRecoveryCodes(visitor, visitor.say('recovery-codes.finish'));
  return entries.filter((entry) => /^\w{4}(-\w{4})+$/.test(entry));
}

/** The entry of a factor, which is the only one with a button to remove it. */
function factor({ page, say }: Visitor, name: string): Locator {
  const remove = page.getByRole('button', { name: say('two-factor.remove-named', { name }), exact: true });
  return page.getByRole('listitem').filter({ has: remove });
}
