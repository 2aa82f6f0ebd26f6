/** Signing in with what a page shows: a QR code that the app opens, or nine symbols that are typed. */
import { writeQr } from '@sigillo/device-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APP_LOOKS } from './support/authenticator.ts';
import { awaitFocus } from './support/keyboard.ts';
import { linkTo } from './support/linked-app.ts';
import type { Look } from './support/looks.ts';
import { question, scene, unlock } from './support/phone-and-computer.ts';
import { openStage, type Stage } from './support/stage.ts';

const PHONE: Look = { language: 'it', width: 320 };
const DESK: Look = { language: 'en', width: 1440 };

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(APP_LOOKS)('in $language at $width px', (look) => {
  test('[QR-3] [QR-4] a QR code that the app opened is approved, and its code typed where somebody signs in', async () => {
    const { phone, computer } = await scene(stage, look);
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

test('a code of nine symbols does where nobody can scan; a slip is found before it is sent', async () => {
  const { phone, computer } = await scene(stage, PHONE);
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
  const { phone, computer } = await scene(stage, DESK);
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
  const { phone, computer } = await scene(stage, PHONE);
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
