import type { Tx } from '../platform/database/database.ts';
import { describeBrowser, placeOf } from '../platform/http/client-info.ts';
import { queueMessage } from '../platform/messages/messages.ts';
import type { Presenter, Prover } from './model.ts';
import type { Gate } from './ports.ts';

export type SecurityNotice =
  | 'password-changed'
  | 'factor-added'
  | 'factor-removed'
  | 'second-factor-recovered'
  | 'recovery-codes-issued'
  | 'recovery-code-used'
  | 'device-added'
  | 'device-removed'
  | 'device-frozen'
  | 'device-locked-out'
  | 'passkey-copied'
  | 'request-not-mine';

/** From where and with what, as messages say it. */
export function circumstances(gate: Gate, client: Presenter['client']) {
  const { browser, system } = describeBrowser(client.userAgent);
  const place = placeOf(client.address);
  return {
    when: gate.clock.now().toISOString(),
    browser: [browser, system].filter(Boolean).join(', '),
    place: place.local ? 'local' : (place.country ?? ''),
  };
}

/** Tells every confirmed e-mail address of the holder, in the transaction of what happened. */
export async function notifyHolder(
  gate: Gate,
  tx: Tx,
  prover: Pick<Prover, 'id' | 'language' | 'contacts'>,
  presenter: Pick<Presenter, 'client'>,
  notice: { template: SecurityNotice; params?: Record<string, string> },
): Promise<void> {
  const params = { ...circumstances(gate, presenter.client), ...notice.params };
  for (const contact of prover.contacts) {
    if (contact.kind !== 'email' || contact.verifiedAt === null) continue;
    await queueMessage(tx, gate.keyring, gate.clock.nowMs(), {
      channel: 'email',
      template: notice.template,
      to: contact.address,
      language: prover.language,
      accountId: prover.id,
      params,
    });
  }
}
