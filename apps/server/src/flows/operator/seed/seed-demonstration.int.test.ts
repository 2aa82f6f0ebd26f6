import { parseOtpauthUri, totpAt } from '@sigillo/otp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser, type TestGate, testGate } from '../../../../../../tests/setup/gate.ts';
import { givePassword } from '../../../../../../tests/setup/import.ts';
import { loadCommonPasswords } from '../../../factors/password/common-passwords.ts';
import { refuseNewPassword } from '../../../factors/password/password-rules.ts';
import { admitSession } from '../../../gate/admit.ts';
import { prove } from '../../../gate/prove.ts';
import { isUserId } from '../../../platform/user-id.ts';
import { type SeededPerson, seedDemonstration } from './seed-demonstration.ts';
import { seededLines } from './seeded-lines.ts';

let t: TestGate;
let people: SeededPerson[];
beforeAll(async () => {
  t = await testGate();
  people = await seedDemonstration(t.platform);
});
afterAll(() => t[Symbol.asyncDispose]());

test('three people, one without a second factor, one with an app, one with SMS', async () => {
  expect(people.map(({ email }) => email)).toEqual([
    'anna@example.org',
    'bruno@example.org',
    'carla@example.org',
  ]);
  const methods = await Promise.all(
    people.map(async ({ userId, password }) => {
      const { prover } = await givePassword(t, userId, password);
      return prover.authenticators.map(({ method }) => method).sort();
    }),
  );
  expect(methods).toEqual([['password'], ['password', 'totp'], ['password', 'sms-code']]);
});

test('the one without a second factor is in with the password', async () => {
  const me = browser();
  const scene = await givePassword(t, 'anna@example.org', people[0]?.password ?? '', me);
  await expect(admitSession(t.gate, scene, me)).resolves.toHaveProperty('token');
});

test('an app that was given the link shows the code that is asked for', async () => {
  const me = browser();
  const bruno = people[1];
  const scene = await givePassword(t, 'bruno@example.org', bruno?.password ?? '', me);
  const key = parseOtpauthUri(bruno?.keyUri ?? '');
  const code = await totpAt(key?.seed ?? new Uint8Array(), t.clock.nowMs());
  const target = scene.prover.authenticators.find(({ method }) => method === 'totp')?.id ?? null;
  const ask = { slot: 'second', method: 'totp', target };
  const after = await prove(t.gate, { scene, ask, challengeId: null, response: { code }, presenter: me });
  await expect(admitSession(t.gate, after, me)).resolves.toHaveProperty('token');
  expect(key).toMatchObject({ issuer: 'Sigillo', account: 'bruno@example.org' });
  expect(key?.seed).toHaveLength(20);
});

test('[PW-3] the passwords and user ids are such as the product itself accepts', () => {
  const common = loadCommonPasswords();
  for (const { email, userId, password } of people) {
    const names = { email, userId, brand: 'Sigillo' };
    expect(refuseNewPassword(password, { minLength: 15, names, common })).toBeUndefined();
    expect(isUserId(userId)).toBe(true);
  }
});

test('[AVL-1] eight that seed at once, and again later, make the same three accounts', async () => {
  await using other = await testGate();
  const all = await Promise.all(Array.from({ length: 8 }, () => seedDemonstration(other.platform)));
  const again = await seedDemonstration(other.platform);
  for (const one of all) expect(one).toEqual(again);
  expect(await other.platform.db.selectFrom('account').select('id').execute()).toHaveLength(3);
  expect(await other.platform.db.selectFrom('audit').select('id').execute()).toHaveLength(5);
  expect(await other.platform.db.selectFrom('identity').select('state').execute()).toEqual([
    { state: 'active' },
    { state: 'active' },
  ]);
});

test('who has another address by now keeps the user id, and a new account comes to be', async () => {
  await using other = await testGate();
  const [anna] = await seedDemonstration(other.platform);
  const hmac = other.stores.identifiers.hash('anna@example.org') ?? Buffer.alloc(0);
  await other.platform.db.deleteFrom('identifier').where('hmac', '=', hmac).execute();
  const [again] = await seedDemonstration(other.platform);
  expect(again?.userId).not.toBe(anna?.userId);
  expect(isUserId(again?.userId ?? '')).toBe(true);
});

test('[SUP-1] production has no demonstration accounts', async () => {
  await using other = await testGate();
  const config = { ...other.platform.config, profile: 'production' as const };
  await expect(seedDemonstration({ ...other.platform, config })).rejects.toThrow(/production/);
  expect(await other.platform.db.selectFrom('account').select('id').execute()).toEqual([]);
});

test('a terminal of 80 columns shows the table whole', () => {
  const table = seededLines(people).slice(0, 4);
  for (const line of table) expect(line.length).toBeLessThanOrEqual(80);
  expect(seededLines(people).at(-1)).toBe(people[1]?.keyUri);
});
