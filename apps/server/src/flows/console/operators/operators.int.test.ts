import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { good, outcome } from '../../../../../../tests/setup/journeys.ts';
import {
  ceremonyOf,
  decide,
  enterConsole,
  giveOperator,
  type TestOperator,
} from '../../../../../../tests/setup/operators.ts';
import { provePasskey } from '../../../../../../tests/setup/passkeys.ts';
import {
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';

let on: PopulatedInstallation;
let admin: TestOperator;
beforeAll(async () => {
  on = await populatedInstallation(2);
  admin = await giveOperator(on, 'administrator');
});
afterAll(() => on[Symbol.asyncDispose]());

const OPERATORS = '/api/console/operators';
type Listed = { operators: { id: string; email: string; state: string; roles: string[]; isSelf: boolean }[] };
const listed = async (id: string) =>
  good(await admin.browser.get<Listed>(OPERATORS)).operators.find((one) => one.id === id);

describe('who may work in the console', () => {
  test('is for administrators: everybody else is told the same', async () => {
    const others = await Promise.all([
      giveOperator(on, 'reviewer', 'help-desk', 'auditor').then(({ browser }) => browser),
      on.browser(),
    ]);
    for (const browser of others) {
      expect(outcome(await browser.get(OPERATORS))).toBe('403 operator-needed');
      expect(outcome(await browser.post(`${OPERATORS}/${admin.id}/remove`, {}))).toBe('403 operator-needed');
    }
    expect(await listed(admin.id)).toMatchObject({ isSelf: true, state: 'active', roles: ['administrator'] });
  });

  test('a colleague is invited by e-mail, and every administrator is told', async () => {
    const email = 'new.colleague@example.org';
    const body = { email, roles: ['reviewer'], language: 'en' };
    expect(outcome(await decide(admin, OPERATORS, body))).toBe('204');
    const mail = await on.dev.newest(email);
    expect(mail.subject).toContain('You are invited');
    expect(mail.text).toContain('/console/invitation#');
    const told = await on.dev.newest(admin.email);
    expect(told.subject).toBe('A new invitation to the console');
    expect(told.text).toContain(email);
    expect(told.text).toContain(admin.name);
  });

  test('roles change, from the next request on', async () => {
    const { id, browser } = await giveOperator(on, 'reviewer');
    expect(outcome(await decide(admin, `${OPERATORS}/${id}/roles`, { roles: ['administrator'] }))).toBe(
      '204',
    );
    expect(outcome(await browser.get(OPERATORS))).toBe('200');
    expect(outcome(await decide(admin, `${OPERATORS}/${id}/roles`, { roles: ['auditor'] }))).toBe('204');
    expect(outcome(await browser.get(OPERATORS))).toBe('403 operator-needed');
  });

  test('who is removed is out at once, on every node, with password and key', async () => {
    const other = await giveOperator(on, 'auditor');
    expect(outcome(await decide(admin, `${OPERATORS}/${other.id}/remove`))).toBe('204');
    const elsewhere = other.browser.at(on.nodes[1]!.url);
    expect(outcome(await elsewhere.post('/api/console/session'))).toBe('403 operator-needed');
    await expect(enterConsole(on.browser(), other)).rejects.toThrow('422 sign-in-refused');
    expect(await listed(other.id)).toMatchObject({ state: 'removed', roles: [] });
    expect(outcome(await decide(admin, `${OPERATORS}/${other.id}/remove`))).toBe('404 operator-gone');
  });

  test('nobody changes their own rights', async () => {
    const second = await giveOperator(on, 'administrator');
    const roles = { roles: ['administrator', 'reviewer'] };
    expect(outcome(await decide(second, `${OPERATORS}/${second.id}/roles`, roles))).toBe('409 not-oneself');
    expect(outcome(await decide(second, `${OPERATORS}/${second.id}/remove`))).toBe('409 not-oneself');
    const anew = { email: second.email, roles: ['reviewer'], language: 'en' };
    expect(outcome(await decide(second, OPERATORS, anew))).toBe('409 not-oneself');
    expect(outcome(await decide(admin, `${OPERATORS}/${second.id}/remove`))).toBe('204');
  });

  test('of two administrators who remove each other at once, one stays', async () => {
    const [first, second] = [
      await giveOperator(on, 'administrator'),
      await giveOperator(on, 'administrator'),
    ];
    expect(outcome(await decide(first, `${OPERATORS}/${admin.id}/remove`))).toBe('204');
    const pairs = [
      { who: first, path: `${OPERATORS}/${second.id}/remove`, node: on.nodes[0]! },
      { who: second, path: `${OPERATORS}/${first.id}/remove`, node: on.nodes[1]! },
    ];
    const ready = await Promise.all(
      pairs.map(async ({ who, path, node }) => {
        const ceremony = ceremonyOf(await who.browser.post(path, {}));
        good(await provePasskey(who.browser, ceremony, who.device));
        return () => who.browser.at(node.url).post(path, { approval: ceremony.id });
      }),
    );
    const outcomes = (await Promise.all(ready.map((send) => send()))).map(outcome);
    expect(outcomes.filter((one) => one === '204')).toHaveLength(1);
    const left = await on.database.db
      .selectFrom('operator_role')
      .selectAll()
      .where('role', '=', 'administrator')
      .execute();
    expect(left).toHaveLength(1);
    admin = left[0]?.account_id === first.id ? first : second;
  });
});

describe('a decision', () => {
  test('asks for the key, which answers for this very decision and no other', async () => {
    const [one, two] = [await giveOperator(on, 'reviewer'), await giveOperator(on, 'reviewer')];
    const remove = (id: string, approval?: string) =>
      admin.browser.post(`${OPERATORS}/${id}/remove`, approval ? { approval } : {});
    const ceremony = ceremonyOf(await remove(one.id));
    expect(ceremony.options).toMatchObject([{ slot: 'first', method: 'passkey' }]);
    expect(outcome(await remove(one.id, ceremony.id))).toBe('409 proof-missing');
    good(await provePasskey(admin.browser, ceremony, admin.device));
    expect(outcome(await remove(two.id, ceremony.id))).toBe('409 operation-gone');
    const roles = { roles: ['auditor'], approval: ceremony.id };
    expect(outcome(await admin.browser.post(`${OPERATORS}/${one.id}/roles`, roles))).toBe(
      '409 operation-gone',
    );
    expect(outcome(await on.browser().post(`${OPERATORS}/${one.id}/remove`, { approval: ceremony.id }))).toBe(
      '403 operator-needed',
    );
    expect(outcome(await remove(one.id, ceremony.id))).toBe('204');
    expect((await listed(two.id))?.state).toBe('active');
  });

  test('of 16 requests with one proof, one is carried out', async () => {
    const { id } = await giveOperator(on, 'reviewer');
    const path = `${OPERATORS}/${id}/roles`;
    const body = { roles: ['auditor', 'reviewer'] };
    const ceremony = ceremonyOf(await admin.browser.post(path, body));
    good(await provePasskey(admin.browser, ceremony, admin.device));
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const browser = admin.browser.at(on.nodes[index % 2]!.url);
        return outcome(await browser.post(path, { ...body, approval: ceremony.id }));
      }),
    );
    expect(outcomes.filter((one) => one === '204')).toHaveLength(1);
    for (const lost of outcomes.filter((one) => one !== '204'))
      expect(['404 ceremony-gone', '409 operation-gone']).toContain(lost);
  });
});
