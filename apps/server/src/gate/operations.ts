import type { Tx } from '../platform/database/database.ts';
import { uuidv7 } from '../platform/ids.ts';
import { operationGone, proofMissing } from './gate.problems.ts';
import type { Presenter, Scene } from './model.ts';
import { digestOf, type NewOperation, type Operation, unitDigest } from './operation.ts';
import type { Capability, Gate } from './ports.ts';
import { verdictOf } from './scene.ts';
import { newSessionToken, readSessionToken } from './sessions.ts';

/**
 * Stores what somebody wants done, in the caller's transaction; nothing happens until it is approved. Where no
 * approval is needed, what the caller has checked already is enough.
 */
export async function propose(gate: Gate, tx: Tx, wanted: NewOperation): Promise<Operation> {
  const now = gate.clock.now();
  const id = uuidv7(now.getTime());
  const operation: Operation = {
    subjectId: wanted.subjectId,
    id,
    type: wanted.type,
    digest: digestOf({ ...wanted, id }),
    details: wanted.details,
    summary: wanted.summary,
    policy: wanted.policy,
    approvalsNeeded: wanted.approvalsNeeded,
    state: wanted.approvalsNeeded === 0 ? 'approved' : 'waiting',
    initiatorId: wanted.initiatorId,
    notBefore: new Date(now.getTime() + (wanted.delaySeconds ?? 0) * 1000),
    expiresAt: new Date(now.getTime() + wanted.lifetimeSeconds * 1000),
    createdAt: now,
  };
  const units = (wanted.units ?? []).map((unit, idx) => ({
    idx,
    digest: unitDigest(unit),
    state: 'waiting' as const,
    result: null,
  }));
  await gate.operations.insert(tx, operation, units);
  return operation;
}

/**
 * Fills one approval slot by a satisfied ceremony that was held for this very operation. One prover fills one
 * slot; the last one makes the operation approved.
 *
 * @returns the operation's state afterwards
 * @throws proofMissing when the ceremony does not satisfy its policy or was held for something else
 * @throws operationGone when there is nothing left to approve, or this prover approved already
 */
export async function approve(
  gate: Gate,
  tx: Tx,
  scene: Scene,
  presenter: Presenter,
): Promise<Operation['state']> {
  const operation = await operationOf(gate, tx, scene);
  if (!verdictOf(gate, scene).satisfied) throw proofMissing();
  const now = gate.clock.now();
  const closed = await gate.ceremonies.close(tx, scene.ceremony, 'admitted', now);
  const approval = { approverId: scene.prover.id, ceremonyId: scene.ceremony.id, at: now };
  if (!closed || !(await gate.operations.approve(tx, operation, approval))) throw operationGone();
  await gate.audit(tx, {
    type: 'operation-approved',
    accountId: operation.subjectId,
    actor: scene.prover.id === operation.subjectId ? 'holder' : 'operator',
    at: now,
    client: presenter.client,
    details: { operation: operation.id, operationType: operation.type, approver: scene.prover.id },
  });
  const isComplete = await gate.operations.settleApprovals(tx, operation, now);
  return isComplete ? 'approved' : 'waiting';
}

async function operationOf(gate: Gate, tx: Tx, scene: Scene): Promise<Operation> {
  const { subjectId, operationId, context } = scene.ceremony;
  const operation = operationId && (await gate.operations.find(tx, { subjectId, id: operationId }));
  if (!operation) throw operationGone();
  if (operation.digest !== context.operationDigest) throw proofMissing();
  return operation;
}

/**
 * Carries out an approved operation on the database: its state moves to done and `run` does the work, in one
 * transaction. One caller of many does it, not before its time and not after.
 *
 * @throws operationGone for everybody else
 */
export async function carryOut<T>(
  gate: Gate,
  tx: Tx,
  key: { subjectId: string; id: string },
  run: (operation: Operation) => Promise<T>,
): Promise<T> {
  const now = gate.clock.now();
  const operation = await gate.operations.find(tx, key);
  const isTime = operation && operation.notBefore <= now && operation.expiresAt > now;
  if (!isTime || !(await gate.operations.move(tx, operation, 'approved', 'done', now))) throw operationGone();
  return run(operation);
}

/**
 * Work outside the database (a signature, a message): the unit is spent and committed first, then done, then
 * recorded; a crash in between leaves it spent, never done twice. The unit's content must be what was approved.
 *
 * @throws operationGone when the capability is used up or dead, or the unit was spent or is another one
 */
export async function carryOutUnit<T>(
  gate: Gate,
  capabilityToken: string,
  unit: { idx: number; content: unknown },
  work: () => Promise<T>,
): Promise<T> {
  const operation = await gate.transaction((tx) => spendUnit(gate, tx, capabilityToken, unit));
  const record = (state: 'done' | 'failed', result: unknown) =>
    gate.transaction((tx) => gate.operations.recordUnit(tx, operation, unit.idx, state, result));
  try {
    const result = await work();
    await record('done', result);
    return result;
  } catch (error) {
    await record('failed', null);
    throw error;
  }
}

async function spendUnit(
  gate: Gate,
  tx: Tx,
  capabilityToken: string,
  unit: { idx: number; content: unknown },
): Promise<Operation> {
  const capability = await spendCapability(gate, tx, capabilityToken);
  if (!capability) throw operationGone();
  const key = { subjectId: capability.accountId, id: capability.operationId };
  const operation = await gate.operations.find(tx, key);
  const spent =
    operation && (await gate.operations.spendUnit(tx, operation, unit.idx, unitDigest(unit.content)));
  if (!spent) throw operationGone();
  return operation;
}

/**
 * Grants a counted right to carry out an operation; dead when the account's epoch moves.
 *
 * @returns the capability, and the token by which it is spent
 */
export async function grantCapability(
  gate: Gate,
  tx: Tx,
  grant: Omit<Capability, 'id'>,
): Promise<{ capability: Capability; token: string }> {
  const capability = { ...grant, id: uuidv7(gate.clock.nowMs()) };
  const { token, hash } = newSessionToken(capability);
  await gate.operations.insertCapability(tx, capability, hash);
  return { capability, token };
}

/** Takes one use of a capability; undefined when it is used up, dead, or none. */
export async function spendCapability(gate: Gate, tx: Tx, token: string): Promise<Capability | undefined> {
  const key = readSessionToken(token);
  return key && (await gate.operations.useCapability(tx, key, key.hash, gate.clock.now()));
}
