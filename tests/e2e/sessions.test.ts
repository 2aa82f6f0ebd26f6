/**
 * Where one is signed in, seen from two browsers: what the list says of each, and that a browser whose session
 * is ended is really out, at the platform and at the portals it opened.
 */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialogOf, openAccount, PROOF_OVER_SECONDS, proveWithApp } from './support/account.ts';
import { portalWords } from './support/demo-portals.ts';
import type { Holder } from './support/holders.ts';
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

  /** Somebody signed in with two browsers: the first has the list of sessions open, the second a portal. */
  async function twoBrowsers(): Promise<{ here: Visitor; there: Visitor; holder: Holder }> {
    const holder = await stage.holder({ totp: true, language: look.language });
    const [here, there] = [await openPage(stage, look), await openPage(stage, look)];
    await signInAs(stage, there, holder);
    await there.go(`${stage.product.claims}/sign-in`);
    await there.arrive(there.say('consent.title'));
    await there.press(there.say('consent.accept'));
    await there.arrive(/CL-/);
    await openAccount(stage, here, holder, '/account/security');
    return { here, there, holder };
  }

  test('the list says with what, where, when and for which portals', async () => {
    const { here } = await twoBrowsers();
    const { say } = here;
    const mine = sessionsOf(here).filter({ hasText: say('security.this-device') });
    const other = sessionsOf(here).filter({ hasNotText: say('security.this-device') });
    for (const entry of [mine, other]) {
      const text = await entry.textContent();
      expect(text).toContain('Chrome');
      expect(text).toMatch(/198\.18\.\d+\.\d+/);
      expect(text).toMatch(new RegExp(`${say('security.last-seen')} .*\\d\\d:\\d\\d`));
      expect(text).toMatch(new RegExp(`${say('security.since')} .*\\d\\d:\\d\\d`));
    }
    const portals = say('security.portals', { portals: words.claims.portal });
    expect(await other.textContent()).toContain(portals);
    expect(await mine.textContent()).not.toContain(words.claims.portal);
  });

  test('[SES-5] one is ended after a fresh proof; the other browser is out, at its portal too', async () => {
    const { here, there, holder } = await twoBrowsers();
    const { say } = here;
    await stage.advance(PROOF_OVER_SECONDS);
    const other = sessionsOf(here).filter({ hasNotText: say('security.this-device') });
    await other.getByRole('button').click();
    const dialog = await dialogOf(here, say('security.end-one-title'));
    await dialog.getByText(say('security.end-one-consequence')).waitFor();
    await dialog.getByText(say('security.end-portals')).waitFor();
    here.expectRefusal(403, '/end');
    await dialog.getByRole('button', { name: say('security.end-one-action'), exact: true }).click();
    await proveWithApp(stage, here, holder);
    await other.waitFor({ state: 'detached' });

    await there.press(words.learned.check);
    await there.arrive(words.problems.login_required.title);
    await expectOut(there);
    await here.page.reload();
    await here.arrive(say('security.title'));
  });

  // What follows depends on neither language nor width.
  if (isPhone(look)) return;

  test('all others are ended at once; one stays here', async () => {
    const { here, there } = await twoBrowsers();
    const { say } = here;
    await here.press(say('security.end-others'));
    const dialog = await dialogOf(here, say('security.end-others-title'));
    await dialog.getByRole('button', { name: say('security.end-others-action'), exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => sessionsOf(here).count()).toBe(1);
    await expectOut(there);
    await here.page.reload();
    await here.arrive(say('security.title'));
  });

  test('all are ended, this one too', async () => {
    const { here, there } = await twoBrowsers();
    const { say } = here;
    await here.press(say('security.end-all'));
    const dialog = await dialogOf(here, say('security.end-all-title'));
    await dialog.getByRole('button', { name: say('security.end-all-action'), exact: true }).click();
    await here.arrive(say('signed-out.title'));
    await expectOut(here);
    await expectOut(there);
  });
});

/** Each has one button to end it, named after its browser. */
function sessionsOf({ page, say }: Visitor): Locator {
  const end = new RegExp(`^${say('security.end-named', { name: '' })}`);
  const button = page.getByRole('button', { name: end });
  return page.getByRole('listitem').filter({ has: button });
}

/** Whoever opens the account is asked to sign in, and the server knows nobody. */
async function expectOut(visitor: Visitor): Promise<void> {
  await visitor.go(`${stage.product.issuer}/account`);
  await visitor.arrive(visitor.say('sign-in.title'));
  const status = await visitor.page.evaluate(async () => (await fetch('/api/session')).json());
  expect(status).toMatchObject({ signedIn: false, account: null });
}
