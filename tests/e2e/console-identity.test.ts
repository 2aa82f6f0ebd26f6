/** The life of an identity at the console: made by two operators, suspended by help desk, revoked by two. */
import { daysLater, romeDayOf } from '@sigillo/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { somePerson } from '../setup/identities.ts';
import { accessibilityFaults } from './support/a11y.ts';
import { dialogOf } from './support/account.ts';
import type { Holder } from './support/holders.ts';
import { LOOKS, type Look } from './support/looks.ts';
import { enterConsole, proveKey } from './support/operator.ts';
import { openStage, type Stage } from './support/stage.ts';
import { enterPassword } from './support/steps.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const visit = ({ go }: Visitor, place: string) => go(`${stage.product.issuer}/console/${place}`);

/** Types what the documents say. @returns the case's address */
async function askForIdentity(visitor: Visitor, holder: Holder): Promise<string> {
  const { say, fill, press, arrive, read, page } = visitor;
  const documentExpiresOn = daysLater(romeDayOf(stage.nowMs()), 1825);
  await visit(visitor, 'cases/new-identity');
  await arrive(say('cases.new-identity'));
  const { idCard, gender: _, ...person } = somePerson(documentExpiresOn);
  const [, documentNumber = '', documentIssuer = '', documentIssuedOn = ''] = String(idCard).split(' ');
  const onDocument = { documentNumber, documentIssuer, documentIssuedOn, documentExpiresOn };
  for (const [name, value] of Object.entries({ holder: holder.userId, ...person, ...onDocument }))
    await fill(say(`cases.fact-${name.toLowerCase()}`), value);
  await press(say('cases.open-case'));
  await read(say('cases.free'));
  return page.url();
}

/** A signed form that arrived. @returns the case's address */
async function registerForm(visitor: Visitor, holder: Holder): Promise<string> {
  const { say, fill, press, arrive, read, page } = visitor;
  await visit(visitor, 'cases/new-revocation');
  await arrive(say('cases.new-revocation'));
  await fill(say('cases.fact-holder'), holder.email);
  await fill(say('cases.fact-verified'), 'Called back at the registered number.');
  const buffer = Buffer.from('%PDF-1.7 signed %%EOF');
  const file = { name: 'form.pdf', mimeType: 'application/pdf', buffer };
  await page.locator(`input[type=file][aria-label="${say('cases.file-form')}"]`).setInputFiles(file);
  // Sent before the file has arrived, the form would say that it is missing.
  await read(say('ui.file-sent'));
  await press(say('cases.open-case'));
  await arrive(say('cases.kind-revocation-request'));
  return page.url();
}

/** Takes the case and accepts it, with the operator's key. */
async function accept(visitor: Visitor, url: string, kind: string): Promise<void> {
  const { say, press, go, read, arrive } = visitor;
  await go(url);
  await press(say('cases.take'));
  await read(say('cases.decision'));
  await arrive(say(`cases.kind-${kind}`));
  await press(say('cases.accept'));
  const dialog = await dialogOf(visitor, say(`cases.accept-title-${kind}`));
  await dialog.getByRole('button', { name: say('cases.accept'), exact: true }).click();
  await proveKey(visitor);
}

/** Opens the holder's file and has the account rest. */
async function suspend(visitor: Visitor, holder: Holder, look: Look): Promise<void> {
  const { say, fill, press, arrive, read, page } = visitor;
  await visit(visitor, 'holders');
  await fill(say('holders.by-email'), holder.email);
  await fill(say('holders.reason'), 'Called about sign-ins that were not theirs');
  await press(say('holders.search'));
  await arrive(say('holders.file-of', { userId: holder.userId }));
  await press(say('holders.suspend'));
  await arrive(say('holders.suspend-title', { userId: holder.userId }));
  await press(say('holders.suspend-action'));
  await page.getByRole('link', { name: say('holders.reason-needed') }).waitFor();
  expect(await accessibilityFaults(page, look, 'a suspension')).toEqual([]);
  await page.getByLabel(say('holders.suspend-cause'), { exact: true }).selectOption('suspected-abuse');
  await read(say('holders.suspend-consequence-end-two'));
  await fill(say('holders.suspend-reason'), 'Sign-ins from three countries in an hour');
  visitor.expectRefusal(403, /\/suspend$/);
  await press(say('holders.suspend-action'));
  await proveKey(visitor);
  await arrive(say('holders.file-of', { userId: holder.userId }));
  await read(new RegExp(`^${say('holders.hold-suspected-abuse')}`));
  expect(await accessibilityFaults(page, look, 'a suspended holder')).toEqual([]);
}

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[SPID-IDL-6] [SPID-IDL-10] an identity is made by two operators, suspended by help desk and revoked by two; then the sign-in refuses', async () => {
    const holder = await stage.holder({ sms: true, language: look.language });
    const first = await openPage(stage, look);
    const second = await openPage(stage, look);
    await enterConsole(stage, first, 'reviewer', 'help-desk');
    await enterConsole(stage, second, 'reviewer');
    for (const operator of [first, second]) operator.expectRefusal(403, '/decision');
    const made = await askForIdentity(first, holder);
    await first.read(first.say('cases.fact-placeofbirth'));
    expect(await first.page.getByText('H501', { exact: true }).count()).toBe(0);
    await accept(first, made, 'identity-request');
    await first.read(first.say('cases.wait-for-second'));
    await accept(second, made, 'identity-request');
    await second.read(second.say('cases.state-accepted'));

    await suspend(first, holder, look);
    const visitor = await openPage(stage, look);
    await visitor.go(`${stage.product.issuer}/sign-in`);
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(visitor.say('lift-suspension.title'));

    const asked = await registerForm(first, holder);
    await accept(first, asked, 'revocation-request');
    await first.read(first.say('cases.wait-for-second'));
    await accept(second, asked, 'revocation-request');
    await second.read(second.say('cases.state-accepted'));
    expect(await accessibilityFaults(second.page, look, 'a decided case')).toEqual([]);
    await visitor.go(`${stage.product.issuer}/sign-in`);
    visitor.expectRefusal(422, '/api/sign-in/password');
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.page
      .getByRole('alert')
      .filter({ hasText: visitor.say('problems.sign-in-refused-tries', { count: 4 }) })
      .waitFor();
    const subjects = (await stage.product.dev.outbox(holder.email)).map(({ subject }) => subject);
    expect(subjects).toContain(visitor.say('identity-revoked.subject'));
  });
});
