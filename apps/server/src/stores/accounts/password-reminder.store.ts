import type { PasswordReminders } from '../../identities/remind-password.ts';

/** Reminders that went out, on PostgreSQL: one row for each, of the password in use. */
export const passwordReminderStore: PasswordReminders = {
  async record(tx, accountId, { chosenAt, days, at }) {
    const inserted = await tx
      .insertInto('password_reminder')
      .values({ account_id: accountId, chosen_at: chosenAt, days, sent_at: at })
      .onConflict((conflict) => conflict.columns(['account_id', 'chosen_at', 'days']).doNothing())
      .returning('days')
      .executeTakeFirst();
    if (!inserted) return false;
    await tx
      .deleteFrom('password_reminder')
      .where('account_id', '=', accountId)
      .where('chosen_at', '<>', chosenAt)
      .execute();
    return true;
  },
};
