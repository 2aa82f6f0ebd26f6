/**
 * Every page of self-care, and what is changed in the account: usable by everyone, by keyboard too, and loading nothing
 * it should not.
 */
import { daysLater, romeDayOf } from '@sigillo/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giveIdentity } from '../setup/identities.ts';
import { dialogOf } from './support/account.ts';
import { type Crawl, crawl } from './support/crawl.ts';
import type { Holder } from './support/holders.ts';
import { walkThrough } from './support/keyboard.ts';
import { LOOKS } from './support/looks.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Opens a page, waits for what it shows, and walks through it with the keyboard. */
async function open(visitor: Visitor, path: string): Promise<void> {
  await visitor.go(`${stage.product.issuer}${path}`);
  await visitor.page.getByRole('heading', { level: 1 }).waitFor();
  await visitor.page.waitForLoadState('networkidle');
  await walkThrough(visitor);
}

/** The same, looking closely. */
async function look(visitor: Visitor, { see }: Crawl, path: string): Promise<void> {
  await open(visitor, path);
  await see(path);
}

/** Sends a form with mistakes, and looks closely at it with what it says of them. */
async function lookAtMistakes({ page, press }: Visitor, { see }: Crawl, button: string, state: string) {
  await press(button);
  await page.getByRole('alert').first().waitFor();
  await see(state);
}

describe.each(LOOKS)('in $language at $width px', (at) => {
  async function signedIn(holder: Holder): Promise<{ visitor: Visitor; walk: Crawl }> {
    const visitor = await openPage(stage, at);
    const walk = await crawl(stage, visitor);
    await signInAs(stage, visitor, holder);
    return { visitor, walk };
  }

  test('[ACC-1] [WEB-1] self-care, with an identity', async () => {
    const holder = await stage.holder({ totp: true, sms: true, language: at.language });
    const documentExpiresOn = daysLater(romeDayOf(stage.nowMs()), 20);
    await giveIdentity({ ...stage, db: stage.product.database.db }, holder.id, { documentExpiresOn });
    const { visitor, walk } = await signedIn(holder);
    const { say, press, page } = visitor;
    for (const place of ['', '/data', '/contacts', '/codes', '/revoke'])
      await look(visitor, walk, `/selfcare${place}`);
    await open(visitor, '/selfcare/document');
    await press(say('document.upload'));
    await lookAtMistakes(visitor, walk, say('document.submit'), 'a new document, with errors');
    await open(visitor, '/selfcare/contacts/residence');
    const municipality = page.getByLabel(say('residence.municipality'), { exact: true });
    await municipality.fill('');
    await municipality.pressSequentially('san');
    await page.locator('.combo-option').first().waitFor();
    await walk.see('residence, choosing');
    await open(visitor, '/selfcare/suspend');
    await press(say('suspend.card-make'));
    await visitor.read(say('suspend.card-ready'));
    await visitor.fill(say('suspend.days'), '31');
    await lookAtMistakes(visitor, walk, say('suspend.submit'), 'suspension, with an error and a card');
    expect(await walk.faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] self-care, with nothing yet', async () => {
    const { visitor, walk } = await signedIn(await stage.holder({ language: at.language }));
    for (const place of ['', '/codes', '/document', '/history'])
      await look(visitor, walk, `/selfcare${place}`);
    expect(await walk.faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] what is changed in the account', async () => {
    const holder = await stage.holder({ totp: true, sms: true, language: at.language });
    const { visitor, walk } = await signedIn(holder);
    const { say, press } = visitor;
    await open(visitor, '/account/change-password');
    await lookAtMistakes(visitor, walk, say('change-password.submit'), 'a new password, with errors');
    await look(visitor, walk, '/account/change-email');
    await look(visitor, walk, '/account/notices');
    await open(visitor, '/account/privacy');
    await press(say('data.ask'));
    await visitor.read(say('data.asked'));
    await walk.see('the data that were asked for');
    await press(say('data.erase-ask'));
    await dialogOf(visitor, say('data.erase-title'));
    await walk.see('the end of the account');
    expect(await walk.faults()).toEqual([]);
  });

  test('[ACC-1] [WEB-1] what is open to who cannot sign in', async () => {
    const visitor = await openPage(stage, at);
    const walk = await crawl(stage, visitor);
    const { say, press } = visitor;
    await open(visitor, '/suspend');
    await lookAtMistakes(visitor, walk, say('suspend.submit'), 'the code of a card is missing');
    await press(say('suspend.no-card'));
    await walk.see('suspension by a code');
    await look(visitor, walk, '/verify-history');
    await open(visitor, '/password-changed');
    await look(visitor, walk, '/keep-account#not-a-link');
    visitor.expectRefusal(410, '/api/contact-changes/check');
    await look(visitor, walk, '/cancel-change#00000000000000000000000000000000');
    expect(await walk.faults()).toEqual([]);
  });
});
