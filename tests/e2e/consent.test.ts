/** What a portal may know: asked, listed, withdrawn, asked again; and what a no leads to. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialogOf, PROOF_OVER_SECONDS, proveWithApp } from './support/account.ts';
import { portalWords } from './support/demo-portals.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(LOOKS)('in $language at $width px', (look) => {
  const words = portalWords(look);

  async function signedIn() {
    const holder = await stage.holder({ totp: true, sms: true, language: look.language });
    const visitor = await openPage(stage, look);
    await signInAs(stage, visitor, holder);
    return { visitor, holder };
  }

  test('the page says who asks and shows the very values; the account lists what was agreed', async () => {
    const { visitor, holder } = await signedIn();
    const { page, say } = visitor;
    await visitor.go(`${stage.product.care}/sign-in`);
    await visitor.arrive(say('consent.title'));
    await visitor.read(say('consent.lead', { name: words.care.portal }));
    const asked = await page.getByRole('main').textContent();
    for (const value of [holder.email, holder.userId, holder.phone]) expect(asked).toContain(value);
    for (const scope of ['openid', 'profile', 'email', 'phone', 'offline_access'])
      expect(asked).toContain(say(`consent.scope-${scope}`));
    await visitor.press(say('consent.accept'));
    await visitor.arrive(`${words.care.hello}, ${holder.email}`);

    await visitor.go(`${stage.product.issuer}/account/consents`);
    const entry = page.getByRole('listitem').filter({ hasText: words.care.portal });
    await entry.waitFor();
    for (const scope of ['openid', 'profile', 'email', 'phone', 'offline_access'])
      expect(await entry.textContent()).toContain(say(`consents.scope-${scope}`));
  });

  test('[SES-4] withdrawn after a fresh proof: the portal cannot refresh any more', async () => {
    const { visitor, holder } = await signedIn();
    const { say } = visitor;
    await visitor.go(`${stage.product.care}/sign-in`);
    await visitor.press(say('consent.accept'));
    await visitor.press(words.learned.refresh);
    await visitor.read(words.refreshed);

    const account = await visitor.openTab();
    await account.go(`${stage.product.issuer}/account/consents`);
    await stage.advance(PROOF_OVER_SECONDS);
    visitor.expectRefusal(403, '/revoke');
    const dialog = await withdraw(account, words.care.portal);
    await proveWithApp(stage, account, holder);
    await dialog.waitFor({ state: 'detached' });
    await account.read(say('consents.none'));

    await visitor.press(words.learned.refresh);
    await visitor.arrive(words.problems.sign_in_over.title);
  });

  test('a no takes one back to the portal, which says in plain words what happened', async () => {
    const { visitor } = await signedIn();
    const { page, say } = visitor;
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.arrive(say('consent.title'));
    const answer = page.waitForRequest(/\/callback\?/);
    await visitor.press(say('consent.refuse'));
    expect(new URL((await answer).url()).searchParams.get('error')).toBe('access_denied');
    await visitor.arrive(words.problems.access_denied.title);
    await visitor.read(words.problems.access_denied.text);
    await visitor.press(words.signIn);
    await visitor.arrive(say('consent.title'));
  });

  // What follows depends on neither language nor width.
  if (isPhone(look)) return;

  test('once agreed, it is not asked again until it was withdrawn', async () => {
    const { visitor } = await signedIn();
    const { say } = visitor;
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.press(say('consent.accept'));
    await visitor.arrive(/CL-/);
    await visitor.press(words.signOut);
    await visitor.press(words.signOutHere);
    await visitor.press(words.signInAgain);
    await visitor.arrive(/CL-/);

    await visitor.go(`${stage.product.issuer}/account/consents`);
    const dialog = await withdraw(visitor, words.claims.portal);
    await dialog.waitFor({ state: 'detached' });
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.arrive(say('consent.title'));
  });
});

/** On the page of the consents: presses the button of a portal, reads the consequences, and means it. */
async function withdraw(visitor: Visitor, name: string) {
  const { say } = visitor;
  await visitor.press(say('consents.revoke-named', { name }));
  const dialog = await dialogOf(visitor, say('consents.revoke-title', { name }));
  for (const consequence of ['reads', 'keeps', 'asks'])
    await dialog.getByText(say(`consents.revoke-${consequence}`), { exact: true }).waitFor();
  await dialog.getByRole('button', { name: say('consents.revoke-action'), exact: true }).click();
  return dialog;
}
