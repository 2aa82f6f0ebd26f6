import fc from 'fast-check';
import { CompactSign, compactVerify, importJWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Approval,
  base64urlEncode,
  type DeviceKeys,
  type Expected,
  type Key,
  type Messages,
  type MessageType,
  newApprovalKey,
  newDeviceKeys,
  newNonce,
  type PublicJwk,
  randomBytes,
  signMessage,
  textDigest,
  thumbprint,
  utf8Encode,
  verifyMessage,
  verifyPairing,
} from './index.ts';

const issuer = 'https://id.example.org';
const digest = base64urlEncode(new Uint8Array(32).fill(7));
const question = {
  issuer,
  nonce: base64urlEncode(randomBytes(16)),
  account: '0b0f6a4e-8a5e-4c7e-9d4f-0e8d3b1c2a90',
  client: 'claims-portal',
  type: 'sign-in',
  operationDigest: digest,
  textDigest: base64urlEncode(new Uint8Array(32).fill(9)),
};
const approval: Approval = { ...question, decision: 'approved', number: '042', generation: 3 };
const nonce = newNonce(1_900_000_000_000);

let keys: DeviceKeys;
let approvalKey: { signingKey: Key; publicKey: PublicJwk };
let byA: { key: Key; keyId: string };
let byD: { key: Key; keyId: string };
let messages: Messages;

beforeAll(async () => {
  keys = await newDeviceKeys();
  approvalKey = await newApprovalKey(keys);
  byD = { key: keys.deviceKey, keyId: keys.deviceKeyId };
  byA = { key: approvalKey.signingKey, keyId: await thumbprint(approvalKey.publicKey) };
  messages = {
    'sigillo-pairing': {
      issuer,
      issuerKey: digest,
      code: '0123456789ABCDEFGHJKMNPQ',
      deviceKey: keys.devicePublicKey,
      approvalKey: approvalKey.publicKey,
    },
    'sigillo-approval': approval,
    'sigillo-refusal': { ...question, reason: 'not-me' },
    'sigillo-unlock': { issuer, device: 'd1', nonce, generation: 3, x: digest },
    'sigillo-unlock-confirmation': { issuer, device: 'd1', nonce, generation: 3 },
  };
});

const TYPES = [
  'sigillo-pairing',
  'sigillo-approval',
  'sigillo-refusal',
  'sigillo-unlock',
  'sigillo-unlock-confirmation',
] as const;

/** What the server expects: here, all of the message. */
const verify = (type: MessageType, jws: string, key = approvalKey.publicKey) =>
  verifyMessage(type, jws, key, messages[type] as Expected<MessageType>);

/** A JWS of ours written by jose, with whatever header and payload. */
const forge = (header: Record<string, unknown>, payload: string) =>
  new CompactSign(utf8Encode(payload))
    .setProtectedHeader({ alg: 'ES256', kid: byA.keyId, typ: 'sigillo-approval', ...header })
    .sign(byA.key, { crit: { urn: true } });

test.each(TYPES)('%s is read as it was signed', async (type) => {
  const jws = await signMessage(type, messages[type], byA);
  expect(await verify(type, jws)).toEqual({ verified: true, message: messages[type] });
  expect(await verify(type, jws, keys.devicePublicKey)).toEqual({ verified: false, reason: 'signature' });
});

test('[PUSH-3] no message is good as another kind', async () => {
  for (const signed of TYPES) {
    const jws = await signMessage(signed, messages[signed], byA);
    for (const other of TYPES.filter((type) => type !== signed)) {
      expect(await verify(other, jws)).toEqual({ verified: false, reason: 'signature' });
    }
  }
});

test('jose reads what we sign, and we what jose signs in our form', async () => {
  const jws = await signMessage('sigillo-approval', approval, byA);
  const { payload, protectedHeader } = await compactVerify(
    jws,
    await importJWK({ ...approvalKey.publicKey }, 'ES256'),
  );
  expect(protectedHeader).toEqual({ alg: 'ES256', kid: byA.keyId, typ: 'sigillo-approval' });
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(approval);
  expect(await verify('sigillo-approval', await forge({}, new TextDecoder().decode(payload)))).toMatchObject({
    verified: true,
  });
});

test.each<[keyof Omit<Approval, 'decision' | 'number' | 'generation'>, string]>([
  ['nonce', base64urlEncode(new Uint8Array(16))],
  ['account', 'another-account'],
  ['client', 'another-client'],
  ['type', 'change-password'],
  ['operationDigest', base64urlEncode(new Uint8Array(32))],
  ['textDigest', base64urlEncode(new Uint8Array(32))],
  ['issuer', 'https://evil.example.org'],
])('[PUSH-3] an approval of another %s is refused', async (member, value) => {
  const jws = await signMessage('sigillo-approval', { ...approval, [member]: value }, byA);
  expect(await verifyMessage('sigillo-approval', jws, approvalKey.publicKey, question)).toEqual({
    verified: false,
    reason: 'mismatch',
  });
});

test('[PUSH-3] the server learns decision, number and generation from the approval', async () => {
  const jws = await signMessage('sigillo-approval', { ...approval, number: null }, byA);
  const verification = await verifyMessage('sigillo-approval', jws, approvalKey.publicKey, question);
  expect(verification).toMatchObject({ message: { decision: 'approved', number: null, generation: 3 } });
});

describe('a genuine signature does not help', () => {
  const canonical = (value: object) => JSON.stringify(value, Object.keys(value).sort());
  const header = (change: Record<string, unknown>) => forge(change, canonical(approval));
  const payload = (text: string) => forge({}, text);

  test.each<[string, () => Promise<string>]>([
    ['another type', () => header({ typ: 'JWT' })],
    ['another key id', () => header({ kid: 'x' })],
    ['a further parameter', () => header({ cty: 'json' })],
    ['a critical parameter', () => header({ crit: ['urn'], urn: 1 })],
    ['a key in the header', () => header({ jwk: approvalKey.publicKey })],
  ])('to a header with %s', async (_what, make) => {
    expect(await verify('sigillo-approval', await make())).toEqual({ verified: false, reason: 'signature' });
  });

  test.each<[string, () => Promise<string>]>([
    ['that is no JSON', () => payload('{')],
    ['that is an array', () => payload('[]')],
    ['with white space', () => payload(`${canonical(approval)} `)],
    ['in another order', () => payload(JSON.stringify(approval))],
    ['with a member twice', () => payload(canonical(approval).replace('{', '{"account":"x",'))],
    ['with a member more', () => payload(canonical({ ...approval, more: 1 }))],
    ['with a prototype', () => payload(canonical(approval).replace('{', '{"__proto__":{},'))],
    ['with a member less', () => payload(canonical(question))],
    [
      'with an escape that is not needed',
      () => payload(canonical(approval).replace('sign-in', 'sign\\u002din')),
    ],
    ['with another decision', () => payload(canonical({ ...approval, decision: 'refused' }))],
    ['with a number of four digits', () => payload(canonical({ ...approval, number: '1234' }))],
    ['with a number as a number', () => payload(canonical({ ...approval, number: 123 }))],
    ['with a broken generation', () => payload(canonical({ ...approval, generation: 1.5 }))],
    ['with a negative generation', () => payload(canonical({ ...approval, generation: -1 }))],
    ['with an exponent', () => payload(canonical(approval).replace(':3,', ':3e0,'))],
    [
      'with a short nonce',
      () => payload(canonical({ ...approval, nonce: base64urlEncode(new Uint8Array(15)) })),
    ],
    ['with a path in the issuer', () => payload(canonical({ ...approval, issuer: `${issuer}/` }))],
  ])('to a payload %s', async (_what, make) => {
    expect(await verify('sigillo-approval', await make())).toEqual({ verified: false, reason: 'payload' });
  });
});

test('nothing that is sent makes it throw, or pass', async () => {
  const jws = await signMessage('sigillo-approval', approval, byA);
  const changed = fc
    .tuple(fc.nat(jws.length - 1), fc.string({ maxLength: 3 }))
    .map(([at, piece]) => jws.slice(0, at) + piece + jws.slice(at + 1));
  const hostile = fc.oneof(
    changed,
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(fc.base64String()).map((parts) => parts.join('.')),
  );
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      if (text === jws) return;
      expect((await verify('sigillo-approval', text)).verified).toBe(false);
      const proof = { byDevice: text, byApproval: text };
      expect((await verifyPairing(proof, { issuer, issuerKey: null, code: 'x' })).verified).toBe(false);
    }),
  );
  const json = fc.jsonValue().map((value) => JSON.stringify(value));
  await fc.assert(
    fc.asyncProperty(json, async (text) => {
      const verification = await verify('sigillo-approval', await forge({}, text));
      expect(verification).toEqual({ verified: false, reason: 'payload' });
    }),
    { numRuns: 50 },
  );
});

test('a signature whose bits are written otherwise is refused', async () => {
  const jws = await signMessage('sigillo-approval', approval, byA);
  const [head, payload, signature = ''] = jws.split('.');
  expect(await verify('sigillo-approval', `${jws}=`)).toMatchObject({ verified: false });
  expect(await verify('sigillo-approval', `${head}.${payload}.${signature}.`)).toMatchObject({
    verified: false,
  });
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  // 64 bytes leave four bits over in the last character: all but one way to fill them are refused.
  const last = alphabet.indexOf(signature.at(-1) ?? '');
  for (let filling = 1; filling < 16; filling += 1) {
    const other = `${head}.${payload}.${signature.slice(0, -1)}${alphabet.charAt(last + filling)}`;
    expect(await verify('sigillo-approval', other)).toMatchObject({ verified: false });
  }
});

test('a malformed message is not signed', async () => {
  await expect(signMessage('sigillo-approval', { ...approval, number: '12' }, byA)).rejects.toThrow(
    RangeError,
  );
  await expect(signMessage('sigillo-approval', { ...approval, client: 'a\nb' }, byA)).rejects.toThrow(
    RangeError,
  );
});

describe('pairing', () => {
  const expected = { issuer, issuerKey: digest, code: '0123456789ABCDEFGHJKMNPQ' };
  const proof = async () => ({
    byDevice: await signMessage('sigillo-pairing', messages['sigillo-pairing'], byD),
    byApproval: await signMessage('sigillo-pairing', messages['sigillo-pairing'], byA),
  });

  test('both keys sign, and the server learns them', async () => {
    expect(await verifyPairing(await proof(), expected)).toEqual({
      verified: true,
      message: messages['sigillo-pairing'],
    });
  });

  test('[QR-5] another code, another issuer, another issuer’s key are refused', async () => {
    const others = [
      { code: 'Z123456789ABCDEFGHJKMNPQ' },
      { issuer: 'https://evil.example.org' },
      { issuerKey: null },
    ];
    for (const other of others) {
      expect(await verifyPairing(await proof(), { ...expected, ...other })).toEqual({
        verified: false,
        reason: 'mismatch',
      });
    }
  });

  test('one key does not stand in for the other', async () => {
    const { byDevice, byApproval } = await proof();
    expect(await verifyPairing({ byDevice, byApproval: byDevice }, expected)).toMatchObject({
      verified: false,
    });
    expect(await verifyPairing({ byDevice: byApproval, byApproval }, expected)).toMatchObject({
      verified: false,
    });
    const single = { ...messages['sigillo-pairing'], approvalKey: keys.devicePublicKey };
    const jws = await signMessage('sigillo-pairing', single, byD);
    expect(await verifyPairing({ byDevice: jws, byApproval: jws }, expected)).toEqual({
      verified: false,
      reason: 'mismatch',
    });
  });

  test('the approval key of another device is refused', async () => {
    const stranger = await newApprovalKey(keys);
    const other = { ...messages['sigillo-pairing'], approvalKey: stranger.publicKey };
    const byOther = { key: stranger.signingKey, keyId: await thumbprint(stranger.publicKey) };
    const { byDevice } = await proof();
    const byApproval = await signMessage('sigillo-pairing', other, byOther);
    expect(await verifyPairing({ byDevice, byApproval }, expected)).toMatchObject({ verified: false });
  });
});

test('the digest of a text is SHA-256 of its UTF-8', async () => {
  expect(await textDigest('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
});
