/** Every page that needs no account, with its errors: usable by everyone, and loading nothing it should not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crawl } from './support/crawl.ts';
import { newPerson } from './support/holders.ts';
import { LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { confirmAddress, register } from './support/steps.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ SIGILLO_CHAT_URL: 'https://chat.example.org/' });
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[ACC-1] [WEB-1] pages to read', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    for (const place of ['accessibility', 'privacy', 'signed-out']) {
      await visitor.go(`${stage.product.issuer}/${place}`);
      await visitor.arrive(say(`${place}.title`));
      await see(place);
    }
    await visitor.go(`${stage.product.issuer}/help`);
    await page.getByText(say('help.lost-phone'), { exact: true }).click();
    await see('help');
    visitor.expectRefusal(404, '/nowhere');
    await visitor.go(`${stage.product.issuer}/nowhere`);
    await visitor.arrive(say('shell.not-found-title'));
    await see('not found');
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] registration', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.arrive(say('sign-in.title'));
    await see('sign-in for a portal');
    await visitor.press(say('sign-in.register'));
    await visitor.arrive(say('register.title'));
    await visitor.press(say('register.submit'));
    await page.getByRole('alert').waitFor();
    await see('registration with errors');
    const country = page.getByRole('combobox', { name: say('ui.country') });
    await country.scrollIntoViewIfNeeded();
    await country.click();
    await country.fill('+39');
    await page.getByRole('option', { name: /\+39/ }).first().waitFor();
    await see('list of countries');
    await page.keyboard.press('Escape');
    await visitor.press(say('register.sign-in'));
    const person = newPerson();
    await register(visitor, person);
    await see('mail sent');
    await visitor.press(say('register.use-link'));
    await page.getByRole('alert').waitFor();
    await see('mail sent, link incomplete');
    const link = await stage.mailedLink(person.email);
    await visitor.go(link);
    await visitor.arrive(say('register.confirm-title'));
    await see('confirm the address');
    await confirmAddress(visitor);
    await see('registered');
    visitor.expectRefusal(410, '/api/registrations/confirm');
    await visitor.go('about:blank');
    await visitor.go(link);
    await visitor.press(say('register.confirm'));
    await visitor.arrive(say('register.link-over-title'));
    await see('link used before');
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] forgotten password', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const holder = await stage.holder({ language: look.language });
    await visitor.go(`${stage.product.issuer}/sign-in`);
    await visitor.press(say('sign-in.submit'));
    await page.getByRole('alert').waitFor();
    await see('sign-in with errors');
    await visitor.press(say('sign-in.forgot-password'));
    await visitor.arrive(say('forgot-password.title'));
    await see('forgotten password');
    await visitor.fill(say('forgot-password.identifier'), holder.email);
    await visitor.press(say('forgot-password.submit'));
    await visitor.arrive(say('forgot-password.sent-title'));
    await see('link sent');
    await visitor.go(await stage.mailedLink(holder.email));
    await visitor.arrive(say('reset-password.title'));
    await visitor.fill(say('reset-password.password'), 'short');
    await visitor.press(say('reset-password.submit'));
    await page.getByRole('alert').waitFor();
    await see('new password refused');
    await visitor.fill(say('reset-password.password'), 'seven quiet herons at dawn');
    await visitor.press(say('reset-password.submit'));
    await visitor.arrive(say('reset-password.done-title'));
    await see('new password set');
    expect(await faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] help from a person', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    await visitor.go(`${stage.product.issuer}/support`);
    await visitor.press(say('support.submit'));
    await page.getByRole('alert').waitFor();
    await see('support with errors');
    await visitor.fill(say('support.email'), newPerson().email);
    await visitor.fill(say('support.message'), 'Help');
    await visitor.press(say('support.submit'));
    await visitor.arrive(say('support.sent-title'));
    await see('support, sent');
    expect(await faults()).toEqual([]);
  });
});
