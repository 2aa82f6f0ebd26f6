import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestGate, testGate } from '../../../../../tests/setup/gate.ts';
import { NOBODY, readAudit } from '../../platform/audit/audit.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { logoutStore } from '../../stores/oidc/logout.store.ts';
import { type RetryLogoutsPorts, retryLogouts } from './retry-logouts.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());
beforeEach(async () => {
  await t.platform.db.deleteFrom('logout_notice').execute();
  await t.platform.db.deleteFrom('logout_dead').execute();
});

const ports = (): RetryLogoutsPorts => ({
  notices: logoutStore(t.platform.db),
  clock: t.clock,
  transaction: t.platform.transaction,
  audit: t.gate.audit,
});
const waiting = () => t.platform.db.selectFrom('logout_notice').selectAll().execute();
const dead = () => logoutStore(t.platform.db).dead(1_000);

/** So many notices to a relying party were given up. @returns the sessions */
async function giveUp(clientId: string, count = 1, accountId = NOBODY): Promise<string[]> {
  const at = t.clock.now();
  const rows = Array.from({ length: count }, () => uuidv7(at.getTime())).map((session_id, index) => ({
    ...{ account_id: accountId, session_id, client_id: clientId, sid: `sid ${index}` },
    ...{ ended_at: at, given_up_at: at, attempts: 10, reason: 'answered 503' },
  }));
  await t.platform.db.insertInto('logout_dead').values(rows).execute();
  return rows.map(({ session_id }) => session_id);
}

test('[OIDC-8] what was given up is told again, to those named alone, and is on record', async () => {
  const accountId = uuidv7(t.clock.nowMs());
  const [session] = await giveUp('mended', 1, accountId);
  await giveUp('broken');
  expect(await retryLogouts(ports(), ['mended', 'unknown'])).toBe(1);
  expect(await waiting()).toMatchObject([
    {
      ...{ account_id: accountId, session_id: session, client_id: 'mended', sid: 'sid 0' },
      ...{ attempts: 0, due_at: t.clock.now(), leased_until: null },
    },
  ]);
  expect((await dead()).map(({ clientId }) => clientId)).toEqual(['broken']);
  const { type, actor, details } = (await readAudit(t.platform.db, t.gate.keyring, accountId))[0]!;
  expect([type, actor, details]).toEqual(['logout-told-again', 'operator', { clientId: 'mended', session }]);
});

test('[OIDC-8] however many ask at once, and however many there are, each is told again once', async () => {
  await giveUp('mended', 250);
  const told = await Promise.all(Array.from({ length: 8 }, () => retryLogouts(ports(), [])));
  expect(told.reduce((sum, count) => sum + count)).toBe(250);
  expect(await waiting()).toHaveLength(250);
  expect(await retryLogouts(ports(), [])).toBe(0);
});

test('[AUD-1] what cannot be put on record is not told again', async () => {
  await giveUp('mended');
  const audit = () => Promise.reject(new Error('for this test'));
  await expect(retryLogouts({ ...ports(), audit }, [])).rejects.toThrow('for this test');
  expect([await waiting(), (await dead()).length]).toEqual([[], 1]);
});
