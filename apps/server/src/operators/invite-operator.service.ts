import type { LinkTokens } from '../factors/email-link/email-link.factor.ts';
import { newLinkToken } from '../factors/email-link/link-token.ts';
import type { AccountWriter, Contacts, Identifiers } from '../gate/account-ports.ts';
import type { Operators, Role } from '../gate/operators.ts';
import type { AuditEvent } from '../platform/audit/audit.ts';
import { HOUR_MS } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import { randomId } from '../platform/ids.ts';
import type { Keyring } from '../platform/keyring/keyring.ts';
import { newUserId } from '../platform/user-id.ts';
import { type TellPorts, tellAdministrators } from './tell-administrators.ts';

/** Purpose of the link that an invitation is. */
export const OPERATOR_INVITATION = 'operator-invitation';
const LIFETIME_MS = 24 * HOUR_MS;

export interface InvitePorts extends TellPorts {
  keyring: Keyring;
  accounts: AccountWriter;
  contacts: Contacts;
  operators: Operators;
  names: Identifiers;
  links: LinkTokens;
  audit(tx: Tx, event: AuditEvent): Promise<void>;
  settings: { issuer: string };
}

export interface Invitation {
  /** Normalised. */
  email: string;
  roles: readonly Role[];
  language: 'it' | 'en';
  /** Who invites; null from the command line. */
  by: { accountId: string; name: string } | null;
}

export interface Invited {
  accountId: string;
  /** Good once, for 24 hours; a newer one voids it. */
  link: string;
}

/**
 * Invites somebody to the console, in the caller's transaction: their account is made, and opens when they take the
 * invitation up. Who is an operator already is invited anew, for instance after losing their key: what they had opens
 * nothing from now on.
 */
export async function inviteOperator(ports: InvitePorts, tx: Tx, wanted: Invitation): Promise<Invited> {
  const { operators, names, audit, clock } = ports;
  const { email, roles, by } = wanted;
  const known = await names.find(tx, names.hash(email) ?? Buffer.alloc(0));
  const accountId = known ?? (await newAccount(ports, tx, wanted));
  if (known) {
    await operators.reinvite(tx, known, by?.accountId ?? null);
    await operators.setRoles(tx, known, roles);
  }
  const link = await newLink(ports, tx, accountId, email);
  await audit(tx, {
    type: 'operator-invited',
    accountId,
    actor: by ? 'operator' : 'system',
    at: clock.now(),
    details: { roles: roles.join(' '), by: by?.accountId ?? null, anew: known !== undefined },
  });
  await tellAdministrators(ports, tx, { what: 'invited', who: email, by: by?.name ?? '' });
  return { accountId, link };
}

async function newAccount(ports: InvitePorts, tx: Tx, { email, roles, language, by }: Invitation) {
  const { accounts, contacts, operators, names, clock } = ports;
  const at = clock.now();
  const accountId = randomId();
  if (!(await names.claim(tx, { kind: 'operator', value: email }, accountId)))
    throw new Error('Somebody else was invited by this address at the same time');
  await accounts.create(tx, { id: accountId, userId: newUserId(), language, at, kind: 'operator' });
  // Whoever invites answers for the address: what happens in the console is told there.
  const contact = { id: randomId(), kind: 'email' as const, channelId: randomId(), verifiedAt: at };
  await contacts.insert(tx, accountId, { ...contact, address: email }, at);
  const invitedBy = by?.accountId ?? null;
  await operators.insert(tx, { accountId, name: '', state: 'invited', roles, invitedBy, createdAt: at });
  return accountId;
}

async function newLink({ clock, keyring, links, settings }: InvitePorts, tx: Tx, id: string, email: string) {
  const nowMs = clock.nowMs();
  const link = newLinkToken(nowMs);
  await links.insert(tx, {
    id: link.id,
    secretHash: link.secretHash,
    purpose: OPERATOR_INVITATION,
    accountId: id,
    subjectId: id,
    addressHmac: keyring.mac('contact-address', 'email', email),
    createdAt: new Date(nowMs),
    expiresAt: new Date(nowMs + LIFETIME_MS),
  });
  return `${settings.issuer}/console/invitation#${link.token}`;
}
