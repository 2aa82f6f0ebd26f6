/** What a server asks the app: shown, answered, over. A computer signs in; a phone has the app. */
import { writeQr } from '@sigillo/device-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APP_LOOKS } from './support/authenticator.ts';
import { type Computer, openComputer } from './support/computer.ts';
import type { Holder } from './support/holders.ts';
import { awaitFocus } from './support/keyboard.ts';
import { linkTo, openLinkedApp, UNLOCK_CODE } from './support/linked-app.ts';
import type { Look } from './support/looks.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

const PHONE: Look = { language: 'it', width: 320 };
const DESK: Look = { language: 'en', width: 1440 };

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

interface Scene {
  holder: Holder;
  phone: Visitor;
  computer: Computer;
}

/** Somebody whose app is open at its start, and the computer where they sign in. */
async function scene(look: Look): Promise<Scene> {
  const holder = await stage.holder({ language: look.language });
  return {
    holder,
    phone: await openLinkedApp(stage, look, holder),
    computer: await openComputer(stage, look),
  };
}

const question = ({ say }: Visitor) => say('question.sign-in', { client: 'Sigillo' });

/** Has the app asked, and opens what it is asked from the start of the app. */
async function askAndOpen({ holder, phone, computer }: Scene) {
  const asked = await computer.askApp(holder);
  await openCard(phone);
  return asked;
}

async function openCard(phone: Visitor): Promise<void> {
  await phone.press(phone.say('requests.look'));
  await phone.arrive(question(phone));
}

async function typeNumber({ page, say }: Visitor, number: string): Promise<void> {
  await page.getByLabel(say('requests.number'), { exact: true }).fill(number);
}

async function unlock({ page, say, press }: Visitor): Promise<void> {
  await page.getByLabel(say('linked.unlock-code'), { exact: true }).fill(UNLOCK_CODE);
  await press(say('linked.unlock'));
}

const another = (number: string) => (number === '000' ? '111' : '000');

describe.each(APP_LOOKS)('in $language at $width px', (look) => {
  test('[PUSH-1] [PUSH-4] a request comes to the front, is read, and approved with the number of the page', async () => {
    const its = await scene(look);
    const { holder, phone, computer } = its;
    const { page, say } = phone;
    const { ceremony, number } = await askAndOpen(its);
    for (const text of [holder.userId, say('question.label-browser'), say('question.label-place')])
      await phone.read(new RegExp(text));
    await phone.read(say('requests.new-place-title'));
    const approve = page.getByRole('button', { name: say('requests.approve'), exact: true });
    expect(await approve.getAttribute('aria-disabled')).toBe('true');
    await typeNumber(phone, number);
    await phone.press(say('requests.approve'));
    // Unlocking comes once the holder has read and decided.
    await unlock(phone);
    await phone.arrive(say('requests.approved-title'));
    expect(await computer.lookAt(ceremony)).toMatchObject({ state: 'satisfied' });
    await computer.finish(ceremony);
    await phone.press(say('authenticator.to-home'));
    await phone.arrive(say('authenticator.home-title'));
    expect(await page.getByText(say('requests.look')).count()).toBe(0);
  });

  test('[QR-3] [QR-4] a QR code that the app opened is approved, and its code typed where somebody signs in', async () => {
    const { phone, computer } = await scene(look);
    const { page, say } = phone;
    const ticket = await computer.showQr();
    await phone.go('about:blank');
    await phone.go(ticket.text ?? '');
    await phone.arrive(question(phone));
    expect(new URL(page.url()).hash).toBe('');
    await awaitFocus(page.getByRole('button', { name: say('requests.refuse'), exact: true }));
    expect(await computer.lookAtQr(ticket.id)).toMatchObject({ state: 'scanned' });
    await phone.press(say('requests.approve'));
    await unlock(phone);
    await phone.arrive(say('requests.check-title'));
    const check = (await page.getByRole('status', { name: say('requests.check-code') }).textContent()) ?? '';
    expect(check).toMatch(/^\d{3} \d{3}$/);
    await phone.press(say('requests.copy-check'));
    expect(await phone.clipboard()).toBe(check.replace(' ', ''));
    await computer.finish(await computer.redeem(ticket.id, check.replace(' ', '')));
  });
});

test('[PUSH-1] a wrong number ends the request, and the app says what to do', async () => {
  const its = await scene(PHONE);
  const { phone, computer } = its;
  const { ceremony, number } = await askAndOpen(its);
  phone.expectRefusal(422, /\/device\/requests\/.*\/approve$/);
  await typeNumber(phone, another(number));
  await phone.press(phone.say('requests.approve'));
  await unlock(phone);
  await phone.arrive(phone.say('requests.wrong-title'));
  await phone.read(phone.say('requests.wrong-warning'));
  expect(await computer.lookAt(ceremony)).toMatchObject({ state: 'open', challenge: { state: 'void' } });
});

test('[PUSH-4] [QR-4] refusing is what Enter does, and takes no unlocking', async () => {
  const its = await scene(DESK);
  const { phone, computer } = its;
  const { ceremony } = await askAndOpen(its);
  await awaitFocus(phone.page.getByRole('button', { name: phone.say('requests.refuse'), exact: true }));
  await phone.page.keyboard.press('Enter');
  await phone.arrive(phone.say('requests.refused-title'));
  expect(await computer.lookAt(ceremony)).toMatchObject({ state: 'open', challenge: { state: 'refused' } });
});

test('[PUSH-1] [ACC-1] with the keyboard, the number leads to the button and approves nothing by itself', async () => {
  const its = await scene(DESK);
  const { phone, computer } = its;
  const { page, say } = phone;
  const { ceremony, number } = await askAndOpen(its);
  await page.getByLabel(say('requests.number'), { exact: true }).focus();
  await page.keyboard.type(number);
  await page.keyboard.press('Enter');
  await awaitFocus(page.getByRole('button', { name: say('requests.approve'), exact: true }));
  expect(await computer.lookAt(ceremony)).toMatchObject({ challenge: { state: 'open' } });
  await page.keyboard.press('Enter');
  await awaitFocus(page.getByLabel(say('linked.unlock-code'), { exact: true }));
  await page.keyboard.press('Escape');
  // Turned back: nothing was answered.
  await awaitFocus(page.getByRole('button', { name: say('requests.approve'), exact: true }));
  expect(await computer.lookAt(ceremony)).toMatchObject({ challenge: { state: 'open' } });
});

test('[PUSH-4] “It wasn’t me” says what follows, ends the sign-in, writes to the holder, and stops requests', async () => {
  const its = await scene(PHONE);
  const { holder, phone, computer } = its;
  const { say } = phone;
  const { ceremony } = await askAndOpen(its);
  await phone.press(say('requests.not-me'));
  await phone.read(say('requests.not-me-mutes'));
  await phone.press(say('requests.not-me-action'));
  await phone.arrive(say('requests.not-me-done-title'));
  const change = phone.page.getByRole('link', { name: say('requests.change-password') });
  expect(await change.getAttribute('href')).toBe(`${stage.product.issuer}/account/security`);
  const { subject } = await stage.product.dev.newest(holder.email);
  expect(subject).toBe(say('request-not-mine.subject'));
  computer.expectRefusal(404, /\/ceremonies\//);
  expect(await computer.call('GET', `/ceremonies/${ceremony}`)).toMatchObject({ status: 404 });
  computer.expectRefusal(429, /\/challenges$/);
  await expect(computer.askApp(holder)).rejects.toThrow(/push-withheld/);
});

test('[PUSH-2] what the second device answers is withdrawn on the first, which says so', async () => {
  const its = await scene(PHONE);
  const { holder, phone, computer } = its;
  const second = await openLinkedApp(stage, DESK, holder);
  const { ceremony, number } = await askAndOpen(its);
  await openCard(second);
  await typeNumber(second, number);
  await second.press(second.say('requests.approve'));
  await unlock(second);
  await second.arrive(second.say('requests.approved-title'));
  await phone.arrive(phone.say('requests.elsewhere-title'));
  expect(await computer.lookAt(ceremony)).toMatchObject({ state: 'satisfied' });
});

test('a code of nine symbols does where nobody can scan; a slip is found before it is sent', async () => {
  const { phone, computer } = await scene(PHONE);
  const { page, say } = phone;
  const ticket = await computer.showQr();
  const code = await computer.typeInstead(ticket.id);
  await phone.press(say('authenticator.scan'));
  await phone.press(say('requests.type-code'));
  await phone.arrive(say('requests.type-code'));
  const field = page.getByLabel(say('requests.code'), { exact: true });
  await field.fill(code.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')));
  await phone.press(say('requests.continue'));
  await phone.read(say('requests.code-fault'));
  await field.fill(code.toLowerCase());
  await phone.press(say('requests.continue'));
  await phone.arrive(question(phone));
  await phone.press(say('requests.approve'));
  await unlock(phone);
  await phone.arrive(say('requests.check-title'));
  expect(await computer.lookAtQr(ticket.id)).toMatchObject({ state: 'approved', needsCheck: true });
});

test('[QR-2] a code that is over, one of another service, and one of several accounts', async () => {
  const { phone, computer } = await scene(DESK);
  const { page, say } = phone;
  const app = stage.product.authenticator;
  const open = async (text: string) => {
    await phone.go('about:blank');
    await phone.go(text);
  };
  const id = Buffer.alloc(32, 7).toString('base64url');
  await open(writeQr(app, { kind: 'sign-in', issuer: 'https://id.example.org', id }));
  await phone.arrive(say('requests.unlinked-title'));
  await phone.read(/id\.example\.org/);

  phone.expectRefusal(410, '/device/scans');
  await open(writeQr(app, { kind: 'sign-in', issuer: stage.product.issuer, id }));
  await phone.arrive(say('requests.scan-gone-title'));

  const other = await stage.holder();
  await linkTo(stage, phone, other, 'Work');
  const ticket = await computer.showQr();
  await open(ticket.text ?? '');
  await phone.arrive(say('requests.choose-title'));
  await page.getByRole('button', { name: /Work/ }).click();
  await phone.arrive(question(phone));
  await phone.read(other.userId);
});

test('[QR-4] the app that shows a request keeps it through a reload', async () => {
  const { phone, computer } = await scene(PHONE);
  const ticket = await computer.showQr();
  await phone.go('about:blank');
  await phone.go(ticket.text ?? '');
  await phone.arrive(question(phone));
  await phone.page.reload();
  await phone.arrive(question(phone));
  await phone.press(phone.say('requests.refuse'));
  await phone.arrive(phone.say('requests.refused-title'));
  expect(await computer.lookAtQr(ticket.id)).toMatchObject({ state: 'refused' });
});

test('an operation is confirmed on the same screen, in words of its own', async () => {
  const holder = await stage.holder({ totp: true, language: 'en' });
  const phone = await openLinkedApp(stage, DESK, holder);
  const lost = await linkTo(stage, phone, holder, 'The lost one');
  const computer = await openComputer(stage, DESK);
  await signInAs(stage, computer, holder);
  const remove = `/account/devices/${lost.id}/remove`;
  computer.expectRefusal(403, /\/remove$/);
  type Needed = { ceremony: { id: string }; operation: string };
  const { body } = await computer.call<Needed>('POST', remove, {});
  const number = await computer.pushTo(body.ceremony.id);
  const asked = phone.say('question.remove-device', { name: lost.name });
  // Both devices are in one app here, and each is asked.
  const card = phone.page.getByRole('article').filter({ hasNotText: 'The lost one' });
  await card.getByRole('link').click();
  await phone.arrive(asked);
  await typeNumber(phone, number);
  await phone.press(phone.say('requests.confirm'));
  await unlock(phone);
  await phone.arrive(phone.say('requests.approved-title'));
  await phone.read(phone.say('requests.approved-operation'));
  const approve = `/operations/${body.operation}/approve`;
  expect(await computer.call('POST', approve, { ceremony: body.ceremony.id })).toMatchObject({ status: 200 });
  expect(await computer.call('POST', remove, { operation: body.operation })).toMatchObject({ status: 204 });
});

test('without a network the app says so, and asks again as soon as there is one', async () => {
  const { holder, phone, computer } = await scene(PHONE);
  const { page, say } = phone;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await phone.arrive(say('authenticator.home-title'));
  phone.expectSilence(/./);
  await page.context().setOffline(true);
  await page.reload();
  await phone.arrive(say('authenticator.home-title'));
  await phone.read(say('linked.offline'));
  await page.context().setOffline(false);
  await page.getByText(say('linked.offline')).waitFor({ state: 'hidden' });
  await computer.askApp(holder);
  await openCard(phone);
});

test('a telephone whose clock is wrong learns the time, and shows how much is left', async () => {
  const { holder, phone, computer } = await scene(PHONE);
  const { page, say } = phone;
  await page.context().clock.setSystemTime(stage.nowMs() - 3_600_000);
  phone.expectRefusal(401, /\/device\//);
  await page.reload();
  await phone.arrive(say('authenticator.home-title'));
  await computer.askApp(holder);
  await openCard(phone);
  expect(await page.getByRole('timer').textContent()).toMatch(/^(2:0[01]|1:[45]\d)$/);
});

// The last one: it moves the clock of the product, and who comes later would have a wrong one.
test('[PUSH-2] [ACC-1] time is shown and its end announced; what is over is gone', async () => {
  const its = await scene(DESK);
  const { phone } = its;
  const { page, say } = phone;
  await askAndOpen(its);
  await page.getByRole('timer').waitFor();
  await phone.pass(95);
  await page
    .getByRole('status')
    .getByText(say('requests.hurry', { seconds: 30 }))
    .waitFor();
  await phone.pass(30);
  await phone.arrive(say('requests.expired-title'));
  await phone.press(say('authenticator.to-home'));
  await phone.arrive(say('authenticator.home-title'));
  await page.getByText(say('requests.look')).waitFor({ state: 'hidden' });
});
