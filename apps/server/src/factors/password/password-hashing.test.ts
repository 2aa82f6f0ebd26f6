import { expect, test } from 'vitest';
import { Problem } from '../../platform/http/problems.ts';
import { type Argon2Parameters, DEFAULT_PARAMETERS } from './argon2id.ts';
import { createHasher, isReadableHash, needsRehash } from './password-hashing.ts';

const hasher = createHasher({ parameters: DEFAULT_PARAMETERS, concurrency: 2, queueLength: 100 });
/** Of the reference implementation's own tests: "password", 64 MiB, two passes. */
const REFERENCE = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
const SALTED_SHA1 = '{SSHA}JggAV2IHEho2UX2zWJgEW4/ftLABAgMEBQYHCA==';

test('[PW-4] what is stored is Argon2id of 19 MiB and two passes, with a salt of its own', async () => {
  const [one, other] = await Promise.all([hasher.hash('correct horse'), hasher.hash('correct horse')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w/+]{22}\$[\w/+]{43}$/);
  expect(other).not.toBe(one);
});

test.each([
  { memoryKib: 19 * 1024 - 1, passes: 2, lanes: 1 },
  { memoryKib: 46 * 1024 - 1, passes: 1, lanes: 1 },
  { memoryKib: 64 * 1024, passes: 0, lanes: 1 },
])('[PW-4] a cheaper cost is refused: $memoryKib KiB, $passes passes', (parameters) => {
  expect(() => createHasher({ parameters, concurrency: 1, queueLength: 1 })).toThrow(RangeError);
});

test('[PW-4] 46 MiB and one pass may be chosen instead', async () => {
  const parameters = { memoryKib: 46 * 1024, passes: 1, lanes: 1 };
  const stored = await createHasher({ parameters, concurrency: 1, queueLength: 1 }).hash('correct horse');
  expect(stored).toContain('$m=47104,t=1,p=1$');
  expect(await hasher.verify('correct horse', stored)).toBe(true);
});

test('[PW-4] a hash of another kind or cost is to be replaced at the next sign-in', async () => {
  const parameters: Argon2Parameters = { memoryKib: 65536, passes: 2, lanes: 1 };
  expect(hasher.needsRehash(await hasher.hash('correct horse'))).toBe(false);
  expect(hasher.needsRehash(REFERENCE)).toBe(true);
  expect(hasher.needsRehash(SALTED_SHA1)).toBe(true);
  expect(needsRehash(REFERENCE, parameters)).toBe(false);
  expect(needsRehash(REFERENCE, { ...parameters, passes: 3 })).toBe(true);
});

test('[PW-4] whoever finds the queue full gets 503 at once, and the others are served', async () => {
  const small = createHasher({ parameters: DEFAULT_PARAMETERS, concurrency: 1, queueLength: 3 });
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => small.hash('correct horse')));
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(refused).toHaveLength(6);
  for (const problem of refused) {
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ slug: 'busy', status: 503, headers: { 'retry-after': '2' } });
  }
  expect(await small.decoyVerify('correct horse')).toBe(false);
});

test('[PW-4] decoys and foreign hashes wait in the same queue', async () => {
  const small = createHasher({ parameters: DEFAULT_PARAMETERS, concurrency: 1, queueLength: 0 });
  const first = small.hash('correct horse');
  await expect(small.decoyVerify('correct horse')).rejects.toBeInstanceOf(Problem);
  await expect(small.verify('città', SALTED_SHA1)).rejects.toBeInstanceOf(Problem);
  await first;
});

test('[PW-2] a password typed in NFC or NFD fits, a change in its last character does not', async () => {
  const password = `${'perché no, città '.repeat(6)}è così`;
  const stored = await hasher.hash(password.normalize('NFD'));
  expect(await hasher.verify(password.normalize('NFC'), stored)).toBe(true);
  expect(await hasher.verify(password.normalize('NFD'), stored)).toBe(true);
  expect(await hasher.verify(`${password.slice(0, -1)}i`, stored)).toBe(false);
});

test('[PW-2] nothing is trimmed, cut or folded', async () => {
  const password = ' Correct Horse '.repeat(60);
  const stored = await hasher.hash(password);
  expect(await hasher.verify(password, stored)).toBe(true);
  expect(await hasher.verify(password.trim(), stored)).toBe(false);
  expect(await hasher.verify(password.toLowerCase(), stored)).toBe(false);
  expect(await hasher.verify(`${password.slice(0, -1)}!`, stored)).toBe(false);
  expect(await hasher.verify(password.slice(0, 72), stored)).toBe(false);
});

test('hashes of the reference implementation and of other systems are verified', async () => {
  expect(await hasher.verify('password', REFERENCE)).toBe(true);
  expect(await hasher.verify('Password', REFERENCE)).toBe(false);
  expect(await hasher.verify('citta\u0300', SALTED_SHA1)).toBe(true);
  expect(await hasher.verify('citta', SALTED_SHA1)).toBe(false);
});

test.each([
  REFERENCE.replace('argon2id', 'argon2i'),
  REFERENCE.replace('v=19', 'v=16'),
  REFERENCE.replace('m=65536', 'm=4'),
  REFERENCE.replace('m=65536', 'm=9999999'),
  REFERENCE.replace('t=2', 't=999'),
  REFERENCE.slice(0, -30),
  'password',
  '',
])('"%s" is not accepted at an import, and fits no password', async (stored) => {
  expect(isReadableHash(stored)).toBe(false);
  expect(await hasher.verify('password', stored)).toBe(false);
});

test('an import accepts what can be verified', () => {
  expect([REFERENCE, SALTED_SHA1].every(isReadableHash)).toBe(true);
});

test('a password over 1,024 bytes fits nothing and costs nothing', async () => {
  const tooLong = 'x'.repeat(1025);
  const none = createHasher({ parameters: DEFAULT_PARAMETERS, concurrency: 0, queueLength: 0 });
  expect(await none.verify(tooLong, REFERENCE)).toBe(false);
  expect(await none.decoyVerify(tooLong)).toBe(false);
  await expect(none.hash(tooLong)).rejects.toThrow(RangeError);
});

test('[RATE-1] a decoy, an unknown format and a quick foreign hash take as long as a wrong password', async () => {
  const stored = await hasher.hash('correct horse');
  const ways = [
    () => hasher.verify('wrong', stored),
    () => hasher.decoyVerify('wrong'),
    () => hasher.verify('wrong', 'x'),
    () => hasher.verify('wrong', SALTED_SHA1),
  ].map((verify) => ({ verify, timesMs: [] as number[] }));
  for (let round = 0; round < 25; round += 1) {
    for (const { verify, timesMs } of ways) {
      const startMs = performance.now();
      await verify();
      timesMs.push(performance.now() - startMs);
    }
  }
  const [expectedMs = 0, ...mediansMs] = ways.map(({ timesMs }) => timesMs.sort((a, b) => a - b)[12] ?? 0);
  for (const medianMs of mediansMs) {
    expect(Math.abs(medianMs - expectedMs)).toBeLessThan(10);
    expect(medianMs).toBeGreaterThan(expectedMs / 2);
  }
});
