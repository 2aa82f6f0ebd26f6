/** One-time codes of other services: typed in, shown, copied, ordered, renamed, removed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  APP_LOOKS,
  expectOathCode,
  newService,
  oathtool,
  openAuthenticator,
  rowOf,
  typeAccount,
} from './support/authenticator.ts';
import { isPhone } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

oathtool.describe('codes', () => {
  describe.each(APP_LOOKS)('in $language at $width px', (look) => {
    test('a typed key shows the right codes, one step after the other, and a press copies them', async () => {
      const visitor = await openAuthenticator(stage, look);
      const service = newService();
      await typeAccount(stage, visitor, {
        ...service,
        key: service.key.toLowerCase().replace(/.{4}/g, '$& '),
      });
      await expectOathCode(visitor, service);
      await rowOf(visitor, service).getByRole('button').click();
      await visitor.read(visitor.say('ui.copied'));
      expect(await visitor.clipboard()).toMatch(/^\d{6}$/);
      const before = await visitor.clipboard();
      await visitor.pass(30);
      await expect.poll(() => codeIn(visitor, service)).not.toBe(before);
      await expectOathCode(visitor, service);
    });

    // What follows depends on neither language nor width.
    if (isPhone(look)) return;

    test('other numbers of digits, hashes and paces are followed', async () => {
      const visitor = await openAuthenticator(stage, look);
      const { page, say } = visitor;
      const service = newService('Banca', 32);
      await visitor.go(`${stage.product.authenticator}/type`);
      await visitor.fill(say('authenticator.issuer'), service.issuer);
      await page.getByLabel(new RegExp(`^${say('authenticator.account-name')}`)).fill(service.account);
      await visitor.fill(say('authenticator.key'), service.key);
      await page.getByText(say('authenticator.advanced'), { exact: true }).click();
      await page.getByLabel(say('authenticator.digits'), { exact: true }).selectOption('8');
      await page.getByLabel(say('authenticator.algorithm'), { exact: true }).selectOption('SHA-256');
      await visitor.fill(say('authenticator.seconds'), '60');
      await visitor.press(say('authenticator.add'));
      await visitor.arrive(say('authenticator.codes-title'));
      await expectOathCode(visitor, service, ['--totp=SHA256', '--digits=8', '--time-step-size=60s']);
    });

    test('counted codes come one by one, and never twice', async () => {
      const visitor = await openAuthenticator(stage, look);
      const { page, say } = visitor;
      const service = newService('Ente');
      await visitor.go(`${stage.product.authenticator}/type`);
      await visitor.fill(say('authenticator.issuer'), service.issuer);
      await page.getByLabel(new RegExp(`^${say('authenticator.account-name')}`)).fill(service.account);
      await visitor.fill(say('authenticator.key'), service.key);
      await page.getByText(say('authenticator.advanced'), { exact: true }).click();
      await page.getByLabel(say('authenticator.type'), { exact: true }).selectOption('hotp');
      await visitor.press(say('authenticator.add'));
      await visitor.arrive(say('authenticator.codes-title'));
      for (const counter of [0, 1]) {
        await visitor.press(say('authenticator.next-code'));
        await expectOathCode(visitor, service, ['--hotp', `--counter=${counter}`]);
      }
      await page.reload();
      await visitor.press(say('authenticator.next-code'));
      await expectOathCode(visitor, service, ['--hotp', '--counter=2']);
    });
  });
});

describe.each(APP_LOOKS)('in $language at $width px', (look) => {
  test('a key that cannot be right is told beside its field, and one that is there is not added again', async () => {
    const visitor = await openAuthenticator(stage, look);
    const { page, say } = visitor;
    const service = newService();
    await typeAccount(stage, visitor, service);
    await visitor.go(`${stage.product.authenticator}/type`);
    await visitor.fill(say('authenticator.key'), 'not a key!');
    await visitor.press(say('authenticator.add'));
    await page.getByRole('alert').waitFor();
    await visitor.read(say('authenticator.fault-key'));
    await visitor.fill(say('authenticator.issuer'), 'Another name');
    await visitor.fill(say('authenticator.key'), service.key);
    await visitor.press(say('authenticator.add'));
    await visitor.read(say('authenticator.all-known', { count: 1 }));
    await visitor.go(`${stage.product.authenticator}/codes`);
    await rowOf(visitor, service).waitFor();
    expect(await page.getByRole('listitem').count()).toBe(1);
  });

  test('accounts are renamed, reordered, removed and brought back; every tab follows', async () => {
    const visitor = await openAuthenticator(stage, look);
    const { page, say } = visitor;
    const [first, second] = [newService('Alfa'), newService('Beta')];
    await typeAccount(stage, visitor, first);
    await typeAccount(stage, visitor, second);
    const other = await visitor.openTab();
    await other.go(`${stage.product.authenticator}/codes`);
    await expect.poll(() => issuersIn(other)).toEqual(['Alfa', 'Beta']);

    await visitor.press(say('authenticator.reorder'));
    const up = say('authenticator.move-up', { name: `Beta (${second.account})` });
    await visitor.press(up);
    await visitor.press(say('authenticator.done'));
    await expect.poll(() => issuersIn(visitor)).toEqual(['Beta', 'Alfa']);
    await expect.poll(() => issuersIn(other)).toEqual(['Beta', 'Alfa']);

    await visitor.press(say('authenticator.edit-named', { name: `Beta (${second.account})` }));
    await visitor.arrive(say('authenticator.account-title'));
    await visitor.fill(say('authenticator.issuer'), 'Gamma\u202e');
    await visitor.press(say('authenticator.save'));
    await expect.poll(() => issuersIn(other)).toEqual(['Gamma', 'Alfa']);

    const name = `Gamma (${second.account})`;
    await visitor.press(say('authenticator.edit-named', { name }));
    await visitor.press(say('authenticator.remove'));
    await page.getByRole('dialog').waitFor();
    await visitor.press(say('authenticator.remove-action'));
    await visitor.read(say('authenticator.removed', { name }));
    await expect.poll(() => issuersIn(other)).toEqual(['Alfa']);
    await visitor.press(say('authenticator.undo'));
    await expect.poll(() => issuersIn(visitor)).toEqual(['Gamma', 'Alfa']);
    await page.reload();
    await expect.poll(() => issuersIn(visitor)).toEqual(['Gamma', 'Alfa']);
  });

  test('language and theme are chosen in the settings and stay', async () => {
    const visitor = await openAuthenticator(stage, look);
    const { page, say } = visitor;
    await visitor.press(say('authenticator.settings'));
    await page.getByLabel(say('authenticator.theme'), { exact: true }).selectOption('dark');
    const language = look.language === 'it' ? 'en' : 'it';
    await page.getByLabel(say('authenticator.language'), { exact: true }).selectOption(language);
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(language);
    await page.reload();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(language);
  });

  // What follows depends on neither language nor width.
  if (isPhone(look)) return;

  test('many accounts can be searched', async () => {
    const visitor = await openAuthenticator(stage, look);
    const { page, say } = visitor;
    for (const name of ['Alfa', 'Beta', 'Città', 'Delta', 'Eco', 'Foxtrot'])
      await typeAccount(stage, visitor, newService(name));
    await page.getByRole('searchbox').fill('citta');
    await expect.poll(() => issuersIn(visitor)).toEqual(['Città']);
    await page.getByRole('searchbox').fill('zulu');
    await visitor.read(say('authenticator.none-found', { typed: 'zulu' }));
  });
});

async function codeIn(visitor: Visitor, service: { account: string }): Promise<string | undefined> {
  const words = await rowOf(visitor, service).textContent();
  return /\d{3} \d{3}/.exec(words ?? '')?.[0].replace(' ', '');
}

const issuersIn = ({ page }: Visitor) => page.getByRole('listitem').locator('strong').allTextContents();
