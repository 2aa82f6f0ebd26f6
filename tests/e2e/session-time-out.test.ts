/** WCAG 2.2.1: a session that ends for lack of activity says so in good time, and can be kept by one press. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialogOf, openAccount } from './support/account.ts';
import { isPhone, LOOKS } from './support/looks.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const IDLE_SECONDS = 15 * 60;

describe.each(LOOKS)('in $language at $width px', (look) => {
  /** Somebody who looks at their account and does nothing for a while. */
  async function idleFor(seconds: number): Promise<Visitor> {
    const visitor = await openPage(stage, look);
    await visitor.page.clock.install();
    const holder = await stage.holder({ language: look.language });
    await openAccount(stage, visitor, holder, '/account/security');
    await visitor.arrive(visitor.say('security.title'));
    await pass(visitor, seconds);
    return visitor;
  }

  test('[ACC-1] [SES-2] the warning comes at least 20 seconds before the end, and one press keeps the session', async () => {
    const visitor = await idleFor(IDLE_SECONDS - 70);
    const { page, say } = visitor;
    const warning = page.getByRole('dialog', { name: say('shell.session-ending-title') });
    expect(await warning.count()).toBe(0);

    await pass(visitor, 20);
    await warning.waitFor();
    const left = /0:(\d\d)/.exec((await warning.textContent()) ?? '')?.[1];
    expect(Number(left)).toBeGreaterThanOrEqual(20);
    await warning.getByRole('button', { name: say('shell.stay-signed-in'), exact: true }).click();
    await warning.waitFor({ state: 'detached' });

    await pass(visitor, IDLE_SECONDS - 70);
    expect(await warning.count()).toBe(0);
    await page.reload();
    await visitor.arrive(say('security.title'));
  });

  test('[SES-2] a page left open is not activity: at the end one is signed out, and comes back to the same page', async () => {
    const visitor = await idleFor(IDLE_SECONDS - 40);
    const { say } = visitor;
    await dialogOf(visitor, say('shell.session-ending-title'));
    await pass(visitor, 45);
    await visitor.arrive(say('sign-in.title'));
    await visitor.read(say('sign-in.ended-idle'));
    const status = await visitor.page.evaluate(async () => (await fetch('/api/session')).json());
    expect(status).toMatchObject({ signedIn: false });
    expect(new URL(visitor.page.url()).searchParams.get('returnTo')).toBe('/account/security');
  });

  // What follows depends on neither language nor width.
  if (isPhone(look)) return;

  test('the warning can sign out too', async () => {
    const visitor = await idleFor(IDLE_SECONDS - 40);
    const { say } = visitor;
    const warning = await dialogOf(visitor, say('shell.session-ending-title'));
    await warning.getByRole('button', { name: say('shell.sign-out'), exact: true }).click();
    await visitor.arrive(say('signed-out.title'));
  });

  test('what is being written to support outlives the session', async () => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    await page.clock.install();
    await signInAs(stage, visitor, await stage.holder({ language: look.language }));
    await visitor.go(`${stage.product.issuer}/support`);
    await visitor.arrive(say('support.title'));
    await visitor.fill(say('support.message'), 'A long story …');
    await pass(visitor, IDLE_SECONDS + 5);
    await page
      .getByRole('button', { name: new RegExp(`^${say('shell.your-menu')}`) })
      .waitFor({ state: 'detached' });
    expect(await page.getByLabel(say('support.message')).inputValue()).toBe('A long story …');
  });
});

/** Time goes by, at the platform and in the browser. */
async function pass({ page }: Visitor, seconds: number): Promise<void> {
  await stage.advance(seconds);
  await page.clock.fastForward(seconds * 1000);
}
