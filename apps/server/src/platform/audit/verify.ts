import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Tx } from '../database/database.ts';
import { type Block, GENESIS_HASH, hashOfBlock } from './block.ts';
import { type Checkpoint, readDiscontinuity } from './checkpoint.ts';
import { leafOf } from './leaf.ts';
import { merkleRoot } from './merkle.ts';

/** Something that is not as it was sealed. */
export interface Fault {
  kind:
    | 'row-changed'
    | 'row-missing'
    | 'row-unknown'
    | 'order-changed'
    | 'block-changed'
    | 'block-missing'
    | 'head-wrong'
    | 'truncated'
    | 'not-as-published';
  block?: number;
  /** Ids of the audit rows concerned; at most a block's. */
  rows?: string[];
}

/** What was looked at, and what was wrong with it. */
export interface Verified {
  blocks: number;
  records: number;
  /** Rows that wait for their block. */
  pending: number;
  /** Blocks that restored backups have forgotten, as the blocks after them say. */
  lost: { from: number; to: number }[];
  faults: Fault[];
}

interface StoredBlock extends Block {
  hash: Buffer;
}

/** A row where it was sealed, and as it is now; without `body` it is gone. */
interface Sealed {
  block_number: number;
  position: number;
  audit_id: string;
  leaf: Buffer;
  at: Date | null;
  account_id: string | null;
  body: Buffer | null;
  commitment: Buffer | null;
}

const BATCH = 50;

/**
 * Computes every leaf, root and link again and compares with what is stored and with what was published. Reads one
 * consistent state; the server may run meanwhile.
 *
 * @param checkpoints published ones, in any order, whose signatures were checked
 * @param key whose signature discontinuities must have
 * @param passed told now and then of the last block that was looked at
 */
export function verifyAudit(
  db: Db,
  {
    checkpoints,
    key,
    passed,
  }: { checkpoints: readonly Checkpoint[]; key: KeyObject; passed?: (blocks: number) => void },
): Promise<Verified> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const walk = new Walk(key, checkpoints);
      for (;;) {
        const blocks = await readBlocks(tx, walk.last.number);
        if (blocks.length === 0) break;
        const rows = await readRows(tx, blocks);
        for (const block of blocks) walk.pass(block, rows.get(block.number) ?? []);
        passed?.(walk.last.number);
      }
      const outside = await readOutside(tx);
      const head = await tx.selectFrom('audit_head').selectAll().executeTakeFirst();
      return walk.finish(head, outside);
    });
}

/** Goes through the blocks in their order. */
class Walk {
  readonly #key: KeyObject;
  readonly #published: Map<number, Checkpoint>;
  readonly #faults: Fault[] = [];
  readonly #lost: Verified['lost'] = [];
  #blocks = 0;
  last: Pick<StoredBlock, 'number' | 'hash' | 'first' | 'count'> = {
    number: 0,
    hash: GENESIS_HASH,
    first: 0,
    count: 0,
  };

  constructor(key: KeyObject, checkpoints: readonly Checkpoint[]) {
    this.#key = key;
    this.#published = new Map(checkpoints.map((one) => [one.block, one]));
  }

  pass(block: StoredBlock, rows: readonly Sealed[]): void {
    const { number } = block;
    this.#passLink(block);
    this.#passRows(block, rows);
    const published = this.#published.get(number);
    if (
      published &&
      !isAt(published, { block: number, hash: block.hash, records: block.first + block.count })
    )
      this.#faults.push({ kind: 'not-as-published', block: number, rows: rows.map((row) => row.audit_id) });
    this.#blocks += 1;
    this.last = block;
  }

  /** Whether it follows the block before, or says from which checkpoint it goes on. */
  #passLink(block: StoredBlock): void {
    const { number, previousHash, first } = block;
    if (!hashOfBlock(block).equals(block.hash)) this.#faults.push({ kind: 'block-changed', block: number });
    const last = {
      block: this.last.number,
      hash: this.last.hash,
      records: this.last.first + this.last.count,
    };
    const told = block.discontinuity === null ? undefined : readDiscontinuity(block.discontinuity, this.#key);
    const before = told && isAt(told.after, last) ? told.from : last;
    if (told && before !== last) this.#lost.push({ from: told.after.block + 1, to: told.from.block });
    if (number > before.block + 1)
      for (let gone = before.block + 1; gone < number; gone++)
        this.#faults.push({ kind: 'block-missing', block: gone });
    else if (!isAt({ block: number - 1, hash: previousHash, records: first }, before))
      this.#faults.push({ kind: 'block-changed', block: number });
  }

  #passRows({ number, first, count, merkleRoot: root }: StoredBlock, rows: readonly Sealed[]): void {
    for (const row of rows) {
      const { audit_id: id, at, account_id, body, commitment, leaf } = row;
      if (!at || !account_id || !body) this.#faults.push({ kind: 'row-missing', block: number, rows: [id] });
      else if (!leafOf({ id, at, account_id, body, commitment }).equals(leaf))
        this.#faults.push({ kind: 'row-changed', block: number, rows: [id] });
    }
    const isInOrder =
      rows.length === count &&
      rows.every((row, nth) => row.position === first + nth) &&
      merkleRoot(rows.map(({ leaf }) => leaf)).equals(root);
    if (isInOrder) return;
    // A block is sealed in the order of its rows' ids.
    const moved = rows.filter((row, nth) => row.audit_id < (rows[nth - 1]?.audit_id ?? ''));
    const suspects = moved.length > 0 ? moved : rows;
    this.#faults.push({ kind: 'order-changed', block: number, rows: suspects.map((row) => row.audit_id) });
  }

  finish(
    head: { block_number: number; hash: Buffer; records: number } | undefined,
    outside: { unknown: string[]; missing: string[]; pending: number },
  ): Verified {
    const { last } = this;
    const end = { block: last.number, hash: last.hash, records: last.first + last.count };
    if (!head || !isAt({ block: head.block_number, hash: head.hash, records: head.records }, end))
      this.#faults.push({ kind: 'head-wrong', block: last.number });
    const newest = Math.max(0, ...this.#published.keys());
    if (newest > last.number) this.#faults.push({ kind: 'truncated', block: newest });
    for (const id of outside.unknown) this.#faults.push({ kind: 'row-unknown', rows: [id] });
    for (const id of outside.missing) this.#faults.push({ kind: 'row-missing', rows: [id] });
    return {
      blocks: this.#blocks,
      records: end.records,
      pending: outside.pending,
      lost: this.#lost,
      faults: this.#faults,
    };
  }
}

type Place = Pick<Checkpoint, 'block' | 'hash' | 'records'>;

const isAt = (one: Place, other: Place): boolean =>
  one.block === other.block && one.records === other.records && one.hash.equals(other.hash);

async function readBlocks(tx: Tx, after: number): Promise<StoredBlock[]> {
  const rows = await tx
    .selectFrom('audit_block')
    .selectAll()
    .where('number', '>', after)
    .orderBy('number')
    .limit(BATCH)
    .execute();
  return rows.map((row) => ({
    number: row.number,
    previousHash: row.previous_hash,
    first: row.first,
    count: row.count,
    merkleRoot: row.merkle_root,
    sealedAt: row.sealed_at,
    discontinuity: row.discontinuity,
    hash: row.hash,
  }));
}

async function readRows(tx: Tx, blocks: readonly StoredBlock[]): Promise<Map<number, Sealed[]>> {
  const { rows } = await sql<Sealed>`
    select block_number, position, audit_id, audit_position.leaf, at, account_id, body, commitment
    from audit_position left join audit on audit.id = audit_id
    where block_number >= ${blocks[0]?.number} and block_number <= ${blocks.at(-1)?.number}
    order by block_number, position`.execute(tx);
  return Map.groupBy(rows, (row) => row.block_number);
}

/** What is in no block: rows that nobody announced, announcements without a row, and how many wait rightly. */
async function readOutside(tx: Tx) {
  const unknown = await sql<{ id: string }>`
    select id from audit where not exists (select from audit_position where audit_id = audit.id)
      and not exists (select from audit_pending where id = audit.id) order by id`.execute(tx);
  const missing = await sql<{ id: string }>`
    select id from audit_pending where not exists (select from audit where id = audit_pending.id)
    order by id`.execute(tx);
  const pending = await sql<{ count: number }>`select count(*) as count from audit_pending`.execute(tx);
  return {
    unknown: unknown.rows.map(({ id }) => id),
    missing: missing.rows.map(({ id }) => id),
    pending: pending.rows[0]?.count ?? 0,
  };
}
