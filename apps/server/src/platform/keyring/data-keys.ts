import type { Db } from '../database/database.ts';
import { newSecret } from '../ids.ts';
import { StartRefused } from '../start-refused.ts';
import type { KeyEncryptionKey } from './kek.ts';
import { lengthPrefixed } from './length-prefixed.ts';

type Purpose = 'seal' | 'mac';

interface WrappedKey {
  purpose: string;
  id: number;
  kek_id: string;
  wrapped: Buffer;
  created_at: Date;
}

const COLUMNS = ['purpose', 'id', 'kek_id', 'wrapped', 'created_at'] as const;
const ADD_RETRIES = 5;

/**
 * The wrapped data keys, after making the first ones in an empty database. Nodes that start at once agree: one
 * insert wins, and everybody reads what is there.
 */
export async function readDataKeys(db: Db, kek: KeyEncryptionKey, nowMs: number): Promise<WrappedKey[]> {
  const found = await selectKeys(db);
  if (found.length > 0) return found;
  const first = [await newKey(kek, 'seal', 1, nowMs), await newKey(kek, 'mac', 1, nowMs)];
  await insertKeys(db, first);
  return selectKeys(db);
}

function selectKeys(db: Db): Promise<WrappedKey[]> {
  return db.selectFrom('data_key').select(COLUMNS).orderBy('id').execute();
}

async function newKey(
  kek: KeyEncryptionKey,
  purpose: Purpose,
  id: number,
  nowMs: number,
): Promise<WrappedKey> {
  const wrapped = await kek.wrap(newSecret(), contextOf(purpose, id));
  return { purpose, id, kek_id: kek.id, wrapped, created_at: new Date(nowMs) };
}

/** Whether the keys are stored: false when another node made them first. */
async function insertKeys(db: Db, keys: WrappedKey[]): Promise<boolean> {
  const result = await db
    .insertInto('data_key')
    .values(keys)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === keys.length;
}

/**
 * The bare key of a row.
 *
 * @throws StartRefused when none of the given master keys wrapped it
 */
export async function unwrapDataKey(row: WrappedKey, keks: readonly KeyEncryptionKey[]): Promise<Buffer> {
  const kek = keks.find((candidate) => candidate.id === row.kek_id);
  if (!kek) {
    const given = keks.map((candidate) => candidate.id).join(', ');
    throw new StartRefused(
      `The data keys of this database are wrapped by master key ${row.kek_id}; the one given is ${given}. ` +
        'Give the right one (SIGILLO_MASTER_KEY_FILE), or the old one too (SIGILLO_PREVIOUS_MASTER_KEY_FILE).',
    );
  }
  return kek.unwrap(row.wrapped, contextOf(row.purpose, row.id));
}

/**
 * Adds a data key for sealing and returns its number. Nodes learn of it at their next refresh and seal with
 * it once every node has had the time to; what older keys sealed still opens.
 */
export async function addSealKey(db: Db, kek: KeyEncryptionKey, nowMs: number): Promise<number> {
  for (let tries = 0; tries < ADD_RETRIES; tries++) {
    const { newest } = await db
      .selectFrom('data_key')
      .select((eb) => eb.fn.max('id').as('newest'))
      .where('purpose', '=', 'seal')
      .executeTakeFirstOrThrow();
    const id = (newest ?? 0) + 1;
    if (await insertKeys(db, [await newKey(kek, 'seal', id, nowMs)])) return id;
  }
  throw new Error('Other nodes are adding data keys at this moment; try again');
}

/**
 * Wraps with the new master key what the old one wrapped, while nodes run; data keys themselves, and all that
 * they sealed, stay as they are. May be run again after a failure.
 *
 * @returns how many keys were wrapped anew
 */
export async function rewrapDataKeys(
  db: Db,
  oldKek: KeyEncryptionKey,
  newKek: KeyEncryptionKey,
): Promise<number> {
  const rows = (await selectKeys(db)).filter((row) => row.kek_id === oldKek.id);
  let count = 0;
  for (const row of rows) {
    const key = await unwrapDataKey(row, [oldKek]);
    const result = await db
      .updateTable('data_key')
      .set({ kek_id: newKek.id, wrapped: await newKek.wrap(key, contextOf(row.purpose, row.id)) })
      .where('purpose', '=', row.purpose)
      .where('id', '=', row.id)
      .where('kek_id', '=', oldKek.id)
      .executeTakeFirst();
    count += Number(result.numUpdatedRows);
  }
  return count;
}

function contextOf(purpose: string, id: number): Buffer {
  return lengthPrefixed(['data_key', purpose, String(id)]);
}
