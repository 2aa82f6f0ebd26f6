/** The very modules that the server runs, run by a browser: one is the device, the other the server. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type * as Protocol from '@sigillo/device-protocol';
import * as server from '@sigillo/device-protocol';
import vectors from '@sigillo/device-protocol/vectors.json' with { type: 'json' };
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './support/browser.ts';

declare global {
  interface Window {
    protocol: typeof Protocol;
  }
}

/** A secure context without a server: Chromium trusts this host, and we answer for it. */
const ORIGIN = 'http://localhost:8081';
const ISSUER = 'http://localhost:8080';
const PAGE = `<!doctype html><title>Device</title>
<script type="importmap">{"imports":{"@sigillo/otp":"/packages/otp/src/index.ts"}}</script>
<script type="module">import * as protocol from '/packages/device-protocol/src/index.ts'; window.protocol = protocol;</script>`;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.route(`${ORIGIN}/**`, serveSources);
  await page.goto(ORIGIN);
  await page.waitForFunction(() => window.protocol);
});
afterAll(() => browser.close());

async function serveSources(route: Route): Promise<void> {
  const { pathname } = new URL(route.request().url());
  if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: PAGE });
  if (!/^\/packages\/[a-z-]+\/src\/[a-z0-9-]+\.ts$/.test(pathname)) return route.fulfill({ status: 404 });
  const source = readFileSync(new URL(`../..${pathname}`, import.meta.url), 'utf8');
  return route.fulfill({ contentType: 'text/javascript', body: stripTypeScriptTypes(source) });
}

test('a browser pairs, and the server knows both keys', async () => {
  const proof = await page.evaluate(async (issuer) => {
    const { newDeviceKeys, newApprovalKey, newTypedCode, PAIRING_CODE, signMessage, thumbprint } =
      window.protocol;
    const keys = await newDeviceKeys();
    const approval = await newApprovalKey(keys);
    const code = newTypedCode(PAIRING_CODE);
    const message = {
      issuer,
      issuerKey: null,
      code,
      deviceKey: keys.devicePublicKey,
      approvalKey: approval.publicKey,
    };
    const byA = { key: approval.signingKey, keyId: await thumbprint(approval.publicKey) };
    return {
      code,
      byDevice: await signMessage('sigillo-pairing', message, {
        key: keys.deviceKey,
        keyId: keys.deviceKeyId,
      }),
      byApproval: await signMessage('sigillo-pairing', message, byA),
    };
  }, ISSUER);
  const { code, ...signed } = proof;
  const verification = await server.verifyPairing(signed, { issuer: ISSUER, issuerKey: null, code });
  expect(verification).toMatchObject({ verified: true });
});

test('a browser signs its requests, and the server knows whose they are', async () => {
  const nonce = server.newNonce(Date.now());
  const sent = await page.evaluate(
    async ([url, by]) => {
      const { newDeviceKeys, signRequest, utf8Encode } = window.protocol;
      const { deviceKey, devicePublicKey } = await newDeviceKeys();
      const request = { method: 'POST', url, body: utf8Encode('{}') };
      return { devicePublicKey, headers: await signRequest(request, { deviceKey, keyId: 'd1', nonce: by }) };
    },
    [`${ISSUER}/device/unlock`, nonce] as const,
  );
  const received = {
    method: 'POST',
    authority: new URL(ISSUER).host,
    target: '/device/unlock',
    headers: sent.headers,
    body: server.utf8Encode('{}'),
  };
  const findKey = async () => sent.devicePublicKey;
  const verification = await server.verifyRequest(received, {
    findKey,
    nowMs: Date.now(),
    windowSeconds: 60,
  });
  expect(verification).toMatchObject({ verified: true, keyId: 'd1', nonce });
});

test('[PUSH-5] a browser unlocks by the server’s share, and the key that it gets cannot be read', async () => {
  const shareKeys = [server.newShareKey(), server.newShareKey()] as const;
  const paired = await page.evaluateHandle(async () => {
    const keys = await window.protocol.newDeviceKeys();
    return { keys, approval: await window.protocol.newApprovalKey(keys) };
  });
  const x = await paired.evaluate(async ({ keys }) =>
    Array.from(await window.protocol.unlockInput(keys, { code: '739164' })),
  );
  const answer = {
    generation: 0,
    share: server.hexEncode(await server.serverShare(shareKeys[0], Uint8Array.from(x))),
    nextShare: server.hexEncode(await server.serverShare(shareKeys[1], Uint8Array.from(x))),
  };
  const outcomes = await paired.evaluate(async ({ keys, approval }, { generation, share, nextShare }) => {
    const { hexDecode, sealApprovalKey, unlock } = window.protocol;
    const given = {
      generation,
      share: hexDecode(share) ?? new Uint8Array(),
      nextShare: hexDecode(nextShare) ?? new Uint8Array(),
    };
    const stored = await sealApprovalKey(keys, { code: '739164' }, approval, given);
    const right = await unlock(keys, { code: '739164' }, stored, given);
    const wrong = await unlock(keys, { code: '739165' }, stored, given);
    const exported =
      right.unlocked && (await crypto.subtle.exportKey('pkcs8', right.signingKey).catch(() => 'refused'));
    return { right: right.unlocked, wrong: wrong.unlocked, exported };
  }, answer);
  expect(outcomes).toEqual({ right: true, wrong: false, exported: 'refused' });
});

test('the vectors hold in a browser', async () => {
  const { byCode, generation } = vectors.unlock;
  const opened = await page.evaluate(
    async ([{ keys: given, seed, messages }, way, at]) => {
      const { hexDecode, hexEncode, uncoverSeed, unlock, unlockInput, verifyMessage } = window.protocol;
      const raw = (hex: string) => hexDecode(hex) ?? new Uint8Array();
      const { subtle } = crypto;
      const p256 = { name: 'ECDSA', namedCurve: 'P-256' };
      const { x, y } = given.deviceKey;
      const keys = {
        deviceKey: await subtle.importKey('jwk', given.deviceKey, p256, false, ['sign']),
        devicePublicKey: { crv: 'P-256', kty: 'EC', x, y } as const,
        deviceKeyId: given.deviceKeyId,
        localKey: await subtle.importKey(
          'raw',
          raw(given.localKey),
          { name: 'HMAC', hash: 'SHA-256' },
          false,
          ['sign'],
        ),
        wrappingKey: await subtle.importKey('raw', raw(given.wrappingKey), 'AES-GCM', false, [
          'wrapKey',
          'unwrapKey',
        ]),
      };
      const stored = way.sealed.map((one) => ({ generation: one.generation, blob: raw(one.blob) }));
      const answer = { generation: at, share: raw(way.share), nextShare: raw(way.nextShare) };
      const refusal = messages.find(({ type }) => type === 'sigillo-refusal');
      const verified = await verifyMessage(
        'sigillo-refusal',
        refusal?.jws ?? '',
        keys.devicePublicKey,
        refusal?.message as never,
      );
      return {
        x: hexEncode(await unlockInput(keys, { code: way.code })),
        unlocked: (await unlock(keys, { code: way.code }, stored, answer)).unlocked,
        seed: hexEncode(await uncoverSeed(keys, seed.code, raw(seed.covered))),
        verified: verified.verified,
      };
    },
    [vectors, byCode, generation] as const,
  );
  expect(opened).toEqual({ x: byCode.x, unlocked: true, seed: vectors.seed.seed, verified: true });
});
