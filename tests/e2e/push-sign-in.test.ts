/** The notification in the app as second factor: the number, the answers of the phone, and what is said of each. */
import { totpAt } from '@sigillo/otp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awaitFocus, keyPress } from './support/keyboard.ts';
import { LOOKS } from './support/looks.ts';
import { type Phone, phoneOf } from './support/phone.ts';
import { watchShownCodes } from './support/shown-codes.ts';
import { openStage, type Stage } from './support/stage.ts';
import { chooseMethod, enterPassword } from './support/steps.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const DESK = { language: 'en', width: 1440 } as const;

/** After the password, at a portal that wants a second factor; the holder has the app alone. */
async function afterPassword(
  look = DESK as (typeof LOOKS)[number],
): Promise<{ visitor: Visitor; phone: Phone }> {
  const holder = await stage.holder({ language: look.language });
  const phone = await phoneOf(stage, holder);
  const visitor = await openPage(stage, look);
  // Both have the same time from the beginning: tests before this one moved the product's.
  await visitor.pass(1);
  await visitor.go(`${stage.product.claims}/sign-in`);
  await enterPassword(visitor, holder.email, holder.password);
  await visitor.arrive(visitor.say('ceremony.choose-title-sign-in'));
  return { visitor, phone };
}

async function numberOn({ page, say }: Visitor): Promise<string> {
  const number = page.getByRole('status', { name: say('ceremony.push-number') });
  await number.waitFor();
  return (await number.innerText()).trim();
}

const isSaid = ({ page, say }: Visitor, state: string) =>
  page
    .getByRole('status')
    .filter({ hasText: say(`ceremony.push-said-${state}`) })
    .waitFor();

/** The page has asked how it stands: what it sees later is what time has changed. */
const lookedAt = ({ page }: Visitor) => page.waitForResponse(/\/api\/ceremonies\/[^/]+$/);

async function notify(visitor: Visitor): Promise<string> {
  await chooseMethod(visitor, 'app-push');
  await visitor.arrive(visitor.say('ceremony.push-open-title'));
  return numberOn(visitor);
}

describe.each(LOOKS)('in $language at $width px', (look) => {
  test('[PUSH-1] chosen, the number typed in the app: signed in by itself', async () => {
    const { visitor, phone } = await afterPassword(look);
    const number = await notify(visitor);
    expect(number).toMatch(/^\d{3}$/);
    const request = await phone.asked();
    expect(request.numberDigits).toBe(3);
    await phone.approve(request, number);
    await visitor.press(visitor.say('consent.accept'));
    await visitor.arrive(/CL-/);
  });
});

describe('at a desk', () => {
  test('[PUSH-1] a wrong number ends the request; another one is sent with a new number', async () => {
    const { visitor, phone } = await afterPassword();
    const { say } = visitor;
    const number = await notify(visitor);
    await phone.approveWrongly(await phone.asked(), number === '123' ? '124' : '123');
    await visitor.arrive(say('ceremony.push-wrong-title'));
    await isSaid(visitor, 'wrong');
    await visitor.press(say('ceremony.push-send-again'));
    await visitor.arrive(say('ceremony.push-open-title'));
    await phone.approve(await phone.asked(), await numberOn(visitor));
    await visitor.page.getByRole('button', { name: say('consent.accept'), exact: true }).waitFor();
  });

  test('refused on the phone: said, with other ways', async () => {
    const { visitor, phone } = await afterPassword();
    const { say } = visitor;
    await notify(visitor);
    await phone.refuse(await phone.asked());
    await visitor.arrive(say('ceremony.push-refused-title'));
    await isSaid(visitor, 'refused');
    await visitor.press(say('ceremony.another-way'));
    await chooseMethod(visitor, 'app-code');
    await visitor.fill(say('ceremony.code'), await totpAt(phone.app.seed, stage.nowMs()));
    await visitor.press(say('ceremony.verify'));
    await visitor.page.getByRole('button', { name: say('consent.accept'), exact: true }).waitFor();
  });

  test('[PUSH-4] "It wasn’t me" ends the sign-in, and the page says why', async () => {
    const { visitor, phone } = await afterPassword();
    const { say } = visitor;
    await notify(visitor);
    visitor.expectRefusal(404, /\/api\/ceremonies\/[^/]+$/);
    await phone.refuse(await phone.asked(), 'not-me');
    await visitor.arrive(say('sign-in.title'));
    await visitor.read(say('sign-in.ended-refused'));
  });

  test('[PUSH-2] nobody answers: after two minutes another may be sent, and after three they are withheld', async () => {
    const { visitor } = await afterPassword();
    const { say, page } = visitor;
    let asked = lookedAt(visitor);
    await notify(visitor);
    for (let sent = 1; sent < 3; sent += 1) {
      await asked;
      await visitor.pass(121);
      await visitor.arrive(say('ceremony.push-expired-title'));
      await isSaid(visitor, 'expired');
      asked = lookedAt(visitor);
      await visitor.press(say('ceremony.push-send-again'));
      await visitor.arrive(say('ceremony.push-open-title'));
    }
    await asked;
    await visitor.pass(121);
    await visitor.arrive(say('ceremony.push-expired-title'));
    visitor.expectRefusal(429, '/challenges');
    await visitor.press(say('ceremony.push-send-again'));
    await page
      .getByRole('alert')
      .filter({ hasText: say('problems.push-withheld') })
      .waitFor();
    await visitor.press(say('ceremony.another-way'));
    await visitor.arrive(say('ceremony.choose-title-sign-in'));
  });

  test('loading the page again sends nothing, and shows the same number', async () => {
    const { visitor, phone } = await afterPassword();
    const { page, say } = visitor;
    const number = await notify(visitor);
    const asked = (await phone.asked()).id;
    await page.reload();
    await visitor.arrive(say('ceremony.push-open-title'));
    expect(await numberOn(visitor)).toBe(number);
    expect((await phone.asked()).id).toBe(asked);
  });

  test('the picture as second factor: scanned and approved, the ceremony goes on', async () => {
    const { visitor, phone } = await afterPassword();
    const { page, say } = visitor;
    const shown = watchShownCodes(page);
    await chooseMethod(visitor, 'app-qr');
    await visitor.arrive(say('ceremony.scan-title'));
    const request = await phone.scan({ text: await shown.next(0) });
    await visitor.read(say('qr.scanned-title'));
    const digits = await phone.approve(request);
    if (digits) {
      await visitor.fill(say('qr.check-code'), digits);
      await visitor.press(say('qr.check-action'));
    }
    await page.getByRole('button', { name: say('consent.accept'), exact: true }).waitFor();
  });

  test('[ACC-1] without a mouse: chosen, given up for another way, and chosen again', async () => {
    const { visitor, phone } = await afterPassword();
    const { page, say } = visitor;
    // Where the page puts the focus: from there one goes on.
    const arrive = async (title: string) => {
      await visitor.arrive(say(title));
      await awaitFocus(page.getByRole('heading', { level: 1 }));
    };
    await arrive('ceremony.choose-title-sign-in');
    await keyPress(visitor, new RegExp(`^${say('ceremony.method-app-push')}`));
    await arrive('ceremony.push-open-title');
    await keyPress(visitor, say('ceremony.another-way'));
    await arrive('ceremony.choose-title-sign-in');
    await keyPress(visitor, new RegExp(`^${say('ceremony.method-app-push')}`));
    await phone.approve(await phone.asked(), await numberOn(visitor));
    await page.getByRole('button', { name: say('consent.accept'), exact: true }).waitFor();
  });
});
