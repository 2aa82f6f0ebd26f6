import type { PastPassword } from '../../factors/password/identity-password.ts';
import type { PastPasswords } from '../../gate/replace-password.ts';
import type { Tx } from '../../platform/database/database.ts';
import { uuidv7 } from '../../platform/ids.ts';

/** More than may matter: whoever changes it this often within fifteen months has those at least. */
const KEPT = 200;

interface PastPasswordStore extends PastPasswords {
  /** The newest first. */
  list(tx: Tx, accountId: string): Promise<PastPassword[]>;
}

/** What passwords of holders of identities have in common with others, on PostgreSQL: keyed hashes. */
export const pastPasswordStore: PastPasswordStore = {
  async remember(tx, accountId, likeness, chosenAt) {
    await tx
      .insertInto('password_past')
      .values({ account_id: accountId, id: uuidv7(chosenAt.getTime()), likeness, chosen_at: chosenAt })
      .execute();
  },

  async list(tx, accountId) {
    const rows = await tx
      .selectFrom('password_past')
      .select(['likeness', 'chosen_at'])
      .where('account_id', '=', accountId)
      .orderBy('chosen_at', 'desc')
      .limit(KEPT)
      .execute();
    return rows.map(({ likeness, chosen_at }) => ({ likeness, chosenAt: chosen_at }));
  },
};
