/** Every screen on which the app shows what it is asked: usable by everyone, and loading nothing it should not. */
import { writeQr } from '@sigillo/device-protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openComputer } from './support/computer.ts';
import { crawl } from './support/crawl.ts';
import { linkTo, openLinkedApp, UNLOCK_CODE } from './support/linked-app.ts';
import { LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

test.each(LOOKS)('[ACC-1] [WEB-1] every screen, in $language at $width px', async (look) => {
  const holder = await stage.holder({ language: look.language });
  const [phone, computer] = [await openLinkedApp(stage, look, holder), await openComputer(stage, look)];
  const { page, say } = phone;
  const { see, faults } = await crawl(stage, phone);
  const app = stage.product.authenticator;
  const { issuer } = stage.product;
  const question = say('question.sign-in', { client: 'Sigillo' });
  const open = async (text: string) => {
    await phone.go('about:blank');
    await phone.go(text);
  };
  const scan = async () => {
    const ticket = await computer.showQr();
    await open(ticket.text ?? '');
    await phone.arrive(question);
  };
  const typeNumber = (number: string) =>
    page.getByLabel(say('requests.number'), { exact: true }).fill(number);

  const { number } = await computer.askApp(holder);
  await phone.read(say('requests.waiting-title', { count: 1 }));
  await see('home, with a request');
  await phone.press(say('requests.look'));
  await phone.arrive(question);
  await see('a request');
  await phone.press(say('requests.not-me'));
  await page.getByRole('dialog').waitFor();
  await see('it was not me?');
  await phone.press(say('ui.cancel'));
  await typeNumber(number === '000' ? '111' : '000');
  await phone.press(say('requests.approve'));
  await page.getByLabel(say('linked.unlock-code'), { exact: true }).fill(UNLOCK_CODE);
  await see('unlocking');
  phone.expectRefusal(422, /\/approve$/);
  await phone.press(say('linked.unlock'));
  await phone.arrive(say('requests.wrong-title'));
  await see('a wrong number');

  await scan();
  await see('a scanned request');
  await phone.press(say('requests.approve'));
  await page.getByLabel(say('linked.unlock-code'), { exact: true }).fill(UNLOCK_CODE);
  await phone.press(say('linked.unlock'));
  await phone.arrive(say('requests.check-title'));
  await see('a code for the browser');
  await scan();
  await phone.press(say('requests.refuse'));
  await phone.arrive(say('requests.refused-title'));
  await see('refused');

  const again = await computer.askApp(holder);
  await phone.press(say('authenticator.to-home'));
  await phone.press(say('requests.look'));
  await typeNumber(again.number);
  await phone.press(say('requests.approve'));
  await page.getByLabel(say('linked.unlock-code'), { exact: true }).fill(UNLOCK_CODE);
  await phone.press(say('linked.unlock'));
  await phone.arrive(say('requests.approved-title'));
  await see('approved');

  await scan();
  await phone.press(say('requests.not-me'));
  await phone.press(say('requests.not-me-action'));
  await phone.arrive(say('requests.not-me-done-title'));
  await see('it was not me');

  const id = Buffer.alloc(32, 7).toString('base64url');
  await open(writeQr(app, { kind: 'sign-in', issuer: 'https://id.example.org', id }));
  await phone.arrive(say('requests.unlinked-title'));
  await see('no account there');
  phone.expectRefusal(410, '/device/scans');
  await open(writeQr(app, { kind: 'sign-in', issuer, id }));
  await phone.arrive(say('requests.scan-gone-title'));
  await see('a code that is over');
  await phone.go(`${app}/requests/gone`);
  await phone.arrive(say('requests.gone-title'));
  await see('a request that is over');
  await phone.go(`${app}/sign-in/code`);
  await phone.fill(say('requests.code'), 'ABC');
  await phone.press(say('requests.continue'));
  await phone.read(say('requests.code-fault'));
  await see('typing a code, with an error');
  await linkTo(stage, phone, await stage.holder());
  await open(writeQr(app, { kind: 'sign-in', issuer, id }));
  await phone.arrive(say('requests.choose-title'));
  await see('choosing an account');
  expect(await faults()).toEqual([]);
});
