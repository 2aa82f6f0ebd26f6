import type { ExportedBlock } from '@sigillo/audit-proof';
import { sql } from 'kysely';
import type { AuditProofs } from '../flows/selfcare/history/export-history.ports.ts';
import { merklePath } from '../platform/audit/merkle.ts';
import type { Tx } from '../platform/database/database.ts';

/** Where rows of the audit stand in its blocks, on PostgreSQL. */
export const auditProofStore: AuditProofs = {
  async newestCheckpoint(tx) {
    const row = await tx
      .selectFrom('audit_checkpoint')
      .select('block_number')
      .orderBy('block_number', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.block_number ?? 0;
  },

  async places(tx, ids) {
    const rows = await sealedRows(tx, ids);
    const leaves = await leavesOf(tx, [...new Set(rows.map(({ block_number }) => block_number))]);
    return new Map(
      rows.map((row) => {
        const index = row.position - row.first;
        const path = merklePath(leaves.get(row.block_number) ?? [], index);
        return [row.audit_id, { bodyHash: row.body_hash, block: row.block_number, index, path }];
      }),
    );
  },

  blocks: (tx, numbers, after) => blocksOf(tx, numbers, after),
};

interface SealedRow {
  audit_id: string;
  block_number: number;
  position: number;
  first: number;
  body_hash: Buffer;
}

async function sealedRows(tx: Tx, ids: readonly string[]): Promise<SealedRow[]> {
  const { rows } = await sql<SealedRow>`
    select audit_id, block_number, position, first, sha256(audit.body) as body_hash
    from audit_position
    join audit_block on audit_block.number = block_number
    join audit on audit.id = audit_id
    where audit_id = any(${ids}::uuid[])`.execute(tx);
  return rows;
}

async function leavesOf(tx: Tx, blocks: readonly number[]): Promise<Map<number, Buffer[]>> {
  const { rows } = await sql<{ block_number: number; leaves: Buffer[] }>`
    select block_number, array_agg(leaf order by position) as leaves
    from audit_position where block_number = any(${blocks}::bigint[]) group by block_number`.execute(tx);
  return new Map(rows.map(({ block_number, leaves }) => [block_number, leaves]));
}

interface BlockRow {
  number: number;
  previous_hash: Buffer;
  first: number;
  count: number;
  merkle_root: Buffer;
  sealed_at: Date;
  discontinuity: string | null;
  signed: string | null;
}

/** Each block, and those that follow it up to one whose checkpoint was published. */
async function blocksOf(tx: Tx, numbers: readonly number[], after: number): Promise<ExportedBlock[]> {
  const { rows } = await sql<BlockRow>`
    select distinct audit_block.number, previous_hash, first, count, merkle_root, sealed_at, discontinuity, signed
    from unnest(${numbers}::bigint[]) as wanted (number)
    cross join lateral (
      select min(block_number) as last from audit_checkpoint where block_number >= wanted.number
    ) anchor
    join audit_block on audit_block.number between wanted.number and anchor.last
    left join audit_checkpoint on block_number = audit_block.number
    where audit_block.number > ${after}
    order by audit_block.number`.execute(tx);
  return rows.map((row) => ({
    number: row.number,
    previousHash: row.previous_hash.toString('base64url'),
    first: row.first,
    count: row.count,
    merkleRoot: row.merkle_root.toString('base64url'),
    sealedAt: row.sealed_at.toISOString(),
    discontinuity: row.discontinuity,
    checkpoint: row.signed,
  }));
}
