import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  load,
  type TestAccount,
  type TestGate,
  testAccount,
  testGate,
} from '../../../../tests/setup/gate.ts';
import { giveIdentity, type WantedIdentity } from '../../../../tests/setup/identities.ts';
import { DAY_MS } from '../platform/clock/clock.ts';
import { randomId } from '../platform/ids.ts';
import { endDueHolds } from './end-holds.ts';
import type { NewHold } from './hold.ts';
import { suspendAccount } from './holds.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const inTx: TestGate['gate']['transaction'] = (work) => t.gate.transaction(work);
const statusOf = async ({ id }: TestAccount) => (await load(t, id)).status;
const stateOf = async ({ id }: TestAccount) =>
  (await inTx((tx) => t.stores.identities.ofAccount(tx, id))).map(({ state }) => state);
const holdsOf = ({ id }: TestAccount) => inTx((tx) => t.gate.holds.list(tx, id));

async function suspended(wanted: WantedIdentity | null = {}, hold: Partial<NewHold> = {}) {
  const account = await testAccount(t, { sms: true });
  const ground = { db: t.database.db, keyring: t.platform.keyring, nowMs: t.clock.nowMs };
  if (wanted) await giveIdentity(ground, account.id, wanted);
  const accountId = account.id;
  await inTx((tx) =>
    suspendAccount(t.gate, tx, { accountId, cause: 'holder-request', by: 'holder', days: 30, ...hold }),
  );
  return account;
}

/** The letters that an account was sent, newest first, by the name of what they say. */
async function letters({ email }: TestAccount): Promise<string[]> {
  const { db, keyring } = t.platform;
  const rows = await db.selectFrom('outbox').selectAll().orderBy('id', 'desc').execute();
  const open = (row: (typeof rows)[number], column: 'recipient_sealed' | 'content_sealed') =>
    keyring.openText(row[column] ?? Buffer.alloc(0), { table: 'outbox', row: row.id, column });
  return rows
    .filter((row) => row.content_sealed && open(row, 'recipient_sealed') === email)
    .map((row) => JSON.parse(open(row, 'content_sealed')).template);
}

const isDay = (days: number) => t.clock.advance(days * DAY_MS);

describe('the end of a suspension', () => {
  test('[SPID-IDL-8] comes by itself on its day, where the identity is as sure as before, and not a moment sooner', async () => {
    const account = await suspended();
    t.clock.advance(30 * DAY_MS - 1);
    await endDueHolds(t.gate);
    expect([await statusOf(account), await stateOf(account)]).toEqual(['suspended', ['suspended']]);
    t.clock.advance(1);
    await endDueHolds(t.gate);
    expect([await statusOf(account), await stateOf(account)]).toEqual(['active', ['active']]);
    expect(await holdsOf(account)).toEqual([]);
    expect((await letters(account))[0]).toBe('suspension-lifted');
  });

  test('[SPID-IDL-7] a shorter one ends on the day its holder chose', async () => {
    const account = await suspended({}, { days: 3 });
    isDay(3);
    await endDueHolds(t.gate);
    expect(await statusOf(account)).toBe('active');
  });

  test('[REC-7] an account without an identity is active again on its day', async () => {
    const account = await suspended(null);
    isDay(30);
    await endDueHolds(t.gate);
    expect(await statusOf(account)).toBe('active');
  });

  const unsure: [string, string, () => Promise<TestAccount>][] = [
    ['its document has expired', 'document-expired', () => suspended({ documentExpiresOn: dayIn(29) })],
    ['a contact is not verified', 'contact-unverified', withUnverifiedContact],
    ['its telephone was lost', 'credential-compromised', () => suspended({}, { cause: 'lost-credential' })],
    ['it rests for another cause too', 'other-cause', withOtherCause],
  ];
  test.each(unsure)(
    '[SPID-IDL-8] does not come by itself where %s: its holder is told',
    async (_, doubt, make) => {
      const account = await make();
      isDay(30);
      await endDueHolds(t.gate);
      expect([await statusOf(account), await stateOf(account)]).toEqual(['suspended', ['suspended']]);
      const kept = (await holdsOf(account)).find(({ until }) => until !== null);
      expect(kept?.dueAt).toBeNull();
      expect((await letters(account))[0]).toBe('suspension-kept');
      const [first] = await inTx((tx) =>
        t.gate.holdings.doubts(tx, account.id, [kept?.cause ?? 'holder-request']),
      );
      expect(first).toBe(doubt);
      // Nor is it judged or told again.
      const told = (await letters(account)).length;
      isDay(1);
      await endDueHolds(t.gate);
      expect((await letters(account)).length).toBe(told);
    },
  );

  test('[SPID-IDL-8] two that were asked for, and run out together, are no cause for one another', async () => {
    const account = await suspended();
    const accountId = account.id;
    const card = { accountId, cause: 'emergency-link', by: 'emergency-link', days: 30 } as const;
    await inTx((tx) => suspendAccount(t.gate, tx, card));
    isDay(30);
    await endDueHolds(t.gate);
    expect([await statusOf(account), await stateOf(account)]).toEqual(['active', ['active']]);
  });

  test('[SPID-IDL-8] is judged once, however many nodes look at once', async () => {
    const account = await suspended();
    isDay(30);
    const judged = await Promise.all(Array.from({ length: 16 }, () => endDueHolds(t.gate)));
    expect(judged.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await statusOf(account)).toBe('active');
    expect((await letters(account)).filter((one) => one === 'suspension-lifted')).toHaveLength(1);
  });
});

const dayIn = (days: number) => new Date(t.clock.nowMs() + days * DAY_MS).toISOString().slice(0, 10);

async function withUnverifiedContact(): Promise<TestAccount> {
  const account = await suspended();
  const contact = {
    id: randomId(),
    kind: 'email' as const,
    channelId: randomId(),
    address: 'new@example.org',
  };
  await inTx((tx) =>
    t.stores.contacts.insert(tx, account.id, { ...contact, verifiedAt: null }, t.clock.now()),
  );
  return account;
}

async function withOtherCause(): Promise<TestAccount> {
  const account = await suspended();
  const accountId = account.id;
  const suspicion = { accountId, cause: 'suspected-abuse', by: 'platform', days: null } as const;
  await inTx((tx) => suspendAccount(t.gate, tx, suspicion));
  return account;
}

test('[SPID-IDL-8] a node that ends in the middle of judging leaves it to the next', async () => {
  const account = await suspended();
  isDay(30);
  const stopped = {
    ...t.gate,
    audit: () => Promise.reject(new Error('the node was killed')),
  };
  await expect(endDueHolds(stopped)).rejects.toThrow('killed');
  expect(await statusOf(account)).toBe('suspended');
  expect(await endDueHolds(t.gate)).toBe(1);
  expect(await statusOf(account)).toBe('active');
});
