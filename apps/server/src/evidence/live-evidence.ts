import { evidenceKeptUntil, romeDayOf } from '@sigillo/identity';
import { CASE_KINDS, type Case } from '../cases/case.ts';
import type { Cases } from '../cases/cases.ports.ts';
import type { CredentialRecord } from '../identities/credential-life.ts';
import type { ActivationContracts } from '../identities/documents/activation-contract.ts';
import type { Identities } from '../identities/identities.ports.ts';
import type { Identity } from '../identities/identity.ts';
import type { Tx } from '../platform/database/database.ts';
import type { EvidenceItem, OpenedEvidence } from './evidence.ts';

export interface LiveEvidencePorts {
  identities: Pick<Identities, 'ofAccount' | 'find' | 'life'>;
  contracts: Pick<ActivationContracts, 'find'>;
  cases: Pick<Cases, 'ofSubject' | 'find' | 'events' | 'parts' | 'file'>;
  credentials: Pick<CredentialRecord, 'noted'>;
}

type Owned = { identityId: string; endsOn: string | null };

/**
 * What there is of every identity of an account that is not erased and was ever issued: what became of it, its contract,
 * and what was handed in with the cases about it.
 */
export async function liveEvidence(
  ports: LiveEvidencePorts,
  tx: Tx,
  accountId: string,
): Promise<EvidenceItem[]> {
  const items: EvidenceItem[] = [];
  const held = await ports.identities.ofAccount(tx, accountId);
  const cases = await casesOf(ports, tx, accountId);
  for (const identity of held.filter(({ issuedOn }) => issuedOn !== null)) {
    const owned = { identityId: identity.id, endsOn: await keptUntil(ports, tx, identity) };
    items.push(recordOf(owned, identity));
    const hasContract = await ports.contracts.find(tx, accountId, identity.id);
    if (hasContract) items.push(contractOf(owned, identity));
    const its = cases.filter(({ payload }) => payload.identity === identity.id);
    for (const one of its)
      for (const { part, mediaType } of await ports.cases.parts(tx, one))
        items.push(fileOf(owned, one, part, mediaType));
  }
  return items;
}

const recordOf = (owned: Owned, { id, spidCode }: Identity): EvidenceItem => ({
  ...owned,
  ref: `record/${id}`,
  kind: 'record',
  name: `record-${spidCode}`,
  mediaType: 'application/json',
});

const contractOf = (owned: Owned, { id, spidCode }: Identity): EvidenceItem => ({
  ...owned,
  ref: `contract/${id}`,
  kind: 'contract',
  name: `contract-${spidCode}`,
  mediaType: 'application/pdf',
});

const fileOf = (
  owned: Owned,
  { id, kind, createdAt }: Case,
  part: string,
  mediaType: EvidenceItem['mediaType'],
): EvidenceItem => ({
  ...owned,
  ref: `file/${id}/${part}`,
  kind: 'case-file',
  name: `${kind}-${romeDayOf(createdAt.getTime())}-${part}`,
  mediaType,
});

async function casesOf({ cases }: LiveEvidencePorts, tx: Tx, accountId: string): Promise<Case[]> {
  const all: Case[] = [];
  for (const kind of CASE_KINDS) all.push(...(await cases.ofSubject(tx, accountId, kind)));
  return all;
}

/** The last day on which the evidence of an identity is kept; null while it is not revoked. */
export async function keptUntil(
  { identities }: Pick<LiveEvidencePorts, 'identities'>,
  tx: Tx,
  { accountId, id, state, issuedOn, createdAt }: Identity,
): Promise<string | null> {
  if (state !== 'revoked') return null;
  const life = await identities.life(tx, accountId, id);
  const ended = life.findLast(({ move }) => move === 'revoke')?.at ?? life.at(-1)?.at ?? createdAt;
  return evidenceKeptUntil(romeDayOf(ended.getTime()), { wasIssued: issuedOn !== null });
}

/** One of them, with its content. */
export async function openLiveEvidence(
  ports: LiveEvidencePorts,
  tx: Tx,
  accountId: string,
  ref: string,
): Promise<OpenedEvidence | undefined> {
  const item = (await liveEvidence(ports, tx, accountId)).find((one) => one.ref === ref);
  const content = item && (await contentOf(ports, tx, accountId, item));
  return content && { ...item, content };
}

async function contentOf(
  ports: LiveEvidencePorts,
  tx: Tx,
  accountId: string,
  { kind, ref, identityId }: EvidenceItem,
): Promise<Buffer | undefined> {
  const id = identityId ?? '';
  if (kind === 'record')
    return Buffer.from(JSON.stringify(await wholeRecord(ports, tx, accountId, id), null, 2));
  if (kind === 'contract') {
    const pdf = await ports.contracts.find(tx, accountId, id);
    return pdf && Buffer.from(pdf);
  }
  const [, caseId = '', part = ''] = ref.split('/');
  return (await ports.cases.file(tx, { subjectId: accountId, id: caseId }, part))?.content;
}

/** Everything that is written about an identity: what was verified, by whom, what became of it and its credentials. */
async function wholeRecord(ports: LiveEvidencePorts, tx: Tx, accountId: string, id: string) {
  const identity = await ports.identities.find(tx, accountId, id);
  const cases = [];
  for (const one of await casesOf(ports, tx, accountId))
    if (one.payload.identity === id) cases.push({ ...one, events: await ports.cases.events(tx, one) });
  return {
    identity: identity && { ...identity, causes: [...identity.causes], until: [...identity.until] },
    life: await ports.identities.life(tx, accountId, id),
    credentials: await ports.credentials.noted(tx, accountId),
    cases,
  };
}
