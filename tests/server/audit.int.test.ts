import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOBODY } from '../../apps/server/src/platform/audit/audit.ts';
import { apiOperations, isWrite } from '../setup/api-operations.ts';
import { tryPassword } from '../setup/journeys.ts';
import { type Holder, type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import type { Prepared } from '../setup/prepared.ts';
import { RECORDED, recordedBy } from '../setup/recorded.ts';
import { INERT, SCENARIOS } from '../setup/scenarios.ts';
import { lastingState } from '../setup/table-contents.ts';
import { giveSecondAddress, TOLD, toldOf } from '../setup/told.ts';

const MINUTE_MS = 60_000;

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

test('[AUD-1] every write of the API is recorded, or changes nothing for good', async () => {
  const writes = (await apiOperations(on.server.url)).filter(isWrite).map(({ id }) => id);
  expect(writes.sort()).toEqual([...Object.keys(RECORDED), ...Object.keys(INERT)].sort());
});

async function whileAuditIsBlocked<T>(work: () => Promise<T>): Promise<T> {
  const { db } = on.database;
  await sql`alter table audit rename to audit_elsewhere`.execute(db);
  try {
    return await work();
  } finally {
    await sql`alter table audit_elsewhere rename to audit`.execute(db);
  }
}

const send = ({ browser, method, path, body }: Prepared) => browser.request(method, path, body);

test.each(Object.entries(RECORDED))(
  '[AUD-1] [AUD-4] %s: without the audit it fails and changes nothing; with it, it leaves its rows and tells its holder',
  async (operation, types) => {
    const prepared = await SCENARIOS[operation]!(on);
    const second = prepared.holder && (await giveSecondAddress(on, prepared.holder));
    const toldBefore = prepared.holder ? await toldOf(on, prepared.holder) : [];
    const cookies = new Map(prepared.browser.cookies);
    const before = await lastingState(on.database.db);
    const blocked = await whileAuditIsBlocked(() => send(prepared));
    expect(blocked.status).toBe(500);
    expect(await blocked.json()).toMatchObject({ title: 'Something went wrong on our side' });
    expect(await lastingState(on.database.db)).toEqual(before);
    expect(prepared.browser.cookies.get('__Host-sigillo-session')).toBe(
      cookies.get('__Host-sigillo-session'),
    );

    const recorded = await recordedBy(on, async () =>
      expect((await send(prepared)).status).toBeLessThan(300),
    );
    expect(recorded.map(({ type }) => type)).toEqual(types);
    if (prepared.holder)
      expect(new Set(recorded.map(({ accountId }) => accountId))).toEqual(new Set([prepared.holder.id]));
    if (!prepared.holder || !second) return;
    const told = (await toldOf(on, prepared.holder)).slice(toldBefore.length);
    expect(told).toEqual([TOLD[operation]].filter((one) => one !== undefined));
    const letters = async () => (await on.dev.outbox(second, 'email')).length;
    await expect.poll(letters, { timeout: MINUTE_MS }).toBe(told.length);
  },
);

test('[AUD-1] what is refused is recorded too: for its account, or for nobody where there is none', async () => {
  const holder: Holder = await on.holder();
  const wrong = () => tryPassword(on.browser(), holder.email, 'not the password');
  expect(await recordedBy(on, wrong)).toEqual([{ type: 'proof-refused', accountId: holder.id }]);
  const unknown = () => tryPassword(on.browser(), 'stranger@example.org', 'anything');
  expect(await recordedBy(on, unknown)).toEqual([{ type: 'proof-refused', accountId: NOBODY }]);
});
