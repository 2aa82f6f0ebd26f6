import { createHash } from 'node:crypto';
import type { AppQuestion, Ceremony, Presenter, Prover } from './model.ts';
import { circumstances } from './notices.ts';
import type { Operation } from './operation.ts';
import type { Gate } from './ports.ts';
import type { RelyingParties, RelyingParty } from './relying-party.ts';

/** Own pages as a client of their own. */
const OWN_CLIENT = 'account';

interface Asking {
  /** Id of the ceremony or ticket that asks. */
  id: string;
  purpose: string;
  relyingParty: RelyingParty | undefined;
  operation: Operation | undefined;
  userId: string;
  isNewBrowser: boolean;
}

/** The question that a browser asks of somebody's app. */
export function questionOf(gate: Gate, asking: Asking, { client }: Pick<Presenter, 'client'>): AppQuestion {
  const { relyingParty, operation, purpose, userId, isNewBrowser } = asking;
  return {
    type: operation?.type ?? purpose,
    client: relyingParty?.clientId ?? OWN_CLIENT,
    clientName: relyingParty?.name ?? null,
    userId,
    summary: operation?.summary ?? {},
    ...circumstances(gate, client),
    isNewBrowser,
    operationDigest: digestOf(asking),
  };
}

/**
 * The same where a ceremony asks: for its relying party, and for the operation that it is held for.
 *
 * @param asked the id by which it is asked, and whether the account never signed in in this browser
 */
export async function questionInCeremony(
  { gate, relyingParties }: { gate: Gate; relyingParties: RelyingParties },
  { ceremony, prover }: { ceremony: Ceremony; prover: Prover },
  asked: Pick<Asking, 'id' | 'isNewBrowser'>,
  presenter: Pick<Presenter, 'client'>,
): Promise<AppQuestion> {
  const { subjectId, operationId, purpose, context } = ceremony;
  const operation = operationId
    ? await gate.single((tx) => gate.operations.find(tx, { subjectId, id: operationId }))
    : undefined;
  const relyingParty = context.clientId ? await relyingParties.find(context.clientId) : undefined;
  return questionOf(gate, { ...asked, purpose, relyingParty, operation, userId: prover.userId }, presenter);
}

/** The operation's own digest; for a sign-in, that of the very ceremony or ticket that waits. */
function digestOf({ id, purpose, relyingParty, operation }: Asking): string {
  if (operation) return Buffer.from(operation.digest, 'hex').toString('base64url');
  const text = `sigillo ${purpose} v1\n${id}\n${relyingParty?.clientId ?? OWN_CLIENT}`;
  return createHash('sha256').update(text).digest('base64url');
}

/** The challenge that an app signs: 32 bytes that only the server can make, of what is asked ([PUSH-3]). */
export const nonceOf = (gate: Pick<Gate, 'keyring'>, id: string): string =>
  gate.keyring.mac('app-question', id).toString('base64url');
