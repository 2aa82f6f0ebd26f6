import { beforeAll, expect, test } from 'vitest';
import {
  type ApprovalKey,
  type Bytes,
  camouflageSeed,
  type DeviceKeys,
  dropGeneration,
  highestGeneration,
  newApprovalKey,
  newDeviceKeys,
  newShareKey,
  openSeed,
  randomBytes,
  type SealedApprovalKey,
  sealApprovalKey,
  sealSeed,
  serverShare,
  signMessage,
  thumbprint,
  type UnlockSecret,
  uncoverSeed,
  unlock,
  unlockInput,
  verifyMessage,
} from './index.ts';

const RIGHT = { code: '739164' };
const WRONG = { code: '739165' };
const seed = randomBytes(20);

let keys: DeviceKeys;
let approvalKey: ApprovalKey;
let shareKeys: Bytes[];
let stored: SealedApprovalKey[];

/** What the server answers at a generation. */
async function answerTo(secret: UnlockSecret, generation: number, by = keys) {
  const x = await unlockInput(by, secret);
  const share = await serverShare(shareKeys[generation] as Bytes, x);
  const nextShare = await serverShare(shareKeys[generation + 1] as Bytes, x);
  return { generation, share, nextShare };
}

beforeAll(async () => {
  keys = await newDeviceKeys();
  approvalKey = await newApprovalKey(keys);
  shareKeys = Array.from({ length: 5 }, newShareKey);
  stored = await sealApprovalKey(keys, RIGHT, approvalKey, await answerTo(RIGHT, 0));
});

test('[PUSH-5] the right code releases a key that signs as the approval key, generation after generation', async () => {
  let held = stored;
  for (let generation = 0; generation < 3; generation += 1) {
    const opened = await unlock(keys, RIGHT, held, await answerTo(RIGHT, generation));
    if (!opened.unlocked) throw new Error(opened.reason);
    expect(opened.store.map((one) => one.generation)).toEqual([generation, generation + 1]);
    expect(opened.signingKey.extractable).toBe(false);

    const message = {
      issuer: 'https://id.example.org',
      device: 'd',
      nonce: '01919191-9191-7191-8191-919191919191',
      generation,
    };
    const signer = { key: opened.signingKey, keyId: await thumbprint(approvalKey.publicKey) };
    const jws = await signMessage('sigillo-unlock-confirmation', message, signer);
    const verification = await verifyMessage(
      'sigillo-unlock-confirmation',
      jws,
      approvalKey.publicKey,
      message,
    );
    expect(verification.verified).toBe(true);

    held = dropGeneration(opened.store, generation);
    expect(highestGeneration(held)).toBe(generation + 1);
  }
});

test('[PUSH-5] a wrong code opens nothing', async () => {
  expect(await unlock(keys, WRONG, stored, await answerTo(WRONG, 0))).toEqual({
    unlocked: false,
    reason: 'wrong-code',
  });
});

test('[PUSH-5] the right code without the server’s share of that generation opens nothing', async () => {
  const later = await answerTo(RIGHT, 1);
  const mixed = { ...(await answerTo(RIGHT, 0)), share: later.nextShare };
  expect(await unlock(keys, RIGHT, stored, mixed)).toEqual({ unlocked: false, reason: 'wrong-code' });
  expect(await unlock(keys, RIGHT, stored, await answerTo(RIGHT, 2))).toEqual({
    unlocked: false,
    reason: 'no-such-generation',
  });
});

test('a stolen blob is worth nothing without the keys of its device', async () => {
  const thief = await newDeviceKeys();
  expect(await unlock(thief, RIGHT, stored, await answerTo(RIGHT, 0, thief))).toMatchObject({
    unlocked: false,
  });
  // Not even with the very share the server would give: the local key and the wrapping key are missing.
  expect(await unlock(thief, RIGHT, stored, await answerTo(RIGHT, 0))).toMatchObject({ unlocked: false });
  const halfThief = { ...keys, wrappingKey: thief.wrappingKey };
  expect(await unlock(halfThief, RIGHT, stored, await answerTo(RIGHT, 0))).toMatchObject({ unlocked: false });
});

test('a blob passed off as another generation does not open', async () => {
  const [first] = stored as [SealedApprovalKey];
  const moved = [{ generation: 1, blob: first.blob }];
  const answer = { ...(await answerTo(RIGHT, 0)), generation: 1 };
  expect(await unlock(keys, RIGHT, moved, answer)).toMatchObject({ unlocked: false, reason: 'wrong-code' });
});

test('any changed bit keeps the key shut', async () => {
  const [first] = stored as [SealedApprovalKey];
  for (const at of [0, 12, 40, first.blob.length - 1]) {
    const blob = first.blob.with(at, (first.blob[at] ?? 0) ^ 1);
    const answer = await answerTo(RIGHT, 0);
    expect(await unlock(keys, RIGHT, [{ generation: 0, blob }], answer)).toMatchObject({ unlocked: false });
  }
  for (const length of [0, 11, 12, 27]) {
    const blob = first.blob.slice(0, length);
    const answer = await answerTo(RIGHT, 0);
    expect(await unlock(keys, RIGHT, [{ generation: 0, blob }], answer)).toMatchObject({ unlocked: false });
  }
});

test('a changed code, or a passkey in its place, touches the outer layer only', async () => {
  const opened = await unlock(keys, RIGHT, stored, await answerTo(RIGHT, 0));
  if (!opened.unlocked) throw new Error(opened.reason);
  expect(opened.inner).toEqual(approvalKey.inner);
  for (const secret of [{ code: '860275' }, { prf: randomBytes(32) }]) {
    const sealed = await sealApprovalKey(keys, secret, opened, await answerTo(secret, 1));
    expect(await unlock(keys, secret, sealed, await answerTo(secret, 1))).toMatchObject({ unlocked: true });
    expect(await unlock(keys, RIGHT, sealed, await answerTo(RIGHT, 1))).toMatchObject({ unlocked: false });
  }
});

test('a PRF output is not a code of the same bytes', async () => {
  const prf = new TextEncoder().encode(RIGHT.code);
  expect(await unlockInput(keys, { prf })).not.toEqual(await unlockInput(keys, RIGHT));
});

test('every code uncovers a seed, and nothing tells the right one', async () => {
  const covered = await camouflageSeed(keys, RIGHT.code, seed);
  expect(covered).toHaveLength(32 + seed.length);
  expect(await uncoverSeed(keys, RIGHT.code, covered)).toEqual(seed);
  const codes = Array.from({ length: 50 }, (_, i) => String(100_000 + i));
  const uncovered = await Promise.all(codes.map((code) => uncoverSeed(keys, code, covered)));
  expect(new Set(uncovered.map(String)).size).toBe(codes.length);
  for (const one of uncovered) expect(one).toHaveLength(seed.length);
  expect(await uncoverSeed(await newDeviceKeys(), RIGHT.code, covered)).not.toEqual(seed);
});

test('two seeds are never covered by one mask', async () => {
  const [a, b] = await Promise.all([
    camouflageSeed(keys, RIGHT.code, seed),
    camouflageSeed(keys, RIGHT.code, seed),
  ]);
  expect(a.slice(32)).not.toEqual(b.slice(32));
});

test('a seed sealed by a passkey opens with that passkey on that device only', async () => {
  const prf = randomBytes(32);
  const sealed = await sealSeed(keys, prf, seed);
  expect(await openSeed(keys, prf, sealed)).toEqual(seed);
  expect(await openSeed(keys, randomBytes(32), sealed)).toBeUndefined();
  expect(await openSeed(await newDeviceKeys(), prf, sealed)).toBeUndefined();
  expect(await openSeed(keys, prf, sealed.with(20, (sealed[20] ?? 0) ^ 1))).toBeUndefined();
});
