import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ceremonyGone, operationGone, operatorNeeded, proofNeeded } from '../../../gate/gate.problems.ts';
import { decided, type OperatorPorts, requireOperator } from '../../../gate/http/operator.ts';
import { presenterOf } from '../../../gate/http/presenter.ts';
import type { Role } from '../../../gate/operators.ts';
import type { AuditEventType } from '../../../platform/audit/event-types.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { Acting } from './holders.ports.ts';
import { fileClosed } from './holders.problems.ts';
import type { FileParams } from './holders.schema.ts';
import { type FilePorts, openedFile } from './search-holders.service.ts';

export type DeskPorts = OperatorPorts & FilePorts;
export type OpenedFile = Awaited<ReturnType<typeof openedFile>>;

/** Who answers holders. */
const DESK: readonly Role[] = ['help-desk', 'administrator'];

export const decisionProblems = [operatorNeeded, proofNeeded, ceremonyGone, operationGone, fileClosed];

/** Who answers a holder, by this request. @throws operatorNeeded */
export async function actingOf(
  ports: DeskPorts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Acting & { operatorName: string }> {
  const { operator } = await requireOperator(ports, request, DESK);
  const presenter = presenterOf(request, reply);
  return { operatorId: operator.accountId, operatorName: operator.name, presenter };
}

interface Help {
  type: string;
  recordedAs: AuditEventType;
  details: Record<string, string>;
  approval: string | undefined;
  /** Whether it may be asked for at all; what is missing is said before the proof is asked for, and looked at again then. */
  check?: (tx: Tx, opened: OpenedFile) => Promise<void>;
}

/** Something that help desk does for the holder of an open file, with a fresh proof for exactly that. */
export async function helped<T>(
  ports: DeskPorts,
  request: FastifyRequest,
  reply: FastifyReply,
  { type, recordedAs, details, approval, check }: Help,
  run: (tx: Tx, opened: OpenedFile) => Promise<T>,
): Promise<T> {
  const acting = await actingOf(ports, request, reply);
  const { file: id } = request.params as z.infer<typeof FileParams>;
  const { file, holder } = await ports.gate.single(async (tx) => {
    const opened = await openedFile(ports, tx, acting, id);
    await check?.(tx, opened);
    return opened;
  });
  const decision = {
    subjectId: holder.id,
    type,
    details: { ...details, file: file.id },
    summary: { ...details, account: holder.userId },
  };
  const record = { type: recordedAs, details: { ...details, file: file.id } };
  return decided(ports, request, reply, DESK, { decision, approval, record }, async ({ tx }) => {
    const opened = await openedFile(ports, tx, acting, id);
    await check?.(tx, opened);
    return run(tx, opened);
  });
}
