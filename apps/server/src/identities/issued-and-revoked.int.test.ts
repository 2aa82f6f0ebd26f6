import { romeDayOf } from '@sigillo/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  load,
  type TestAccount,
  type TestGate,
  testAccount,
  testGate,
} from '../../../../tests/setup/gate.ts';
import { giveIdentity, PROVIDER, somePerson } from '../../../../tests/setup/identities.ts';
import { readAudit } from '../platform/audit/audit.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Identity } from './identity.ts';
import { issueIdentity, refuseIdentity, requestIdentity } from './issue-identity.service.ts';
import type { IdentityStart } from './new-identity.ts';
import { type RevocationWish, revokeIdentity } from './revoke-identity.service.ts';

const DOCUMENT: Pick<IdentityStart, 'documentExpiresOn'> = { documentExpiresOn: '2033-01-31' };
const OPERATORS = ['operator-1', 'operator-2'] as const;

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const ports = () => ({
  gate: t.gate,
  ...t.stores,
  provider: PROVIDER,
  settings: { provider: 'SIGL', years: 10 },
});
const keyOf = ({ accountId, id }: Identity) => ({ accountId, id });
const find = (identity: Identity) =>
  t.gate.single((tx) => t.stores.identities.find(tx, identity.accountId, identity.id));
const auditOf = async (accountId: string) =>
  (await readAudit(t.platform.db, t.platform.keyring, accountId)).filter(({ type }) =>
    /^(identity|account)-/.test(type),
  );

/** What a promise ends with: `done`, or the name of the problem. */
const ending = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Problem) return error.slug;
      throw error;
    },
  );

const request = (account: TestAccount, changes: Partial<IdentityStart> = {}) =>
  t.gate.transaction((tx) =>
    requestIdentity(
      ports(),
      tx,
      { accountId: account.id, type: 1, attributes: somePerson('2033-01-31'), ...DOCUMENT, ...changes },
      OPERATORS[0],
    ),
  );
const issue = (identity: Identity, operators: readonly [string, string] = OPERATORS) =>
  t.gate.transaction((tx) => issueIdentity(ports(), tx, keyOf(identity), operators));
const revoke = (identity: Identity, wish: RevocationWish) =>
  t.gate.transaction((tx) => revokeIdentity(ports(), tx, keyOf(identity), wish));
const decided = (
  cause: 'death' | 'legal-person-extinct' | 'illicit-use' | 'holder-request',
): RevocationWish => ({
  by: 'two-operators',
  cause,
  operators: OPERATORS,
  evidence: 'register of deaths, Rome, 2026/1182',
});

test('[SPID-ENR-2] an identity is issued by two operators once both contacts are verified, for its years', async () => {
  const anna = await testAccount(t);
  const identity = await request(anna);
  expect(await ending(issue(identity))).toBe('identity-contacts-unverified');
  expect((await find(identity))?.state).toBe('requested');
  const bruno = await testAccount(t, { phone: true });
  const another = await request(bruno);
  expect(await ending(issue(another, [OPERATORS[0], OPERATORS[0]]))).toBe('identity-evidence-missing');
  const issued = await issue(another);
  expect(issued).toMatchObject({
    state: 'active',
    issuedOn: romeDayOf(t.clock.nowMs()),
    expiresOn: '2036-05-31',
  });
  expect(await find(another)).toEqual(issued);
  expect(await ending(issue(another))).toBe('identity-move-refused');
  expect((await auditOf(bruno.id)).map(({ type, actor }) => [type, actor])).toEqual([
    ['identity-requested', 'operator'],
    ['identity-issued', 'operator'],
  ]);
});

test('[SPID-ENR-8] its contract is made in the transaction that issues it, or neither is', async () => {
  const anna = await testAccount(t, { phone: true });
  const identity = await request(anna);
  const contract = () => t.gate.single((tx) => t.stores.contracts.find(tx, anna.id, identity.id));
  const killed = t.gate.transaction(async (tx) => {
    await issueIdentity(ports(), tx, keyOf(identity), OPERATORS);
    throw new Error('killed before the commit');
  });
  await expect(killed).rejects.toThrow('killed before the commit');
  expect([await contract(), (await find(identity))?.state]).toEqual([undefined, 'requested']);
  await issue(identity);
  expect(
    Buffer.from((await contract()) ?? '')
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
});

test('[SPID-ATT-1] what is asked for with wrong attributes is not kept, and says what is wrong', async () => {
  const anna = await testAccount(t, { phone: true });
  const wrong = request(anna, { attributes: { ...somePerson('2033-01-31'), name: 'ANNA!' } });
  await expect(wrong).rejects.toMatchObject({
    extension: { faults: [{ name: 'name', fault: 'wrong-form' }] },
  });
  const right = await request(anna);
  expect(await ending(request(anna, { attributes: right.attributes }))).toBe('identity-taken');
});

test('[SPID-IDL-1] a request that was refused is not issued any more, and the person may ask again', async () => {
  const anna = await testAccount(t, { phone: true });
  const identity = await request(anna);
  const refusal = { operatorId: OPERATORS[1], reason: 'document unreadable' };
  await t.gate.transaction((tx) => refuseIdentity(ports(), tx, keyOf(identity), refusal));
  expect(await ending(issue(identity))).toBe('identity-move-refused');
  expect((await load(t, anna.id)).status).toBe('active');
  const again = await request(anna, { attributes: identity.attributes });
  expect((await issue(again)).state).toBe('active');
});

test('[SPID-IDL-5] death revokes once two operators have verified it and said by what', async () => {
  const anna = await testAccount(t, { phone: true });
  const surroundings = { ...t.platform, nowMs: t.clock.nowMs };
  const identity = await giveIdentity(surroundings, anna.id);
  const wish = decided('death') as RevocationWish & { by: 'two-operators' };
  expect(await ending(revoke(identity, { ...wish, evidence: ' ' }))).toBe('identity-evidence-missing');
  expect(await ending(revoke(identity, { ...wish, operators: ['one', 'one'] }))).toBe(
    'identity-evidence-missing',
  );
  expect(await ending(revoke(identity, decided('legal-person-extinct')))).toBe('identity-move-refused');
  expect(await ending(revoke(identity, wish))).toBe('done');
  expect((await find(identity))?.state).toBe('revoked');
  expect(await ending(revoke(identity, wish))).toBe('identity-move-refused');
  const [revoked, closed] = await auditOf(anna.id);
  expect(revoked).toMatchObject({
    type: 'identity-revoked',
    actor: 'operator',
    details: { cause: 'death', operators: OPERATORS.join(' '), evidence: wish.evidence, accountClosed: true },
  });
  expect(closed?.type).toBe('account-closed');
});

test('[SPID-IDL-2] [SPID-IDL-5] a company is dissolved, and does not die', async () => {
  const owner = await testAccount(t, { phone: true });
  const surroundings = { ...t.platform, nowMs: t.clock.nowMs };
  const identity = await giveIdentity(surroundings, owner.id, { type: 2 });
  expect(await ending(revoke(identity, decided('death')))).toBe('identity-move-refused');
  expect(await ending(revoke(identity, decided('legal-person-extinct')))).toBe('done');
});

test('[SPID-IDL-9] of two identities of an account one ends, its sessions end, and the other goes on', async () => {
  const anna = await testAccount(t, { phone: true });
  const surroundings = { ...t.platform, nowMs: t.clock.nowMs };
  const [one, other] = [
    await giveIdentity(surroundings, anna.id),
    await giveIdentity(surroundings, anna.id, { type: 3 }),
  ];
  const before = await load(t, anna.id);
  await revoke(one, decided('illicit-use'));
  const after = await load(t, anna.id);
  expect(after.epoch).toBeGreaterThan(before.epoch);
  expect(after).toMatchObject({ status: 'active', authenticators: before.authenticators });
  expect((await find(other))?.state).toBe('active');
  await revoke(other, decided('holder-request'));
  expect(await load(t, anna.id)).toMatchObject({ status: 'closed', authenticators: [] });
});

test('[SPID-IDL-9] who lost an identity may begin anew with the same address, and as the same person', async () => {
  const anna = await testAccount(t, { phone: true });
  const surroundings = { ...t.platform, nowMs: t.clock.nowMs };
  const identity = await giveIdentity(surroundings, anna.id);
  const hash = t.stores.identifiers.hash(anna.email) ?? Buffer.alloc(0);
  await revoke(identity, decided('holder-request'));
  await t.gate.transaction(async (tx) => {
    expect(await t.stores.identifiers.find(tx, hash)).toBeUndefined();
    const userId = t.stores.identifiers.hash(anna.userId) ?? Buffer.alloc(0);
    expect(await t.stores.identifiers.find(tx, userId)).toBe(anna.id);
  });
  const again = await testAccount(t, { phone: true });
  await giveIdentity(surroundings, again.id, { attributes: identity.attributes });
});

test('[SPID-IDL-9] of 16 that revoke at once one does, and a failing record revokes nothing', async () => {
  const anna = await testAccount(t, { phone: true });
  const surroundings = { ...t.platform, nowMs: t.clock.nowMs };
  const identity = await giveIdentity(surroundings, anna.id);
  const gate = { ...t.gate, audit: () => Promise.reject(new Error('audit is blocked')) };
  const broken = t.gate.transaction((tx) =>
    revokeIdentity({ ...ports(), gate }, tx, keyOf(identity), decided('death')),
  );
  await expect(broken).rejects.toThrow('audit is blocked');
  expect((await load(t, anna.id)).status).toBe('active');
  const all = await Promise.all(Array.from({ length: 16 }, () => ending(revoke(identity, decided('death')))));
  expect(all.filter((one) => one === 'done')).toHaveLength(1);
  expect(new Set(all)).toEqual(new Set(['done', 'identity-move-refused']));
});
