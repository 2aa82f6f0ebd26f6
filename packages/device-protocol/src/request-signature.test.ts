import {
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
} from 'node:crypto';
import fc from 'fast-check';
import { httpbis } from 'http-message-signatures';
import { beforeAll, expect, test } from 'vitest';
import { base64Decode } from './base64.ts';
import { contentDigest } from './content-digest.ts';
import {
  type DeviceKeys,
  type IncomingRequest,
  newDeviceKeys,
  newNonce,
  nonceTimeMs,
  type OutgoingRequest,
  type PublicJwk,
  signRequest,
  utf8Encode,
  verifyRequest,
} from './index.ts';
import { isSignedBy } from './public-key.ts';
import { signatureBase } from './signature-base.ts';

const NOW_MS = 1_900_000_000_123;
const KEY_ID = 'AZk3-device_1';
const POST = {
  method: 'POST',
  url: 'https://ID.example.org:443/device/unlock?a=1&b=%20',
  body: utf8Encode('{"x":1}'),
};
let keys: DeviceKeys;
beforeAll(async () => {
  keys = await newDeviceKeys();
});

function signer(nowMs = NOW_MS) {
  return { deviceKey: keys.deviceKey, keyId: KEY_ID, nonce: newNonce(nowMs) };
}

/** The request as it arrives, signed. */
async function send(request: OutgoingRequest, by = signer()): Promise<IncomingRequest> {
  const { host, origin, href } = new URL(request.url);
  return {
    method: request.method,
    authority: host,
    target: href.slice(origin.length),
    headers: await signRequest(request, by),
    body: request.body ?? new Uint8Array(),
  };
}

const verify = (
  request: IncomingRequest,
  nowMs = NOW_MS,
  key: PublicJwk | undefined = keys.devicePublicKey,
) =>
  verifyRequest(request, {
    findKey: async (keyId) => (keyId === KEY_ID ? key : undefined),
    nowMs,
    windowSeconds: 60,
  });

const reasonOf = async (request: IncomingRequest, nowMs?: number) => {
  const verification = await verify(request, nowMs);
  return verification.verified ? 'verified' : verification.reason;
};

/** A request with one field written otherwise. */
const withField = (
  request: IncomingRequest,
  name: string,
  change: (value: string) => string | string[] | undefined,
) => ({
  ...request,
  headers: { ...request.headers, [name]: change(String(request.headers[name])) },
});

test('our signature base is that of RFC 9421 appendix B.2.4, and its ecc-p256 signature is genuine', async () => {
  const key = {
    kty: 'EC',
    crv: 'P-256',
    x: 'qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA',
    y: 'Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0',
  } as const;
  const base = signatureBase(
    [
      ['@status', '200'],
      ['content-type', 'application/json'],
      [
        'content-digest',
        'sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:',
      ],
      ['content-length', '23'],
    ],
    '("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"',
  );
  const signature = base64Decode(
    'wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==',
  );
  expect(await isSignedBy(key, signature as Uint8Array<ArrayBuffer>, base)).toBe(true);
  expect(await isSignedBy(key, signature as Uint8Array<ArrayBuffer>, base.replace('200', '201'))).toBe(false);
});

test('the digests of RFC 9530 appendix D come out', async () => {
  expect(await contentDigest(utf8Encode('{"hello": "world"}\n'))).toBe(
    'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
  );
});

test('a signed request says who signed it, when and by which nonce', async () => {
  const by = signer();
  expect(await verify(await send(POST, by))).toEqual({
    verified: true,
    keyId: KEY_ID,
    nonce: by.nonce,
    created: Math.floor(NOW_MS / 1000),
  });
  for (const url of [
    'https://id.example.org',
    'https://id.example.org/device?',
    'http://localhost:8080/d/?q=?',
  ]) {
    expect(await reasonOf(await send({ method: 'GET', url }))).toBe('verified');
  }
});

test('an independent library accepts what we sign, and refuses it when a byte changes', async () => {
  const key = createPublicKey({ key: { ...keys.devicePublicKey }, format: 'jwk' });
  const judge = (request: { method: string; url: string; headers: Record<string, string> }) =>
    httpbis.verifyMessage(
      {
        keyLookup: async ({ keyid }) => ({
          id: String(keyid),
          algs: ['ecdsa-p256-sha256'],
          verify: async (data, signature) =>
            createVerify('sha256').update(data).verify({ key, dsaEncoding: 'ieee-p1363' }, signature),
        }),
      },
      request,
    );
  for (const request of [POST, { method: 'GET', url: 'http://localhost:8080/device/live' }]) {
    const headers = await signRequest(request, { ...signer(), nonce: newNonce(Date.now()) });
    expect(await judge({ ...request, headers })).toBe(true);
    expect(await judge({ ...request, url: `${request.url}x`, headers })).toBe(false);
  }
});

test('we accept what an independent library signs in our form', async () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const nonce = newNonce(NOW_MS);
  const digest = await contentDigest(POST.body);
  const signed = await httpbis.signMessage(
    {
      key: {
        id: KEY_ID,
        alg: 'ecdsa-p256-sha256',
        sign: async (data) =>
          createSign('sha256')
            .update(data)
            .sign({
              key: createPrivateKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' })),
              dsaEncoding: 'ieee-p1363',
            }),
      },
      name: 'sigillo',
      fields: ['@method', '@authority', '@path', '@query', 'content-digest'],
      params: ['created', 'nonce', 'keyid', 'alg', 'tag'],
      paramValues: { created: new Date(NOW_MS), nonce, tag: 'sigillo-device' },
    },
    { method: POST.method, url: POST.url, headers: { 'content-digest': digest } },
  );
  const { 'Signature-Input': input, Signature: signature } = signed.headers as Record<string, string>;
  const arrived = await send(POST);
  const theirs = { ...arrived, headers: { 'content-digest': digest, 'signature-input': input, signature } };
  const { crv, kty, x, y } = pair.publicKey.export({ format: 'jwk' });
  const verification = await verify(theirs, NOW_MS, { crv, kty, x, y } as PublicJwk);
  expect(verification).toMatchObject({ verified: true, nonce });
});

test('[PUSH-3] whatever the signature covers cannot be changed', async () => {
  const request = await send(POST);
  expect(await reasonOf(request)).toBe('verified');
  expect(await reasonOf({ ...request, method: 'PUT' })).toBe('signature');
  expect(await reasonOf({ ...request, authority: 'evil.example.org' })).toBe('signature');
  expect(await reasonOf({ ...request, target: '/device/other?a=1&b=%20' })).toBe('signature');
  expect(await reasonOf({ ...request, target: '/device/unlock?a=2&b=%20' })).toBe('signature');
  expect(await reasonOf({ ...request, body: utf8Encode('{"x":2}') })).toBe('digest');
  const other = await contentDigest(utf8Encode('{"x":2}'));
  const swapped = { ...withField(request, 'content-digest', () => other), body: utf8Encode('{"x":2}') };
  expect(await reasonOf(swapped)).toBe('signature');
});

test('a request is good for the window before and after its time, and no longer', async () => {
  const request = await send(POST);
  const second = Math.floor(NOW_MS / 1000) * 1000;
  expect(await reasonOf(request, second + 60_000)).toBe('verified');
  expect(await reasonOf(request, second - 60_000)).toBe('verified');
  expect(await reasonOf(request, second + 60_001)).toBe('outside-window');
  expect(await reasonOf(request, second - 60_001)).toBe('outside-window');
});

test('the time of the nonce is the time of the signature', async () => {
  const nonce = newNonce(NOW_MS);
  expect(nonceTimeMs(nonce)).toBe(NOW_MS);
  const request = await send(POST, { ...signer(), nonce });
  const other = newNonce(NOW_MS + 1000);
  expect(await reasonOf(withField(request, 'signature-input', (f) => f.replace(nonce, other)))).toBe(
    'malformed',
  );
  await expect(signRequest(POST, { ...signer(), nonce: 'x' })).rejects.toThrow(RangeError);
});

test('an unknown device is refused', async () => {
  expect(await reasonOf(await send(POST, { ...signer(), keyId: 'another' }))).toBe('unknown-key');
});

test.each<[string, string, (field: string) => string | string[] | undefined]>([
  ['no signature', 'signature', () => undefined],
  ['two signatures', 'signature', (f) => [f, f]],
  ['two signatures in one field', 'signature', (f) => `${f}, ${f}`],
  ['another label', 'signature-input', (f) => f.replace('sigillo=', 'sig1=')],
  ['a component less', 'signature-input', (f) => f.replace('"@query" ', '')],
  ['a component more', 'signature-input', (f) => f.replace('"@query"', '"@query" "date"')],
  [
    'components in another order',
    'signature-input',
    (f) => f.replace('"@method" "@authority"', '"@authority" "@method"'),
  ],
  ['a component with a parameter', 'signature-input', (f) => f.replace('"@path"', '"@path";req')],
  ['an expiry', 'signature-input', (f) => `${f};expires=1900000999`],
  ['another algorithm', 'signature-input', (f) => f.replace('ecdsa-p256-sha256', 'hmac-sha256')],
  ['another tag', 'signature-input', (f) => f.replace('sigillo-device', 'sigillo')],
  ['no tag', 'signature-input', (f) => f.replace(';tag="sigillo-device"', '')],
  ['a space', 'signature-input', (f) => f.replace(';nonce', '; nonce')],
  ['a time with zeros in front', 'signature-input', (f) => f.replace('created=', 'created=0')],
  ['a nonce in capitals', 'signature-input', (f) => f.replace(/nonce="[^"]*"/, (n) => n.toUpperCase())],
  ['no digest', 'content-digest', () => undefined],
  ['two digests', 'content-digest', (f) => [f, f]],
])('%s is malformed', async (_what, name, change) => {
  const request = await send(POST);
  expect(await reasonOf(withField(request, name, change))).toBe('malformed');
});

test('a body without a digest, a digest without a body, a fragment in the target are malformed', async () => {
  const get = await send({ method: 'GET', url: 'https://id.example.org/device' });
  expect(await reasonOf({ ...get, body: utf8Encode('x') })).toBe('malformed');
  expect(await reasonOf({ ...(await send(POST)), body: new Uint8Array() })).toBe('malformed');
  expect(await reasonOf({ ...get, target: '/device#x' })).toBe('malformed');
  expect(await reasonOf({ ...get, target: 'device' })).toBe('malformed');
});

test('nothing that is sent makes it throw, or pass', async () => {
  const request = await send(POST);
  const hostile = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constant(undefined),
    fc.array(fc.string()),
  );
  const field = fc.constantFrom('signature', 'signature-input', 'content-digest');
  await fc.assert(
    fc.asyncProperty(field, hostile, async (name, value) => {
      expect((await verify(withField(request, name, () => value as string))).verified).toBe(false);
    }),
  );
  const input = String(request.headers['signature-input']);
  await fc.assert(
    fc.asyncProperty(fc.nat(input.length - 1), fc.string({ maxLength: 2 }), async (at, piece) => {
      const changed = input.slice(0, at) + piece + input.slice(at + 1);
      if (changed !== input)
        expect((await verify(withField(request, 'signature-input', () => changed))).verified).toBe(false);
    }),
  );
});

test('nonces differ in 74 bits and are in the order of their times', () => {
  const nonces = Array.from({ length: 500 }, () => newNonce(NOW_MS));
  expect(new Set(nonces).size).toBe(500);
  for (const nonce of nonces)
    expect(nonce).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(newNonce(NOW_MS + 1) > newNonce(NOW_MS)).toBe(true);
  expect(new Set(nonces.map((nonce) => nonce.charAt(19))).size).toBe(4);
});
