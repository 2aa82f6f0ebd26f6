/** The console's desk: a holder found for a reason, verified on their telephone, helped; the record; SMS; portals. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pay } from '../../apps/server/src/platform/messages/spending/spending.store.ts';
import { writeAccess } from '../setup/accesses.ts';
import { accessibilityFaults } from './support/a11y.ts';
import { LOOKS, type Look } from './support/looks.ts';
import { enterConsole, proveKey } from './support/operator.ts';
import { phoneOf } from './support/phone.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const visit = ({ go }: Visitor, place: string) => go(`${stage.product.issuer}/console/${place}`);

/** Waits until the page says this of the caller. */
const isSaid = ({ page, say }: Visitor, state: string) =>
  page
    .getByRole('status')
    .filter({ hasText: say(`holders.caller-${state}-title`) })
    .waitFor();

/** An administrator sees who a stricter rule would lock out, and has it count all the same. */
async function tryRule(visitor: Visitor, look: Look, name: string): Promise<void> {
  const clientId = `${name}-${look.language}`;
  const { page, say, press, read } = visitor;
  await visit(visitor, `relying-parties/edit?client=${clientId}`);
  await press(say('relying-parties.rehearse'));
  await press(say('relying-parties.rehearse-now'));
  await read(say('relying-parties.nobody-yet'));
  const { keyring, product } = stage;
  const { id } = await stage.holder();
  await writeAccess({ keyring, database: product.database }, id, { at: new Date(stage.nowMs()), clientId });
  await page.getByLabel(say('relying-parties.second-factor'), { exact: true }).selectOption('required');
  await press(say('relying-parties.rehearse-now'));
  await read(say('relying-parties.locked-out', { count: 1 }));
  expect(await accessibilityFaults(page, look, 'a rule that was tried')).toEqual([]);
  visitor.expectRefusal(403, `/api/console/relying-parties/${clientId}`);
  await press(say('relying-parties.apply'));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: say('relying-parties.apply') }).click();
  await proveKey(visitor);
  await read(say('relying-parties.applied'));
}

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[G4] [REC-8] help desk finds a holder for a reason, has the caller verified by the app, and starts a recovery', async () => {
    const { language } = look;
    const holder = await stage.holder({ language });
    const phone = await phoneOf(stage, holder);
    const visitor = await openPage(stage, look);
    const { page, say, press, fill, arrive, read } = visitor;
    await enterConsole(stage, visitor, 'help-desk');
    await visit(visitor, 'holders');
    await arrive(say('holders.title'));
    await fill(say('holders.by-email'), holder.email);
    await press(say('holders.search'));
    await page.getByRole('link', { name: say('holders.reason-needed') }).waitFor();
    await fill(say('holders.reason'), 'Called, has lost the telephone');
    await press(say('holders.search'));
    await arrive(say('holders.file-of', { userId: holder.userId }));
    expect(await page.getByText(holder.email).count()).toBe(0);

    await press(say('holders.caller-ask'));
    const number = page.getByRole('status', { name: say('holders.caller-read-out') });
    await number.waitFor();
    await phone.approve(await phone.asked(), (await number.innerText()).trim());
    await isSaid(visitor, 'confirmed');

    // What needs a key is refused first, with what to prove.
    visitor.expectRefusal(403, /\/recovery$/);
    const before = (await stage.product.dev.outbox(holder.email)).length;
    await press(say('holders.recover-password'));
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('holders.recover-password-action') })
      .click();
    await proveKey(visitor);
    await read(say('holders.recover-password-done'));
    expect(await stage.mailedLink(holder.email, before)).toContain('/reset-password#');
  });

  test('[G4] an auditor reads the record and has all of it checked', async () => {
    const visitor = await openPage(stage, look);
    const { page, say, press, fill, arrive } = visitor;
    await enterConsole(stage, visitor, 'auditor');
    await visit(visitor, 'audit');
    await arrive(say('audit.title'));
    await fill(say('audit.type'), 'operator-joined');
    await press(say('audit.filter'));
    await page.getByText(say('audit.type-operator-joined')).first().waitFor();
    const account = await page.locator('.item-facts code').first().innerText();
    await fill(say('audit.account'), account);
    await press(say('audit.filter'));
    await press(say('audit.credentials-open'));
    await page.getByText(say('audit.credential-active'), { exact: true }).first().waitFor();
    await press(say('audit.check'));
    await page
      .getByRole('status')
      .filter({ hasText: say('audit.good') })
      .waitFor();
  });

  test('[G4] an administrator has the installation look otherwise, sees it before, and goes back', async () => {
    const visitor = await openPage(stage, look);
    const { page, say, press, fill, arrive, read } = visitor;
    await enterConsole(stage, visitor, 'administrator');
    await visit(visitor, 'branding');
    await arrive(say('branding.title'));
    await fill(say('branding.header'), '#3d0f2e');
    await fill(say('branding.primary'), '#7cb8ff');
    expect(await accessibilityFaults(page, look, 'colours that cannot be read')).toEqual([]);
    await page.getByRole('button', { name: new RegExp(say('branding.use-better', { colour: '#' })) }).click();
    await read(say('branding.preview'));
    await arrive(say('branding.title'));
    visitor.expectRefusal(403, '/api/console/branding');
    await press(say('branding.save'));
    await proveKey(visitor);
    await read(say('branding.saved'));
    const bar = page.locator('header').first();
    await expect
      .poll(() => bar.evaluate((element) => getComputedStyle(element).backgroundColor))
      .toBe('rgb(61, 15, 46)');
    expect(await accessibilityFaults(page, look, 'another look')).toEqual([]);
    visitor.expectRefusal(403, '/api/console/branding/reset');
    await press(say('branding.back'));
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('branding.back') })
      .click();
    await proveKey(visitor);
    await read(say('branding.reset'));
  });

  test('[G4] an administrator sees what SMS cost, and registers a portal, whose secret is shown once', async () => {
    const quote = { price: 450, prefix: '+39', range: '+39333', budget: 1_000_000, prefixBudget: 1_000_000 };
    await pay(stage.product.database.db, quote, stage.nowMs());
    const visitor = await openPage(stage, look);
    const { say, press, fill, arrive, read } = visitor;
    await enterConsole(stage, visitor, 'administrator');
    await visit(visitor, 'spending');
    await arrive(say('spending.title'));
    await read(say('spending.none-stopped'));
    await visit(visitor, 'deliveries');
    await arrive(say('deliveries.title'));
    await read(say('deliveries.state-sent'));
    visitor.expectRefusal(404, /\/deliveries\/01a20000/);
    await fill(say('deliveries.id'), '01a20000-0000-7000-8000-000000000000');
    await read(say('deliveries.none'));
    await fill(say('deliveries.id'), '');

    await visit(visitor, 'relying-parties');
    await arrive(say('relying-parties.title'));
    await press(say('relying-parties.add'));
    await arrive(say('relying-parties.add'));
    await fill(say('relying-parties.id'), `library-${look.language}`);
    await fill(say('relying-parties.name-it'), 'Biblioteca');
    await fill(say('relying-parties.name-en'), 'Library');
    await fill(say('relying-parties.redirect-uris'), 'https://library.example.org/callback');
    visitor.expectRefusal(403, '/api/console/relying-parties');
    await press(say('relying-parties.register'));
    await proveKey(visitor);
    await read(say('relying-parties.secret-once'));
    await press(say('relying-parties.secret-kept'));
    await arrive(say('relying-parties.title'));
    await read(`library-${look.language}`);
    await tryRule(visitor, look, 'library');
  });
});
