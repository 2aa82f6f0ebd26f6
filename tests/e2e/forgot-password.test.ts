/**
 * B2, B3: the password. A wrong one tells nothing about the account, five close it for a while; who forgot it
 * gets a link, chooses a new one, and is still asked for the second factor.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPhone, LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { enterPassword } from './support/steps.ts';
import { openPage } from './support/visitor.ts';

const NEW_PASSWORD = 'four quiet lamps by the river';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[REC-2] who forgot it chooses another by the link, and is still asked for the code', async () => {
    const holder = await stage.holder({ totp: true, language: look.language });
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.press(say('sign-in.forgot-password'));
    await visitor.arrive(say('forgot-password.title'));
    await visitor.fill(say('forgot-password.identifier'), holder.userId);
    await visitor.press(say('forgot-password.submit'));
    await visitor.arrive(say('forgot-password.sent-title'));

    await visitor.go(await stage.mailedLink(holder.email));
    await visitor.arrive(say('reset-password.title'));
    const field = page.getByLabel(say('reset-password.password'), { exact: true });
    await field.pressSequentially('four quiet');
    await visitor.read(say('problems.password-missing', { minLength: 15, count: 5 }));
    await visitor.press(say('reset-password.submit'));
    await visitor.read(say('problems.rule-password-short'));
    visitor.expectRefusal(422, '/password-resets/complete');
    await field.fill('passwordpassword');
    await visitor.press(say('reset-password.submit'));
    await visitor.read(say('problems.password-refused-common'));
    await field.fill(NEW_PASSWORD);
    await visitor.press(say('reset-password.submit'));
    await visitor.arrive(say('reset-password.done-title'));

    await visitor.press(say('reset-password.go-sign-in'));
    visitor.expectRefusal(422, '/sign-in/password');
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.read(say('problems.sign-in-refused-tries', { count: 4 }));
    await enterPassword(visitor, holder.email, NEW_PASSWORD);
    await visitor.arrive(say('ceremony.prove-title-totp'));
    await visitor.fill(say('ceremony.code'), await stage.nextCode(holder.key));
    await visitor.press(say('ceremony.verify'));
    await visitor.press(say('consent.accept'));
    await visitor.arrive(/CL-2031-7745/);
  });

  test('[PW-6] five wrong passwords: the page says how long to wait, then lets in', async () => {
    const holder = await stage.holder({ totp: true });
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    visitor.expectRefusal(422, '/sign-in/password');
    visitor.expectRefusal(429, '/sign-in/password');
    await visitor.go(`${stage.product.claims}/sign-in`);
    for (let tries = 0; tries < 5; tries += 1) {
      await enterPassword(visitor, holder.email, 'not the one I chose');
      await page.getByRole('alert').waitFor();
      await expect
        .poll(() => page.getByLabel(say('sign-in.password'), { exact: true }).inputValue())
        .toBe('');
    }
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.read(say('problems.too-many-tries'));
    const countdown = page.getByRole('alert').getByRole('timer');
    expect(await countdown.textContent()).toMatch(/^1[45]:\d\d$/);

    if (!isPhone(look)) {
      // The portal's own question has expired meanwhile: a page that shows a code to scan finds out by itself.
      visitor.expectRefusal(410, '/api/qr-tickets');
      visitor.expectRefusal(410, '/api/sign-in');
    }
    await visitor.pass(15 * 60);
    if (isPhone(look)) await visitor.read(say('problems.try-again-now'));
    else await visitor.arrive(say('shell.gone-title'));
    await visitor.go(`${stage.product.claims}/sign-in`);
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.prove-title-totp'));
  });

  // What follows depends on neither language nor width.
  if (isPhone(look)) return;

  test('[RATE-1] a wrong password and an unknown name get the same answer', async () => {
    const holder = await stage.holder();
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    visitor.expectRefusal(422, '/sign-in/password');
    await visitor.go(`${stage.product.claims}/sign-in`);
    await enterPassword(visitor, holder.email, 'not the one I chose');
    await visitor.read(say('problems.sign-in-refused-tries', { count: 4 }));
    const known = await page.getByRole('alert').textContent();
    expect(await page.getByLabel(say('sign-in.identifier'), { exact: true }).inputValue()).toBe(holder.email);

    await enterPassword(visitor, 'nobody@example.org', 'not the one I chose');
    await expect.poll(() => page.getByRole('alert').textContent()).toBe(known);
  });

  test('[REC-3] a link works once, and a newer one ends it', async () => {
    const holder = await stage.holder();
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const ask = async () => {
      await visitor.go(`${stage.product.issuer}/forgot-password`);
      await visitor.fill(say('forgot-password.identifier'), holder.email);
      await visitor.press(say('forgot-password.submit'));
      await visitor.arrive(say('forgot-password.sent-title'));
    };
    visitor.expectRefusal(410, '/password-resets/check');
    await ask();
    const older = await stage.mailedLink(holder.email);
    // Sooner, nothing would be sent: nobody's mailbox is flooded.
    await visitor.pass(31);
    await ask();
    const newer = await stage.mailedLink(holder.email, 1);
    await visitor.go(older);
    await visitor.arrive(say('reset-password.link-over-title'));

    const other = await openPage(stage, look);
    await other.go(newer);
    await other.fill(say('reset-password.password'), NEW_PASSWORD);
    await other.press(say('reset-password.submit'));
    await other.arrive(say('reset-password.done-title'));
    await visitor.go(newer);
    await visitor.arrive(say('reset-password.link-over-title'));
    await visitor.press(say('reset-password.ask-again'));
    await visitor.arrive(say('forgot-password.title'));
  });
});
