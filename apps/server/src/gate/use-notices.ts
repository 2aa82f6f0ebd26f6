import type { Tx } from '../platform/database/database.ts';
import { queueMessage } from '../platform/messages/messages.ts';
import type { Presenter, Prover } from './model.ts';
import { circumstances } from './notices.ts';
import type { AccessLine, Gate } from './ports.ts';

/** What counts as a use of what somebody signs in with: a ceremony that admits to a service, or to the account. */
const USES = ['sign-in'];

/** A sign-in of an hour ago is no news by SMS. */
const SMS_SECONDS = 60 * 60;

/** What of a line of the access history says whether it is a use. */
type Use = Pick<AccessLine, 'kind' | 'outcome' | 'clientId'>;

/**
 * Tells the holder of a use of their credentials, if they want that, in the transaction that records it
 * ([SPID-NTF-1]). Who did not ask for it costs no statement.
 */
export async function tellUse(
  gate: Gate,
  tx: Tx,
  prover: Prover,
  { kind, outcome, clientId }: Use,
  { client }: Presenter,
): Promise<void> {
  const { by = 'off', failures = false } = prover.useNotices ?? {};
  if (by === 'off' || !USES.includes(kind)) return;
  if (outcome === 'failure' && !failures) return;
  const { language, id: accountId } = prover;
  const name = clientId ? await gate.nameOfClient(tx, clientId) : undefined;
  const provider = name?.[language] ?? clientId ?? '';
  const template = outcome === 'success' ? 'credential-used' : 'credential-refused';
  const params = { ...circumstances(gate, client), provider };
  const confirmed = prover.contacts.filter(({ verifiedAt }) => verifiedAt !== null);
  const phones = by === 'sms' ? confirmed.filter(({ kind }) => kind === 'phone') : [];
  // Whose number is gone is told by e-mail rather than not at all.
  const channel = phones.length > 0 ? 'sms' : 'email';
  const contacts = channel === 'sms' ? phones : confirmed.filter(({ kind }) => kind === 'email');
  for (const { address: to } of contacts)
    await queueMessage(tx, gate.keyring, gate.clock.nowMs(), {
      channel,
      template,
      to,
      language,
      accountId,
      params,
      ...(channel === 'sms' ? { lifetimeSeconds: SMS_SECONDS } : {}),
    });
}
