/** The app without a network, and what it keeps for that. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  APP_LOOKS,
  expectOathCode,
  newService,
  oathtool,
  openAuthenticator,
  typeAccount,
} from './support/authenticator.ts';
import { openStage, type Stage } from './support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each(APP_LOOKS)('in $language at $width px', (look) => {
  oathtool.describe('offline', () => {
    test('the app starts and shows codes, and further accounts are added', async () => {
      const visitor = await openAuthenticator(stage, look);
      const { page, say } = visitor;
      const [before, after] = [newService(), newService()];
      await typeAccount(stage, visitor, before);
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      await page.reload();
      // Shown as it was, and asked for anew in vain.
      visitor.expectSilence(/\/brand\.css$/);
      await page.context().setOffline(true);
      await page.reload();
      await visitor.arrive(say('authenticator.codes-title'));
      await expectOathCode(visitor, before);
      await typeAccount(stage, visitor, after);
      await expectOathCode(visitor, after);
      for (const place of ['scan', 'export', 'import', 'settings', 'about'])
        await visitor.go(`${stage.product.authenticator}/${place}`);
      await visitor.arrive(say('authenticator.about-title'));
    });
  });
});

test('[WEB-1] the service worker keeps the files of the app and nothing else', async () => {
  const visitor = await openAuthenticator(stage, { language: 'en', width: 1440 });
  const { page } = visitor;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  visitor.expectRefusal(404, '/device/challenges');
  visitor.expectRefusal(404, '/nowhere');
  await page.evaluate(async () => {
    for (const path of ['/device/challenges', '/nowhere', '/healthz']) await fetch(path);
  });
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  const isStatic =
    /^\/(|brand\.css|installation\.json|brand\/logo\.svg|assets\/[\w.-]+-[\w-]{8}\.(js|css|woff2|svg|wasm))$/;
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.filter((path) => !isStatic.test(path))).toEqual([]);
});

test('[WEB-1] every answer of its origin carries the strict headers', async () => {
  const { authenticator, issuer } = stage.product;
  for (const path of [
    '/',
    '/codes',
    '/nowhere',
    '/service-worker.js',
    '/manifest.webmanifest',
    '/brand.css',
  ]) {
    const answer = await fetch(authenticator + path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(answer.status).toBe(path === '/nowhere' ? 404 : 200);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain(`connect-src 'self' ${issuer};`);
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=(self)'),
    });
  }
  expect((await fetch(authenticator, { method: 'POST' })).status).toBe(405);
});
