/** Accounts that are linked: their codes, several side by side, renamed, ordered, removed, stopped, under another code. */
import { base32Encode } from '@sigillo/otp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APP_LOOKS, expectOathCode, oathtool, openAuthenticator } from './support/authenticator.ts';
import type { Holder } from './support/holders.ts';
import { UNLOCK_CODE as KNOWN_CODE, linkTo, openLinkedApp } from './support/linked-app.ts';
import {
  chooseUnlockCode,
  linkAccount,
  nameAccount,
  proveAccount,
  seedOf,
  UNLOCK_CODE,
} from './support/linking.ts';
import { openStage, type Stage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const newHolder = () => stage.holder({ sms: true });

/** Types the code of an app that has accounts already. */
async function typeSameCode(visitor: Visitor, code: string): Promise<void> {
  const { say } = visitor;
  await visitor.arrive(say('linked.same-code-title'));
  await visitor.fill(say('linked.unlock-code'), code);
  await visitor.press(say('linked.link'));
}

async function showCodes(visitor: Visitor, names: string, code: string): Promise<void> {
  const { say } = visitor;
  await visitor.press(say('linked.show-codes', { names }));
  await visitor.page.getByRole('dialog').waitFor();
  await visitor.fill(say('linked.unlock-code'), code);
  await visitor.press(say('linked.unlock'));
  await visitor.page.getByRole('dialog').waitFor({ state: 'detached' });
}

describe.each(APP_LOOKS)('in $language at $width px', (look) => {
  oathtool.describe('offline', () => {
    test('codes are shown without a network; a wrong unlock code shows others, and nothing says so', async () => {
      const holder = await newHolder();
      const visitor = await openAuthenticator(stage, look);
      const { page, say } = visitor;
      const seed = seedOf(visitor);
      await linkAccount(stage, visitor, holder);
      const key = base32Encode(await seed);
      const service = { issuer: 'Casa', account: holder.email, key };

      await page.evaluate(() => navigator.serviceWorker.ready);
      // It asks for requests now and then, and may just be about to.
      visitor.expectSilence(/\/device\//);
      await page.context().setOffline(true);
      await visitor.read(say('linked.offline'));
      await visitor.press(say('authenticator.codes'));
      await visitor.arrive(say('authenticator.codes-title'));
      await showCodes(visitor, 'Casa', UNLOCK_CODE);
      await expectOathCode(visitor, service);
      const right = await page.locator('.code-digits').textContent();
      await visitor.press(say('linked.hide-codes'));
      await showCodes(visitor, 'Casa', '111222');
      await page.locator('.code-digits').filter({ hasText: /\d/ }).waitFor();
      expect(await page.locator('.code-digits').textContent()).not.toBe(right);
      await visitor.read(say('linked.codes-hint'));
      await page.context().setOffline(false);
    });
  });

  test('several accounts share one code; they are renamed, put in order and removed, which their service hears', async () => {
    const [first, second] = [await newHolder(), await newHolder()];
    const visitor = await openAuthenticator(stage, look);
    const { page, say } = visitor;
    await linkTo(stage, visitor, first, 'Alfa');
    await proveAccount(stage, visitor, second);
    await nameAccount(visitor, 'Beta');
    await typeSameCode(visitor, '111222');
    await visitor.read(say('linked.unlock-wrong', { count: 9 }));
    await typeSameCode(visitor, KNOWN_CODE);
    await visitor.arrive(say('linked.done-title'));
    await visitor.press(say('linked.next'));
    await visitor.arrive(say('authenticator.home-title'));
    await expect.poll(() => namesIn(visitor)).toEqual(['Alfa', 'Beta']);

    await visitor.press(say('authenticator.reorder'));
    await visitor.press(say('authenticator.move-up', { name: `Beta (${second.email})` }));
    await visitor.press(say('authenticator.done'));
    await expect.poll(() => namesIn(visitor)).toEqual(['Beta', 'Alfa']);

    await page.getByRole('link', { name: /Beta/ }).click();
    await visitor.arrive(say('linked.account-title'));
    await visitor.read(say('linked.notices-off'));
    await visitor.read(second.userId);
    await visitor.fill(say('linked.name'), 'Gamma');
    await visitor.press(say('authenticator.save'));
    await visitor.read(say('linked.renamed'));
    await expect.poll(() => namesIn(visitor)).toEqual(['Gamma', 'Alfa']);

    await page.getByRole('link', { name: /Gamma/ }).click();
    await visitor.press(say('linked.remove'));
    await page.getByRole('dialog').waitFor();
    await visitor.press(say('linked.remove-action'));
    await visitor.read(say('linked.removed', { name: 'Gamma' }));
    expect(await stateOf(second)).toBe('removed');

    await page.getByRole('link', { name: /Alfa/ }).click();
    await visitor.arrive(say('linked.account-title'));
    // As without a network, of which the guard of these tests would complain.
    await page.route('**/device/me', (route) => route.abort('aborted'));
    await visitor.press(say('linked.remove'));
    await visitor.press(say('linked.remove-action'));
    await visitor.read(say('linked.removed-untold', { name: 'Alfa' }));
    expect(await stateOf(first)).toBe('active');
  });

  test('[PUSH-5] after ten wrong unlock codes the account is stopped, here and at its service', async () => {
    const [first, second] = [await newHolder(), await newHolder()];
    const visitor = await openAuthenticator(stage, look);
    const { page, say } = visitor;
    await linkTo(stage, visitor, first, 'Alfa');
    await proveAccount(stage, visitor, second);
    await nameAccount(visitor, 'Beta');
    for (let left = 9; left > 0; left--) {
      await typeSameCode(visitor, '111222');
      await visitor.read(say('linked.unlock-wrong', { count: left }));
    }
    visitor.expectRefusal(410, '/device/unlock');
    await typeSameCode(visitor, '111222');
    await chooseUnlockCode(visitor);
    expect(await stateOf(first)).toBe('locked');
    await page.getByRole('link', { name: new RegExp(say('linked.state-stopped')) }).click();
    await visitor.read(say('linked.stopped-title'));
    await visitor.press(say('linked.remove'));
    await visitor.press(say('linked.remove-action'));
    await expect.poll(() => namesIn(visitor)).toEqual(['Beta']);
  });

  test('the unlock code is changed: the old one opens nothing any more', async () => {
    const holder = await newHolder();
    const visitor = await openLinkedApp(stage, look, holder);
    const { say } = visitor;
    const change = async (from: string, to: string): Promise<void> => {
      await visitor.press(say('authenticator.settings'));
      await visitor.press(say('linked.change-title'));
      await visitor.fill(say('linked.code-old'), from);
      await visitor.press(say('linked.next'));
      await visitor.arrive(say('linked.code-title'));
      await visitor.fill(say('linked.code-new'), to);
      await visitor.fill(say('linked.code-repeat'), to);
      await visitor.press(say('linked.change'));
    };
    await change(KNOWN_CODE, '604827');
    await visitor.read(say('linked.changed'));
    await visitor.go(stage.product.authenticator);
    await change(KNOWN_CODE, '938471');
    await visitor.read(say('linked.old-wrong', { count: 9 }));
    await visitor.go(stage.product.authenticator);
    await change('604827', '938471');
    await visitor.read(say('linked.changed'));
  });
});

const namesIn = ({ page }: Visitor) => page.locator('.account-list strong').allTextContents();

/** What the service says of the newest app of an account. */
async function stateOf({ userId }: Holder): Promise<string> {
  const rows = await stage.product.database.db
    .selectFrom('device')
    .innerJoin('account', 'account.id', 'device.account_id')
    .select('device.state')
    .where('account.user_id', '=', userId)
    .execute();
  return rows.at(-1)?.state ?? 'none';
}
