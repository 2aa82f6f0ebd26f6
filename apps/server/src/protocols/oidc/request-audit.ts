import type { Level } from '@sigillo/assurance';
import type { Gate } from '../../gate/ports.ts';
import type { AuditEventType } from '../../platform/audit/event-types.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { OidcRequest } from './request-context.ts';

interface Event {
  type: AuditEventType;
  details: Record<string, string | number | boolean | null>;
}

/** One audit row about the account of a request, by the relying party unless the holder's browser made it. */
export async function writeAudit(gate: Gate, tx: Tx, request: OidcRequest, event: Event): Promise<void> {
  const row = auditEventOf(gate, request, event);
  if (row) await gate.audit(tx, row);
}

/**
 * The audit row of a code, with a line of the holder's access history where the sign-in itself has left none: a live
 * session was enough, or one from another tab.
 *
 * @param signIn how the holder came to it; `sinceMs` is when the request began to wait for them, if it did
 */
export async function writeCodeIssued(
  gate: Gate,
  tx: Tx,
  request: OidcRequest,
  event: Event,
  { clientId, level, sinceMs }: { clientId: string; level: Level | null; sinceMs: number | undefined },
): Promise<void> {
  const row = auditEventOf(gate, request, event);
  if (!row) return;
  const isThere =
    sinceMs !== undefined && (await gate.hasAccessSince(tx, row.accountId, clientId, new Date(sinceMs)));
  if (isThere) return gate.audit(tx, row);
  await gate.access(tx, row, { kind: 'single-sign-on', outcome: 'success', method: null, level, clientId });
}

function auditEventOf(gate: Gate, { session, origin, presenter }: OidcRequest, { type, details }: Event) {
  const accountId = session?.accountId ?? origin?.accountId;
  if (accountId === undefined) return undefined;
  return {
    type,
    accountId,
    actor: session ? ('holder' as const) : ('relying-party' as const),
    at: gate.clock.now(),
    client: presenter.client,
    details: { ...details, session: session?.id ?? origin?.sessionId ?? null },
  };
}
