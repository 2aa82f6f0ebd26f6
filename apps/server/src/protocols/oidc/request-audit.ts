import type { Gate } from '../../gate/ports.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { OidcRequest } from './request-context.ts';

/** One audit row about the account of a request, by the relying party unless the holder's browser made it. */
export async function writeAudit(
  gate: Gate,
  tx: Tx,
  { session, origin, presenter }: OidcRequest,
  event: { type: string; details: Record<string, string | number | boolean | null> },
): Promise<void> {
  const accountId = session?.accountId ?? origin?.accountId;
  if (accountId === undefined) return;
  const sessionId = session?.id ?? origin?.sessionId ?? null;
  await gate.audit(tx, {
    type: event.type,
    accountId,
    actor: session ? 'holder' : 'relying-party',
    at: gate.clock.now(),
    client: presenter.client,
    details: { ...event.details, session: sessionId },
  });
}
