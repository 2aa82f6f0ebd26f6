import { maskContact } from '../../../gate/http/ceremony-view.ts';
import type { Prover } from '../../../gate/model.ts';
import type { Gate } from '../../../gate/ports.ts';
import { MINUTE_MS } from '../../../platform/clock/clock.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { Acting, HolderFile, HolderFiles, HolderSearch, SearchedBy } from './holders.ports.ts';
import { fileClosed } from './holders.problems.ts';

export interface FilePorts {
  gate: Gate;
  files: HolderFiles;
}

export interface SearchPorts extends FilePorts {
  search: HolderSearch;
}

export interface Wanted {
  by: SearchedBy;
  value: string;
  /** Why the operator needs it, in their words. */
  reason: string;
}

/** A family may share a number; a longer list would be browsing. */
const MOST_FOUND = 5;
const OPEN_MS = 30 * MINUTE_MS;
/** Far more than calls come in: whoever looks people up all day is stopped, and stands out in the audit. */
const SEARCHES = [
  { count: 20, perSeconds: 600 },
  { count: 150, perSeconds: 86_400 },
] as const;

/**
 * Finds a holder by something that only they or whoever deals with them would know whole, and lays the file on the
 * operator's desk for half an hour. Who looked for whom and why is recorded, for who finds nobody too.
 *
 * @throws tooManyTries
 */
export async function searchHolders(ports: SearchPorts, acting: Acting, wanted: Wanted) {
  const { gate } = ports;
  for (const rule of SEARCHES)
    gate.limits.take(`holder-search-${rule.perSeconds}:${acting.operatorId}`, rule);
  return gate.transaction(async (tx) => {
    const ids = await ports.search.find(tx, wanted.by, wanted.value, MOST_FOUND);
    const found: { file: HolderFile; prover: Prover }[] = [];
    for (const accountId of ids) {
      const prover = await gate.accounts.load(tx, accountId);
      if (prover) found.push({ file: await open(ports, tx, acting, accountId, wanted), prover });
    }
    await gate.audit(tx, {
      type: 'holder-searched',
      accountId: acting.operatorId,
      actor: 'operator',
      at: gate.clock.now(),
      client: acting.presenter.client,
      details: { operator: acting.operatorId, by: wanted.by, reason: wanted.reason, found: found.length },
    });
    return found.map(({ file, prover }) => ({
      file: file.id,
      userId: prover.userId,
      status: prover.status,
      contacts: prover.contacts.map(maskContact),
    }));
  });
}

async function open(
  { gate, files }: FilePorts,
  tx: Tx,
  { operatorId, presenter }: Acting,
  accountId: string,
  { by, reason }: Wanted,
): Promise<HolderFile> {
  const createdAt = gate.clock.now();
  const file = {
    operatorId,
    id: uuidv7(createdAt.getTime()),
    accountId,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + OPEN_MS),
  };
  await files.insert(tx, file);
  await gate.audit(tx, {
    type: 'holder-found',
    accountId,
    actor: 'operator',
    at: createdAt,
    client: presenter.client,
    details: { operator: operatorId, by, reason, file: file.id },
  });
  return file;
}

/**
 * The file of this id, while it is open on this operator's desk, with its holder.
 *
 * @throws fileClosed
 */
export async function openedFile(
  { gate, files }: FilePorts,
  tx: Tx,
  { operatorId }: Acting,
  id: string,
): Promise<{ file: HolderFile; holder: Prover }> {
  const file = await files.find(tx, { operatorId, id }, gate.clock.now());
  const holder = file && (await gate.accounts.load(tx, file.accountId));
  if (!file || !holder) throw fileClosed();
  return { file, holder };
}
