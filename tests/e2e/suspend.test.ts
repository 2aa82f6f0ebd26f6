/** Suspending: by the holder with an approval on the phone, by the emergency card, by a code; and lifting it again. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giveIdentity } from '../setup/identities.ts';
import { dialogOf } from './support/account.ts';
import type { Holder } from './support/holders.ts';
import { LOOKS } from './support/looks.ts';
import { phoneOf } from './support/phone.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { chooseMethod, enterPassword } from './support/steps.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** From the password to the account that is active again, by a code of the app. */
async function liftSuspension(visitor: Visitor, holder: Holder): Promise<void> {
  const { say } = visitor;
  await enterPassword(visitor, holder.email, holder.password);
  await visitor.arrive(say('lift-suspension.title'));
  await visitor.press(say('lift-suspension.prove'));
  await visitor.arrive(say('ceremony.choose-title-lift-suspension'));
  await chooseMethod(visitor, 'totp');
  await visitor.fill(say('ceremony.code'), await stage.nextCode(holder.key));
  await visitor.press(say('ceremony.verify'));
  await visitor.arrive(say('lift-suspension.title'));
  await visitor.press(say('lift-suspension.submit'));
  await visitor.arrive(say('lift-suspension.done-title'));
}

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[D9] [SPID-IDL-12] suspended with an approval on the phone, told what ended, and lifted', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    const identity = { db: stage.product.database.db, keyring: stage.keyring, nowMs: stage.nowMs };
    await giveIdentity(identity, holder.id);
    const phone = await phoneOf(stage, holder);
    await signInAs(stage, visitor, holder);
    await visitor.go(`${stage.product.issuer}/selfcare/suspend`);
    await visitor.arrive(say('suspend.title'));
    await page.getByLabel(say('suspend.reason'), { exact: true }).selectOption('other');
    await visitor.fill(say('suspend.days'), '31');
    await visitor.press(say('suspend.submit'));
    await visitor.read(say('suspend.days-wrong'));
    await visitor.fill(say('suspend.days'), '10');
    await visitor.read(say('suspend.consequence-apps'));

    visitor.expectRefusal(403, '/api/selfcare/suspension');
    await visitor.press(say('suspend.submit'));
    const proof = await dialogOf(visitor, say('ceremony.step-up-title'));
    await proof.getByRole('button', { name: say('ceremony.method-app-push') }).click();
    const number = proof.getByRole('status', { name: say('ceremony.push-number') });
    await number.waitFor();
    const request = await phone.asked();
    expect(request.type).toBe('suspend-account');
    expect(request.text).toMatch(/\b10\b/);
    await phone.approve(request, (await number.innerText()).trim());
    await visitor.arrive(say('suspend.done-title'));
    await visitor.read(say('suspend.ended-identities', { count: 1 }));
    await visitor.read(say('suspend.ended-sessions', { count: 1 }));

    await visitor.press(say('suspend.lift-link'));
    await liftSuspension(visitor, holder);
    await visitor.press(say('lift-suspension.sign-in'));
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.choose-title-sign-in'));
  });

  test('[D9] [SPID-IDL-6] the emergency card, made and used by somebody who has nothing else', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await signInAs(stage, visitor, holder);
    await visitor.go(`${stage.product.issuer}/selfcare/suspend`);
    await visitor.press(say('suspend.card-make'));
    await visitor.read(say('suspend.card-ready'));
    const link = await page.getByText(/\/suspend#/).innerText();
    const download = page.waitForEvent('download');
    await visitor.press(say('suspend.card-download'));
    expect((await download).suggestedFilename()).toBe(`${say('suspend.card-file')}.pdf`);

    const stranger = await openPage(stage, look);
    await stranger.go(link);
    await stranger.arrive(say('suspend.public-title'));
    await stranger.read(say('suspend.card-found'));
    await stranger.press(say('suspend.submit'));
    await stranger.arrive(say('suspend.done-title'));
    expect(stranger.page.url()).not.toContain('#');
    await stranger.press(say('suspend.lift-link'));
    await enterPassword(stranger, holder.email, holder.password);
    await stranger.arrive(say('lift-suspension.title'));
  });
});

test('[D9] [SPID-IDL-6] without the card: by user id and a code to the registered phone', async () => {
  const visitor = await openPage(stage, { language: 'en', width: 768 });
  const { say } = visitor;
  const holder = await stage.holder({ sms: true, language: 'en' });
  await visitor.go(`${stage.product.issuer}/suspend`);
  await visitor.arrive(say('suspend.public-title'));
  await visitor.press(say('suspend.no-card'));
  await visitor.fill(say('suspend.identifier'), holder.userId);
  await visitor.press(say('suspend.send-code'));
  await visitor.read(say('suspend.code-sent'));
  await visitor.fill(say('suspend.code'), await stage.product.dev.code(holder.phone));
  await visitor.press(say('suspend.submit'));
  await visitor.arrive(say('suspend.done-title'));
});
