import { type KeyObject, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { fixedClock } from '../clock/clock.ts';
import { type Db, inTransaction } from '../database/database.ts';
import { newSecret, randomId, uuidv7 } from '../ids.ts';
import { keyEncryptionKeyOf } from '../keyring/kek.ts';
import { loadKeyring, type RefreshableKeyring } from '../keyring/keyring.ts';
import { openLog } from '../log/log.ts';
import { writeAudit } from './audit.ts';
import { type Checkpoint, newCheckpointKey, readCheckpoint } from './checkpoint.ts';
import { loadOrMakeCheckpointKey } from './checkpoint-key.ts';
import { leafOf } from './leaf.ts';
import { AuditForgotten, auditSealer, resumeAudit, type SealerPorts } from './sealer.ts';
import { verifyAudit } from './verify.ts';

const clock = fixedClock(Date.UTC(2026, 5, 1));
const BEAT_MS = 60_000;

let database: TestDatabase;
let db: Db;
let keyring: RefreshableKeyring;
let key: KeyObject;
let lines: string[];
let ports: SealerPorts;
let seal: () => Promise<void>;
beforeEach(async () => {
  database = await testDatabase();
  db = database.db;
  keyring = await loadKeyring(db, keyEncryptionKeyOf(newSecret()), clock.nowMs());
  key = await loadOrMakeCheckpointKey(db, keyring, clock.now());
  lines = [];
  const published = {
    last: async () => lines.at(-1),
    append: async (line: string) => void lines.push(line),
  };
  ports = { db, clock, key, issuer: 'https://id.example.org', published, log: openLog('silent') };
  seal = auditSealer(ports);
});
afterEach(() => database[Symbol.asyncDispose]());

const accountId = randomId();

/** So many events, and a minute later their block. @returns their ids, in the order of the block */
async function block(events: number): Promise<string[]> {
  const before = new Set(await ids());
  for (let n = 0; n < events; n++) {
    clock.advance(1);
    const event = {
      type: 'signed-in' as const,
      accountId,
      actor: 'holder' as const,
      at: clock.now(),
      details: { n },
    };
    await inTransaction(db, (tx) => writeAudit(tx, keyring, event));
  }
  clock.advance(BEAT_MS);
  await seal();
  return (await ids()).filter((id) => !before.has(id));
}

/** What whoever may write in the database can do to rows. */
async function forget(rows: string[]): Promise<void> {
  await db.deleteFrom('audit_position').where('audit_id', 'in', rows).execute();
  await db.deleteFrom('audit').where('id', 'in', rows).execute();
}

const ids = async () =>
  (await db.selectFrom('audit').select('id').orderBy('id').execute()).map((row) => row.id);
const published = (): Checkpoint[] => lines.map((line) => readCheckpoint(line, key)!);
const verify = (checkpoints = published()) => verifyAudit(db, { checkpoints, key });
const faults = async () => (await verify()).faults;

test('[AUD-2] rows are sealed every minute, also none, and a checkpoint of each block is published', async () => {
  await block(3);
  await block(0);
  const last = await block(2);
  await inTransaction(db, (tx) =>
    writeAudit(tx, keyring, {
      type: 'signed-in' as const,
      accountId,
      actor: 'holder',
      at: clock.now(),
      details: {},
    }),
  );
  expect(published().map((one) => [one.block, one.records])).toEqual([
    [1, 3],
    [2, 3],
    [3, 5],
  ]);
  expect(await verify()).toEqual({ blocks: 3, records: 5, pending: 1, lost: [], faults: [] });
  await seal();
  expect(lines, 'not before a minute has passed').toHaveLength(3);
  expect(last).toHaveLength(2);
});

test('[AUD-2] a thousand rows are sealed at once', async () => {
  const rows = Array.from({ length: 2_500 }, () => {
    const row = { id: uuidv7(clock.nowMs()), at: clock.now(), account_id: accountId, body: randomBytes(40) };
    return { ...row, leaf: leafOf(row) };
  });
  await db.insertInto('audit').values(rows.slice(0, 2_000)).execute();
  await db.insertInto('audit').values(rows.slice(2_000)).execute();
  await sql`insert into audit_pending select id from audit`.execute(db);
  await seal();
  expect(published().map((one) => one.records)).toEqual([1_000, 2_000]);
  clock.advance(BEAT_MS);
  await seal();
  expect(published().map((one) => one.records)).toEqual([1_000, 2_000, 2_500]);
  expect(await faults()).toEqual([]);
});

test('[AUD-2] [AVL-1] sixteen who seal at once make each block once, and late commits come into a later one', async () => {
  const slow = await db.startTransaction().execute();
  const event = {
    type: 'signed-in' as const,
    accountId: randomId(),
    actor: 'holder' as const,
    at: clock.now(),
    details: {},
  };
  await writeAudit(slow, keyring, event);
  await block(2);
  await slow.commit().execute();
  clock.advance(BEAT_MS);
  const before = lines.length;
  await Promise.all(Array.from({ length: 16 }, () => auditSealer(ports)()));
  expect(lines).toHaveLength(before + 1);
  expect(await verify()).toMatchObject({ records: 3, pending: 0, faults: [] });
});

test('[AUD-2] an edited row is named, with its leaf left as it was or made anew', async () => {
  const [first = ''] = await block(3);
  await block(2);
  await sql`update audit set at = at + interval '1 second' where id = ${first}`.execute(db);
  expect(await faults()).toEqual([{ kind: 'row-changed', block: 1, rows: [first] }]);

  const row = await db.selectFrom('audit').selectAll().where('id', '=', first).executeTakeFirstOrThrow();
  const leaf = leafOf(row);
  await db.updateTable('audit').set({ leaf }).where('id', '=', first).execute();
  expect(await faults()).toEqual([{ kind: 'row-changed', block: 1, rows: [first] }]);
  await db.updateTable('audit_position').set({ leaf }).where('audit_id', '=', first).execute();
  expect(await faults()).toMatchObject([{ kind: 'order-changed', block: 1 }]);
});

test('[AUD-2] a deleted row is named, whether it was sealed or not', async () => {
  const [, second = ''] = await block(3);
  await db.deleteFrom('audit').where('id', '=', second).execute();
  expect(await faults()).toEqual([{ kind: 'row-missing', block: 1, rows: [second] }]);
  await db.deleteFrom('audit_position').where('audit_id', '=', second).execute();
  expect(await faults()).toMatchObject([{ kind: 'order-changed', block: 1 }]);
});

test('[AUD-2] a row that was deleted before its block is named by the block', async () => {
  await block(1);
  const event = {
    type: 'signed-in' as const,
    accountId,
    actor: 'holder' as const,
    at: clock.now(),
    details: {},
  };
  await inTransaction(db, (tx) => writeAudit(tx, keyring, event));
  const [gone = ''] = (await ids()).slice(-1);
  await db.deleteFrom('audit').where('id', '=', gone).execute();
  expect(await faults()).toEqual([{ kind: 'row-missing', rows: [gone] }]);
  await block(1);
  expect(await faults()).toEqual([{ kind: 'row-missing', block: 2, rows: [gone] }]);
});

test('[AUD-2] rows that changed places are named', async () => {
  const [first = '', second = ''] = await block(3);
  const positions = await db.selectFrom('audit_position').selectAll().orderBy('position').execute();
  const [one, two] = positions;
  await db.deleteFrom('audit_position').where('position', '<', 2).execute();
  await db
    .insertInto('audit_position')
    .values([
      { ...one!, position: 1 },
      { ...two!, position: 0 },
    ])
    .execute();
  expect([one?.audit_id, two?.audit_id]).toEqual([first, second]);
  expect(await faults()).toEqual([{ kind: 'order-changed', block: 1, rows: [first] }]);
});

test('[AUD-2] what is cut off at the end is noticed by what was published, and nothing more is sealed', async () => {
  await block(2);
  const cut = await block(2);
  await forget(cut);
  const [{ hash, records } = published()[0]!] = published();
  await db.deleteFrom('audit_block').where('number', '=', 2).execute();
  await db.updateTable('audit_head').set({ block_number: 1, hash, records }).execute();
  expect((await verify([])).faults, 'the database alone cannot know').toEqual([]);
  expect(await faults()).toEqual([{ kind: 'truncated', block: 2 }]);
  await expect(block(1)).rejects.toThrow(AuditForgotten);
  await expect(auditSealer(ports)(), 'nor by a node that starts anew').rejects.toThrow(AuditForgotten);
});

test('[AUD-2] a chain that was made anew is not the published one', async () => {
  await block(2);
  await block(2);
  const old = published();
  await sql`truncate audit_position, audit_block, audit, audit_pending`.execute(db);
  await db
    .updateTable('audit_head')
    .set({ block_number: 0, hash: Buffer.alloc(32), records: 0 })
    .execute();
  lines = [];
  seal = auditSealer(ports);
  await block(2);
  await block(2);
  expect(await faults()).toEqual([]);
  expect((await verify(old)).faults.map(({ kind }) => kind)).toEqual([
    'not-as-published',
    'not-as-published',
  ]);
});

test('[AUD-2] a row that was put in beside is named; blocks and head that were changed are told', async () => {
  await block(2);
  await block(2);
  const row = { id: uuidv7(clock.nowMs()), at: clock.now(), account_id: accountId, body: randomBytes(40) };
  await db
    .insertInto('audit')
    .values({ ...row, leaf: leafOf(row) })
    .execute();
  expect(await faults()).toEqual([{ kind: 'row-unknown', rows: [row.id] }]);
  await db.deleteFrom('audit').where('id', '=', row.id).execute();

  await db
    .updateTable('audit_block')
    .set({ sealed_at: new Date(0) })
    .where('number', '=', 1)
    .execute();
  expect(await faults()).toEqual([{ kind: 'block-changed', block: 1 }]);
  await db.deleteFrom('audit_block').where('number', '=', 1).execute();
  expect((await faults()).map(({ kind }) => kind)).toContain('block-missing');
});

test('[AUD-2] [AVL-5] after a restored backup the audit goes on from what was published, and says so for ever', async () => {
  await block(2);
  const kept = await db.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow();
  const lost = await block(3);
  await forget(lost);
  await db.deleteFrom('audit_block').where('number', '=', 2).execute();
  await db.updateTable('audit_head').set(kept).execute();
  await expect(block(1)).rejects.toThrow(AuditForgotten);

  const [, newest] = published();
  await resumeAudit(ports, newest!);
  seal = auditSealer(ports);
  await block(2);
  expect(await verify()).toMatchObject({ records: 8, lost: [{ from: 2, to: 2 }], faults: [] });
  await expect(resumeAudit(ports, newest!), 'once is enough').rejects.toThrow(RangeError);
});

test('[AUD-2] a discontinuity that another key signed is none, and neither is such a checkpoint', async () => {
  await block(2);
  const [line = ''] = lines;
  expect(readCheckpoint(line, newCheckpointKey())).toBeUndefined();
  expect(readCheckpoint(line.replace(/\.[^.]*\./, '.e30.'), key)).toBeUndefined();
  expect(readCheckpoint(line, key)).toMatchObject({ block: 1, records: 2 });
});
