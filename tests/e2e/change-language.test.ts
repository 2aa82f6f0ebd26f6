/** C7: Italian or English, at once, everywhere, and still so after signing out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAccount } from './support/account.ts';
import type { Holder } from './support/holders.ts';
import { LOOKS } from './support/looks.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { textsIn } from './support/texts.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const NAMES = { it: 'Italiano', en: 'English' };

describe.each(LOOKS)('in $language at $width px', (look) => {
  const other = look.language === 'it' ? 'en' : 'it';
  const sayOther = textsIn(other);
  const at = (path: string) => `${stage.product.issuer}${path}`;

  test('[C7] chosen in the account: pages and mails follow at once, and the next visit after signing out', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const holder = await stage.holder({ language: look.language });
    await openAccount(stage, visitor, holder, '/account/language');
    await visitor.arrive(say('language.title'));
    const saved = page.waitForResponse((response) => response.url().endsWith('/api/language'));
    await page.getByRole('radio', { name: NAMES[other] }).click();
    await visitor.arrive(sayOther('language.title'));
    await visitor.read(sayOther('language.current', { language: NAMES[other] }));
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(other);
    await saved;
    expect(await mailTo(visitor, holder)).toContain(sayOther('password-reset.subject'));

    visitor.expectRefusal(400, '/oidc/authorize');
    await visitor.go(at('/oidc/authorize?client_id=nobody'));
    await visitor.arrive(sayOther('oidc-error.refused-title'));
    await visitor.go(at('/account'));
    await signOut(visitor, sayOther);
    await visitor.go(at('/sign-in'));
    await visitor.arrive(sayOther('sign-in.title'));
  });

  test('another browser of the same holder speaks it from the sign-in on', async () => {
    const visitor = await openPage(stage, look);
    const holder = await stage.holder({ language: other });
    await visitor.go(at('/sign-in'));
    await visitor.arrive(visitor.say('sign-in.title'));
    await signInAs(stage, visitor, holder);
    await visitor.go(at('/account'));
    await visitor.arrive(sayOther('account.title'));
  });

  test('one press in the header changes it on any page, and keeps what was typed', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    await visitor.go(at('/support'));
    await visitor.arrive(say('support.title'));
    await visitor.fill(say('support.message'), 'Ciao');
    await visitor.press(NAMES[other]);
    await visitor.arrive(sayOther('support.title'));
    expect(await page.getByLabel(sayOther('support.message')).inputValue()).toBe('Ciao');
    await page.reload();
    await visitor.arrive(sayOther('support.title'));
  });
});

/** The subject of a mail that the holder asks for now. */
async function mailTo({ page }: Visitor, { email }: Holder): Promise<string> {
  const before = (await stage.product.dev.outbox(email)).length;
  await page.evaluate((identifier) => {
    const headers = { 'content-type': 'application/json' };
    return fetch('/api/password-resets', { method: 'POST', headers, body: JSON.stringify({ identifier }) });
  }, email);
  return (await stage.product.dev.newest(email, before)).subject ?? '';
}

async function signOut(visitor: Visitor, say: Visitor['say']): Promise<void> {
  await visitor.press(new RegExp(`^${say('shell.your-menu')}`));
  await visitor.press(say('shell.sign-out'));
  await visitor.arrive(say('signed-out.title'));
}
