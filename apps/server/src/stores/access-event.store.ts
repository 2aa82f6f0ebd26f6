import { createHash } from 'node:crypto';
import { accessBytes } from '@sigillo/audit-proof';
import { sql } from 'kysely';
import type { Gate } from '../gate/ports.ts';
import { months } from '../platform/database/partition-periods.ts';
import { newSecret, uuidv7, uuidv7Floor } from '../platform/ids.ts';

const SALT_BYTES = 16;

/**
 * Appends to the access history that the holder reads: the line, its count, and the audit row that commits to it and
 * has the same id.
 *
 * @param audit writes the row
 */
export function accessRecorder(audit: Gate['audit']): Gate['access'] {
  return async (tx, event, { clientId, ...line }) => {
    const { accountId, at, client } = event;
    const id = uuidv7(at.getTime());
    const salt = newSecret(SALT_BYTES);
    const { address, userAgent } = client;
    const access = { ...line, clientId: clientId ?? '', address, userAgent };
    const commitment = createHash('sha256').update(accessBytes(salt, access)).digest();
    const month = uuidv7Floor(months.periodOf(at.getTime()).startMs);
    // One way to the database; the row of the count, which others wait for, comes last.
    await Promise.all([
      audit(tx, event, { id, commitment }),
      sql`
        with line as (
          insert into access_event
            (account_id, id, at, kind, outcome, method, level, client_id, client_address, user_agent, salt)
          values (${accountId}, ${id}, ${at}, ${access.kind}, ${access.outcome}, ${access.method}, ${access.level},
            ${access.clientId}, ${address}, ${userAgent}, ${salt})
        )
        insert into access_count (account_id, month, client_id, outcome, lines, last_at)
        values (${accountId}, ${month}, ${access.clientId}, ${access.outcome}, 1, ${at})
        on conflict (account_id, month, client_id, outcome)
        do update set lines = access_count.lines + 1, last_at = greatest(access_count.last_at, excluded.last_at)`.execute(
        tx,
      ),
    ]);
  };
}

export const hasAccessSince: Gate['hasAccessSince'] = async (tx, accountId, clientId, since) => {
  const row = await tx
    .selectFrom('access_event')
    .select('id')
    .where('account_id', '=', accountId)
    .where('client_id', '=', clientId)
    .where('outcome', '=', 'success')
    .where('id', '>=', uuidv7Floor(since.getTime()))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};
