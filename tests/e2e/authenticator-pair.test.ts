/** Linking by the code of an account page: before the camera, from a telephone's own camera, typed; used, forged. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newTypedCode, PAIRING_CODE } from '@sigillo/device-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpBrowser } from '../setup/http-browser.ts';
import { APP_LOOKS, openAuthenticator } from './support/authenticator.ts';
import { launchBrowser } from './support/browser.ts';
import type { Holder } from './support/holders.ts';
import { chooseUnlockCode, nameAccount } from './support/linking.ts';
import { filmQrCode } from './support/qr-pictures.ts';
import { openStage, type Stage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

interface Pairing {
  id: string;
  text: string;
  code: string;
}

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

/** What the account page of somebody who is signed in shows. */
async function startPairing(holder: Holder): Promise<Pairing> {
  const browser = new HttpBrowser(stage.product.issuer);
  const { email: identifier, password } = holder;
  const { body } = await browser.post<{ ceremony: { id: string } }>('/api/sign-in/password', {
    identifier,
    password,
  });
  await browser.post('/api/sign-in/finish', { ceremony: body.ceremony.id });
  const started = await browser.post<{ pairing: Pairing }>('/api/account/devices/pairings');
  return started.body.pairing;
}

/** From "Link this account?" to the start screen. */
async function finish(visitor: Visitor, holder: Holder): Promise<void> {
  const { page, say } = visitor;
  await visitor.arrive(say('linked.confirm-title'));
  await page.locator('.facts').getByText('@example.org').waitFor();
  expect(await page.locator('.facts').textContent()).not.toContain(holder.email);
  await visitor.press(say('linked.confirm'));
  await visitor.arrive(say('linked.name-title'));
  await nameAccount(visitor, 'Casa');
  await chooseUnlockCode(visitor);
  await page.getByText(holder.email).waitFor();
}

describe.each(APP_LOOKS)('in $language at $width px', (look) => {
  test('[C6] the app’s camera sees the code of the account page', async () => {
    const holder = await stage.holder();
    const { text } = await startPairing(holder);
    const film = join(folder, `${look.width}.y4m`);
    await filmQrCode(text, film);
    const camera = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
    const browser = await launchBrowser([...camera, '--use-fake-ui-for-media-stream']);
    const visitor = await openAuthenticator({ ...stage, browser }, look);
    await visitor.press(visitor.say('authenticator.scan'));
    await finish(visitor, holder);
    await browser.close();
  });

  test('the telephone’s camera opens the app; a code is used once', async () => {
    const holder = await stage.holder();
    const { text } = await startPairing(holder);
    const visitor = await openAuthenticator(stage, look);
    await visitor.go(text);
    await finish(visitor, holder);

    const other = await openAuthenticator(stage, look);
    other.expectRefusal(410, '/device/pairings/look');
    await other.go(text);
    await other.read(other.say('linked.problem-pairing-gone'));
  });

  test('without a camera the code is typed; a slip is told before it is sent', async () => {
    const holder = await stage.holder();
    const { code } = await startPairing(holder);
    const visitor = await openAuthenticator(stage, look);
    const { say } = visitor;
    await visitor.press(say('linked.link-mine'));
    await visitor.press(say('linked.by-code'));
    await visitor.arrive(say('linked.type-title'));
    const last = code.at(-1) === '7' ? '8' : '7';
    await visitor.fill(say('linked.type-code'), `${code.slice(0, -1)}${last}`);
    await visitor.press(say('linked.next'));
    await visitor.read(say('linked.type-wrong'));
    await visitor.fill(say('linked.type-code'), code.toLowerCase());
    await visitor.press(say('linked.next'));
    await finish(visitor, holder);
  });

  test('a code that names a key the service does not have is not trusted', async () => {
    const holder = await stage.holder();
    const { text } = await startPairing(holder);
    const visitor = await openAuthenticator(stage, look);
    const key = new URLSearchParams(new URL(text).hash.slice(1)).get('key') ?? '';
    await visitor.go(text.replace(key, 'A'.repeat(key.length)));
    await visitor.read(visitor.say('linked.forged-title'));
    // And one of another service is none of this app's.
    const issuer = encodeURIComponent('https://id.example.net');
    const code = newTypedCode(PAIRING_CODE);
    await visitor.go('about:blank');
    await visitor.go(`${stage.product.authenticator}/#do=pair&v=1&issuer=${issuer}&code=${code}&key=${key}`);
    await visitor.read(visitor.say('linked.other-service-title'));
  });
});
