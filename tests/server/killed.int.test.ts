import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newSecret } from '../../apps/server/src/platform/ids.ts';
import { agePassword, giveIdentity } from '../setup/identities.ts';
import { type Holder, type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import { randomFrom } from '../setup/random.ts';
import { RECORDED, recordedBy } from '../setup/recorded.ts';
import { SCENARIOS } from '../setup/scenarios.ts';
import type { TestServer } from '../setup/server.ts';
import { lastingState } from '../setup/table-contents.ts';

/** Half of the writes; which ones is drawn, so that a few runs kill them all. */
const KILLS = 22;
/** Where the moments are drawn from; follows the speed of the machine, so that kills fall around commits. */
const FIRST_LATEST_KILL_MS = 60;

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

/** Sends a write to a node and kills the node meanwhile; returns when the database has settled what was begun. */
async function sendAndKill(send: () => Promise<unknown>, node: TestServer, afterMs: number): Promise<void> {
  const answered = send().catch(() => undefined);
  await sleep(afterMs);
  await node.kill();
  await answered;
  await settled();
}

/** Returns when no statement runs: what a dead node had begun is committed or rolled back then. */
async function settled(): Promise<void> {
  for (let running = 1; running > 0; await sleep(5)) {
    const { rows } = await sql<{ running: number }>`select count(*)::int as running from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`.execute(
      on.database.db,
    );
    running = rows[0]?.running ?? 0;
  }
}

/** Things that are only ever written together, and how many stand alone. */
async function halves(): Promise<Record<string, number>> {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*)::int from account a where a.kind = 'holder' and (select count(*) from identifier i
      where i.account_id = a.id and i.kind = 'user-id') <> 1) as accounts_without_user_id,
    (select count(*)::int from account a where a.kind = 'holder' and not exists (select from authenticator f
      where f.account_id = a.id and f.type = 'password' and f.state = 'active')) as accounts_without_password,
    (select count(*)::int from registration r where (r.confirmed_at is null) <> (r.account_id is null))
      as registrations_half_confirmed,
    (select count(*)::int from challenge c where (c.state = 'proven') <> exists (select from evidence e
      where e.prover_id = c.prover_id and e.challenge_id = c.id)) as proven_without_evidence,
    (select count(*)::int from audit a full join (
      select id from audit_pending union all select audit_id from audit_position) p using (id)
      where a.id is null or p.id is null) as audit_rows_out_of_line,
    (select count(*)::int from outbox_pending p where not exists (select from outbox o
      where o.id = p.id)) as messages_without_content`.execute(on.database.db);
  return rows[0] ?? {};
}

test(`[AVL-2] ${KILLS} kill -9 in the middle of a write: before or after, never half, and the next node goes on`, {
  timeout: 600_000,
}, async () => {
  const seed = Number(process.env.SIGILLO_TEST_SEED ?? newSecret(4).readUInt32BE());
  console.log(`SIGILLO_TEST_SEED=${seed}`);
  const random = randomFrom(seed);
  const writes = Object.entries(RECORDED);
  const offset = Math.floor(random() * writes.length);
  let latestKillMs = FIRST_LATEST_KILL_MS;
  const seen = { before: 0, between: 0, after: 0 };

  for (let kill = 0; kill < KILLS; kill++) {
    const [operation, types] = writes[(offset + kill) % writes.length]!;
    const [victim, write] = await Promise.all([on.addNode(), SCENARIOS[operation]!(on)]);
    const { method, path, body } = write;
    const before = await lastingState(on.database.db);
    const first = await recordedBy(on, () => {
      const browser = write.browser.at(victim.url);
      return sendAndKill(() => browser.request(method, path, body), victim, random() * latestKillMs);
    });
    const about = `${operation}, killed after ${first.length} of ${types.length} records`;
    expect(await halves(), about).toEqual(NOTHING_HALF);
    if (first.length === 0) expect(await lastingState(on.database.db), about).toEqual(before);

    const second = await recordedBy(on, async () => {
      const { status } = await write.browser.request(method, path, body);
      if (first.length < types.length) expect(status, about).toBeLessThan(300);
      else expect(status, about).toBeLessThan(500);
    });
    const recorded = [...first, ...second].map(({ type }) => type);
    expect(recorded, about).toEqual(expect.arrayContaining(types));
    expect(await halves(), about).toEqual(NOTHING_HALF);

    const moment = first.length === 0 ? 'before' : first.length < types.length ? 'between' : 'after';
    seen[moment] += 1;
    latestKillMs *= moment === 'before' ? 1.25 : 0.8;
  }
  console.log(`${KILLS} kills: ${JSON.stringify(seen)}`);
  expect(seen.before).toBeGreaterThan(0);
  expect(seen.after).toBeGreaterThan(0);
});

/** How often each of the holders was told that the password ends. */
async function reminded(holders: readonly Holder[]): Promise<number[]> {
  const ids = holders.map(({ id }) => id);
  const rows = await on.database.db
    .selectFrom('notice')
    .select('account_id')
    .where('account_id', 'in', ids)
    .where('kind', '=', 'password-ending')
    .execute();
  return ids.map((id) => rows.filter(({ account_id }) => account_id === id).length);
}

test('[SPID-CRD-2] [AVL-2] nodes that are killed while they send reminders: whoever was not told is told, and nobody twice', {
  timeout: 120_000,
}, async () => {
  const victims = await Promise.all([on.addNode(), on.addNode(), on.addNode()]);
  const holders = await on.holders(120);
  for (const { id } of holders) {
    await agePassword(on, id, 175);
    await giveIdentity({ ...on, db: on.database.db }, id);
  }
  const toldOf = async () => (await reminded(holders)).filter((count) => count > 0).length;
  for (const [index, victim] of victims.entries()) {
    const enough = (await toldOf()) + 5;
    while ((await toldOf()) < Math.min(enough, holders.length)) await sleep(5);
    await sleep(7 * index);
    await victim.kill();
  }
  await settled();
  console.log(`killed when ${await toldOf()} of ${holders.length} were told`);
  await expect.poll(toldOf, { timeout: 60_000 }).toBe(holders.length);
  expect(await reminded(holders)).toEqual(holders.map(() => 1));
  expect(await halves()).toEqual(NOTHING_HALF);
});

const NOTHING_HALF = {
  accounts_without_user_id: 0,
  accounts_without_password: 0,
  registrations_half_confirmed: 0,
  proven_without_evidence: 0,
  audit_rows_out_of_line: 0,
  messages_without_content: 0,
};
