import { createHash } from 'node:crypto';
import { DAY_MS, MINUTE_MS } from '../../platform/clock/clock.ts';
import { uuidv7Floor } from '../../platform/ids.ts';
import type { ReplayStore } from '../../protocols/oidc/ports.ts';

/** Longer than anything is good for: five minutes, from a clock that is five minutes ahead. */
const REMEMBERED_MS = 15 * MINUTE_MS;

/**
 * What may be used once, on PostgreSQL, by the SHA-256 of its name. Rows lie in the partition of a day, and the
 * key of a partitioned table has its day in it; so what is used shortly before midnight is written for both days,
 * and finds itself on either side.
 */
export const replayStore: ReplayStore = {
  async spend(tx, name, nowMs) {
    const key_hash = createHash('sha256').update(name).digest();
    const days = [...new Set([dayOf(nowMs), dayOf(nowMs + REMEMBERED_MS)])];
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('oidc_replay')
      .values(days.map((day) => ({ key_hash, day })))
      .onConflict((conflict) => conflict.columns(['key_hash', 'day']).doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === BigInt(days.length);
  },
};

/** The first possible id of a day. */
const dayOf = (ms: number): string => uuidv7Floor(ms - (ms % DAY_MS));
