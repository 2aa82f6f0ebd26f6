/** Sign-ins that do not go straight: two tabs at once, loading again, going back, coming too late. */
import { afterAll, beforeAll, describe, test } from 'vitest';
import { portalWords } from './support/demo-portals.ts';
import { newPerson } from './support/holders.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { chooseFactors, copyKey, enterPassword, openWizard, sendCode } from './support/steps.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  const words = portalWords(look);

  test('two people sign in to two portals in two tabs of one browser, step by step in turn', async () => {
    const first = await openPage(stage, look);
    const second = await first.openTab();
    const { say } = first;
    const anna = await stage.holder({ totp: true, language: look.language });
    const bruno = await stage.holder({ totp: true, language: look.language });
    await first.go(`${stage.product.claims}/sign-in`);
    await second.go(`${stage.product.care}/sign-in`);
    await enterPassword(first, anna.email, anna.password);
    await enterPassword(second, bruno.email, bruno.password);
    await first.arrive(say('ceremony.prove-title-totp'));
    await second.arrive(say('ceremony.prove-title-totp'));
    await first.fill(say('ceremony.code'), await stage.nextCode(anna.key));
    await first.press(say('ceremony.verify'));
    await first.press(say('consent.accept'));
    await first.arrive(/CL-2031-7745/);

    await second.fill(say('ceremony.code'), await stage.nextCode(bruno.key));
    await second.press(say('ceremony.verify'));
    await second.press(say('consent.accept'));
    await second.arrive(`${words.care.hello}, ${bruno.email}`);
    await first.read(anna.email);
  });

  test('[SES-6] a sign-in that took too long shows the way back to the portal', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.arrive(say('sign-in.title'));
    const address = page.url();
    visitor.expectRefusal(410, '/api/sign-in');
    visitor.expectRefusal(410, isPhone(look) ? '/sign-in/password' : '/api/qr-tickets');
    await visitor.pass(11 * 60);
    if (isPhone(look)) await enterPassword(visitor, holder.email, holder.password);
    else await askForNewCode(visitor);
    await visitor.arrive(say('shell.gone-title'));
    await visitor.press(say('shell.back-to-portal'));
    await visitor.arrive(words.claims.welcome);

    const other = await openPage(stage, look);
    other.expectRefusal(410, '/api/sign-in');
    await other.go(address);
    await other.arrive(say('shell.gone-title'));
    await other.press(say('shell.back-to-portal'));
    await other.arrive(words.claims.welcome);
  });

  // What follows depends on neither language nor width.
  if (isPhone(look)) return;

  test('every step can be loaded again, and goes on where it was', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    await visitor.go(`${stage.product.claims}/sign-in`);
    await page.reload();
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.choose-title-sign-in'));
    await page.reload();
    const code = await sendCode(stage, visitor, holder.phone);
    await page.reload();
    await visitor.arrive(say('ceremony.prove-title-sms-code'));
    await visitor.fill(say('ceremony.code'), code);
    await visitor.press(say('ceremony.verify'));
    await visitor.arrive(say('consent.title'));
    await page.reload();
    await visitor.press(say('consent.accept'));
    await visitor.arrive(/CL-2031-7745/);
  });

  test('in the wizard, loading again asks anew what is not finished yet, with the same key', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { email, password } = newPerson();
    await openWizard(stage, visitor, { email, password });
    await visitor.press(say('set-up.continue'));
    await copyKey(visitor);
    await visitor.press(say('set-up.back'));
    await visitor.arrive(say('set-up.title'));
    await chooseFactors(visitor, 'sms-code');
    await page.reload();
    await visitor.arrive(say('set-up.title'));
    await visitor.press(say('set-up.continue'));
    await visitor.fill(say('set-up.app-code'), await stage.nextCode(await copyKey(visitor)));
    await visitor.press(say('set-up.verify'));
    await visitor.arrive(say('recovery-codes.offer-title'));
  });

  test('the back button takes one step back, and never into a step that is finished', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    await visitor.go(`${stage.product.claims}`);
    await visitor.press(words.signIn);
    await enterPassword(visitor, holder.email, holder.password);
    await sendCode(stage, visitor, holder.phone);
    await page.goBack();
    await visitor.arrive(say('ceremony.choose-title-sign-in'));
    await page.goBack();
    await visitor.arrive(say('sign-in.title'));
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.choose-title-sign-in'));
    await page.goBack();
    await page.goForward();
    await visitor.arrive(say('ceremony.choose-title-sign-in'));
  });

  test('[SES-6] a second step that took too long begins again, and then goes on', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await visitor.go(`${stage.product.issuer}/sign-in`);
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.prove-title-totp'));
    await visitor.pass(11 * 60);
    visitor.expectRefusal(404, '/proofs');
    visitor.expectRefusal(404, /^\/api\/ceremonies\/[^/]+$/);
    await visitor.fill(say('ceremony.code'), await stage.nextCode(holder.key));
    await visitor.press(say('ceremony.verify'));
    await visitor.read(say('sign-in.ended-time'));
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.fill(say('ceremony.code'), await stage.nextCode(holder.key));
    await visitor.press(say('ceremony.verify'));
    await visitor.arrive(say('account.title'));
  });
});

/** A page that shows a code to scan finds out when it renews it; or it hears first that the code is over. */
async function askForNewCode({ page, say }: Visitor): Promise<void> {
  const gone = page.getByRole('heading', { level: 1, name: say('shell.gone-title') });
  const another = page.getByRole('button', { name: say('qr.new-code') });
  await gone.or(another).waitFor();
  if (await another.isVisible()) await another.click();
}
