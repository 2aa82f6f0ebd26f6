/**
 * C1: current, new, repeat; the second factor; success; then sign in again. C8: log out from the name at the top. And
 * what a sign-in asks for when the password of a digital identity is over.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agePassword, giveIdentity } from '../setup/identities.ts';
import { accessibilityFaults } from './support/a11y.ts';
import { openAccount } from './support/account.ts';
import { LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { chooseMethod, enterPassword, sendCode } from './support/steps.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const NEW_PASSWORD = 'a new lamp beside the river';

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[C1] [PW-5] changed with the password in use and a code by SMS; then one signs in again', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    await openAccount(stage, visitor, holder, '/account/security');
    await visitor.press(say('security.new-password'));
    await visitor.arrive(say('change-password.title'));
    await visitor.fill(say('change-password.current'), 'not my password');
    await visitor.fill(say('change-password.new'), NEW_PASSWORD);
    await visitor.fill(say('change-password.repeat'), `${NEW_PASSWORD}?`);
    await visitor.press(say('change-password.submit'));
    await visitor.read(say('problems.rule-repeat'));
    await visitor.fill(say('change-password.repeat'), NEW_PASSWORD);
    visitor.expectRefusal(422, '/api/account/password');
    await visitor.press(say('change-password.submit'));
    await visitor.read(say('problems.password-wrong-tries_other', { count: 4 }));
    await visitor.fill(say('change-password.current'), holder.password);
    await visitor.press(say('change-password.submit'));

    await visitor.arrive(say('ceremony.choose-title-change-password'));
    const code = await sendCode(stage, visitor, holder.phone);
    await visitor.fill(say('ceremony.code'), code);
    await visitor.press(say('ceremony.verify'));
    await visitor.arrive(say('change-password.done-title'));
    expect((await stage.product.dev.newest(holder.email)).subject).toBe(say('password-changed.subject'));
    await visitor.press(say('change-password.sign-in'));
    await enterPassword(visitor, holder.email, NEW_PASSWORD);
    await chooseMethod(visitor, 'totp');
    await visitor.fill(say('ceremony.code'), await stage.nextCode(holder.key));
    await visitor.press(say('ceremony.verify'));
    await visitor.arrive(say('account.title'));

    await page.getByRole('button', { name: new RegExp(`^${say('shell.your-menu')}`) }).click();
    await visitor.press(say('shell.sign-out'));
    await visitor.arrive(say('signed-out.title'));
  });

  test('[SPID-CRD-2] [ACC-1] over after 180 days: a new one is asked for on the way in, by the stricter rules', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    const { database } = stage.product;
    await giveIdentity({ ...stage, db: database.db }, holder.id);
    await agePassword({ database, nowMs: stage.nowMs }, holder.id, 180);
    await visitor.go(`${stage.product.issuer}/account`);
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.prove-title-totp'));
    await visitor.read(say('renew-password.proof-first'));
    await visitor.fill(say('ceremony.code'), await stage.nextCode(holder.key));
    await visitor.press(say('ceremony.verify'));

    await visitor.arrive(say('renew-password.title'));
    await visitor.read(say('problems.password-identity-kinds'));
    expect(await accessibilityFaults(page, look, 'renewing a password')).toEqual([]);
    await visitor.fill(say('renew-password.current'), holder.password);
    await visitor.fill(say('renew-password.new'), NEW_PASSWORD);
    await visitor.fill(say('renew-password.repeat'), NEW_PASSWORD);
    visitor.expectRefusal(422, '/password');
    await visitor.press(say('renew-password.submit'));
    await visitor.read(say('problems.password-refused-needs-upper'));
    for (const field of ['new', 'repeat'])
      await visitor.fill(say(`renew-password.${field}`), 'Amber-Falcon 12 under oaks');
    await visitor.fill(say('renew-password.current'), holder.password);
    await visitor.press(say('renew-password.submit'));
    await visitor.arrive(say('account.title'));
    await visitor.go(`${stage.product.issuer}/account/change-password`);
    await visitor.read(say('problems.password-identity-past'));
  });
});
