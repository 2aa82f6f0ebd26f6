import type { ClosingPorts } from '../gate/close-account.ts';
import type { HoldCause } from '../gate/hold.ts';
import { noticeLifted } from '../gate/hold-notices.ts';
import { LONGEST_HOLD_DAYS, liftHolds } from '../gate/holds.ts';
import { notifyHolder, type SecurityNotice } from '../gate/notices.ts';
import { type IssuingPorts, issueIdentity, refuseIdentity } from '../identities/issue-identity.service.ts';
import { replaceDocument } from '../identities/renew-identity.service.ts';
import { type RevocationWish, revokeIdentity } from '../identities/revoke-identity.service.ts';
import { DAY_MS } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Case } from './case.ts';
import type { KindOfCase, KindsOfCase } from './case-kind.ts';
import type { Cases } from './cases.ports.ts';
import { notSuspended } from './cases.problems.ts';

export type KindPorts = IssuingPorts & ClosingPorts & { cases: Cases };

/** Every kind of case there is. */
export const kindsOfCase = (ports: KindPorts): KindsOfCase => ({
  'document-review': documentReview(ports),
  'identity-request': identityRequest(ports),
  'revocation-request': revocationRequest(ports),
  'abuse-report': abuseReport(ports),
  'lift-request': liftRequest(ports),
});

const identityOf = ({ subjectId, payload }: Case) => ({
  accountId: subjectId,
  id: payload.identity ?? '',
});

/** Another document of a holder's: one operator compares what was typed with what is to be seen. */
const documentReview = (ports: KindPorts): KindOfCase => ({
  roles: ['reviewer'],
  approvals: 1,
  async accept(tx, one, [operatorId = '']) {
    const { type, number, issuer, issuedOn, expiresOn } = one.payload;
    const idCard = [type, number, issuer, issuedOn, expiresOn].join(' ');
    await replaceDocument(ports, tx, identityOf(one), { idCard, operatorId });
    await tell(ports, tx, one, 'document-accepted', { day: expiresOn ?? '' });
  },
  async refuse(tx, one, _by, reason) {
    // Nothing was verified by them: they are not kept.
    await ports.cases.forgetFiles(tx, one);
    await tell(ports, tx, one, 'document-refused', { reason });
  },
});

/** An identity that is asked for: two operators agree, or one refuses. */
const identityRequest = (ports: KindPorts): KindOfCase => ({
  roles: ['reviewer'],
  approvals: 2,
  async accept(tx, one, [first = '', second = '']) {
    await issueIdentity(ports, tx, identityOf(one), [first, second]);
  },
  async refuse(tx, one, by, reason) {
    await refuseIdentity(ports, tx, identityOf(one), { operatorId: by, reason });
  },
});

/** Whose form was refused may ask why for so long. */
const REFUSED_FORM_MS = 30 * DAY_MS;

/** A signed form that arrived: two operators verified it before anything is revoked ([REC-7], [SPID-IDL-10]). */
const revocationRequest = (ports: KindPorts): KindOfCase => ({
  roles: ['reviewer'],
  approvals: 2,
  async accept(tx, one, [first = '', second = '']) {
    const cause = one.payload.cause as (RevocationWish & { by: 'two-operators' })['cause'];
    const evidence = `case ${one.id}`;
    const wish = { by: 'two-operators' as const, cause, operators: [first, second] as const, evidence };
    await revokeIdentity(ports, tx, identityOf(one), wish);
  },
  refuse: (tx, one) => keepForAWhile(ports, tx, one),
  // Its holder's own request ends by the holder's hand; of whoever died, nobody uses the identity any more.
  suspends: ({ payload }) =>
    payload.cause === 'holder-request'
      ? { cause: 'holder-request', days: LONGEST_HOLD_DAYS }
      : { cause: 'suspected-abuse', days: null },
});

/** A copy of the holder's report to the authorities, within the days of the suspension ([SPID-IDL-7]). */
const abuseReport = (ports: KindPorts): KindOfCase => ({
  roles: ['reviewer'],
  approvals: 2,
  async accept(tx, one, [first = '', second = '']) {
    const decided = { operators: [first, second] as const, evidence: `case ${one.id}` };
    await revokeIdentity(ports, tx, identityOf(one), {
      by: 'two-operators',
      cause: 'illicit-use',
      ...decided,
    });
  },
  refuse: (tx, one) => keepForAWhile(ports, tx, one),
});

/** An account that its holder cannot end the suspension of: two operators end it, and its holder is told. */
const liftRequest = ({ gate }: KindPorts): KindOfCase => ({
  roles: ['reviewer'],
  approvals: 2,
  async accept(tx, { subjectId: accountId, payload }) {
    const causes = [payload.cause as HoldCause];
    const lifted = await liftHolds(gate, tx, { accountId, causes, by: 'two-operators' });
    if (lifted.causes.length === 0) throw notSuspended();
    const prover = await gate.accounts.load(tx, accountId);
    if (lifted.isActive && prover) await noticeLifted(gate, tx, prover);
  },
  refuse: async () => undefined,
});

/** Of a refusal: what was handed in goes, but not at once. */
const keepForAWhile = ({ gate, cases }: KindPorts, tx: Tx, one: Case): Promise<void> =>
  cases.forgetFilesAt(tx, one, new Date(gate.clock.nowMs() + REFUSED_FORM_MS));

async function tell(
  { gate }: KindPorts,
  tx: Tx,
  { subjectId }: Case,
  template: SecurityNotice,
  params: Record<string, string>,
): Promise<void> {
  const prover = await gate.accounts.load(tx, subjectId);
  if (prover) await notifyHolder(gate, tx, prover, null, { template, params });
}
