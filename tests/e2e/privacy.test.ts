/** One's data: a copy by a link that works once, and the end of the account, from which there is a way back. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialogOf, openAccount } from './support/account.ts';
import { LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[PRV-1] a copy is asked for, and comes by a link that works once', async () => {
    const holder = await stage.holder({ totp: true, language: look.language });
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    await openAccount(stage, visitor, holder, '/account');
    await page
      .locator('.boxes')
      .getByRole('link', { name: say('account.box-privacy') })
      .click();
    await visitor.arrive(say('data.title'));
    await visitor.press(say('data.ask'));
    await visitor.read(say('data.asked'));
    await visitor.go(await stage.mailedLink(holder.email));
    await visitor.arrive(say('data.fetch-title'));
    const downloads = page.waitForEvent('download');
    await visitor.press(say('data.fetch'));
    const file = JSON.parse(await readFile(await (await downloads).path(), 'utf8'));
    expect(file.data.contact).toMatchObject([{ address: holder.email }]);
    await visitor.arrive(say('data.fetched-title'));

    visitor.expectRefusal(404, '/api/account/exports/fetch');
    await visitor.go('about:blank');
    await visitor.go(await stage.mailedLink(holder.email));
    await visitor.press(say('data.fetch'));
    await visitor.arrive(say('data.link-over-title'));
  });

  test('[PRV-2] the account is closed at once, and kept by whoever thinks better of it', async () => {
    const holder = await stage.holder({ totp: true, language: look.language });
    const visitor = await openPage(stage, look);
    const { say } = visitor;
    await openAccount(stage, visitor, holder, '/account/privacy');
    await visitor.arrive(say('data.title'));
    await visitor.press(say('data.erase-ask'));
    const dialog = await dialogOf(visitor, say('data.erase-title'));
    await dialog.getByText(say('data.erase-gone')).waitFor();
    await dialog.getByRole('button', { name: say('data.erase-ask') }).click();
    await visitor.page.waitForURL(/\/signed-out/);
    await visitor.go(await stage.mailedLink(holder.email));
    await visitor.arrive(say('data.keep-title'));
    await visitor.press(say('data.keep'));
    await visitor.arrive(say('data.kept-title'));
    await openAccount(stage, visitor, holder, '/account/privacy');
    await visitor.arrive(say('data.title'));
  });
});

describe.each(LOOKS)('notices, in $language at $width px', (look) => {
  test('[SPID-NTF-1] who wants it is told of every sign-in; what is mandatory says so', async () => {
    const holder = await stage.holder({ totp: true, language: look.language });
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    await openAccount(stage, visitor, holder, '/account/notices');
    await visitor.arrive(say('notices.title'));
    await visitor.read(say('notices.always-text'));
    await page.getByLabel(say('notices.by'), { exact: true }).selectOption('email');
    await visitor.press(say('notices.save'));
    await visitor.read(say('notices.saved'));
    await openAccount(stage, await openPage(stage, look), holder, '/account');
    const subject = say('credential-used.subject', { provider: 'Sigillo' });
    await expect.poll(() => mailedTo(holder.email), { timeout: 30_000 }).toContain(subject);
  });
});

/** The subjects of what was sent to an address. */
async function mailedTo(to: string): Promise<(string | null)[]> {
  const response = await fetch(`${stage.product.issuer}/dev/outbox?to=${encodeURIComponent(to)}`);
  return ((await response.json()) as { subject: string | null }[]).map(({ subject }) => subject);
}
