import type { KeyObject } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import type { Db } from '../database/database.ts';
import { inTransaction } from '../database/database.ts';
import type { Log } from '../log/log.ts';
import { type Checkpoint, readCheckpoint, signCheckpoint, signDiscontinuity } from './checkpoint.ts';
import type { CheckpointLog } from './checkpoint-file.ts';
import { addBlock, type Head, sealNext, takeHead } from './seal.ts';

export interface SealerPorts {
  db: Db;
  clock: Clock;
  key: KeyObject;
  issuer: string;
  published: CheckpointLog;
  log: Log;
}

/** The database does not have what was published of it: a backup was restored, or rows were taken away. */
export class AuditForgotten extends Error {
  override readonly name = 'AuditForgotten';

  constructor({ block }: Checkpoint) {
    super(
      `Block ${block} of the audit was published, and the database does not have it, or has another. Nothing is ` +
        'sealed, and no node starts, until that is explained: sigillo audit verify; after a restored backup, sigillo ' +
        'after-restore.',
    );
  }
}

/**
 * Seals what is due and publishes a signed checkpoint of each block. Called every few seconds, on every node: one of
 * them seals at a time.
 *
 * @returns to be called again and again
 */
export function auditSealer(ports: SealerPorts): () => Promise<void> {
  let last: Checkpoint | undefined;
  let isRead = false;
  return async () => {
    if (!isRead) last = await readLast(ports);
    isRead = true;
    await expectKept(ports.db, last);
    for (;;) {
      const head = await sealNext(ports.db, ports.clock.now());
      if (!head) return;
      last = await publish(ports, head);
    }
  };
}

/**
 * Goes on after a restored backup: the next block follows the checkpoint that was published last, and says from which
 * block the database went on. The blocks between are lost, and that is written down for ever.
 *
 * @throws RangeError when the database has come as far: nothing is lost
 */
export async function resumeAudit(ports: SealerPorts, from: Checkpoint): Promise<Head> {
  const { db, clock, key, issuer } = ports;
  const head = await inTransaction(db, async (tx) => {
    const old = await takeHead(tx);
    if (!old) throw new RangeError('Another node is sealing. Try again.');
    if (old.block >= from.block)
      throw new RangeError(`The database has come to block ${old.block}: nothing is lost.`);
    const now = clock.now();
    const after = { issuer, block: old.block, hash: old.hash, records: old.records };
    return addBlock(tx, from, now, signDiscontinuity({ after, from }, key, now));
  });
  await publish(ports, head);
  return head;
}

async function publish({ db, key, issuer, published, log }: SealerPorts, head: Head): Promise<Checkpoint> {
  const { block, hash, records, sealedAt } = head;
  const checkpoint = signCheckpoint({ issuer, block, hash, records }, key, sealedAt);
  await published.append(checkpoint);
  // Also here, for exports of the access history: each ends in a signature made when its block was.
  await db
    .insertInto('audit_checkpoint')
    .values({ block_number: block, signed: checkpoint })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  log.info({ block, records, checkpoint }, 'audit sealed');
  return { issuer, block, hash, records };
}

async function readLast({ published, key }: SealerPorts): Promise<Checkpoint | undefined> {
  const text = await published.last();
  // A line that a crash cut off says nothing; the next block is published after it.
  return text === undefined ? undefined : readCheckpoint(text, key);
}

/**
 * @throws AuditForgotten when the database does not have what this node published last: a node that starts on a
 *   restored backup would let in what was ended since
 */
export async function expectRemembered(ports: SealerPorts): Promise<void> {
  await expectKept(ports.db, await readLast(ports));
}

async function expectKept(db: Db, last: Checkpoint | undefined): Promise<void> {
  if (last && !(await hasBlock(db, last))) throw new AuditForgotten(last);
}

async function hasBlock(db: Pick<Db, 'selectFrom'>, { block, hash }: Checkpoint): Promise<boolean> {
  const row = await db
    .selectFrom('audit_block')
    .select('hash')
    .where('number', '=', block)
    .executeTakeFirst();
  return row?.hash.equals(hash) === true;
}
