/** Accounts from QR codes: before the camera, in a picture, from the clipboard. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  APP_LOOKS,
  expectOathCode,
  keyUriOf,
  newService,
  oathtool,
  openAuthenticator,
  rowOf,
} from './support/authenticator.ts';
import { launchBrowser } from './support/browser.ts';
import { isPhone } from './support/looks.ts';
import { filmQrCode, qrPicture } from './support/qr-pictures.ts';
import { openStage, type Stage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

const filmed = newService('Comune di Città');
let folder: string;
let stage: Stage;
/** The same product, seen by a browser that has a camera. */
let filmStage: Stage;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigillo-film-'));
  const film = join(folder, 'film.y4m');
  await filmQrCode(keyUriOf(filmed), film);
  stage = await openStage();
  const camera = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
  // Somebody who lets the page use it.
  filmStage = { ...stage, browser: await launchBrowser([...camera, '--use-fake-ui-for-media-stream']) };
});
afterAll(async () => {
  await filmStage.browser.close();
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe.each(APP_LOOKS)('in $language at $width px', (look) => {
  oathtool.describe('scanned', () => {
    test('the camera sees a QR code, and its account is added after a look at it', async () => {
      const visitor = await openAuthenticator(filmStage, look);
      const { page, say } = visitor;
      await visitor.press(say('authenticator.scan'));
      await visitor.arrive(say('authenticator.confirm-title', { count: 1 }));
      await visitor.read(filmed.account);
      await visitor.press(say('authenticator.add-count', { count: 1 }));
      await visitor.arrive(say('authenticator.codes-title'));
      await expectOathCode(visitor, filmed);
      const isFree = await page.evaluate(() => document.querySelector('video') === null);
      expect(isFree).toBe(true);
    });

    test('without a camera a picture does, chosen or pasted', async () => {
      const visitor = await openAuthenticator(stage, look);
      const { page, say } = visitor;
      const [chosen, pasted] = [newService(), newService()];
      await visitor.press(say('authenticator.scan'));
      await visitor.read(say('authenticator.camera-missing'));
      await choosePicture(visitor, await qrPicture(keyUriOf(chosen)));
      await visitor.press(say('authenticator.add-count', { count: 1 }));
      await visitor.arrive(say('authenticator.codes-title'));
      await expectOathCode(visitor, chosen);

      await visitor.press(say('authenticator.add'));
      await visitor.arrive(say('authenticator.scan-title'));
      const picture = (await qrPicture(keyUriOf(pasted))).toString('base64');
      await page.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const blob = new Blob([bytes], { type: 'image/png' });
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
      }, picture);
      await page.keyboard.press('ControlOrMeta+V');
      await visitor.press(say('authenticator.add-count', { count: 1 }));
      await visitor.arrive(say('authenticator.codes-title'));
      await expectOathCode(visitor, pasted);
    });
  });

  // What follows depends on neither language nor width.
  if (isPhone(look)) return;

  test('a picture without a code, another kind of code and another kind of file are told apart', async () => {
    const visitor = await openAuthenticator(stage, look);
    const { say } = visitor;
    await visitor.press(say('authenticator.scan'));
    await choosePicture(visitor, await qrPicture('https://example.org/'));
    await visitor.read(say('authenticator.scan-unknown'));
    await choosePicture(visitor, EMPTY_PNG);
    await visitor.read(say('authenticator.picture-empty'));
    await choosePicture(visitor, randomBytes(2000));
    await visitor.read(say('authenticator.picture-unreadable'));
  });

  test('an export of Google Authenticator brings all its accounts, each once', async () => {
    const visitor = await openAuthenticator(stage, look);
    const { say, page } = visitor;
    const accounts = ['uno', 'due'].map((name) =>
      field(1, [...field(1, [...randomBytes(20)]), ...field(2, [...Buffer.from(name)]), 0x30, 2]),
    );
    const uri = `otpauth-migration://offline?data=${encodeURIComponent(Buffer.from(accounts.flat()).toString('base64'))}`;
    await visitor.press(say('authenticator.scan'));
    await choosePicture(visitor, await qrPicture(uri));
    await visitor.arrive(say('authenticator.confirm-title', { count: 2 }));
    await visitor.press(say('authenticator.add-count', { count: 2 }));
    await visitor.read(say('authenticator.added', { count: 2 }));
    await rowOf(visitor, { account: 'due' }).waitFor();
    await visitor.press(say('authenticator.add'));
    await choosePicture(visitor, await qrPicture(uri));
    await visitor.read(say('authenticator.all-known', { count: 2 }));
    expect(await page.getByText(say('authenticator.known'), { exact: true }).count()).toBe(2);
  });
});

/** One white point. */
const EMPTY_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
  'base64',
);

/** A byte string of a protocol buffer. */
const field = (number: number, bytes: number[]) => [number * 8 + 2, bytes.length, ...bytes];

async function choosePicture({ page, say }: Visitor, buffer: Buffer): Promise<void> {
  const input = page.getByLabel(say('authenticator.choose-picture'), { exact: true });
  await input.setInputFiles({ name: 'qr.png', mimeType: 'image/png', buffer });
}
