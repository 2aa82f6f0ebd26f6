/** What a server asks the app: shown, answered, over. A computer signs in; a phone has the app. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APP_LOOKS } from './support/authenticator.ts';
import { openComputer } from './support/computer.ts';
import { awaitFocus } from './support/keyboard.ts';
import { linkTo, openLinkedApp, removeDevices } from './support/linked-app.ts';
import type { Look } from './support/looks.ts';
import { askAndOpen, openCard, question, scene, typeNumber, unlock } from './support/phone-and-computer.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';

const PHONE: Look = { language: 'it', width: 320 };
const DESK: Look = { language: 'en', width: 1440 };

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const another = (number: string) => (number === '000' ? '111' : '000');

describe.each(APP_LOOKS)('in $language at $width px', (look) => {
  test('[PUSH-1] [PUSH-4] a request comes to the front, is read, and approved with the number of the page', async () => {
    const its = await scene(stage, look);
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
});

test('[PUSH-1] a wrong number ends the request, and the app says what to do', async () => {
  const its = await scene(stage, PHONE);
  const { phone, computer } = its;
  const { ceremony, number } = await askAndOpen(its);
  phone.expectRefusal(422, /\/device\/requests\/.*\/approve$/);
  await typeNumber(phone, another(number));
  await phone.press(phone.say('requests.approve'));
  await unlock(phone);
  await phone.arrive(phone.say('requests.wrong-title'));
  await phone.read(phone.say('requests.wrong-warning'));
  expect(await computer.lookAt(ceremony)).toMatchObject({ state: 'open', challenge: { state: 'wrong' } });
});

test('[PUSH-4] [QR-4] refusing is what Enter does, and takes no unlocking', async () => {
  const its = await scene(stage, DESK);
  const { phone, computer } = its;
  const { ceremony } = await askAndOpen(its);
  await awaitFocus(phone.page.getByRole('button', { name: phone.say('requests.refuse'), exact: true }));
  await phone.page.keyboard.press('Enter');
  await phone.arrive(phone.say('requests.refused-title'));
  expect(await computer.lookAt(ceremony)).toMatchObject({ state: 'open', challenge: { state: 'refused' } });
});

test('[PUSH-1] [ACC-1] with the keyboard, the number leads to the button and approves nothing by itself', async () => {
  const its = await scene(stage, DESK);
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
  const its = await scene(stage, PHONE);
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
  const its = await scene(stage, PHONE);
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

test('whoever looks at another screen is told of a request, and led there', async () => {
  const { holder, phone, computer } = await scene(stage, PHONE);
  const { page, say } = phone;
  await phone.press(say('authenticator.codes'));
  await phone.arrive(say('authenticator.codes-title'));
  await computer.askApp(holder);
  await page
    .getByRole('status')
    .getByText(say('requests.arrived', { question: question(phone) }))
    .waitFor();
  await openCard(phone);
});

test('a device that was removed meanwhile says so, and how to go on', async () => {
  const its = await scene(stage, DESK);
  const { phone } = its;
  await askAndOpen(its);
  phone.expectRefusal(410, /\/device\//);
  await removeDevices(stage, its.holder);
  await phone.press(phone.say('requests.refuse'));
  await phone.page.getByRole('link', { name: phone.say('requests.link-again') }).waitFor();
});

test('without a network the app says so, and asks again as soon as there is one', async () => {
  const { holder, phone, computer } = await scene(stage, PHONE);
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
  const { holder, phone, computer } = await scene(stage, PHONE);
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
  const its = await scene(stage, DESK);
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
