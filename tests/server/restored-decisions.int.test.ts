import { daysLater, romeDayOf } from '@sigillo/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyDatabase, keptInstallation, nameOf } from '../setup/backups.ts';
import { hooks } from '../setup/http-browser.ts';
import { giveIdentity } from '../setup/identities.ts';
import { good, outcome, signIn, tryPassword } from '../setup/journeys.ts';
import { decide, enterConsole, giveOperator, tryConsolePassword } from '../setup/operators.ts';
import type { Holder, PopulatedInstallation } from '../setup/populated.ts';
import type { TestServer } from '../setup/server.ts';

const PATIENCE = { timeout: 60_000, interval: 200 };

let kept: Awaited<ReturnType<typeof keptInstallation>>;
let on: PopulatedInstallation;
let node: TestServer;
beforeAll(async () => {
  kept = await keptInstallation();
  on = kept.on;
  node = on.server;
});
afterAll(() => kept[Symbol.asyncDispose]());

const here = () => on.browser().at(node.url);
const dev = () => hooks(node.url);
const enter = (holder: Holder) => signIn(on, here(), holder);
const passwordOf = async ({ email, password }: Holder) => outcome(await tryPassword(here(), email, password));

const stateOf = async (table: 'erasure' | 'identity', { id }: Holder) =>
  (await on.database.db.selectFrom(table).select('state').where('account_id', '=', id).executeTakeFirst())
    ?.state;
const noted = async () =>
  (await on.database.db.selectFrom('revocation_pending').select('id').execute()).length;
const rolesOf = async (accountId: string) =>
  (
    await on.database.db
      .selectFrom('operator_role')
      .select('role')
      .where('account_id', '=', accountId)
      .execute()
  )
    .map(({ role }) => role)
    .sort();

/** Asks for the erasure of an account. @returns the token of the link that stops it */
async function askErasure(holder: Holder): Promise<string> {
  const browser = await enter(holder);
  const before = (await dev().outbox(holder.email)).length;
  good(await browser.post('/api/account/erasure'));
  return dev().linkToken(holder.email, before);
}

/** Its days to think better of it are over. */
async function letErasureBegin({ id }: Holder): Promise<void> {
  const now = new Date(on.nowMs());
  await on.database.db.updateTable('erasure').set({ begins_at: now }).where('account_id', '=', id).execute();
  await on.database.db.updateTable('erasure_due').set({ due_at: now }).where('account_id', '=', id).execute();
}

const give = (holder: Holder) =>
  giveIdentity({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs }, holder.id);

/** Has the platform end an identity, of whose end every notice went out. */
async function endIdentity({ id }: Holder): Promise<void> {
  const today = romeDayOf(on.nowMs());
  await on.database.db
    .updateTable('identity')
    .set({ expires_on: daysLater(today, -2) })
    .where('account_id', '=', id)
    .execute();
  await on.database.db
    .updateTable('identity_agenda')
    .set({
      end_cause: 'contract-end',
      ends_on: daysLater(today, -1),
      told_days: 1,
      due_at: new Date(on.nowMs()),
    })
    .where('account_id', '=', id)
    .execute();
}

test('[AVL-5] [PRV-2] [SPID-IDL-9] after a restore erasures, revocations and removals of operators are done again', {
  timeout: 240_000,
}, async () => {
  const live = await nameOf(on.database.db);
  const [erased, asked, stopped, revoked] = await on.holders(4);
  const [admin, removed, changed] = [
    await giveOperator(on, 'administrator'),
    await giveOperator(on, 'reviewer', 'auditor'),
    await giveOperator(on, 'reviewer', 'auditor'),
  ];
  await give(revoked!);
  const stopLink = await askErasure(stopped!);
  const waits = (await on.holders(1))[0]!;
  const waitsLink = await askErasure(waits);

  await node.stop();
  await copyDatabase(live, kept.backup);
  node = await on.addNode();

  await endIdentity(revoked!);
  await expect.poll(() => stateOf('identity', revoked!), PATIENCE).toBe('revoked');
  good(await here().post('/api/erasure/cancel', { token: stopLink }));
  await askErasure(erased!);
  const acting = { browser: admin.browser.at(node.url), device: admin.device };
  good(await decide(acting, `/api/console/operators/${removed.id}/remove`));
  good(await decide(acting, `/api/console/operators/${changed.id}/roles`, { roles: ['reviewer'] }));
  await letErasureBegin(erased!);
  await expect.poll(() => stateOf('erasure', erased!), PATIENCE).toBe('deleted');
  await askErasure(asked!);
  await expect.poll(noted, PATIENCE).toBe(0);

  await node.stop();
  await copyDatabase(kept.backup, live);
  expect([await stateOf('identity', revoked!), await rolesOf(removed.id)]).toEqual([
    'active',
    ['auditor', 'reviewer'],
  ]);
  expect(await kept.sigillo('after-restore')).toMatchObject({ code: 0 });
  node = await on.addNode();

  await expect.poll(() => stateOf('erasure', erased!), PATIENCE).toBe('deleted');
  const { user_id: userId } = await on.database.db
    .selectFrom('account')
    .select('user_id')
    .where('id', '=', erased!.id)
    .executeTakeFirstOrThrow();
  expect(userId).toBe('');
  expect([await passwordOf(asked!), await stateOf('erasure', asked!)]).toEqual([
    '422 sign-in-refused',
    'waiting',
  ]);
  expect([await passwordOf(stopped!), await stateOf('erasure', stopped!)]).toEqual(['200', 'cancelled']);
  expect([await passwordOf(revoked!), await stateOf('identity', revoked!)]).toEqual([
    '422 sign-in-refused',
    'revoked',
  ]);
  expect([await rolesOf(removed.id), await rolesOf(changed.id)]).toEqual([[], ['reviewer']]);
  expect((await tryConsolePassword(here(), removed.email)).status).toBe(422);
  good(await enterConsole(here(), changed));
  // Whoever was free to stop an erasure before is so now.
  expect(outcome(await here().post('/api/erasure/cancel', { token: stopLink }))).toBe('404 erasure-gone');
  expect(outcome(await here().post('/api/erasure/cancel', { token: waitsLink }))).toBe('204');
  expect(await passwordOf(waits)).toBe('200');
});
