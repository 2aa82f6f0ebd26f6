/**
 * B4: the first sign-in at a portal that demands a second factor, with an authenticator app. The way leads
 * from the Claims portal through registration, the mail, the wizard, recovery codes and consent, and back.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isUserId } from '../../apps/server/src/platform/user-id.ts';
import { portalWords, readLearned } from './support/demo-portals.ts';
import { newPerson } from './support/holders.ts';
import { LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import {
  confirmAddress,
  copyKey,
  enterPassword,
  openWizard,
  register,
  saveRecoveryCodes,
} from './support/steps.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  const words = portalWords(look);

  test('somebody registers, sets up an app and arrives with two proofs', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const person = newPerson();
    await visitor.go(stage.product.claims);
    await visitor.press(words.signIn);
    await visitor.read(words.claims.portal);
    await register(visitor, person);

    await visitor.go(await stage.mailedLink(person.email));
    const userId = await confirmAddress(visitor);
    expect(isUserId(userId)).toBe(true);
    await visitor.press(say('register.go-sign-in'));
    await enterPassword(visitor, userId, person.password);

    await visitor.arrive(say('set-up.title'));
    await visitor.press(say('set-up.continue'));
    const key = await copyKey(visitor);
    await visitor.fill(say('set-up.app-code'), await stage.nextCode(key));
    await visitor.press(say('set-up.verify'));
    const codes = await saveRecoveryCodes(
      visitor,
      say('recovery-codes.continue-to', { name: words.claims.portal }),
    );
    expect(new Set(codes).size).toBe(10);

    await visitor.arrive(say('consent.title'));
    await visitor.read(person.email);
    await visitor.press(say('consent.accept'));
    await visitor.arrive(/CL-2031-7745/);
    const learned = await readLearned(visitor);
    expect(learned).toContain(words.learned.levels[2]);
    expect(learned).toContain(words.learned.proofs.otp);
    expect(learned).toContain('urn:sigillo:level:2');
    expect(learned).toMatch(/\d\d:\d\d/);
  });

  test('the link can be pasted on the page that waits for it', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const person = newPerson();
    await visitor.go(`${stage.product.claims}/sign-in`);
    await register(visitor, person);
    const link = await stage.mailedLink(person.email);
    await visitor.fill(say('register.paste-link'), link.slice(0, -60));
    await visitor.press(say('register.use-link'));
    await visitor.read(say('problems.rule-link'));
    await visitor.fill(say('register.paste-link'), ` ${link} `);
    await visitor.press(say('register.use-link'));
    await confirmAddress(visitor);
    await visitor.press(say('register.go-sign-in'));
    await visitor.read(words.claims.portal);
  });

  test('another browser can open the link with the password; the first one goes on where it was', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const person = newPerson();
    await visitor.go(`${stage.product.claims}/sign-in`);
    await register(visitor, person);

    const phone = await openPage(stage, look);
    phone.expectRefusal(409, '/registrations/confirm');
    phone.expectRefusal(422, '/registrations/confirm');
    await phone.go(await stage.mailedLink(person.email));
    await phone.arrive(say('register.confirm-title'));
    await phone.press(say('register.confirm'));
    await phone.fill(say('register.confirm-password'), 'a guess of somebody else');
    await phone.press(say('register.confirm'));
    await phone.read(say('problems.registration-password-wrong'));
    await phone.fill(say('register.confirm-password'), person.password);
    await phone.press(say('register.confirm'));
    await phone.arrive(say('register.done-title'));
    await phone.press(say('register.go-sign-in'));
    await phone.arrive(words.claims.welcome);

    await visitor.page.goBack();
    await visitor.arrive(say('register.title'));
    await visitor.press(say('register.sign-in'));
    await enterPassword(visitor, person.email, person.password);
    await visitor.arrive(say('set-up.title'));
  });

  test('recovery codes are copied, downloaded and printed; one must say that they are saved', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const next = say('recovery-codes.continue-to', { name: words.claims.portal });
    await openWizard(stage, visitor, newPerson());
    await visitor.press(say('set-up.continue'));
    await visitor.fill(say('set-up.app-code'), await stage.nextCode(await copyKey(visitor)));
    await visitor.press(say('set-up.verify'));
    await visitor.arrive(say('recovery-codes.offer-title'));
    await visitor.press(next);
    await visitor.read(say('recovery-codes.save-first'));

    await visitor.press(say('recovery-codes.copy'));
    await visitor.read(say('ui.copied'));
    const copied = await visitor.clipboard();
    const download = page.waitForEvent('download');
    await visitor.press(say('recovery-codes.download'));
    const saved = await readFile(await (await download).path(), 'utf8');
    await page.evaluate("addEventListener('beforeprint', () => { document.title = 'printed' })");
    await visitor.press(say('recovery-codes.print'));
    await expect.poll(() => page.title()).toBe('printed');

    const codes = await saveRecoveryCodes(visitor, next);
    expect(copied.split('\n')).toEqual(codes);
    for (const code of codes) expect(saved).toContain(code);
    await visitor.arrive(say('consent.title'));
  });
});
