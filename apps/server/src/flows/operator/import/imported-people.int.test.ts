import { pbkdf2Sync } from 'node:crypto';
import { base32Encode, totpAt } from '@sigillo/otp';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser, load, testAccount } from '../../../../../../tests/setup/gate.ts';
import { PASSPHRASE, somebody, type TestImport, testImport } from '../../../../../../tests/setup/import.ts';
import { admitSession } from '../../../gate/admit.ts';
import { challenge } from '../../../gate/challenge.ts';
import { prove } from '../../../gate/prove.ts';
import { Problem } from '../../../platform/http/problems.ts';
import { newSecret } from '../../../platform/ids.ts';
import { newUserId } from '../../../platform/user-id.ts';

let t: TestImport;
beforeAll(async () => {
  t = await testImport();
});
afterAll(() => t[Symbol.asyncDispose]());

test('a password in clear signs in, by address and by user id', async () => {
  const person = somebody({ userId: newUserId(), password: PASSPHRASE });
  expect(await t.importOf([person])).toMatchObject({ imported: 1, hashed: 1, rejected: 0, skipped: 0 });
  const accountId = await t.signsIn(person.email.toUpperCase(), PASSPHRASE);
  expect(await t.signsIn(person.userId, PASSPHRASE)).toBe(accountId);
  await expect(t.givePassword(person.email, 'another passphrase')).rejects.toMatchObject({
    slug: 'sign-in-refused',
  });
});

test('[PW-4] a hash of another system signs in once as it is, and is our own afterwards', async () => {
  const derived = pbkdf2Sync(PASSPHRASE, 'salt', 1000, 32, 'sha256').toString('base64');
  const person = somebody({ passwordHash: `pbkdf2_sha256$1000$salt$${derived}` });
  await t.importOf([person]);
  const accountId = await t.signsIn(person.email, PASSPHRASE);
  const prover = await load(t, accountId);
  const id = prover.authenticators[0]?.id ?? '';
  const stored = await t.gate.transaction((tx) => t.stores.authenticators.secret(tx, accountId, id));
  expect(stored?.toString()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await t.signsIn(person.email, PASSPHRASE)).toBe(accountId);
});

test('[OTP-2] the secret of an authenticator app is asked for, and its codes work once', async () => {
  const seed = newSecret(20);
  const person = somebody({ passwordHash: t.readyHash, totpSecret: base32Encode(seed) });
  await t.importOf([person]);
  const code = await totpAt(seed, t.clock.nowMs());
  const signInWith = async () => {
    const me = browser();
    const scene = await t.givePassword(person.email, PASSPHRASE, me);
    await expect(admitSession(t.gate, scene, me)).rejects.toMatchObject({ slug: 'proof-missing' });
    const target = scene.prover.authenticators.find(({ method }) => method === 'totp')?.id ?? null;
    const ask = { slot: 'second', method: 'totp', target };
    const after = await prove(t.gate, { scene, ask, challengeId: null, response: { code }, presenter: me });
    return admitSession(t.gate, after, me);
  };
  await expect(signInWith()).resolves.toHaveProperty('token');
  await expect(signInWith()).rejects.toMatchObject({ slug: 'code-rejected' });
});

test('codes by SMS go to the imported phone', async () => {
  const person = somebody({ passwordHash: t.readyHash, phone: '+39 333 765 4321', smsSecondFactor: true });
  await t.importOf([person]);
  const me = browser();
  const scene = await t.givePassword(person.email, PASSPHRASE, me);
  const target = scene.prover.authenticators.find(({ method }) => method === 'sms-code')?.id ?? null;
  await challenge(t.gate, scene, { slot: 'second', method: 'sms-code', target }, me);
  const sent = await t.platform.db
    .selectFrom('outbox')
    .selectAll()
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const place = { table: 'outbox', row: sent.id, column: 'recipient_sealed' };
  expect(t.platform.keyring.openText(sent.recipient_sealed, place)).toBe('+393337654321');
});

test('an account is what registration and setting up its factors would have made', async () => {
  const made = await load(t, (await testAccount(t, { totp: true, sms: true })).id);
  const person = somebody({
    passwordHash: t.readyHash,
    language: 'en',
    phone: '+393331112222',
    totpSecret: base32Encode(newSecret(20)),
    smsSecondFactor: true,
  });
  await t.importOf([person]);
  const imported = (await t.givePassword(person.email, PASSPHRASE)).prover;

  const shapeOf = (prover: typeof made) => {
    const channels = prover.contacts.map(({ channelId }) => channelId);
    return {
      ...prover,
      id: '',
      userId: '',
      contacts: prover.contacts.map(({ kind, verifiedAt }) => [kind, verifiedAt]).sort(),
      authenticators: prover.authenticators
        .map((one) => [
          one.method,
          one.bindingLevel,
          one.label,
          one.channelId === one.id,
          channels.includes(one.channelId),
          prover.contacts.some(({ id }) => id === one.contactId),
        ])
        .sort(),
    };
  };
  expect(shapeOf(imported)).toEqual(shapeOf(made));
  const rows = await t.platform.db
    .selectFrom('authenticator')
    .select(['type', 'state', 'key_protection', 'generation', 'used_step', 'backup_eligible', 'expires_at'])
    .where('account_id', 'in', [made.id, imported.id])
    .distinct()
    .execute();
  const protection = Object.fromEntries(rows.map((row) => [row.type, row.key_protection]));
  expect(protection).toMatchObject({ totp: 'software', 'sms-code': 'software' });
});

test('[CRY-3] no column shows an address, a secret or a hash', async () => {
  const seed = base32Encode(Buffer.from('canary-canary-canary'));
  const person = {
    email: 'canary@example.org',
    phone: '+393339998877',
    totpSecret: seed,
    passwordHash: t.readyHash,
  };
  await t.importOf([{ ...person, externalId: 'canary-77' }]);
  const tables = [
    'account',
    'identifier',
    'contact',
    'authenticator',
    'audit',
    'audit_key',
    'import_run',
  ] as const;
  for (const table of tables) {
    const { rows } = await sql<{
      row: string;
    }>`select ${sql.table(table)}::text as row from ${sql.table(table)}`.execute(t.platform.db);
    const text = rows.map(({ row }) =>
      row.replace(/\\\\x([0-9a-f]+)/g, (_, hex) => Buffer.from(hex, 'hex').toString('latin1')),
    );
    expect(text.join('\n'), table).not.toMatch(/canary|3339998877|argon2id/);
  }
});

test('without a password, one that nobody knows, to be replaced by e-mail', async () => {
  const person = somebody();
  expect(await t.importOf([person])).toMatchObject({ imported: 1 });
  await expect(t.givePassword(person.email, '')).rejects.toMatchObject({ slug: 'sign-in-refused' });
  const hmac = t.stores.identifiers.hash(person.email) ?? Buffer.alloc(0);
  const accountId = await t.gate.transaction((tx) => t.stores.identifiers.find(tx, hmac));
  expect((await load(t, accountId ?? '')).authenticators.map(({ method }) => method)).toEqual(['password']);
});

test('an address that is not confirmed signs nobody in and reserves nothing', async () => {
  const email = 'unconfirmed@example.org';
  const userId = newUserId();
  await t.importOf([{ email, userId, emailVerified: false, passwordHash: t.readyHash }]);
  await expect(t.givePassword(email, PASSPHRASE)).rejects.toBeInstanceOf(Problem);
  await t.signsIn(userId, PASSPHRASE);
  expect(await t.importOf([{ email, passwordHash: t.readyHash }])).toMatchObject({ imported: 1 });
});
