/**
 * D1, D2, D4, D5, D6, D10, D11: a holder signs in to self-care, reads what was verified, keeps the contract, says where
 * they live and how codes reach them, and finds how to ask for revocation, but no button for it.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giveIdentity } from '../setup/identities.ts';
import type { Holder } from './support/holders.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { phoneOf } from './support/phone.ts';
import { watchShownCodes } from './support/shown-codes.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { chooseMethod, enterPassword } from './support/steps.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ SIGILLO_PROVIDER_CERTIFIED_MAIL: 'spid@pec.identita.example' });
});
afterAll(() => stage[Symbol.asyncDispose]());

const give = (holder: Holder) => giveIdentity({ ...stage, db: stage.product.database.db }, holder.id);

/** Opens a session without clicking, and a page of self-care. */
async function open(visitor: Visitor, holder: Holder, path = ''): Promise<void> {
  await signInAs(stage, visitor, holder);
  await visitor.go(`${stage.product.issuer}/selfcare${path}`);
}

/** The beginning of the file behind a link. */
async function downloaded({ page }: Visitor, name: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name, exact: true }).click(),
  ]);
  return (await readFile(await download.path())).subarray(0, 5).toString('latin1');
}

/** On a telephone, where nobody can scan the page: the code that is typed in the app instead. */
async function typedCode({ page, say, press }: Visitor): Promise<string> {
  await press(say('qr.type-in-app'));
  const code = page.getByRole('status', { name: say('qr.typed-code') });
  await code.waitFor();
  return (await code.innerText()).trim();
}

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[D1] [D2] [D5] [D11] [SPID-IDL-13] signs in, reads what was verified, keeps the contract, goes to the account and leaves', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    const identity = await give(holder);
    await visitor.go(`${stage.product.issuer}/selfcare`);
    if (!isPhone(look)) await page.getByRole('img', { name: say('qr.picture') }).waitFor();
    await enterPassword(visitor, holder.email, holder.password);
    await visitor.arrive(say('ceremony.prove-title-totp'));
    await visitor.fill(say('ceremony.code'), await stage.nextCode(holder.key));
    await visitor.press(say('ceremony.verify'));
    await visitor.arrive(say('selfcare.title'));
    await visitor.read(identity.spidCode);
    expect(await downloaded(visitor, say('selfcare.contract'))).toBe('%PDF-');

    const main = page.getByRole('main');
    await main
      .getByRole('link', { name: say('selfcare.nav-data'), exact: true })
      .last()
      .click();
    await visitor.arrive(say('selfcare-data.title'));
    await visitor.read(identity.attributes.fiscalNumber?.slice('TINIT-'.length) ?? '');
    await visitor.read('Roma (RM)');
    expect(await main.getByRole('textbox').count()).toBe(0);
    expect(await main.getByRole('button').count()).toBe(0);

    const menu = page.getByRole('button', { name: `${say('shell.your-menu')}: ${holder.userId}` });
    await menu.click();
    await visitor.press(say('shell.my-account'));
    await visitor.arrive(say('account.title'));
    await visitor.press(say('account.box-selfcare'));
    await visitor.arrive(say('selfcare.title'));
    await menu.click();
    await visitor.press(say('shell.sign-out'));
    await visitor.arrive(say('signed-out.title'));
  });

  test('[D1] signs in by scanning, without a password', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const phone = await phoneOf(stage, await stage.holder({ language: look.language }));
    const shown = watchShownCodes(page);
    await visitor.go(`${stage.product.issuer}/selfcare`);
    await visitor.arrive(say('sign-in.title'));
    const request = isPhone(look) ? { code: await typedCode(visitor) } : { text: await shown.next(0) };
    const digits = await phone.approve(await phone.scan(request));
    await visitor.fill(say('qr.check-code'), digits ?? '');
    await visitor.press(say('qr.check-action'));
    await visitor.arrive(say('selfcare.title'));
  });

  test('[D4] [SPID-IDL-13] says where they live: in Italy by the list, by hand, abroad', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await open(visitor, holder, '/contacts');
    await visitor.arrive(say('selfcare-contacts.title'));
    await visitor.read(say('selfcare-contacts.no-residence'));
    await page.getByRole('link', { name: say('selfcare-contacts.add') }).click();
    await visitor.arrive(say('residence.title'));
    await visitor.press(say('residence.save'));
    await page.getByRole('alert').waitFor();
    await visitor.fill(say('residence.street'), 'Corso Garibaldi 9');
    await visitor.fill(say('residence.postal-code'), '47121');
    const municipality = page.getByLabel(say('residence.municipality'), { exact: true });
    await municipality.pressSequentially("forli'");
    const found = page.getByRole('option', { name: /^Forlì \(?FC/ });
    await found.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => municipality.inputValue()).toBe('Forlì');
    expect(await page.getByLabel(say('residence.province'), { exact: true }).inputValue()).toBe('FC');
    await visitor.press(say('residence.save'));
    await visitor.arrive(say('selfcare-contacts.title'));
    await visitor.read(say('selfcare-contacts.residence-saved'));
    await visitor.read(/47121 Forlì FC/);
    // What follows depends on neither language nor width.
    if (isPhone(look)) return;

    await page
      .getByRole('link', { name: say('selfcare-contacts.edit') })
      .last()
      .click();
    await visitor.arrive(say('residence.title'));
    await municipality.fill('Comune Nuovo');
    await page.getByLabel(say('residence.province'), { exact: true }).selectOption('RA');
    await visitor.press(say('residence.save'));
    await visitor.read(/47121 Comune Nuovo RA/);

    await page
      .getByRole('link', { name: say('selfcare-contacts.edit') })
      .last()
      .click();
    await visitor.arrive(say('residence.title'));
    await page.getByLabel(say('residence.country'), { exact: true }).selectOption('FR');
    await visitor.fill(say('residence.street'), '12 rue de Rivoli');
    await visitor.fill(say('residence.postal-code'), '75004');
    await visitor.fill(say('residence.town'), 'Paris');
    await visitor.press(say('residence.save'));
    await visitor.read(/75004 Paris/);
  });

  test('[D6] chooses how codes arrive, and is asked so first the next time', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    await open(visitor, holder, '/codes');
    await visitor.arrive(say('codes.title'));
    await page.getByText(say('codes.not-set-up'), { exact: true }).waitFor();
    await page.getByRole('radio', { name: new RegExp(say('codes.way-sms-text')) }).check();
    await visitor.press(say('codes.save'));
    await visitor.read(say('codes.saved'));

    const elsewhere = await openPage(stage, look);
    await elsewhere.go(`${stage.product.issuer}/selfcare`);
    await enterPassword(elsewhere, holder.email, holder.password);
    await elsewhere.arrive(say('ceremony.send-title-sms-code'));
    await elsewhere.press(say('ceremony.another-way'));
    await chooseMethod(elsewhere, 'totp');
    await elsewhere.fill(say('ceremony.code'), await stage.nextCode(holder.key));
    await elsewhere.press(say('ceremony.verify'));
    await elsewhere.arrive(say('selfcare.title'));
  });

  test('[D10] [SPID-IDL-10] finds the form for a revocation and where to send it, and no button', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ totp: true, language: look.language });
    await open(visitor, holder);
    await visitor.read(say('selfcare.no-identity'));
    const { spidCode } = await give(holder);
    await visitor.go(`${stage.product.issuer}/selfcare`);
    await visitor.press(say('selfcare.revoke'));
    await visitor.arrive(say('revoke.title'));
    await visitor.read('spid@pec.identita.example');
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
    expect(await downloaded(visitor, say('revoke.download', { spidCode }))).toBe('%PDF-');
  });
});
