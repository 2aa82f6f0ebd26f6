import type { Db, Tx } from '../database/database.ts';

/** Where the chain of blocks stands, and where restored backups broke it. */
export async function readChainState(db: Db | Tx) {
  const head = await db.selectFrom('audit_head').selectAll().executeTakeFirst();
  const { pending } = await db
    .selectFrom('audit_pending')
    .select((eb) => eb.fn.countAll<number>().as('pending'))
    .executeTakeFirstOrThrow();
  const broken = await db
    .selectFrom('audit_block')
    .select(['number', 'sealed_at'])
    .where('discontinuity', 'is not', null)
    .orderBy('number', 'desc')
    .limit(100)
    .execute();
  return {
    block: head?.block_number ?? 0,
    records: head?.records ?? 0,
    sealedAt: head && head.block_number > 0 ? head.sealed_at : null,
    pending,
    discontinuities: broken.map(({ number, sealed_at }) => ({ block: number, at: sealed_at })),
  };
}
