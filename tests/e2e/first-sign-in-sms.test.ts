/**
 * B4: the first sign-in at a portal that demands a second factor, with text messages: under "More options",
 * alone or before the app. Countries are found by name, numbers taken as people write them.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portalWords, readLearned } from './support/demo-portals.ts';
import { newPerson } from './support/holders.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { chooseCountry, chooseFactors, copyKey, openWizard, saveRecoveryCodes } from './support/steps.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  const words = portalWords(look);

  test('text messages alone: country, number, code, and in with two proofs', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const { email, password, phone } = newPerson();
    await openWizard(stage, visitor, { email, password });
    await chooseFactors(visitor, 'sms-code');
    await visitor.read(say('set-up.sms-risk'));
    await visitor.press(say('set-up.continue'));

    await visitor.arrive(say('set-up.sms-title'));
    await visitor.read(say('ui.step', { step: 2, of: 3 }));
    await chooseCountry(visitor, { it: 'franc', en: 'Franc' }[look.language], /\(\+33\)$/);
    await chooseCountry(visitor, 'ital', /\(\+39\)$/);
    await visitor.fill(say('set-up.sms-number'), national(phone));
    await visitor.press(say('set-up.sms-send'));

    await visitor.arrive(say('set-up.sms-code-title'));
    const code = await stage.product.dev.code(phone);
    await page.getByLabel(say('set-up.code'), { exact: true }).focus();
    await visitor.paste(`${code.slice(0, 3)} ${code.slice(3)} `);
    await visitor.press(say('set-up.verify'));
    await saveRecoveryCodes(visitor, say('recovery-codes.continue-to', { name: words.claims.portal }));
    await visitor.press(say('consent.accept'));
    await visitor.arrive(/CL-2031-7745/);
    const learned = await readLearned(visitor);
    expect(learned).toContain(words.learned.levels[2]);
    expect(learned).toContain(words.learned.proofs.sms);
  });

  test('both: text messages first, then the app', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const person = newPerson();
    await openWizard(stage, visitor, person);
    await chooseFactors(visitor, 'both');
    await visitor.press(say('set-up.continue'));

    await visitor.arrive(say('set-up.sms-title'));
    await visitor.read(say('ui.step', { step: 2, of: 4 }));
    await visitor.press(say('set-up.sms-send'));
    await visitor.arrive(say('set-up.sms-code-title'));
    await visitor.fill(say('set-up.code'), await stage.product.dev.code(person.phone));
    await visitor.press(say('set-up.verify'));

    const key = await copyKey(visitor);
    await visitor.read(say('ui.step', { step: 4, of: 4 }));
    await visitor.fill(say('set-up.app-code'), await stage.nextCode(key));
    await visitor.press(say('set-up.verify'));
    await saveRecoveryCodes(visitor, say('recovery-codes.continue-to', { name: words.claims.portal }));
    await visitor.arrive(say('consent.title'));
  });

  // What follows depends on neither language nor width.
  if (isPhone(look)) return;

  test('a number that gets no messages is said to be so, and can be changed', async () => {
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    const { phone, ...person } = newPerson();
    await openWizard(stage, visitor, person);
    await chooseFactors(visitor, 'sms-code');
    await visitor.press(say('set-up.continue'));
    await visitor.arrive(say('set-up.sms-title'));
    await chooseCountry(visitor, '+39', /\(\+39\)$/);
    await visitor.fill(say('set-up.sms-number'), '33');
    await visitor.press(say('set-up.sms-send'));
    await visitor.read(say('problems.rule-phone'));

    visitor.expectRefusal(422, '/enrolments');
    await visitor.fill(say('set-up.sms-number'), '06 6982 1234');
    await visitor.press(say('set-up.sms-send'));
    await visitor.read(say('problems.phone-not-accepted-not-mobile'));

    // A number with its own prefix brings its country along, however it is written.
    await visitor.fill(
      say('set-up.sms-number'),
      { it: '0033 6.12.34.56.78', en: '+33 612 345 679' }[look.language],
    );
    await visitor.press(say('set-up.sms-send'));
    await visitor.arrive(say('set-up.sms-code-title'));
    await visitor.press(say('set-up.change-number'));
    await visitor.fill(say('set-up.sms-number'), phone);
    await visitor.press(say('set-up.sms-send'));
    await visitor.arrive(say('set-up.sms-code-title'));
    await visitor.fill(say('set-up.code'), await stage.product.dev.code(phone));
    await visitor.press(say('set-up.verify'));
    await visitor.arrive(say('recovery-codes.offer-title'));
  });
});

/** As its owner would say it: 333 12 00001. */
const national = (phone: string): string => phone.replace(/^\+39(\d{3})(\d{2})/, '$1 $2 ');
