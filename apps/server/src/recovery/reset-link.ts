import type { LinkTokens } from '../factors/email-link/email-link.factor.ts';
import { newLinkToken } from '../factors/email-link/link-token.ts';
import type { Contact, Presenter, Prover } from '../gate/model.ts';
import { circumstances } from '../gate/notices.ts';
import type { Gate } from '../gate/ports.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Message } from '../platform/messages/messages.ts';

export interface ResetLinkPorts {
  gate: Gate;
  links: LinkTokens;
  queue(tx: Tx, message: Message): Promise<string>;
  settings: { issuer: string };
}

export const RESET_PASSWORD = 'reset-password';
const LINK_SECONDS = 30 * 60;

/** Where the link goes: an address that was confirmed, and no other. */
export const confirmedEmail = (prover: Prover): Contact | undefined =>
  prover.contacts.find((one) => one.kind === 'email' && one.verifiedAt !== null);

/**
 * Sends the link to a new password, good for half an hour and one use; only its holder's mailbox ever sees it.
 *
 * @param request.uid a relying party's request that waits in the browser of who asks: the link leads back to it
 * @param request.from where it was asked for; left out where help desk asks on the holder's behalf
 */
export async function sendResetLink(
  ports: ResetLinkPorts,
  tx: Tx,
  request: { prover: Prover; contact: Contact; uid?: string | undefined; from?: Presenter },
): Promise<void> {
  const { gate, links, settings } = ports;
  const { prover, contact, uid, from } = request;
  const createdAt = gate.clock.now();
  const link = newLinkToken(createdAt.getTime());
  await links.insert(tx, {
    id: link.id,
    secretHash: link.secretHash,
    purpose: RESET_PASSWORD,
    accountId: prover.id,
    subjectId: prover.id,
    addressHmac: gate.keyring.mac('contact-address', 'email', contact.address),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + LINK_SECONDS * 1000),
  });
  const query = uid === undefined ? '' : `?interaction=${encodeURIComponent(uid)}`;
  await ports.queue(tx, {
    channel: 'email',
    template: 'password-reset',
    to: contact.address,
    language: prover.language,
    accountId: prover.id,
    lifetimeSeconds: LINK_SECONDS,
    params: {
      link: `${settings.issuer}/reset-password${query}#${link.token}`,
      minutes: String(LINK_SECONDS / 60),
      ...(from ? placeAndBrowser(gate, from) : {}),
    },
  });
}

function placeAndBrowser(gate: Gate, { client }: Presenter): { browser: string; place: string } {
  const { browser, place } = circumstances(gate, client);
  return { browser, place };
}
