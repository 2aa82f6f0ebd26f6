import { inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { randomId } from '../../apps/server/src/platform/ids.ts';
import type { HolderNotice } from '../../apps/server/src/platform/messages/templates/holder-notices.ts';
import type { Holder, PopulatedInstallation } from './populated.ts';

/** What its holder is told of by a write of the API ([AUD-4]); by every other, of nothing. */
export const TOLD: Record<string, HolderNotice> = {
  completePasswordReset: 'password-changed',
  finishPasswordChange: 'password-changed',
  renewPassword: 'password-changed',
  finishEnrolment: 'factor-added',
  removeAuthenticator: 'factor-removed',
  issueRecoveryCodes: 'recovery-codes-issued',
  nameNewContact: 'contact-change-requested',
  finishContactChange: 'contact-changed',
  cancelContactChange: 'contact-change-undone',
  changeResidence: 'residence-changed',
  finishLink: 'device-added',
  pairDevice: 'device-added',
  removeDevice: 'device-removed',
  removeDeviceItself: 'device-removed',
  containAccount: 'account-contained',
  setNotices: 'use-notices-changed',
  requestExport: 'data-export-requested',
  requestErasure: 'erasure-requested',
  cancelErasure: 'erasure-cancelled',
  decideCase: 'document-accepted',
  suspendAccount: 'account-suspended',
  suspendFirst: 'account-suspended',
  registerReport: 'account-suspended',
  suspendByCard: 'account-suspended',
  confirmSuspension: 'account-suspended',
  liftSuspension: 'suspension-lifted',
  makeEmergencyCard: 'emergency-link-made',
  withdrawEmergencyCard: 'emergency-link-withdrawn',
};

/** A second confirmed address, to which nothing goes but what every confirmed address is told. */
export async function giveSecondAddress(on: PopulatedInstallation, { id, email }: Holder): Promise<string> {
  const verifiedAt = new Date(on.nowMs());
  const address = `second.${email}`;
  const contact = { id: randomId(), kind: 'email' as const, channelId: randomId(), address, verifiedAt };
  await inTransaction(on.database.db, (tx) => on.stores.contacts.insert(tx, id, contact, verifiedAt));
  return address;
}

/** What the apps of a holder show: the kinds of notices, oldest first. */
export async function toldOf(on: PopulatedInstallation, { id }: Pick<Holder, 'id'>): Promise<string[]> {
  const rows = await on.database.db
    .selectFrom('notice')
    .select('kind')
    .where('account_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map(({ kind }) => kind);
}
