/** A computer shows its sign-in page, a telephone's camera sees it: two browsers, and a film between them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { openLinkedApp, UNLOCK_CODE } from './support/linked-app.ts';
import type { Look } from './support/looks.ts';
import { filmPage } from './support/qr-pictures.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await openStage();
  folder = await mkdtemp(join(tmpdir(), 'sigillo-film-'));
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const PHONES: readonly Look[] = [
  { language: 'it', width: 360 },
  { language: 'en', width: 320 },
];

/** The picture on the sign-in page, as it is drawn. */
async function showPicture(computer: Visitor): Promise<ReturnType<Visitor['page']['getByRole']>> {
  await computer.go(`${stage.product.issuer}/sign-in?returnTo=/account`);
  await computer.arrive(computer.say('sign-in.title'));
  const picture = computer.page.getByRole('img', { name: computer.say('qr.picture') });
  await picture.waitFor();
  return picture;
}

describe.each(PHONES)('in $language, on a telephone $width px wide', ({ language, width }) => {
  test('[QR-1] [QR-3] [QR-4] the camera sees the page, the holder approves, and the page is signed in without a password', async () => {
    const holder = await stage.holder({ language });
    const computer = await openPage(stage, { language, width: 1440 });
    const picture = await showPicture(computer);
    const film = join(folder, `${language}.y4m`);
    await filmPage(picture, film);

    const camera = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
    const browser = await launchBrowser([...camera, '--use-fake-ui-for-media-stream']);
    const phone = await openLinkedApp({ ...stage, browser }, { language, width }, holder);
    const { page, say } = phone;
    await phone.press(say('authenticator.scan'));
    await phone.arrive(say('question.sign-in', { client: 'Sigillo' }));
    await computer.read(computer.say('qr.scanned-title'));
    await phone.press(say('requests.approve'));
    await phone.fill(say('linked.unlock-code'), UNLOCK_CODE);
    await phone.press(say('linked.unlock'));
    await phone.arrive(say('requests.check-title'));
    const digits = (await page.getByRole('status', { name: say('requests.check-code') }).textContent()) ?? '';
    expect(digits).toMatch(/^\d{3} \d{3}$/);

    await computer.fill(computer.say('qr.check-code'), digits);
    await computer.press(computer.say('qr.check-action'));
    await computer.arrive(computer.say('account.title'));
    await browser.close();
  });
});
