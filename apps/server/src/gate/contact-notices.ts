import type { Tx } from '../platform/database/database.ts';
import { maskEmailAddress } from '../platform/email-address.ts';
import type { Message } from '../platform/messages/messages.ts';
import { maskPhone } from '../platform/phone-number.ts';
import type { ContactChanges } from './account-ports.ts';
import type { Contact, Presenter, Prover } from './model.ts';
import { circumstances, keepForApps } from './notices.ts';
import type { Gate } from './ports.ts';

interface NoticePorts {
  gate: Gate;
  changes: Pick<ContactChanges, 'open'>;
  queue(tx: Tx, message: Message): Promise<string>;
  settings: { serviceName: string };
}

export interface ContactNotice {
  template: 'contact-change-requested' | 'contact-changed' | 'contact-change-undone';
  kind: Contact['kind'];
  /** What the account has now, or is asked to have. */
  address: string;
  /** Whom the change can be undone by: the contact that was replaced, and the link that does it. */
  cancel?: { contact: Contact; link: string; until: Date };
}

/**
 * Who is told of what happens to contacts: those that are confirmed, and those that were replaced and may still speak
 * up. So there is always one that was not changed in the same session ([SPID-NTF-2]).
 */
export async function contactsToTell(
  { gate, changes }: Pick<NoticePorts, 'gate' | 'changes'>,
  tx: Tx,
  prover: Pick<Prover, 'id' | 'contacts'>,
): Promise<Contact[]> {
  const confirmed = prover.contacts.filter((one) => one.verifiedAt !== null);
  const replaced = await changes.open(tx, prover.id, gate.clock.now());
  return [...confirmed, ...replaced.flatMap(({ old }) => (old ? [old] : []))];
}

/**
 * Tells contacts, in the transaction of what happened. A request goes by e-mail alone: the phone was sent the code
 * that authorises it. What these SMS cost is no budget's: there is one for a confirmed number in six days.
 */
export async function tellContacts(
  ports: NoticePorts,
  tx: Tx,
  prover: Pick<Prover, 'id' | 'language'>,
  presenter: Pick<Presenter, 'client'>,
  to: readonly Contact[],
  notice: ContactNotice,
): Promise<void> {
  const told = new Map(to.map((one) => [`${one.kind} ${one.address}`, one]));
  for (const contact of told.values()) {
    const isPhone = contact.kind === 'phone';
    if (isPhone && notice.template === 'contact-change-requested') continue;
    const cancel = notice.cancel?.contact.id === contact.id ? notice.cancel : undefined;
    const params = paramsOf(ports, presenter, notice, cancel);
    const { id: accountId, language } = prover;
    const message = { template: notice.template, to: contact.address, language, accountId, params };
    await ports.queue(tx, {
      ...message,
      channel: isPhone ? 'sms' : 'email',
      lifetimeSeconds: LIFETIME_SECONDS,
    });
  }
  const params = paramsOf(ports, presenter, notice, undefined);
  await keepForApps(ports.gate, tx, prover.id, notice.template, params);
}

const LIFETIME_SECONDS = 24 * 60 * 60;

function paramsOf(
  { gate, settings }: NoticePorts,
  { client }: Pick<Presenter, 'client'>,
  { kind, address }: ContactNotice,
  cancel: ContactNotice['cancel'],
): Record<string, string> {
  return {
    ...circumstances(gate, client),
    kind,
    address: kind === 'email' ? maskEmailAddress(address) : maskPhone(address),
    service: settings.serviceName,
    ...(cancel && { link: cancel.link, untilWhen: cancel.until.toISOString() }),
  };
}
