import { readAudit } from '../../apps/server/src/platform/audit/audit.ts';
import type { PopulatedInstallation } from './populated.ts';

/** What each write leaves in the audit, oldest first. */
export const RECORDED: Record<string, string[]> = {
  signInWithPassword: ['proof-accepted'],
  signInWithPasskey: ['proof-accepted'],
  finishSignIn: ['signed-in'],
  startChallenge: ['code-sent'],
  proveChallenge: ['proof-accepted'],
  startEnrolment: ['factor-set-up-begun'],
  resendEnrolmentCode: ['code-sent'],
  finishEnrolment: ['proof-accepted', 'factor-added'],
  startRecovery: ['recovery-started'],
  correctPhone: ['phone-corrected'],
  register: ['registration-started'],
  resendConfirmation: ['registration-started'],
  confirmRegistration: ['account-created'],
  requestPasswordReset: ['reset-requested'],
  completePasswordReset: ['proof-accepted', 'operation-approved', 'reset-completed'],
  decideConsent: ['consent-granted'],
  finishStepUp: ['confirmed'],
  signOut: ['signed-out'],
  setLanguage: ['language-changed'],
  endSession: ['session-ended'],
  endAllSessions: ['all-sessions-ended'],
  addAuthenticator: ['factor-adding-begun'],
  removeAuthenticator: ['factor-removed'],
  renameAuthenticator: ['factor-renamed'],
  issueRecoveryCodes: ['recovery-codes-asked', 'recovery-codes-issued'],
  revokeConsent: ['consent-revoked'],
  contactSupport: ['support-asked'],
  startPairing: ['pairing-begun'],
  cancelPairing: ['pairing-cancelled'],
  renameDevice: ['device-renamed'],
  approveOperation: ['operation-approved'],
  removeDevice: ['device-removed'],
  redeemQr: ['proof-accepted'],
  startLink: ['proof-accepted'],
  startLinkChallenge: ['code-sent'],
  proveLink: ['proof-accepted'],
  finishLink: ['device-added', 'app-linked'],
  pairDevice: ['device-added'],
  nameDevice: ['device-renamed'],
  setDevicePush: ['device-notices-on'],
  removeDeviceItself: ['device-removed'],
  approveRequest: ['scan-approved'],
  refuseRequest: ['request-refused'],
};

/** Audit rows that are there now and were not before; signing keys are made by themselves, and do not count. */
export async function recordedBy(
  on: PopulatedInstallation,
  work: () => Promise<unknown>,
): Promise<{ type: string; accountId: string }[]> {
  const { db } = on.database;
  const ids = async () => db.selectFrom('audit').select(['id', 'account_id']).orderBy('id').execute();
  const before = new Set((await ids()).map(({ id }) => id));
  await work();
  const fresh = (await ids()).filter(({ id }) => !before.has(id));
  const types = new Map<string, string>();
  for (const accountId of new Set(fresh.map((row) => row.account_id)))
    for (const { id, type } of await readAudit(db, on.keyring, accountId)) types.set(id, type);
  const recorded = fresh.map(({ id, account_id }) => ({ type: types.get(id) ?? '?', accountId: account_id }));
  return recorded.filter(({ type }) => !type.startsWith('signing-key-'));
}
