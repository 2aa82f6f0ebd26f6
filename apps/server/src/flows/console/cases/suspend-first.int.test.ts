import { afterAll, beforeAll, expect, test } from 'vitest';
import { giveIdentity } from '../../../../../../tests/setup/identities.ts';
import { good, outcome } from '../../../../../../tests/setup/journeys.ts';
import { ceremonyOf, giveOperator, type TestOperator } from '../../../../../../tests/setup/operators.ts';
import { provePasskey } from '../../../../../../tests/setup/passkeys.ts';
import { type PopulatedInstallation, sharedInstallation } from '../../../../../../tests/setup/populated.ts';
import { toldOf } from '../../../../../../tests/setup/told.ts';
import { readAudit } from '../../../platform/audit/audit.ts';
import { inTransaction } from '../../../platform/database/database.ts';
import { holdStore } from '../../../stores/gate/hold.store.ts';

let on: PopulatedInstallation;
let operator: TestOperator;
beforeAll(async () => {
  on = await sharedInstallation();
  operator = await giveOperator(on, 'reviewer');
});
afterAll(() => on[Symbol.asyncDispose]());

/** A revocation that the operator has taken. */
async function takenRevocation() {
  const { browser } = operator;
  const holder = await on.holder({ sms: true });
  await giveIdentity({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs }, holder.id);
  const type = { 'content-type': 'application/pdf' };
  await browser.request('PUT', '/api/console/revocation-requests/form', '%PDF-1.7 signed %%EOF', type);
  const verified = 'Called back at the registered number.';
  const wanted = { holder: holder.userId, cause: 'illicit-use', receivedBy: 'post', verified };
  const { id } = good(await browser.post<{ id: string }>('/api/console/revocation-requests', wanted));
  const path = `/api/console/cases/${id}`;
  good(await browser.post(`${path}/take`));
  return { holder, path };
}

/** Everything that says that an account was suspended, to see that there is one of each. */
async function tracesOf({ id, email }: { id: string; email: string }, path: string) {
  const { db } = on.database;
  const recorded = await readAudit(db, on.keyring, id);
  const { history } = good(await operator.browser.get<{ history: { what: string }[] }>(path));
  const identities = await inTransaction(db, (tx) => on.stores.identities.ofAccount(tx, id));
  const holds = await inTransaction(db, (tx) => holdStore.list(tx, id));
  return {
    holds: holds.length,
    identities: identities.map(({ state }) => state),
    recorded: recorded.map(({ type }) => type).filter((type) => type.includes('suspended')),
    noted: history.filter(({ what }) => what === 'suspended').length,
    notices: (await toldOf(on, { id })).filter((kind) => kind === 'account-suspended').length,
    letters: (await on.dev.outbox(email)).filter(({ subject }) => /suspended/i.test(subject ?? '')).length,
  };
}

test('[SPID-IDL-10] [AVL-1] of 16 that suspend first at once, by four approvals on two nodes, one does: on record, noted and told once', async () => {
  const { holder, path } = await takenRevocation();
  const { browser, device } = operator;
  const approvals: string[] = [];
  for (let index = 0; index < 4; index++) {
    const ceremony = ceremonyOf(await browser.post(`${path}/suspend`));
    good(await provePasskey(browser, ceremony, device));
    approvals.push(ceremony.id);
  }
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, index) => {
      const at = browser.at(on.nodes[(index >> 2) % 2]!.url);
      return at.post(`${path}/suspend`, { approval: approvals[index % 4] });
    }),
  );
  const all = answers.map(outcome);
  expect(all.filter((one) => one === '204')).toHaveLength(1);
  // The account rests; or the same approval was spent by another request, before this one looked or while it waited.
  expect(['204', '404 ceremony-gone', '409 operation-gone', '409 rests-already']).toEqual(
    expect.arrayContaining(all),
  );
  await expect.poll(async () => (await tracesOf(holder, path)).letters).toBe(1);
  expect(await tracesOf(holder, path)).toEqual({
    holds: 1,
    identities: ['suspended'],
    recorded: ['account-suspended', 'suspended-for-case'],
    noted: 1,
    notices: 1,
    letters: 1,
  });
});
