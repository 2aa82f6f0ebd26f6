/**
 * Passkeys in a real browser with a virtual device: added from the account, then the only thing one needs to sign
 * in; after the password; a key that is only touched; and what is said when it does not work.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from './support/a11y.ts';
import { dialogOf, openAccount, PROOF_OVER_SECONDS } from './support/account.ts';
import { connectDevice, type Device } from './support/device.ts';
import type { Holder } from './support/holders.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { chooseMethod, enterPassword } from './support/steps.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** From the list of second factors: through the wizard, to the list again. */
async function addPasskey(visitor: Visitor): Promise<void> {
  const { page, say } = visitor;
  await visitor.press(say('two-factor.add'));
  await visitor.arrive(say('set-up.title'));
  await page.getByText(say('set-up.more-options'), { exact: true }).click();
  await page.getByRole('radio', { name: say('set-up.choice-passkey-text') }).check();
  await visitor.press(say('set-up.continue'));
  await visitor.arrive(say('set-up.passkey-title'));
  await visitor.press(say('set-up.passkey-make'));
}

async function withPasskey(
  visitor: Visitor,
  verifiesUser = true,
): Promise<{ holder: Holder; device: Device }> {
  const { say } = visitor;
  const holder = await stage.holder({ language: visitor.look.language });
  await openAccount(stage, visitor, holder, '/account/two-factor');
  await visitor.read(say('two-factor.none'));
  const device = await connectDevice(visitor, verifiesUser);
  await addPasskey(visitor);
  await visitor.arrive(say('two-factor.title'));
  await visitor.read(say('two-factor.added'));
  return { holder, device };
}

/** Out of the account, to the sign-in page; nobody answers for the holder unasked. */
async function leave(visitor: Visitor, device: Device): Promise<void> {
  await device.answer(false);
  await visitor.page.evaluate(() =>
    fetch('/api/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
  );
  await visitor.go(`${stage.product.issuer}/sign-in`);
  await visitor.arrive(visitor.say('sign-in.title'));
}

/** Makes it a browser that offers no passkeys among the saved names: what answers is what was pressed. */
async function leaveAndAsk(visitor: Visitor, device: Device): Promise<void> {
  await visitor.page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  await leave(visitor, device);
  await device.answer(true);
  await visitor.press(visitor.say('sign-in.use-passkey'));
}

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[WA-3] added from the account, it signs in alone by a press: no name, no password, no code', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const { device } = await withPasskey(visitor);
    expect(await device.count()).toBe(1);
    await visitor.read(say('two-factor.type-passkey'));

    await leaveAndAsk(visitor, device);
    await visitor.arrive(say('account.title'));
    await visitor.read(say('account.two-factor-on'));
  });

  test('[SES-4] five minutes later it confirms, then it is removed; the device is refused from then on', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { device } = await withPasskey(visitor);
    await stage.advance(PROOF_OVER_SECONDS);
    const name = say('two-factor.type-passkey');
    await visitor.press(say('two-factor.remove-named', { name }));
    const remove = await dialogOf(visitor, say('two-factor.remove-title', { name }));
    visitor.expectRefusal(403, '/remove');
    await remove.getByRole('button', { name: say('two-factor.remove-action'), exact: true }).click();
    const proof = await dialogOf(visitor, say('ceremony.step-up-title'));
    await proof.getByRole('button', { name: say('ceremony.use-passkey'), exact: true }).click();
    await visitor.read(say('two-factor.none'));

    visitor.expectRefusal(422, '/api/sign-in/passkey');
    await leaveAndAsk(visitor, device);
    await page.getByText(say('problems.passkey-refused')).waitFor();
  });

  test('[ACC-1] the new screens are usable by everyone', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { holder, device } = await withPasskey(visitor);
    const faults = await accessibilityFaults(page, look, 'second factors with a passkey');
    await leave(visitor, device);
    faults.push(...(await accessibilityFaults(page, look, 'sign-in')));
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.prove-title-passkey'));
    faults.push(...(await accessibilityFaults(page, look, 'passkey step')));
    await visitor.press(say('ceremony.cannot-use'));
    await visitor.arrive(say('recover.title'));
    expect(faults).toEqual([]);
  });

  // What follows depends on neither language nor width.
  if (isPhone(look)) return;

  test('the browser offers it among the saved names, without any press', async () => {
    const visitor = await openPage(stage, look);
    const { device } = await withPasskey(visitor);
    await leave(visitor, device);
    // A virtual device picks what a person would pick in the list under the field.
    await device.answer(true);
    await visitor.go(`${stage.product.issuer}/sign-in`);
    await visitor.arrive(visitor.say('account.title'));
  });

  test('after the password it takes the place of a code', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const { holder, device } = await withPasskey(visitor);
    await leave(visitor, device);
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.prove-title-passkey'));
    await device.answer(true);
    await visitor.press(say('ceremony.use-passkey'));
    await visitor.arrive(say('account.title'));
  });

  test('[WA-3] a key that is only touched works after the password, and is called what it is', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const { holder, device } = await withPasskey(visitor, false);
    await visitor.read(say('two-factor.type-security-key'));
    await leave(visitor, device);
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.prove-title-security-key'));
    await device.answer(true);
    await visitor.press(say('ceremony.use-security-key'));
    await visitor.arrive(say('account.title'));
  });

  test('a device without a passkey, and one that has one already, say what to do', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { device } = await withPasskey(visitor);
    await visitor.press(say('two-factor.add'));
    const proof = page.getByRole('button', { name: say('ceremony.use-passkey'), exact: true });
    await proof
      .or(page.getByText(say('set-up.more-options'), { exact: true }))
      .first()
      .waitFor();
    if (await proof.isVisible()) await proof.click();
    await page.getByText(say('set-up.more-options'), { exact: true }).click();
    await page.getByRole('radio', { name: say('set-up.choice-passkey-text') }).check();
    await visitor.press(say('set-up.continue'));
    await visitor.press(say('set-up.passkey-make'));
    await page.getByText(say('problems.passkey-known')).waitFor();
    expect(await accessibilityFaults(page, look, 'a passkey that is there already')).toEqual([]);

    await device.forget();
    await leaveAndAsk(visitor, device);
    await page.getByText(say('problems.passkey-cancelled')).waitFor();
    expect(await accessibilityFaults(page, look, 'no passkey here')).toEqual([]);
  });
});

test('a holder of several methods finds the passkey among them', async () => {
  const visitor = await openPage(stage, LOOKS[1]!);
  const { say } = visitor;
  const holder = await stage.holder({ totp: true, language: 'en' });
  await openAccount(stage, visitor, holder, '/account/two-factor');
  const device = await connectDevice(visitor);
  await addPasskey(visitor);
  await visitor.read(say('two-factor.added'));
  await leave(visitor, device);
  await enterPassword(visitor, holder.email, holder.password);
  await visitor.arrive(say('ceremony.choose-title-sign-in'));
  await chooseMethod(visitor, 'passkey');
  await visitor.arrive(say('ceremony.prove-title-passkey'));
  await device.answer(true);
  await visitor.press(say('ceremony.use-passkey'));
  await visitor.arrive(say('account.title'));
});
