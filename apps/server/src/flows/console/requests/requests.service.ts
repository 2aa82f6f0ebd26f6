import { type Day, romeDayOf } from '@sigillo/identity';
import type { CaseFile } from '../../../cases/case.ts';
import type { Cases } from '../../../cases/cases.ports.ts';
import { openCase } from '../../../cases/open-case.service.ts';
import type { Identifiers } from '../../../gate/account-ports.ts';
import { handleOf } from '../../../gate/handle.ts';
import { suspendAccount } from '../../../gate/holds.ts';
import type { Prover } from '../../../gate/model.ts';
import type { Gate } from '../../../gate/ports.ts';
import { identityGone } from '../../../identities/identities.problems.ts';
import { type IssuingPorts, requestIdentity } from '../../../identities/issue-identity.service.ts';
import type { IdentityStart } from '../../../identities/new-identity.ts';
import { canEndFor } from '../../../identities/revoke-identity.service.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';
import { contactsMissing, formMissing, holderUnknown, reportTooLate } from './requests.problems.ts';

/** Why an operator asks for the end of an identity. */
export const OPERATORS_CAUSES = ['holder-request', 'death', 'legal-person-extinct', 'illicit-use'] as const;
type OperatorsCause = (typeof OPERATORS_CAUSES)[number];

export interface RequestsPorts extends Omit<IssuingPorts, 'contracts' | 'provider'> {
  cases: Cases;
  identifiers: Identifiers;
}

interface By {
  operatorId: string;
  client: ClientInfo;
}

/** Whose user id or address was typed. @throws holderUnknown */
export async function holderOf({ gate, identifiers }: RequestsPorts, tx: Tx, typed: string): Promise<Prover> {
  const hmac = identifiers.hash(typed);
  const accountId = hmac && (await identifiers.find(tx, hmac));
  const prover = accountId === undefined ? undefined : await gate.accounts.load(tx, accountId);
  if (prover?.kind !== 'holder') throw holderUnknown();
  return prover;
}

/**
 * Asks for an identity of a holder whose contacts are verified, and opens the case in which two operators decide.
 *
 * @returns the case
 * @throws holderUnknown, contactsMissing, attributesWrong, identityTaken
 */
export async function requestNewIdentity(
  ports: RequestsPorts,
  tx: Tx,
  typed: string,
  start: Omit<IdentityStart, 'accountId'>,
  { operatorId, client }: By,
): Promise<string> {
  const prover = await holderOf(ports, tx, typed);
  const isVerified = (kind: 'email' | 'phone') =>
    prover.contacts.some((one) => one.kind === kind && one.verifiedAt !== null);
  if (!isVerified('email') || !isVerified('phone')) throw contactsMissing();
  const identity = await requestIdentity(ports, tx, { ...start, accountId: prover.id }, operatorId);
  const payload = { identity: identity.id };
  const kind = 'identity-request' as const;
  const one = await openCase(ports, tx, {
    subjectId: prover.id,
    kind,
    openedBy: operatorId,
    payload,
    client,
  });
  return handleOf({ proverId: one.subjectId, id: one.id });
}

/** The identity that could end for this cause. @throws identityGone when the holder has none */
async function endable({ identities }: RequestsPorts, tx: Tx, accountId: string, cause: OperatorsCause) {
  const all = await identities.ofAccount(tx, accountId);
  const identity = all.find(
    ({ state, type }) => (state === 'active' || state === 'suspended') && canEndFor(cause, type),
  );
  if (!identity) throw identityGone();
  return identity;
}

/** What the operator has put aside: nothing is registered without what it was verified by ([SPID-IDL-5]). @throws formMissing */
async function handedIn({ cases }: RequestsPorts, tx: Tx, operatorId: string): Promise<CaseFile[]> {
  const files = await cases.takeAside(tx, operatorId);
  if (files.length === 0) throw formMissing();
  return files;
}

/**
 * Registers a request to revoke that arrived, with the form as it came and how it was verified; two operators decide.
 *
 * @returns the case
 * @throws holderUnknown, formMissing; identityGone when the holder has none to revoke
 */
export async function requestRevocation(
  ports: RequestsPorts,
  tx: Tx,
  typed: string,
  wanted: { cause: OperatorsCause; receivedBy: string; verified: string },
  { operatorId, client }: By,
): Promise<string> {
  const prover = await holderOf(ports, tx, typed);
  const identity = await endable(ports, tx, prover.id, wanted.cause);
  const files = await handedIn(ports, tx, operatorId);
  const one = await openCase(ports, tx, {
    subjectId: prover.id,
    kind: 'revocation-request',
    openedBy: operatorId,
    payload: { ...wanted, identity: identity.id },
    files,
    client,
  });
  return handleOf({ proverId: one.subjectId, id: one.id });
}

/** A copy of a report that arrived. */
export interface Report {
  receivedBy: string;
  /** The day on which it did. */
  receivedOn: Day;
  verified: string;
}

/**
 * The identity that a report which came on this day is about.
 *
 * @throws identityGone; reportTooLate when no suspension on request ran on that day
 */
export async function reportable(ports: RequestsPorts, tx: Tx, { id }: Prover, receivedOn: Day) {
  const identity = await endable(ports, tx, id, 'illicit-use');
  if (!(await isWithinPeriod(ports.gate, tx, id, receivedOn))) throw reportTooLate();
  return identity;
}

/**
 * Registers that a holder who asked for a suspension sent a copy of the report to the authorities, within its days; two
 * operators decide whether the identity ends ([SPID-IDL-7]). Meanwhile no day ends the suspension: the account rests for
 * suspected misuse too.
 *
 * @returns the case
 * @throws identityGone, formMissing, reportTooLate
 */
export async function registerReport(
  ports: RequestsPorts,
  tx: Tx,
  prover: Prover,
  report: Report,
  { operatorId, client }: By,
): Promise<string> {
  const { gate } = ports;
  const identity = await reportable(ports, tx, prover, report.receivedOn);
  const files = await handedIn(ports, tx, operatorId);
  const hold = { cause: 'suspected-abuse', by: 'operator', days: null, reason: 'report' } as const;
  await suspendAccount(gate, tx, { accountId: prover.id, ...hold });
  const one = await openCase(ports, tx, {
    subjectId: prover.id,
    kind: 'abuse-report',
    openedBy: operatorId,
    payload: { ...report, identity: identity.id },
    files,
    client,
  });
  return handleOf({ proverId: one.subjectId, id: one.id });
}

/** Whether one of the suspensions that were asked for ran on a day that has come. */
async function isWithinPeriod(gate: Gate, tx: Tx, accountId: string, day: Day): Promise<boolean> {
  if (day > romeDayOf(gate.clock.nowMs())) return false;
  const holds = await gate.holds.list(tx, accountId);
  return holds.some(
    ({ since, until }) =>
      until !== null && romeDayOf(since.getTime()) <= day && day <= romeDayOf(until.getTime()),
  );
}
