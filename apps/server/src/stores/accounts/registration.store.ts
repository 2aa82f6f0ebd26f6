import type { Registration, Registrations } from '../../flows/sign-in/register/register.service.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

const place = (id: string, column: string) => ({ table: 'registration', row: id, column });

/** Registrations on PostgreSQL: address, number and password hash sealed. */
export function registrationStore(keyring: Keyring): Registrations {
  const seal = (one: Registration, column: string, value: string) =>
    keyring.seal(value, place(one.id, column));
  return {
    async insert(tx, one) {
      await tx
        .insertInto('registration')
        .values({
          id: one.id,
          binding_hash: one.bindingHash,
          email_sealed: seal(one, 'email_sealed', one.email),
          email_hmac: keyring.mac('contact-address', 'email', one.email),
          phone_sealed: one.phone === null ? null : seal(one, 'phone_sealed', one.phone),
          password_hash_sealed: seal(one, 'password_hash_sealed', one.passwordHash),
          language: one.language,
          context: JSON.stringify({ interaction: one.interaction, homeUrl: one.homeUrl }),
          confirmed_at: null,
          account_id: null,
          created_at: one.createdAt,
          expires_at: one.expiresAt,
        })
        .execute();
    },

    async find(tx, id, now) {
      const row = await tx
        .selectFrom('registration')
        .selectAll()
        .where('id', '=', id)
        .where('confirmed_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row && toRegistration(row, keyring);
    },

    async confirm(tx, id, accountId, now) {
      const result = await tx
        .updateTable('registration')
        .set({ confirmed_at: now, account_id: accountId })
        .where('id', '=', id)
        .where('confirmed_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
  };
}

function toRegistration(row: Tables['registration'], keyring: Keyring): Registration {
  const open = (column: string, sealed: Buffer) => keyring.openText(sealed, place(row.id, column));
  const context = row.context as { interaction: string | null; homeUrl: string | null };
  return {
    id: row.id,
    bindingHash: row.binding_hash,
    email: open('email_sealed', row.email_sealed),
    phone: row.phone_sealed === null ? null : open('phone_sealed', row.phone_sealed),
    passwordHash: open('password_hash_sealed', row.password_hash_sealed),
    language: row.language,
    interaction: context.interaction,
    homeUrl: context.homeUrl,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
