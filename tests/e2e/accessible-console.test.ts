/** Every page of the console: usable by everyone, by keyboard too, and loading nothing it should not. */
import { daysLater, romeDayOf } from '@sigillo/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { somePerson } from '../setup/identities.ts';
import { dialogOf } from './support/account.ts';
import { type Crawl, crawl } from './support/crawl.ts';
import type { Holder } from './support/holders.ts';
import { walkThrough } from './support/keyboard.ts';
import { LOOKS } from './support/looks.ts';
import { enterConsole } from './support/operator.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const PAGES = ['', '/cases', '/deliveries', '/audit', '/spending', '/relying-parties', '/operators'];
/** Pages with a form, and the button that sends it. */
const FORMS = {
  '/cases/new-identity': 'cases.open-case',
  '/cases/new-revocation': 'cases.open-case',
  '/holders': 'holders.search',
  '/relying-parties/add': 'relying-parties.register',
};

/** Opens a page, waits for what it shows, and walks through it with the keyboard. */
async function open(visitor: Visitor, path: string): Promise<void> {
  await visitor.go(`${stage.product.issuer}/console${path}`);
  await visitor.page.getByRole('heading', { level: 1 }).waitFor();
  await visitor.page.waitForLoadState('networkidle');
  await walkThrough(visitor);
}

/** The same, looking closely. */
async function look(visitor: Visitor, { see }: Crawl, path: string): Promise<void> {
  await open(visitor, path);
  await see(`/console${path}`);
}

describe.each(LOOKS)('in $language at $width px', (at) => {
  test('[ACC-1] [WEB-1] every place, and what its forms say of mistakes', async () => {
    const visitor = await openPage(stage, at);
    const walk = await crawl(stage, visitor);
    const { page, say, press } = visitor;
    await visitor.go(`${stage.product.issuer}/console/sign-in`);
    await visitor.arrive(say('console-sign-in.title'));
    await walk.see('signing in');
    await enterConsole(stage, visitor, 'reviewer', 'help-desk', 'auditor', 'administrator');
    for (const path of PAGES) await look(visitor, walk, path);
    await press(say('operators.invite'));
    await dialogOf(visitor, say('operators.invite'));
    await walk.see('inviting');
    for (const [path, button] of Object.entries(FORMS)) {
      await open(visitor, path);
      await press(say(button));
      await page.getByRole('alert').first().waitFor();
      await walk.see(`${path}, with errors`);
    }
    await look(visitor, walk, '/relying-parties/edit?client=claims');
    const holder = await stage.holder({ sms: true });
    await look(visitor, walk, `/cases/${await openedCase(visitor, holder)}`);
    await visitor.go(`${stage.product.issuer}/console/holders`);
    await visitor.fill(say('holders.by-email'), holder.email);
    await visitor.fill(say('holders.reason'), 'Called, has lost the telephone');
    await press(say('holders.search'));
    await visitor.arrive(say('holders.file-of', { userId: holder.userId }));
    await walk.see('a holder’s file');
    expect(await walk.faults()).toEqual([]);
  });
});

/** A case that this operator opened. @returns its id */
async function openedCase({ page }: Visitor, { email }: Holder): Promise<string> {
  const documentExpiresOn = daysLater(romeDayOf(stage.nowMs()), 1000);
  const wanted = { holder: email, type: 1, documentExpiresOn, attributes: somePerson(documentExpiresOn) };
  return page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/api/console/identity-requests', { method: 'POST', headers, body });
    return ((await answer.json()) as { id: string }).id;
  }, JSON.stringify(wanted));
}
