import type { AccessEvent } from '../gate/ports.ts';
import type { Tx } from '../platform/database/database.ts';
import { uuidv7 } from '../platform/ids.ts';

/** Appends one line to the access history that the holder reads. */
export async function writeAccessEvent(
  tx: Tx,
  event: AccessEvent & { at: Date; client: { address: string; userAgent: string } },
): Promise<void> {
  await tx
    .insertInto('access_event')
    .values({
      account_id: event.accountId,
      id: uuidv7(event.at.getTime()),
      at: event.at,
      kind: event.kind,
      outcome: event.outcome,
      method: event.method,
      client_id: event.clientId,
      client_address: event.client.address,
      user_agent: event.client.userAgent,
    })
    .execute();
}
