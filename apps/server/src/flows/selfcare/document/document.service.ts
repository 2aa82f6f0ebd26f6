import { isAttribute, romeDayOf, startOfRomeDay } from '@sigillo/identity';
import type { Case, CaseEvent, CasePayload } from '../../../cases/case.ts';
import type { Cases } from '../../../cases/cases.ports.ts';
import { openCase } from '../../../cases/open-case.service.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { Identities } from '../../../identities/identities.ports.ts';
import type { Identity } from '../../../identities/identity.ts';
import { DAY_MS } from '../../../platform/clock/clock.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';
import { badInput } from '../../../platform/http/http.problems.ts';
import { documentNotWanted, photosMissing, reviewWaiting } from './document.problems.ts';

export interface DocumentPorts {
  gate: Gate;
  cases: Cases;
  identities: Identities;
}

/** How many days before its last one a document may be replaced. */
const NEAR_DAYS = 60;

export interface DocumentStanding {
  identity: Identity;
  /** Days that are left, 0 on the last one, negative afterwards; null where no document is known. */
  daysLeft: number | null;
  mayReplace: boolean;
  /** What was handed in last, and what was said of it. */
  last: { one: Case; events: CaseEvent[] } | null;
}

/** The holder's identity that is in use, with its document, and the review that waits or was decided last. */
export async function documentOf(
  { gate, cases, identities }: DocumentPorts,
  tx: Tx,
  accountId: string,
): Promise<DocumentStanding | undefined> {
  const all = await identities.ofAccount(tx, accountId);
  const identity = all.find(({ state }) => state === 'active' || state === 'suspended');
  if (!identity) return undefined;
  const daysLeft = daysUntil(identity.documentExpiresOn, gate.clock.nowMs());
  const [one] = await cases.ofSubject(tx, accountId, 'document-review');
  const last = one ? { one, events: await cases.events(tx, one) } : null;
  return { identity, daysLeft, mayReplace: daysLeft === null || daysLeft <= NEAR_DAYS, last };
}

function daysUntil(day: string | null, nowMs: number): number | null {
  if (day === null) return null;
  return Math.round((startOfRomeDay(day) - startOfRomeDay(romeDayOf(nowMs))) / DAY_MS);
}

export interface NewDocument {
  type: string;
  number: string;
  issuer: string;
  issuedOn: string;
  expiresOn: string;
}

/**
 * Hands a new document in for an operator to review, with the photographs that were put aside.
 *
 * @throws documentNotWanted while the present one is good for long; reviewWaiting; photosMissing; badInput
 */
export async function handIn(
  ports: DocumentPorts,
  tx: Tx,
  accountId: string,
  given: NewDocument,
  client: ClientInfo,
): Promise<Case> {
  const { gate, cases } = ports;
  const standing = await documentOf(ports, tx, accountId);
  if (!standing?.mayReplace) throw documentNotWanted();
  if (standing.last?.one.state === 'open') throw reviewWaiting();
  const payload = asAttribute(given, romeDayOf(gate.clock.nowMs()));
  const files = await cases.takeAside(tx, accountId);
  const parts = new Set(files.map(({ part }) => part));
  if (!parts.has('front') || !parts.has('back')) throw photosMissing();
  return openCase(ports, tx, {
    subjectId: accountId,
    kind: 'document-review',
    openedBy: accountId,
    payload: { ...payload, identity: standing.identity.id },
    files,
    client,
  });
}

/** The document as the attribute of an identity has it. */
function asAttribute({ type, number, issuer, issuedOn, expiresOn }: NewDocument, today: string): CasePayload {
  if (expiresOn < today) throw badInput({ fields: [{ path: 'expiresOn', rule: 'expired' }] });
  if (issuedOn > today) throw badInput({ fields: [{ path: 'issuedOn', rule: 'future' }] });
  const plain = {
    type,
    number: number.replace(/\s/g, '').toUpperCase(),
    // One word, as the table of attributes wants it: `Comune di Roma` is `ComuneRoma`.
    issuer: issuer
      .split(/[^\p{L}'’-]+/u)
      .filter((word) => word !== '' && !/^(?:di|del|della|dello|of|the)$/i.test(word))
      .map((word) => word[0]?.toUpperCase() + word.slice(1))
      .join(''),
    issuedOn,
    expiresOn,
  };
  const words = [plain.type, plain.number, plain.issuer, issuedOn, expiresOn];
  if (isAttribute('idCard', words.join(' '))) return plain;
  const path = /^[A-Z0-9]{4,20}$/.test(plain.number)
    ? issuedOn < expiresOn
      ? 'issuer'
      : 'expiresOn'
    : 'number';
  throw badInput({ fields: [{ path, rule: 'other' }] });
}

/** Takes back what no operator has decided; the photographs are destroyed. True when there was something. */
export async function withdraw(
  { gate, cases }: DocumentPorts,
  tx: Tx,
  accountId: string,
): Promise<Case | undefined> {
  const [one] = await cases.ofSubject(tx, accountId, 'document-review');
  const at = gate.clock.now();
  if (!one || !(await cases.close(tx, one, 'withdrawn', at))) return undefined;
  await cases.forgetFiles(tx, one);
  await cases.note(tx, one, { at, by: accountId, what: 'withdrawn', note: null });
  return one;
}
