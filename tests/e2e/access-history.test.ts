/** The access history: what was read, filtered and taken along; a file verified in the browser; "this wasn't me". */
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialogOf } from './support/account.ts';
import { crawl } from './support/crawl.ts';
import type { Holder } from './support/holders.ts';
import { LOOKS, type Look } from './support/looks.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Somebody whose password was tried in vain, and who then signed in. */
async function comeToHistory(look: Look): Promise<{ visitor: Visitor; holder: Holder }> {
  const holder = await stage.holder({ language: look.language });
  const visitor = await openPage(stage, look);
  visitor.expectRefusal(422, '/api/sign-in/password');
  await visitor.go(`${stage.product.issuer}/sign-in`);
  await visitor.page.evaluate(
    ([identifier]) =>
      fetch('/api/sign-in/password', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identifier, password: 'not the password' }),
      }).then(() => undefined),
    [holder.email],
  );
  await signInAs(stage, visitor, holder);
  await visitor.go(`${stage.product.issuer}/selfcare/history`);
  await visitor.arrive(visitor.say('history.title'));
  return { visitor, holder };
}

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[D8] [SPID-HIS-1] [AUD-4] [ACC-1] the accesses are counted and listed, and filters stay in the address', async () => {
    const { visitor } = await comeToHistory(look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const rows = page.getByRole('table', { name: say('history.list') }).locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(2);
    await rows.getByText(say('history.outcome-success'), { exact: true }).waitFor();
    await see('history');
    await page.getByLabel(say('history.filter-outcome')).selectOption('failure');
    await expect.poll(() => new URL(page.url()).search).toBe('?outcome=failure');
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.textContent()).toContain(say('ceremony.method-password'));
    await page.reload();
    await expect.poll(() => rows.count()).toBe(1);
    await visitor.fill(say('history.filter-to'), '2020-01-01');
    await visitor.read(say('history.empty-filtered'));
    await see('history, nothing fits');
    await visitor.press(say('history.filter-clear'));
    await expect.poll(() => rows.count()).toBe(2);
    expect(await faults()).toEqual([]);
  });

  test('[D8] [SPID-HIS-1] a file is taken along and verified in the browser; one changed word is noticed', async () => {
    const { visitor } = await comeToHistory(look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const download = page.waitForEvent('download');
    await visitor.press(`${say('history.export')}: ${say('history.export-json')}`);
    const file = await (await download).path();
    await visitor.press(say('history.export-verify'));
    await visitor.arrive(say('verify-history.title'));
    await page.getByLabel(say('verify-history.choose')).setInputFiles(file);
    await visitor.read(say('verify-history.good'));
    await see('a genuine file');
    await visitor.press(say('verify-history.again'));
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"outcome":"failure"', '"outcome":"success"'));
    await page.getByLabel(say('verify-history.choose')).setInputFiles(file);
    await visitor.read(say('verify-history.broken'));
    await visitor.read(say('verify-history.seal-broken'));
    await see('a changed file');
    expect(await faults()).toEqual([]);
  });

  test('[AUD-4] "this wasn’t me" keeps everybody out in one confirmation, and leads to a new password', async () => {
    const { visitor, holder } = await comeToHistory(look);
    const { page, say } = visitor;
    const { see, faults } = await crawl(stage, visitor);
    const rows = page.getByRole('table', { name: say('history.list') }).locator('tbody tr');
    await rows
      .filter({ hasText: say('history.outcome-failure') })
      .getByRole('button')
      .click();
    const dialog = await dialogOf(visitor, say('history.not-me-title'));
    await dialog.getByText(say('history.not-me-password')).waitFor();
    await see('not me');
    await dialog.getByRole('button', { name: say('history.not-me-action'), exact: true }).click();
    await visitor.arrive(say('history.contained-title'));
    await see('everybody is out');
    await visitor.press(say('history.contained-action'));
    await visitor.arrive(say('forgot-password.title'));
    const { subject } = await stage.product.dev.newest(holder.email);
    expect(subject).toBe(say('account-contained.subject'));
    expect(await faults()).toEqual([]);
  });
});
