/**
 * Makes `vectors.json`, by which an app in another language checks itself. Keys of P-256, salts and IVs are
 * random, so every run makes other ones: it was run once, and is run again only when a format changes.
 *
 *   npm run vectors -w @sigillo/device-protocol && npx biome check --write packages/device-protocol/vectors.json
 */
import { wrap } from './aes-gcm.ts';
import { base64urlEncode } from './base64.ts';
import { type Bytes, join, lengthPrefixed, sha256, uint32, utf8Encode } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import type { DeviceKeys } from './device-keys.ts';
import { hexEncode } from './hex.ts';
import { deriveBytes, hmac } from './key-derivation.ts';
import { LABELS } from './labels.ts';
import { signMessage, textDigest } from './message.ts';
import type { Messages, MessageType } from './messages.ts';
import { exportPublicKey, newSigningKey, type PublicJwk, thumbprint } from './public-key.ts';
import { writeQr } from './qr-text.ts';
import { camouflageSeed, sealSeed, uncoverSeed } from './seed.ts';
import { serverShare } from './server-share.ts';
import { signRequest } from './sign-request.ts';
import { coveredComponents, signatureBase } from './signature-base.ts';
import { newTypedCode, PAIRING_CODE, SAME_DEVICE_CODE, writeTypedCode } from './typed-code.ts';
import { sealApprovalKey } from './unlock.ts';
import { unlockCodeWeaknesses } from './unlock-code.ts';
import { type UnlockSecret, unlockInput } from './unlock-secret.ts';

const ISSUER = 'https://id.example.org';
const DEVICE_ID = 'AZGRkZGRcZGBkZGRkZGRkQ';
const NONCE = '01ba3a3a-0400-7abc-8def-0123456789ab';
const CODE = '739164';
const TEXT = 'Accesso a «Claims portal»\nFirefox su Windows, Italia';

type Pair = Awaited<ReturnType<typeof newSigningKey>>;

interface Cast {
  device: Pair;
  approval: Pair;
  keys: DeviceKeys;
  approvalPublicKey: PublicJwk;
  localKey: Bytes;
  wrappingKey: Bytes;
}

/** Bytes that are nobody's secret. */
const fixed = (name: string): Promise<Bytes> => sha256(utf8Encode(`sigillo-device vector ${name}`));

async function cast(): Promise<Cast> {
  const [device, approval] = [await newSigningKey(true), await newSigningKey(true)];
  const [localKey, wrappingKey] = [await fixed('L'), await fixed('W')];
  const devicePublicKey = await exportPublicKey(device.publicKey);
  const hmacKind = { name: 'HMAC', hash: 'SHA-256' };
  const keys = {
    deviceKey: device.privateKey,
    devicePublicKey,
    deviceKeyId: await thumbprint(devicePublicKey),
    localKey: await crypto.subtle.importKey('raw', localKey, hmacKind, false, ['sign']),
    wrappingKey: await crypto.subtle.importKey('raw', wrappingKey, 'AES-GCM', false, [
      'wrapKey',
      'unwrapKey',
    ]),
  };
  const approvalPublicKey = await exportPublicKey(approval.publicKey);
  return { device, approval, keys, approvalPublicKey, localKey, wrappingKey };
}

async function keyVectors({ device, approval, keys, approvalPublicKey, localKey, wrappingKey }: Cast) {
  const [d, a] = await Promise.all(
    [device, approval].map((pair) => crypto.subtle.exportKey('jwk', pair.privateKey)),
  );
  return {
    deviceKey: { ...keys.devicePublicKey, d: d?.d },
    deviceKeyId: keys.deviceKeyId,
    approvalKey: { ...approvalPublicKey, d: a?.d },
    approvalKeyId: await thumbprint(approvalPublicKey),
    localKey: hexEncode(localKey),
    wrappingKey: hexEncode(wrappingKey),
  };
}

async function requestVectors({ keys }: Cast) {
  const requests = [
    { method: 'GET', url: `${ISSUER}/device/live`, body: '' },
    { method: 'POST', url: 'http://localhost:8080/device/unlock?a=1&b=%20', body: '{"città":"Forlì"}' },
  ];
  return Promise.all(
    requests.map(async ({ method, url, body }) => {
      const by = { deviceKey: keys.deviceKey, keyId: DEVICE_ID, nonce: NONCE };
      const headers = await signRequest({ method, url, body: utf8Encode(body) }, by);
      const parameters = headers['signature-input']?.replace('sigillo=', '') ?? '';
      const { host: authority, pathname: path, search } = new URL(url);
      const contentDigest = headers['content-digest'];
      const covered = coveredComponents({ method, authority, path, query: search || '?', contentDigest });
      const base = signatureBase(covered, parameters);
      return { method, url, body, keyId: DEVICE_ID, nonce: NONCE, base, headers };
    }),
  );
}

async function messagesToSign({ keys, approvalPublicKey }: Cast): Promise<Messages> {
  const question = {
    issuer: ISSUER,
    nonce: base64urlEncode((await fixed('nonce')).slice(0, 16)),
    account: '0b0f6a4e-8a5e-4c7e-9d4f-0e8d3b1c2a90',
    client: 'claims-portal',
    type: 'sign-in',
    operationDigest: base64urlEncode(await fixed('operation')),
    textDigest: await textDigest(TEXT),
  };
  const unlock = { issuer: ISSUER, device: DEVICE_ID, nonce: NONCE, generation: 7 };
  return {
    'sigillo-pairing': {
      issuer: ISSUER,
      issuerKey: base64urlEncode(await fixed('issuer key')),
      code: newTypedCode(PAIRING_CODE),
      deviceKey: keys.devicePublicKey,
      approvalKey: approvalPublicKey,
    },
    'sigillo-approval': { ...question, decision: 'approved', number: '042', generation: 7 },
    'sigillo-refusal': { ...question, reason: 'not-me' },
    'sigillo-unlock': { ...unlock, x: base64urlEncode(await unlockInput(keys, { code: CODE })) },
    'sigillo-unlock-confirmation': unlock,
  };
}

async function messageVectors(everyone: Cast) {
  const messages = await messagesToSign(everyone);
  const byDevice = { key: everyone.device.privateKey, keyId: everyone.keys.deviceKeyId };
  const byApproval = {
    key: everyone.approval.privateKey,
    keyId: await thumbprint(everyone.approvalPublicKey),
  };
  const signed: [MessageType, 'device' | 'approval'][] = [
    ['sigillo-pairing', 'device'],
    ['sigillo-pairing', 'approval'],
    ['sigillo-approval', 'approval'],
    ['sigillo-refusal', 'device'],
    ['sigillo-unlock', 'device'],
    ['sigillo-unlock-confirmation', 'approval'],
  ];
  return Promise.all(
    signed.map(async ([type, signer]) => {
      const jws = await signMessage(type, messages[type], signer === 'device' ? byDevice : byApproval);
      return { type, signer, message: messages[type], payload: canonicalJson(messages[type]), jws };
    }),
  );
}

async function unlockVectors({ keys, approval }: Cast) {
  const place = lengthPrefixed(LABELS.approvalKeyInner, keys.deviceKeyId);
  const inner = await wrap(keys.wrappingKey, approval.privateKey, place);
  const shareKeys = [await fixed('K7'), await fixed('K8')] as const;
  const byCode = await unlockVector(keys, inner, shareKeys, { code: CODE }, CODE);
  const prf = await fixed('prf');
  const byPrf = await unlockVector(keys, inner, shareKeys, { prf }, prf);
  return {
    generation: 7,
    shareKeys: shareKeys.map(hexEncode),
    inner: hexEncode(inner),
    byCode: { code: CODE, ...byCode },
    byPrf: { prf: hexEncode(prf), ...byPrf },
  };
}

async function unlockVector(
  keys: DeviceKeys,
  inner: Bytes,
  shareKeys: readonly [Bytes, Bytes],
  secret: UnlockSecret,
  typed: string | Bytes,
) {
  const x = await unlockInput(keys, secret);
  const [share, nextShare] = [await serverShare(shareKeys[0], x), await serverShare(shareKeys[1], x)];
  const sealed = await sealApprovalKey(keys, secret, { inner }, { generation: 7, share, nextShare });
  const label = 'code' in secret ? LABELS.kekByCode : LABELS.kekByPrf;
  const local = await hmac(keys.localKey, lengthPrefixed(label, typed));
  const context = [keys.deviceKeyId, uint32(7)];
  return {
    x: hexEncode(x),
    share: hexEncode(share),
    nextShare: hexEncode(nextShare),
    kek: hexEncode(await deriveBytes({ secret: join(share, local), label: LABELS.kek, context }, 32)),
    sealed: sealed.map(({ generation, blob }) => ({ generation, blob: hexEncode(blob) })),
  };
}

async function seedVectors({ keys }: Cast) {
  const seed = (await fixed('seed')).slice(0, 20);
  const covered = await camouflageSeed(keys, CODE, seed);
  const prf = await fixed('prf');
  return {
    seed: hexEncode(seed),
    code: CODE,
    covered: hexEncode(covered),
    otherCode: '739165',
    uncoveredByOther: hexEncode(await uncoverSeed(keys, '739165', covered)),
    prf: hexEncode(prf),
    sealed: hexEncode(await sealSeed(keys, prf, seed)),
  };
}

async function qrVectors() {
  const app = 'https://app.example.org';
  const id = base64urlEncode((await fixed('qr')).slice(0, 16));
  const code = newTypedCode(PAIRING_CODE);
  const contents = [
    { kind: 'sign-in', issuer: 'http://localhost:8080', id },
    { kind: 'pair', issuer: ISSUER, code, issuerKey: base64urlEncode(await fixed('issuer key')) },
  ] as const;
  return contents.map((content) => ({ app, content, text: writeQr(app, content) }));
}

function typedCodeVectors() {
  return [SAME_DEVICE_CODE, PAIRING_CODE].map((format) => {
    const code = newTypedCode(format);
    return { ...format, code, written: writeTypedCode(code, format) };
  });
}

function unlockCodeVectors() {
  const codes = [
    '739164',
    '73916',
    '73916a',
    '890123',
    '483483',
    '377337',
    '250483',
    '198304',
    '159753',
    '11111',
  ];
  return codes.map((code) => ({ code, weaknesses: unlockCodeWeaknesses(code) }));
}

async function encodingVectors() {
  const parts = ['sigillo', '', 'è'];
  return {
    lengthPrefixed: { parts, bytes: hexEncode(lengthPrefixed(...parts)) },
    textDigest: { text: TEXT, digest: await textDigest(TEXT) },
  };
}

async function makeVectors() {
  const everyone = await cast();
  return {
    encoding: await encodingVectors(),
    keys: await keyVectors(everyone),
    requests: await requestVectors(everyone),
    messages: await messageVectors(everyone),
    unlock: await unlockVectors(everyone),
    seed: await seedVectors(everyone),
    qr: await qrVectors(),
    typedCodes: typedCodeVectors(),
    unlockCodes: unlockCodeVectors(),
  };
}

process.stdout.write(`${JSON.stringify(await makeVectors(), null, 2)}\n`);
