import { randomBytes } from 'node:crypto';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  enterPassword,
  isSignedIn,
  outcome,
  signIn,
  tryPassword,
} from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  PASSWORD,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { hashArgon2id } from '../../../factors/password/argon2id.ts';
import { inTransaction } from '../../../platform/database/database.ts';
import { keyEncryptionKeyOf } from '../../../platform/keyring/kek.ts';
import { loadKeyring } from '../../../platform/keyring/keyring.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

const TODAYS = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

async function storedPassword({ id }: Holder) {
  const { db } = on.database;
  const row = await db
    .selectFrom('authenticator')
    .select(['id', 'secret_sealed'])
    .where('account_id', '=', id)
    .where('type', '=', 'password')
    .executeTakeFirstOrThrow();
  const opened = await inTransaction(db, (tx) => on.stores.authenticators.secret(tx, id, row.id));
  return { sealed: row.secret_sealed!, hash: String(opened) };
}

describe('what is stored of a password', () => {
  test('[PW-4] Argon2id with 19 MiB and two passes, sealed: the database alone verifies nothing', async () => {
    const { sealed, hash } = await storedPassword(await on.holder());
    expect(hash).toMatch(TODAYS);
    expect(sealed.toString('latin1')).not.toContain('argon2');
    const stranger = keyEncryptionKeyOf(randomBytes(32));
    await expect(loadKeyring(on.database.db, stranger, Date.now())).rejects.toThrow();
  });

  test.each([
    ['bcrypt of another system', () => bcrypt(PASSWORD, 6)],
    ['a cheaper Argon2id', () => hashArgon2id(PASSWORD, { memoryKib: 8192, passes: 1, lanes: 1 })],
  ])('[PW-4] %s becomes today’s hash at its owner’s sign-in, and at nobody else’s', async (_, weaker) => {
    const holder = await on.holder({ passwordHash: await weaker() });
    expect(outcome(await tryPassword(on.browser(), holder.email, 'not the password'))).toBe(
      '422 sign-in-refused',
    );
    expect((await storedPassword(holder)).hash).not.toMatch(TODAYS);
    await signIn(on, on.browser(), holder);
    expect((await storedPassword(holder)).hash).toMatch(TODAYS);
    await signIn(on, on.browser(1), holder);
  });
});

/** Tries a wrong password so many times, from another address each time and on both nodes. */
async function attack(identifier: string, times: number): Promise<string[]> {
  const outcomes: string[] = [];
  for (let tried = 0; tried < times; tried++)
    outcomes.push(outcome(await tryPassword(on.browser(tried % 2), identifier, 'not the password')));
  return outcomes;
}

describe('wrong passwords', () => {
  test('[PW-6] five lock strangers out for a quarter of an hour; the browser its owner signed in from still enters', async () => {
    const holder = await on.holder();
    const own = await signIn(on, on.browser(), holder);
    expect(await attack(holder.email, 7)).toEqual([
      ...Array(5).fill('422 sign-in-refused'),
      ...Array(2).fill('429 too-many-tries'),
    ]);
    const locked = await tryPassword(on.browser(), holder.userId, PASSWORD);
    expect(outcome(locked)).toBe('429 too-many-tries');
    const wait = Number(locked.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(850);
    expect(wait).toBeLessThanOrEqual(900);
    expect(locked.body).toMatchObject({ retryAfterSeconds: wait });

    await own.post('/api/sign-out');
    expect(await isSignedIn(await signIn(on, own, holder))).toBe(true);
    await on.advance(wait);
    await signIn(on, on.browser(), holder);
  });

  test('[PW-6] a recognised browser of one account lifts no lock of another', async () => {
    const [attacker, victim] = await on.holders(2);
    const recognised = await signIn(on, on.browser(), attacker!);
    await attack(victim!.email, 5);
    expect(outcome(await tryPassword(recognised, victim!.email, PASSWORD))).toBe('429 too-many-tries');
  });

  test('[RATE-1] [PW-6] an unknown name is locked alike, in whatever spelling', async () => {
    for (const name of ['nobody.signs.in@example.org', '7H4K9M2PQ0', 'not even a name'])
      expect(await attack(name, 7)).toEqual([
        ...Array(5).fill('422 sign-in-refused'),
        ...Array(2).fill('429 too-many-tries'),
      ]);
    expect(await attack('Nobody.Signs.In@EXAMPLE.org', 1)).toEqual(['429 too-many-tries']);
  });

  test('[PW-6] what was typed wrong before is forgotten by a success', async () => {
    const holder = await on.holder();
    await attack(holder.email, 4);
    await enterPassword(on.browser(), holder);
    await attack(holder.email, 4);
    await enterPassword(on.browser(), holder);
  });

  test('[SPID-CRD-6] [RATE-1] every wrong try says how many are left, alike for names that nobody has; the sixth is refused', async () => {
    const { email } = await on.holder();
    for (const name of [email, 'nobody.signs.in.so@example.org']) {
      for (let left = 4; left >= 0; left--) {
        const { status, body } = await tryPassword(on.browser(), name, 'not the password');
        expect({ status, body }).toMatchObject({ status: 422, body: { triesLeft: left } });
      }
      expect(outcome(await tryPassword(on.browser(), name, PASSWORD))).toBe('429 too-many-tries');
    }
  });
});
