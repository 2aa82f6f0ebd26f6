/** Every page of the two demonstration portals, and the pages for developers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crawl } from './support/crawl.ts';
import { portalWords } from './support/demo-portals.ts';
import { newPerson } from './support/holders.ts';
import { LOOKS } from './support/looks.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  const words = portalWords(look);

  test('[ACC-1] [WEB-1] Customer Care', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const { care } = stage.product;
    await visitor.go(care);
    await visitor.arrive(words.care.welcome);
    await see('welcome');
    await signInAs(stage, visitor, await stage.holder({ totp: true, sms: true, language: look.language }));
    await visitor.go(`${care}/sign-in`);
    await visitor.press(say('consent.accept'));
    await visitor.arrive(new RegExp(words.care.hello));
    await see('home');
    for (const place of ['details', 'cases', 'sensitive', 'chat', 'sign-out', 'problem?name=access_denied']) {
      await visitor.go(`${care}/${place}`);
      await see(place);
    }
    visitor.expectRefusal(404, '/nowhere');
    await visitor.go(`${care}/nowhere`);
    await visitor.arrive(words.pageMissing.title);
    await see('not found');
    await visitor.go(`${care}/sign-out`);
    await visitor.press(words.signOutHere);
    await visitor.arrive(words.signedOutTitle);
    await see('signed out');
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] Claims', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const { claims } = stage.product;
    await visitor.go(claims);
    await visitor.arrive(words.claims.welcome);
    await see('welcome');
    await signInAs(stage, visitor, await stage.holder({ totp: true, language: look.language }));
    await visitor.go(`${claims}/sign-in`);
    await visitor.press(say('consent.accept'));
    await visitor.arrive(/CL-/);
    await see('the claim');
    await visitor.press(words.claims.addDo);
    await visitor.read(words.claims.errorTitle);
    await see('the claim, with errors');
    await visitor.go(`${claims}/sensitive`);
    await visitor.arrive(words.claims.account);
    await see('the bank account');
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] pages for developers', async () => {
    const visitor = await openPage(stage, look);
    const { page } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const { issuer } = stage.product;
    await visitor.go(`${issuer}/support`);
    const { email } = newPerson();
    await visitor.fill(visitor.say('support.email'), email);
    await visitor.fill(visitor.say('support.message'), 'Help');
    await visitor.press(visitor.say('support.submit'));
    await visitor.arrive(visitor.say('support.sent-title'));
    await visitor.go(`${issuer}/dev`);
    await page.getByRole('list').getByText(email).first().waitFor();
    await see('outbox');
    await visitor.go(`${issuer}/problems`);
    await see('problems');
    await visitor.go(`${issuer}/problems/too-many-tries`);
    await see('a problem');
    expect(await faults()).toEqual([]);
  });
});
