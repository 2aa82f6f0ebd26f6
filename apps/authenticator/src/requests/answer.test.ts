import {
  newApprovalKey,
  newDeviceKeys,
  signMessage,
  textDigest,
  thumbprint,
  verifyMessage,
} from '@sigillo/device-protocol';
import { expect, test } from 'vitest';
import { approvalOf, refusalOf } from './answer.ts';
import type { PendingRequest } from './request.ts';

const ISSUER = 'https://id.example.org';
const REQUEST: PendingRequest = {
  id: '0190a5c2-0000-7000-8000-000000000001',
  kind: 'push',
  type: 'sign-in',
  nonce: Buffer.alloc(16, 3).toString('base64url'),
  account: '0190a5c2-0000-7000-8000-000000000002',
  client: 'claims',
  operationDigest: Buffer.alloc(32, 4).toString('base64url'),
  text: 'Vuoi accedere a Portale sinistri?\nLuogo\tCittà di Castello',
  numberDigits: 3,
  check: null,
  fromNewPlace: false,
  createdAt: '2026-03-01T10:00:00.000Z',
  expiresAt: '2026-03-01T10:02:00.000Z',
};
const { nonce, account, client, type, operationDigest } = REQUEST;

test('[PUSH-3] an approval says everything that the server asked, of the very text that was shown', async () => {
  const { publicKey, signingKey } = await newApprovalKey(await newDeviceKeys());
  const message = await approvalOf(ISSUER, REQUEST, { number: '417', generation: 5 });
  const jws = await signMessage('sigillo-approval', message, {
    key: signingKey,
    keyId: await thumbprint(publicKey),
  });
  const asked = { issuer: ISSUER, nonce, account, client, type, operationDigest };
  const expected = { ...asked, textDigest: await textDigest(REQUEST.text) };
  const verified = await verifyMessage('sigillo-approval', jws, publicKey, expected);
  expect(verified).toMatchObject({
    verified: true,
    message: { decision: 'approved', number: '417', generation: 5 },
  });
  const otherText = { ...asked, textDigest: await textDigest(`${REQUEST.text} `) };
  expect(await verifyMessage('sigillo-approval', jws, publicKey, otherText)).toEqual({
    verified: false,
    reason: 'mismatch',
  });
});

test('[PUSH-4] a refusal names its reason and is signed by the key that needs no unlocking', async () => {
  const keys = await newDeviceKeys();
  for (const reason of ['refused', 'not-me'] as const) {
    const message = await refusalOf(ISSUER, REQUEST, reason);
    const signer = { key: keys.deviceKey, keyId: keys.deviceKeyId };
    const jws = await signMessage('sigillo-refusal', message, signer);
    const asked = { issuer: ISSUER, nonce, account, client, type, operationDigest };
    const expected = { ...asked, textDigest: await textDigest(REQUEST.text) };
    const verified = await verifyMessage('sigillo-refusal', jws, keys.devicePublicKey, expected);
    expect(verified).toMatchObject({ verified: true, message: { reason } });
  }
});
