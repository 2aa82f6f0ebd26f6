import type { Gate } from '../gate/ports.ts';
import type { Tx } from '../platform/database/database.ts';
import type { ClientInfo } from '../platform/http/client-info.ts';
import { uuidv7 } from '../platform/ids.ts';
import type { Case, CaseFile } from './case.ts';
import type { Cases } from './cases.ports.ts';

export interface NewCase extends Pick<Case, 'subjectId' | 'kind' | 'openedBy' | 'payload'> {
  files?: readonly CaseFile[];
  client: ClientInfo;
}

/** Opens a case for operators to decide, in the caller's transaction. */
export async function openCase(
  { gate, cases }: { gate: Gate; cases: Cases },
  tx: Tx,
  { files = [], client, ...wanted }: NewCase,
): Promise<Case> {
  const at = gate.clock.now();
  const one: Case = {
    ...wanted,
    id: uuidv7(at.getTime()),
    state: 'open',
    operationId: null,
    firstBy: null,
    lockedBy: null,
    lockedUntil: null,
    createdAt: at,
    decidedAt: null,
  };
  await cases.insert(tx, one, files);
  await cases.note(tx, one, { at, by: one.openedBy, what: 'opened', note: null });
  await gate.audit(tx, {
    type: 'case-opened',
    accountId: one.subjectId,
    actor: one.openedBy === one.subjectId ? 'holder' : 'operator',
    at,
    client,
    details: { case: one.id, kind: one.kind, by: one.openedBy, files: files.length },
  });
  return one;
}
