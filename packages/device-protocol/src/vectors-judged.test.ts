/** OpenSSL, by way of node:crypto, judges the vectors from the words of docs/device-protocol.md: none of our code. */
import {
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createVerify,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import vectors from '../vectors.json' with { type: 'json' };

const hex = (text: string) => Buffer.from(text, 'hex');
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const hmac = (key: Buffer, message: Buffer) => createHmac('sha256', key).update(message).digest();
const hkdf = (secret: Buffer, salt: Buffer, info: Buffer, length: number) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length));

/** Every part after its length in four bytes. */
function lp(...parts: (string | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.byteLength(part));
      return [length, Buffer.from(part as Buffer)];
    }),
  );
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function openGcm(key: Buffer, sealed: Buffer, associatedData: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAAD(associatedData).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}

function isSigned(key: KeyObject, data: string, signature: Buffer): boolean {
  return createVerify('sha256').update(data).verify({ key, dsaEncoding: 'ieee-p1363' }, signature);
}

const { deviceKeyId, localKey, wrappingKey } = vectors.keys;
const L = hex(localKey);
const W = hex(wrappingKey);
const D = createPublicKey({ key: vectors.keys.deviceKey, format: 'jwk' });
const A = createPublicKey({ key: vectors.keys.approvalKey, format: 'jwk' });

test('key ids are thumbprints', () => {
  for (const [key, id] of [
    [D, deviceKeyId],
    [A, vectors.keys.approvalKeyId],
  ] as const) {
    const { x, y } = key.export({ format: 'jwk' });
    expect(sha256(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`).toString('base64url')).toBe(id);
  }
});

test.each(vectors.requests)('request $method $url', ({ method, url, body, base, headers }) => {
  const { host, pathname, search } = new URL(url);
  const lines = [
    `"@method": ${method}`,
    `"@authority": ${host}`,
    `"@path": ${pathname}`,
    `"@query": ${search || '?'}`,
  ];
  if (body) lines.push(`"content-digest": sha-256=:${sha256(body).toString('base64')}:`);
  lines.push(`"@signature-params": ${headers['signature-input'].slice('sigillo='.length)}`);
  expect(lines.join('\n')).toBe(base);

  const signature = Buffer.from(headers.signature.slice('sigillo=:'.length, -1), 'base64');
  expect(isSigned(D, base, signature)).toBe(true);
  expect(isSigned(D, `${base} `, signature)).toBe(false);
});

test.each(vectors.messages)('message $type by $signer', ({ type, signer, message, payload, jws }) => {
  const [head = '', body = '', signature = ''] = jws.split('.');
  const kid = signer === 'device' ? deviceKeyId : vectors.keys.approvalKeyId;
  expect(Buffer.from(head, 'base64url').toString()).toBe(`{"alg":"ES256","kid":"${kid}","typ":"${type}"}`);
  expect(Buffer.from(body, 'base64url').toString()).toBe(payload);
  expect(JSON.parse(payload)).toEqual(message);

  const key = signer === 'device' ? D : A;
  expect(isSigned(key, `${head}.${body}`, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(isSigned(key, `${head}.${body}A`, Buffer.from(signature, 'base64url'))).toBe(false);
});

describe('unlock', () => {
  const { byCode, byPrf, generation, inner, shareKeys } = vectors.unlock;
  const ways = [
    { name: 'code', typed: Buffer.from(byCode.code), way: byCode },
    { name: 'prf', typed: hex(byPrf.prf), way: byPrf },
  ];

  test.each(ways)('by $name', ({ name, typed, way }) => {
    const x = hmac(L, lp(`sigillo-device-1 unlock ${name}`, typed));
    expect(x.toString('hex')).toBe(way.x);
    expect(shareKeys.map((key) => hmac(hex(key), x).toString('hex'))).toEqual([way.share, way.nextShare]);

    const local = hmac(L, lp(`sigillo-device-1 kek ${name}`, typed));
    const opened = way.sealed.map((sealed, i) => {
      const share = hmac(hex(shareKeys[i] ?? ''), x);
      const at = uint32(generation + i);
      const info = lp('sigillo-device-1 kek', deviceKeyId, at);
      const kek = hkdf(Buffer.concat([share, local]), Buffer.alloc(0), info, 32);
      if (i === 0) expect(kek.toString('hex')).toBe(way.kek);
      return openGcm(kek, hex(sealed.blob), lp('sigillo-device-1 approval key outer', deviceKeyId, at));
    });
    expect(opened.map((one) => one.toString('hex'))).toEqual([inner, inner]);
  });

  test('the inner layer is PKCS #8 of the approval key', () => {
    const der = openGcm(W, hex(inner), lp('sigillo-device-1 approval key inner', deviceKeyId));
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    expect(key.export({ format: 'jwk' })).toEqual(vectors.keys.approvalKey);
    expect(() => openGcm(W, hex(inner), lp('sigillo-device-1 approval key inner'))).toThrow();
  });
});

test('seed', () => {
  const { seed, code, covered, otherCode, uncoveredByOther, prf, sealed } = vectors.seed;
  const uncover = (typed: string) => {
    const secret = hmac(L, lp('sigillo-device-1 seed code', typed));
    const [salt, masked] = [hex(covered).subarray(0, 32), hex(covered).subarray(32)];
    const mask = hkdf(secret, salt, lp('sigillo-device-1 seed mask', deviceKeyId), masked.length);
    return masked.map((byte, i) => byte ^ (mask[i] ?? 0));
  };
  expect(Buffer.from(uncover(code)).toString('hex')).toBe(seed);
  expect(Buffer.from(uncover(otherCode)).toString('hex')).toBe(uncoveredByOther);

  const secret = Buffer.concat([hex(prf), hmac(L, lp('sigillo-device-1 seed prf'))]);
  const place = lp('sigillo-device-1 seed key', deviceKeyId);
  const key = hkdf(secret, Buffer.alloc(0), place, 32);
  expect(openGcm(key, hex(sealed), place).toString('hex')).toBe(seed);
});
