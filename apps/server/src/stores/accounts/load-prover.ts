import type { Level } from '@sigillo/assurance';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { APP_METHODS, appFactorId } from '../../gate/devices.ts';
import type { Contact, EnrolledAuthenticator, Prover } from '../../gate/model.ts';
import type { Db, Tx } from '../../platform/database/database.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { openAddress } from './contact.store.ts';

interface AuthenticatorRow {
  id: string;
  type: string;
  channel_id: string;
  contact_id: string | null;
  binding_level: number;
  label: string;
  created_at: string | Date;
  last_used_at: string | Date | null;
}

/** What a device's row says of the app's factors. */
interface AppRow {
  state: string;
  binding_level: number;
  created_at: string | Date;
  last_seen_at: string | Date;
}

interface ContactRow {
  id: string;
  kind: 'email' | 'phone';
  channel_id: string;
  /** Inside JSON, `bytea` is written as `\x` and hex. */
  address_sealed: string | Buffer;
  verified_at: string | Date | null;
}

/** An account with all that it proves with, and its contacts, in one statement. */
export async function loadProver(
  tx: Tx | Db,
  keyring: Keyring,
  accountId: string,
): Promise<Prover | undefined> {
  const row = await tx
    .selectFrom('account')
    .select((eb) => [
      'account.id',
      'account.user_id',
      'account.kind',
      'account.status',
      'account.epoch',
      'account.language',
      'account.use_notices',
      'account.use_failures',
      'account.code_delivery',
      jsonArrayFrom(
        eb
          .selectFrom('authenticator')
          .select([
            'id',
            'type',
            'channel_id',
            'contact_id',
            'binding_level',
            'label',
            'created_at',
            'last_used_at',
          ])
          .whereRef('authenticator.account_id', '=', 'account.id')
          .where('authenticator.state', '=', 'active')
          .orderBy('authenticator.created_at')
          .orderBy('authenticator.id'),
      ).as('authenticators'),
      jsonArrayFrom(
        eb
          .selectFrom('contact')
          .select(['id', 'kind', 'channel_id', 'address_sealed', 'verified_at'])
          .whereRef('contact.account_id', '=', 'account.id')
          .orderBy('contact.created_at'),
      ).as('contacts'),
      jsonArrayFrom(
        eb
          .selectFrom('device')
          .select(['state', 'binding_level', 'created_at', 'last_seen_at'])
          .whereRef('device.account_id', '=', 'account.id')
          .where('device.state', '<>', 'removed'),
      ).as('devices'),
      eb
        .exists(
          eb
            .selectFrom('identity')
            .select('identity.id')
            .whereRef('identity.account_id', '=', 'account.id')
            .where('identity.state', 'in', ['active', 'suspended']),
        )
        .as('holds_identity'),
    ])
    .where('account.id', '=', accountId)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    decoy: false,
    userId: row.user_id,
    kind: row.kind,
    status: row.status,
    epoch: row.epoch,
    language: row.language,
    useNotices: { by: row.use_notices, failures: row.use_failures },
    codeDelivery: row.code_delivery,
    holdsIdentity: Boolean(row.holds_identity),
    authenticators: [...row.authenticators.map(toAuthenticator), ...appFactors(row.id, row.devices)],
    contacts: row.contacts.map((one) => toContact(keyring, accountId, one as unknown as ContactRow)),
  };
}

/**
 * What an account whose apps are linked can prove with them, whichever of them answers. Where all of them were
 * stopped none does, and their holder has to recover: a stopped app must not leave the password alone.
 */
function appFactors(accountId: string, devices: readonly AppRow[]): EnrolledAuthenticator[] {
  if (devices.length === 0) return [];
  const active = devices.filter(({ state }) => state === 'active');
  const levels = (active.length > 0 ? active : devices).map((one) => one.binding_level);
  const linkedAt = devices.map((one) => asDate(one.created_at).getTime());
  const seenAt = devices.map((one) => asDate(one.last_seen_at).getTime());
  return APP_METHODS.map((method) => ({
    id: appFactorId(accountId, method),
    method,
    channelId: appFactorId(accountId, 'channel'),
    contactId: null,
    bindingLevel: Math.max(...levels) as Level,
    label: '',
    createdAt: new Date(Math.min(...linkedAt)),
    lastUsedAt: new Date(Math.max(...seenAt)),
  }));
}

/** One contact, opened. */
export async function loadContact(
  tx: Tx,
  keyring: Keyring,
  accountId: string,
  id: string,
): Promise<Contact | undefined> {
  const row = await tx
    .selectFrom('contact')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toContact(keyring, accountId, row);
}

const asDate = (value: string | Date): Date => new Date(value);

/** An authenticator as its row has it. */
export function toAuthenticator(row: AuthenticatorRow): EnrolledAuthenticator {
  return {
    id: row.id,
    method: row.type,
    channelId: row.channel_id,
    contactId: row.contact_id,
    bindingLevel: row.binding_level as Level,
    label: row.label,
    createdAt: asDate(row.created_at),
    lastUsedAt: row.last_used_at === null ? null : asDate(row.last_used_at),
  };
}

function toContact(keyring: Keyring, accountId: string, row: ContactRow): Contact {
  const sealed =
    typeof row.address_sealed === 'string'
      ? Buffer.from(row.address_sealed.slice(2), 'hex')
      : row.address_sealed;
  return {
    id: row.id,
    kind: row.kind,
    channelId: row.channel_id,
    address: openAddress(keyring, accountId, row.id, sealed),
    verifiedAt: row.verified_at === null ? null : asDate(row.verified_at),
  };
}
