import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import { base64urlDecode } from './base64.ts';
import { isPublicJwk, newApprovalKey, newDeviceKeys, type PublicJwk, thumbprint } from './index.ts';
import { importPublicKey, isSignedBy } from './public-key.ts';

/** RFC 7515 appendix A.3. */
const RFC_7515_A3 = {
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  } as const,
  signingInput:
    'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ',
  signature: 'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
};

test('the ES256 signature of RFC 7515 appendix A.3 is genuine, and no longer when a bit changes', async () => {
  const { key, signingInput, signature } = RFC_7515_A3;
  const bytes = base64urlDecode(signature) as Uint8Array<ArrayBuffer>;
  expect(await isSignedBy(key, bytes, signingInput)).toBe(true);
  expect(await isSignedBy(key, bytes, `${signingInput}x`)).toBe(false);
  expect(await isSignedBy(key, bytes.with(63, (bytes[63] ?? 0) ^ 1), signingInput)).toBe(false);
  expect(await isSignedBy(key, bytes.slice(0, 63), signingInput)).toBe(false);
  expect(await isSignedBy(key, new Uint8Array(64), signingInput)).toBe(false);
});

test('thumbprints are those of RFC 7638, as jose makes them', async () => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  const jwk = (await exportJWK(pair.publicKey)) as unknown as PublicJwk;
  expect(await thumbprint(jwk)).toBe(await calculateJwkThumbprint({ ...jwk }));
});

test('a public key has four members and is a point of the curve', async () => {
  const { key } = RFC_7515_A3;
  expect(isPublicJwk(key)).toBe(true);
  expect(isPublicJwk({ ...key, d: key.x })).toBe(false);
  expect(isPublicJwk({ ...key, crv: 'P-384' })).toBe(false);
  expect(isPublicJwk({ ...key, x: 'AAAA' })).toBe(false);
  expect(isPublicJwk([key])).toBe(false);
  expect(await importPublicKey({ ...key, y: key.x })).toBeUndefined();
});

test('[PUSH-3] no private or secret key that a device keeps can be read', async () => {
  const keys = await newDeviceKeys();
  const { signingKey } = await newApprovalKey(keys);
  const formats = { deviceKey: 'pkcs8', localKey: 'raw', wrappingKey: 'raw' } as const;
  for (const [name, format] of Object.entries(formats)) {
    const key = keys[name as keyof typeof formats];
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey(format, key)).rejects.toThrow();
  }
  expect(signingKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('pkcs8', signingKey)).rejects.toThrow();
  await expect(
    crypto.subtle.wrapKey('pkcs8', signingKey, keys.wrappingKey, { name: 'AES-GCM', iv: new Uint8Array(12) }),
  ).rejects.toThrow();
});
