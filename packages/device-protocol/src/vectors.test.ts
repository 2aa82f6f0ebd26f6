/** What we make of the vectors; `vectors-judged.test.ts` asks OpenSSL the same. */
import { beforeAll, describe, expect, test } from 'vitest';
import vectors from '../vectors.json' with { type: 'json' };
import {
  type Bytes,
  type DeviceKeys,
  type Expected,
  hexDecode,
  hexEncode,
  lengthPrefixed,
  type MessageType,
  nonceTimeMs,
  openSeed,
  type PublicJwk,
  type QrContent,
  readQr,
  readTypedCode,
  serverShare,
  signMessage,
  textDigest,
  thumbprint,
  uncoverSeed,
  unlock,
  unlockCodeWeaknesses,
  unlockInput,
  utf8Encode,
  verifyMessage,
  verifyPairing,
  verifyRequest,
  writeQr,
  writeTypedCode,
} from './index.ts';

const bytes = (hex: string): Bytes => hexDecode(hex) ?? new Uint8Array();
const publicPart = ({ x, y }: { x: string; y: string }): PublicJwk => ({ crv: 'P-256', kty: 'EC', x, y });
const devicePublicKey = publicPart(vectors.keys.deviceKey);
const approvalPublicKey = publicPart(vectors.keys.approvalKey);

let keys: DeviceKeys;
beforeAll(async () => {
  const { deviceKey, localKey, wrappingKey, deviceKeyId } = vectors.keys;
  const { subtle } = crypto;
  const p256 = { name: 'ECDSA', namedCurve: 'P-256' };
  keys = {
    deviceKey: await subtle.importKey('jwk', deviceKey, p256, false, ['sign']),
    devicePublicKey,
    deviceKeyId,
    localKey: await subtle.importKey('raw', bytes(localKey), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ]),
    wrappingKey: await subtle.importKey('raw', bytes(wrappingKey), 'AES-GCM', false, [
      'wrapKey',
      'unwrapKey',
    ]),
  };
});

test('encodings', async () => {
  const { parts, bytes: prefixed } = vectors.encoding.lengthPrefixed;
  expect(hexEncode(lengthPrefixed(...parts))).toBe(prefixed);
  expect(await textDigest(vectors.encoding.textDigest.text)).toBe(vectors.encoding.textDigest.digest);
});

test('key ids', async () => {
  expect(await thumbprint(devicePublicKey)).toBe(vectors.keys.deviceKeyId);
  expect(await thumbprint(approvalPublicKey)).toBe(vectors.keys.approvalKeyId);
});

test.each(vectors.requests)('request $method $url', async ({ method, url, body, headers, nonce, keyId }) => {
  const { host, origin, href } = new URL(url);
  const request = {
    method,
    authority: host,
    target: href.slice(origin.length),
    headers,
    body: utf8Encode(body),
  };
  const nowMs = nonceTimeMs(nonce) ?? 0;
  const verification = await verifyRequest(request, {
    findKey: async () => devicePublicKey,
    nowMs,
    windowSeconds: 1,
  });
  expect(verification).toEqual({ verified: true, keyId, nonce, created: Math.floor(nowMs / 1000) });
});

test.each(vectors.messages)('message $type by $signer', async ({ type, signer, message, jws, payload }) => {
  const key = signer === 'device' ? devicePublicKey : approvalPublicKey;
  const expected = message as unknown as Expected<MessageType>;
  expect(await verifyMessage(type as MessageType, jws, key, expected)).toEqual({ verified: true, message });
  expect(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()).toBe(payload);

  // Header and payload are written the same again; the signature of ECDSA is another each time.
  const by = {
    key: keys.deviceKey,
    keyId: signer === 'device' ? keys.deviceKeyId : vectors.keys.approvalKeyId,
  };
  const again = await signMessage(type as MessageType, message as never, by);
  expect(again.split('.').slice(0, 2)).toEqual(jws.split('.').slice(0, 2));
});

test('pairing', async () => {
  const [byDevice, byApproval] = vectors.messages.filter(({ type }) => type === 'sigillo-pairing');
  const { issuer = '', issuerKey = '', code = '' } = byDevice?.message ?? {};
  const proof = { byDevice: byDevice?.jws ?? '', byApproval: byApproval?.jws ?? '' };
  expect(await verifyPairing(proof, { issuer, issuerKey, code })).toMatchObject({ verified: true });
});

describe('unlock', () => {
  const { byCode, byPrf, generation, inner, shareKeys } = vectors.unlock;
  const ways = [
    { name: 'by code', secret: { code: byCode.code }, way: byCode },
    { name: 'by PRF', secret: { prf: bytes(byPrf.prf) }, way: byPrf },
  ];
  test.each(ways)('$name', async ({ secret, way }) => {
    const x = await unlockInput(keys, secret);
    expect(hexEncode(x)).toBe(way.x);
    const shares = await Promise.all(shareKeys.map((key) => serverShare(bytes(key), x)));
    expect(shares.map(hexEncode)).toEqual([way.share, way.nextShare]);

    const stored = way.sealed.map((one) => ({ generation: one.generation, blob: bytes(one.blob) }));
    for (const [share, at] of [
      [way.share, generation],
      [way.nextShare, generation + 1],
    ] as const) {
      const answer = { generation: at, share: bytes(share), nextShare: bytes(share) };
      const opened = await unlock(keys, secret, stored, answer);
      if (!opened.unlocked) throw new Error(opened.reason);
      expect(hexEncode(opened.inner)).toBe(inner);
      const message = {
        issuer: 'https://id.example.org',
        device: 'd',
        nonce: '01ba3a3a-0400-7abc-8def-0123456789ab',
        generation,
      };
      const jws = await signMessage('sigillo-unlock-confirmation', message, {
        key: opened.signingKey,
        keyId: vectors.keys.approvalKeyId,
      });
      const verification = await verifyMessage(
        'sigillo-unlock-confirmation',
        jws,
        approvalPublicKey,
        message,
      );
      expect(verification.verified).toBe(true);
    }
  });
});

test('seed', async () => {
  const { seed, code, covered, otherCode, uncoveredByOther, prf, sealed } = vectors.seed;
  expect(hexEncode(await uncoverSeed(keys, code, bytes(covered)))).toBe(seed);
  expect(hexEncode(await uncoverSeed(keys, otherCode, bytes(covered)))).toBe(uncoveredByOther);
  expect(hexEncode((await openSeed(keys, bytes(prf), bytes(sealed))) ?? new Uint8Array())).toBe(seed);
});

test.each(vectors.qr)('QR text to $content.kind', ({ app, content, text }) => {
  expect(writeQr(app, content as QrContent)).toBe(text);
  expect(readQr(app, text)).toEqual(content);
});

test.each(vectors.typedCodes)('typed code of $symbols symbols', ({ code, written, ...format }) => {
  expect(writeTypedCode(code, format)).toBe(written);
  expect(readTypedCode(written, format)).toBe(code);
});

test.each(vectors.unlockCodes)('unlock code $code', ({ code, weaknesses }) => {
  expect(unlockCodeWeaknesses(code)).toEqual(weaknesses);
});
