import { sql } from 'kysely';
import { MINUTE_MS } from '../clock/clock.ts';
import { type Db, inTransaction, type Tx } from '../database/database.ts';
import { type Block, hashOfBlock } from './block.ts';
import { merkleRoot } from './merkle.ts';

/** The newest block. */
export interface Head {
  block: number;
  hash: Buffer;
  /** How many rows are sealed, in all blocks together. */
  records: number;
  sealedAt: Date;
}

const BLOCK_ROWS = 1_000;
/** A block is made so often at least, of no rows where none are waiting: silence is seen. */
const BEAT_MS = MINUTE_MS;
/** In place of the leaf of a row that is gone before it was sealed: the block tells of it. */
const NO_LEAF = Buffer.alloc(32);

/**
 * Seals what waits into one block: a thousand rows, or what there is once a minute has passed. One transaction,
 * which holds the head: two who seal come one after the other, and the order of sealing is the order of the audit.
 *
 * @returns the new head; undefined when no block is due, or another node is making it
 */
export function sealNext(db: Db, now: Date): Promise<Head | undefined> {
  return inTransaction(db, async (tx) => {
    const head = await takeHead(tx);
    return head && (await isDue(tx, head, now)) ? addBlock(tx, head, now) : undefined;
  });
}

/** The head, for this transaction alone; undefined while another holds it. */
export async function takeHead(tx: Tx): Promise<Head | undefined> {
  const row = await tx.selectFrom('audit_head').selectAll().forUpdate().skipLocked().executeTakeFirst();
  return row && { block: row.block_number, hash: row.hash, records: row.records, sealedAt: row.sealed_at };
}

async function isDue(tx: Tx, head: Head, now: Date): Promise<boolean> {
  if (now.getTime() - head.sealedAt.getTime() >= BEAT_MS) return true;
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from (select from audit_pending limit ${BLOCK_ROWS}) first_ones`.execute(
    tx,
  );
  return rows[0]?.waiting === BLOCK_ROWS;
}

/** Makes the next block, also the one that goes on after a restored backup. */
export async function addBlock(
  tx: Tx,
  from: Pick<Head, 'block' | 'hash' | 'records'>,
  now: Date,
  discontinuity: string | null = null,
): Promise<Head> {
  const rows = await takePending(tx);
  const block: Block = {
    number: from.block + 1,
    previousHash: from.hash,
    first: from.records,
    count: rows.length,
    merkleRoot: merkleRoot(rows.map(({ leaf }) => leaf)),
    sealedAt: now,
    discontinuity,
  };
  const head = {
    block: block.number,
    hash: hashOfBlock(block),
    records: block.first + block.count,
    sealedAt: now,
  };
  await insertBlock(tx, block, head.hash);
  await insertPositions(tx, block, rows);
  await tx
    .updateTable('audit_head')
    .set({ block_number: head.block, hash: head.hash, records: head.records, sealed_at: now })
    .execute();
  return head;
}

interface Waiting {
  id: string;
  leaf: Buffer;
}

async function takePending(tx: Tx): Promise<Waiting[]> {
  const { rows } = await sql<{ id: string; leaf: Buffer | null }>`
    with taken as (
      delete from audit_pending where id in (select id from audit_pending order by id limit ${BLOCK_ROWS})
      returning id
    )
    select taken.id, audit.leaf from taken left join audit on audit.id = taken.id order by taken.id`.execute(
    tx,
  );
  return rows.map(({ id, leaf }) => ({ id, leaf: leaf ?? NO_LEAF }));
}

async function insertBlock(tx: Tx, block: Block, hash: Buffer): Promise<void> {
  await tx
    .insertInto('audit_block')
    .values({
      number: block.number,
      previous_hash: block.previousHash,
      first: block.first,
      count: block.count,
      merkle_root: block.merkleRoot,
      sealed_at: block.sealedAt,
      hash,
      discontinuity: block.discontinuity,
    })
    .execute();
}

async function insertPositions(tx: Tx, { number, first }: Block, rows: readonly Waiting[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into audit_position (block_number, position, audit_id, leaf)
    select ${number}::bigint, ${first}::bigint + at - 1, id, leaf
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ leaf }) => leaf)}::bytea[])
      with ordinality as sealed (id, leaf, at)`.execute(tx);
}
