import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRequests } from '../../../../../tests/setup/app-requests.ts';
import { linkedApp } from '../../../../../tests/setup/device-app.ts';
import { giveIdentity } from '../../../../../tests/setup/identities.ts';
import { enterPassword, good, outcome, signIn, tryPassword } from '../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../tests/setup/populated.ts';
import { DAY_MS } from '../../platform/clock/clock.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { randomId } from '../../platform/ids.ts';
import { revokeAgain } from './revoke-again.ts';

/** What came back with a backup though it had ended. Decisions about identities, erasures and operators: restored-decisions.int.test.ts. */

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

/** Has what was published done again. */
function again(type: string, { id: accountId }: Holder, what: string | null = null): Promise<void> {
  const now = new Date(on.nowMs());
  const revocation = { id: randomId(), atMs: now.getTime() - DAY_MS, type, accountId, what };
  return inTransaction(on.database.db, (tx) => revokeAgain(tx, revocation, now));
}

const passwordOf = async ({ email, password }: Holder) =>
  outcome(await tryPassword(on.browser(), email, password));
const methodsOf = async (holder: Holder) =>
  (await enterPassword(on.browser(), holder)).options.map(({ method }) => method);
const rowsOf = (table: 'authenticator' | 'account_hold' | 'consent' | 'recovery_code', { id }: Holder) =>
  on.database.db.selectFrom(table).selectAll().where('account_id', '=', id).execute();

test.each(['reset-completed', 'password-changed', 'account-contained'])(
  '[AVL-5] [REC-7] %s: the password of then lets nobody in, and others are let in as before',
  async (type) => {
    const [holder, other] = (await on.holders(2)) as [Holder, Holder];
    expect(await passwordOf(holder)).toBe('200');
    await again(type, holder);
    expect(await passwordOf(holder)).toBe('422 sign-in-refused');
    expect(await passwordOf(other)).toBe('200');
  },
);

test('[AVL-5] a factor that was removed is gone, and no other', async () => {
  const holder = await on.holder({ totp: true, sms: true });
  const app = (await rowsOf('authenticator', holder)).find((one) => 'type' in one && one.type === 'totp');
  await again('factor-removed', holder, String(app && 'id' in app && app.id));
  expect(await methodsOf(holder)).toEqual(['sms-code']);
});

test.each(['device-removed', 'device-frozen', 'device-locked-out'])(
  '[AVL-5] %s: that app is no proof any more, another one of the same holder is',
  async (type) => {
    const holder = await on.holder();
    const [app, other] = [await linkedApp(on, holder), await linkedApp(on, holder)];
    expect(outcome(await listRequests(on, app))).toBe('200');
    await again(type, holder, app.device.id);
    expect(outcome(await listRequests(on, app))).not.toBe('200');
    expect(outcome(await listRequests(on, other))).toBe('200');
  },
);

test('[AVL-5] [REC-4] a second factor that was recovered: nothing of before is left, and no password', async () => {
  const holder = await on.holder({ totp: true });
  const app = await linkedApp(on, holder);
  await again('second-factor-recovered', holder);
  expect(outcome(await listRequests(on, app))).not.toBe('200');
  expect(await passwordOf(holder)).toBe('422 sign-in-refused');
  const left = await on.database.db
    .selectFrom('authenticator')
    .select('type')
    .where('account_id', '=', holder.id)
    .where('secret_sealed', 'is not', null)
    .execute();
  expect(left).toEqual([]);
});

test.each(['recovery-codes-issued', 'recovery-code-spent'])(
  '[AVL-5] %s: none of the codes of then is good',
  async (type) => {
    const holder = await on.holder({ totp: true });
    good(await (await signIn(on, on.browser(), holder)).post('/api/account/recovery-codes'));
    const unused = async () =>
      (await rowsOf('recovery_code', holder)).filter((row) => 'used_at' in row && row.used_at === null)
        .length;
    expect(await unused()).toBeGreaterThan(5);
    await again(type, holder);
    expect(await unused()).toBe(0);
  },
);

test.each([
  ['holder-request', 30],
  ['suspected-abuse', null],
])(
  '[AVL-5] [SPID-IDL-9] an account that was suspended (%s) rests again, its identity too',
  async (cause, days) => {
    const holder = await on.holder();
    await giveIdentity({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs }, holder.id);
    await again('account-suspended', holder, cause);
    await again('account-suspended', holder, cause);
    const { state } = await on.database.db
      .selectFrom('identity')
      .select('state')
      .where('account_id', '=', holder.id)
      .executeTakeFirstOrThrow();
    expect(state).toBe('suspended');
    const holds = await on.database.db
      .selectFrom('account_hold')
      .select(['cause', 'until'])
      .where('account_id', '=', holder.id)
      .execute();
    expect(holds.map((hold) => hold.cause)).toEqual([cause]);
    const left = holds[0]?.until && Math.round((holds[0].until.getTime() - on.nowMs()) / DAY_MS);
    expect(left).toBe(days);
    // The right password leads to where a suspension is lifted, and not in.
    const { purpose } = await enterPassword(on.browser(), holder);
    expect(purpose).toBe('lift-suspension');
  },
);

test('[AVL-5] a consent that was taken back is asked for again, that of another portal is not', async () => {
  const holder = await on.holder();
  const granted = { account_id: holder.id, scopes: ['openid'], granted_at: new Date(on.nowMs()) };
  const consents = ['care', 'claims'].map((client_id) => ({ ...granted, client_id, revoked_at: null }));
  await on.database.db.insertInto('consent').values(consents).execute();
  await again('consent-revoked', holder, 'claims');
  const left = await on.database.db
    .selectFrom('consent')
    .select('client_id')
    .where('account_id', '=', holder.id)
    .where('revoked_at', 'is', null)
    .execute();
  expect(left).toEqual([{ client_id: 'care' }]);
});

test('[AVL-5] an account that was closed is closed, and its address is anybody’s', async () => {
  const holder = await on.holder({ totp: true });
  await again('account-closed', holder);
  expect(await passwordOf(holder)).toBe('422 sign-in-refused');
  const named = await on.database.db
    .selectFrom('identifier')
    .select('kind')
    .where('account_id', '=', holder.id)
    .execute();
  expect(named.map(({ kind }) => kind)).not.toContain('email');
});

test('[AVL-5] what nobody knows is not passed over', async () => {
  await expect(again('moon-landed', await on.holder())).rejects.toThrow(RangeError);
});
