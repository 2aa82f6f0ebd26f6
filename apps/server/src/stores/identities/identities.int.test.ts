import { randomBytes } from 'node:crypto';
import { type AttributeName, isAttribute } from '@sigillo/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bareIdentity, giveIdentity } from '../../../../../tests/setup/identities.ts';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { IdentityTaken } from '../../identities/identities.ports.ts';
import type { Identity } from '../../identities/identity.ts';
import { moveIdentity } from '../../identities/move-identity.service.ts';
import { fixedClock } from '../../platform/clock/clock.ts';
import { inTransaction, type Tx } from '../../platform/database/database.ts';
import { randomId } from '../../platform/ids.ts';
import { keyEncryptionKeyOf } from '../../platform/keyring/kek.ts';
import { type Keyring, loadKeyring } from '../../platform/keyring/keyring.ts';
import { identityStore } from './identity.store.ts';

const clock = fixedClock(Date.parse('2026-11-22T09:00:00Z'));
let database: TestDatabase;
let keyring: Keyring;
let identities: ReturnType<typeof identityStore>;
beforeAll(async () => {
  database = await testDatabase();
  keyring = await loadKeyring(database.db, keyEncryptionKeyOf(randomBytes(32)), clock.nowMs());
  identities = identityStore(keyring);
});
afterAll(() => database[Symbol.asyncDispose]());

const MARIA = { name: 'Maria', familyName: 'Rossi', fiscalNumber: 'TINIT-RSSMRA85T50A562W' };

const requested = (changes: Partial<Identity> = {}): Identity => ({
  ...bareIdentity(randomId(), clock),
  ...changes,
});

const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(database.db, work);
const insert = (identity: Identity) => inTx((tx) => identities.insert(tx, identity));
const move = (identity: Identity, wanted: Parameters<typeof moveIdentity>[3]) =>
  inTx((tx) => moveIdentity({ identities, clock }, tx, identity, wanted));

describe('digital identities', () => {
  test('are found as they were kept, and hold nothing readable', async () => {
    const identity = requested({ attributes: MARIA });
    await insert(identity);
    expect(await inTx((tx) => identities.find(tx, identity.accountId, identity.id))).toEqual(identity);
    const row = await database.db.selectFrom('identity').selectAll().executeTakeFirstOrThrow();
    expect(row.attributes_sealed.toString('latin1')).not.toContain('Rossi');
  });

  test('[SPID-ATT-1] what tests give accounts has the form of what people have', async () => {
    const surroundings = { db: database.db, keyring, nowMs: clock.nowMs };
    const given = [
      await giveIdentity(surroundings, randomId()),
      await giveIdentity(surroundings, randomId(), {
        documentExpiresOn: '2026-12-31',
        attributes: { name: 'Ugo' },
      }),
    ];
    for (const { state, attributes } of given) {
      expect(state).toBe('active');
      for (const [name, value] of Object.entries(attributes))
        expect([name, isAttribute(name as AttributeName, value)]).toEqual([name, true]);
    }
  });

  test('[SPID-IDL-1] of a fiscal number there is one of a type that is not revoked; a code is never given again', async () => {
    const attributes = { fiscalNumber: 'TINIT-MRTMTT91D08F205J' };
    const first = requested({ attributes });
    const tries = Array.from({ length: 16 }, () => insert(requested({ attributes })));
    const made = await Promise.allSettled([insert(first), ...tries]);
    const kept = made.filter(({ status }) => status === 'fulfilled');
    expect(kept).toHaveLength(1);
    for (const one of made) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(IdentityTaken);
    await insert(requested({ attributes, type: 3 }));
  });

  test('[SPID-IDL-1] once revoked, its number is free again and its code is not', async () => {
    const attributes = { fiscalNumber: 'TINIT-RSSMRA85T10A562S' };
    const first = requested({ attributes });
    await insert(first);
    await move(first, { move: { type: 'issue' }, actor: 'two-operators' });
    await move(first, { move: { type: 'revoke', cause: 'death' }, actor: 'two-operators' });
    await insert(requested({ attributes }));
    await expect(insert(requested({ spidCode: first.spidCode }))).rejects.toBeInstanceOf(IdentityTaken);
  });

  test('[SPID-IDL-1] of 16 that move one at once, one does, and its life says so', async () => {
    const identity = requested();
    await insert(identity);
    await move(identity, { move: { type: 'issue' }, actor: 'two-operators' });
    const until = new Date(clock.nowMs() + 86_400_000);
    const suspend = { move: { type: 'suspend', cause: 'holder-request' }, actor: 'holder', until } as const;
    const made = await Promise.allSettled(Array.from({ length: 16 }, () => move(identity, suspend)));
    const lost = made.filter((one) => one.status === 'rejected');
    expect(lost).toHaveLength(15);
    for (const { reason } of lost) expect(reason).toMatchObject({ slug: 'identity-move-refused' });
    const now = await inTx((tx) => identities.find(tx, identity.accountId, identity.id));
    expect(now).toMatchObject({
      state: 'suspended',
      version: 3,
      until: new Map([['holder-request', until]]),
    });
    const life = await inTx((tx) => identities.life(tx, identity.accountId, identity.id));
    expect(life.map(({ from, to, actor }) => [from, to, actor])).toEqual([
      ['requested', 'active', 'two-operators'],
      ['active', 'suspended', 'holder'],
    ]);
  });
});
