import { randomId } from '../../apps/server/src/platform/ids.ts';
import type { Holder, PopulatedInstallation } from './populated.ts';

/** Sessions of one holder differ by what was proven in them. */
export type Standing = 'level 1' | 'level 2, long ago' | 'level 2' | 'level 3';

/** Rewrites what every session of a holder remembers of its proofs. @returns false where that level is beyond them */
export async function stand(on: PopulatedInstallation, holder: Holder, standing: Standing): Promise<boolean> {
  const sessions = await on.database.db
    .selectFrom('session')
    .select(['id', 'evidence'])
    .where('account_id', '=', holder.id)
    .execute();
  const provenAtMs = on.nowMs() - (standing === 'level 2, long ago' ? 6 * 60_000 : 1_000);
  for (const { id, evidence } of sessions) {
    const all = (evidence as { method: string }[]).map((one) => ({ ...one, provenAtMs }));
    if (all.length < 2) return false;
    const passwords = all.filter(({ method }) => method === 'password');
    const key = { slot: 'first', method: 'passkey', target: null, channelId: randomId(), levelCap: 3 };
    const proven = {
      'level 1': passwords,
      'level 2, long ago': all,
      'level 2': all,
      'level 3': [...all, { ...key, provenAtMs }],
    };
    await on.database.db
      .updateTable('session')
      .set({ evidence: JSON.stringify(proven[standing]) })
      .where('account_id', '=', holder.id)
      .where('id', '=', id)
      .execute();
  }
  return true;
}
