import type { LinkTokens } from '../../../factors/email-link/email-link.factor.ts';
import type { Authenticators, ContactChanges, Contacts, Identifiers } from '../../../gate/account-ports.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { Message } from '../../../platform/messages/messages.ts';

/** What changing contacts stands on. */
export interface ContactPorts {
  gate: Gate;
  authenticators: Authenticators;
  contacts: Contacts;
  changes: ContactChanges;
  identifiers: Identifiers;
  links: LinkTokens;
  queue(tx: Tx, message: Message): Promise<string>;
  settings: { issuer: string; serviceName: string; allowedPhoneCountries: readonly string[] };
}
