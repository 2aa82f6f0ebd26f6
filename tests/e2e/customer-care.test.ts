/**
 * G3, C8: a portal that takes one proof, wants a mobile number, and asks for two proofs before anything
 * sensitive. It shows what it learned, asks whether the session lives, and lets out in two ways.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portalWords, readLearned } from './support/demo-portals.ts';
import { newPerson } from './support/holders.ts';
import { LOOKS } from './support/looks.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { confirmAddress, copyKey, enterPassword, saveRecoveryCodes } from './support/steps.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  const words = portalWords(look);

  test('a number is wanted and confirmed; one proof lets in, and the portal says what it learned', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const person = newPerson();
    await visitor.go(stage.product.care);
    await visitor.press(words.signIn);
    await visitor.press(say('sign-in.register'));
    await visitor.fill(say('register.email'), person.email);
    await visitor.fill(say('register.password'), person.password);
    await visitor.press(say('register.submit'));
    await visitor.read(say('problems.rule-phone'));
    await visitor.fill(say('register.phone'), person.phone);
    await visitor.press(say('register.submit'));
    await visitor.arrive(say('register.sent-title'));
    await visitor.go(await stage.mailedLink(person.email));
    await confirmAddress(visitor);
    await visitor.press(say('register.go-sign-in'));
    await enterPassword(visitor, person.email, person.password);
    await visitor.arrive(say('ceremony.send-title-confirm-phone'));
    await visitor.press(say('ceremony.send'));
    await visitor.arrive(say('ceremony.prove-title-confirm-phone'));
    await visitor.fill(say('ceremony.code'), await stage.product.dev.code(person.phone));
    await visitor.press(say('ceremony.verify'));

    await visitor.arrive(say('consent.title'));
    await visitor.press(say('consent.accept'));
    await visitor.arrive(`${words.care.hello}, ${person.email}`);
    const learned = await readLearned(visitor);
    expect(learned).toContain(words.learned.levels[1]);
    expect(learned).toContain('urn:sigillo:level:1');
    expect(learned).toContain(person.phone);
    expect(learned.split(words.learned.confirmed)).toHaveLength(3);
  });

  test('something sensitive asks for a second factor, which is set up on the way', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const holder = await stage.holder({ language: look.language });
    await signInAs(stage, visitor, holder);
    await visitor.go(`${stage.product.care}/sign-in`);
    await visitor.press(say('consent.accept'));
    await visitor.press(words.learned.check);
    await visitor.read(words.stillSignedIn);
    await visitor.press(words.learned.refresh);
    await visitor.read(words.refreshed);

    await visitor.press(words.care.sensitiveDo);
    await visitor.arrive(say('set-up.title'));
    await visitor.press(say('set-up.continue'));
    await visitor.fill(say('set-up.app-code'), await stage.nextCode(await copyKey(visitor)));
    await visitor.press(say('set-up.verify'));
    await saveRecoveryCodes(visitor, say('recovery-codes.continue-to', { name: words.care.portal }));
    await visitor.arrive(words.care.contract);
    await visitor.press(words.home);
    expect(await readLearned(visitor)).toContain(words.learned.levels[2]);

    // Six minutes later two proofs are asked for again, the second one with the app.
    await visitor.pass(6 * 60);
    await visitor.press(words.care.sensitiveDo);
    await visitor.arrive(say('sign-in.title'));
    await visitor.read(say('sign-in.confirm-again'));
  });

  test('[C8] out of the portal only: back in without a password; out everywhere: the password is asked for', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await signInAs(stage, visitor, holder);
    await visitor.go(`${stage.product.care}/sign-in`);
    await visitor.press(say('consent.accept'));
    await visitor.press(words.signOut);
    await visitor.arrive(words.signOutTitle);
    await visitor.press(words.signOutHere);
    await visitor.arrive(words.signedOutTitle);
    await visitor.press(words.signInAgain);
    await visitor.press(say('consent.accept'));
    await visitor.arrive(`${words.care.hello}, ${holder.email}`);

    await visitor.press(words.signOut);
    await visitor.press(words.signOutEverywhere);
    await visitor.arrive(say('oidc-sign-out.title', { portal: words.care.portal, installation: 'Sigillo' }));
    await visitor.press(say('oidc-sign-out.everywhere'));
    await visitor.arrive(words.signedOutTitle);
    await visitor.press(words.signInAgain);
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.prove-title-totp'));
  });
});
