import type { Policy } from '@sigillo/assurance';
import type { Tx } from '../platform/database/database.ts';
import { uuidv7 } from '../platform/ids.ts';
import { ceremonyGone } from './gate.problems.ts';
import { readHandle } from './handle.ts';
import type {
  Ceremony,
  CeremonyContext,
  Presenter,
  Prover,
  Scene,
  SessionEvidence,
  StoredEvidence,
} from './model.ts';
import { LIFT_SUSPENSION } from './policies.ts';
import type { Gate, Standing } from './ports.ts';

/** Begun on top of a session or a sign-in; far more than anybody needs. */
const CEREMONIES = { count: 120, perSeconds: 3600 } as const;

export interface Beginning {
  prover: Prover;
  purpose: string;
  policy: Policy;
  context: CeremonyContext;
  /** Whom it is about; the prover, unless somebody else approves. */
  subjectId?: string;
  operationId?: string;
}

/** A ceremony that is not stored yet: with its policy frozen and its end fixed. */
export function draftCeremony(gate: Gate, beginning: Beginning): Ceremony {
  const createdAt = gate.clock.now();
  return {
    id: uuidv7(createdAt.getTime()),
    proverId: beginning.prover.id,
    subjectId: beginning.subjectId ?? beginning.prover.id,
    purpose: beginning.purpose,
    operationId: beginning.operationId ?? null,
    policy: beginning.policy,
    context: beginning.context,
    epoch: beginning.prover.epoch,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + gate.settings.ceremonySeconds * 1000),
  };
}

/** The party that may go on with a ceremony: the browser it began in, or the link that opened it. */
const roleOf = (presenter: Presenter): string => presenter.kind;

/**
 * Starts a ceremony, with the proofs that carry over from a session: each keeps its own time, so that age
 * is judged by when it was really given.
 */
export async function beginCeremony(
  gate: Gate,
  beginning: Beginning,
  presenter: Presenter,
  carried: readonly SessionEvidence[] = [],
): Promise<Scene> {
  gate.limits.take(`ceremonies:${beginning.prover.id}`, CEREMONIES);
  const ceremony = draftCeremony(gate, beginning);
  const evidence = carried.map((piece) => carryOver(gate, piece));
  await gate.transaction(async (tx) => {
    await storeCeremony(gate, tx, ceremony, presenter);
    for (const piece of evidence) await gate.ceremonies.insertEvidence(tx, ceremony, piece);
  });
  return { ceremony, prover: beginning.prover, evidence };
}

export function storeCeremony(gate: Gate, tx: Tx, ceremony: Ceremony, presenter: Presenter): Promise<void> {
  return gate.ceremonies.insert(tx, ceremony, {
    role: roleOf(presenter),
    bindingHash: presenter.bindingHash,
  });
}

function carryOver(gate: Gate, piece: SessionEvidence): StoredEvidence {
  const { provenAtMs, ...rest } = piece;
  return {
    ...rest,
    challengeId: uuidv7(gate.clock.nowMs()),
    role: 'subject',
    operationDigest: null,
    provenAt: new Date(provenAtMs),
  };
}

/**
 * The open ceremony that a handle names, for the presenter it belongs to.
 *
 * @throws ceremonyGone when it expired, ended, belongs to another browser, or the account changed meanwhile;
 *   the four are not told apart
 */
export async function openCeremony(gate: Gate, handle: string, presenter: Presenter): Promise<Scene> {
  const scene = await openAnyCeremony(gate, handle, presenter);
  if (standingFor(scene.ceremony.purpose) !== 'active') throw ceremonyGone();
  return scene;
}

/**
 * The same, also of a suspended account that lifts its suspension: only for what such a ceremony is made of.
 *
 * @throws ceremonyGone
 */
export async function openAnyCeremony(gate: Gate, handle: string, presenter: Presenter): Promise<Scene> {
  const key = readHandle(handle);
  if (!key) throw ceremonyGone();
  return gate.single(async (tx) => {
    const found = await gate.ceremonies.find(tx, key, presenter.bindingHash, gate.clock.now());
    const prover = found && (await gate.accounts.load(tx, key.proverId));
    if (!found || !prover || !isCurrent(found.ceremony, prover)) throw ceremonyGone();
    return { ...found, prover };
  });
}

/** What an account must be so that a ceremony of it goes on: active for all but one. */
export const standingFor = (purpose: string): Standing =>
  purpose === LIFT_SUSPENSION ? 'suspended' : 'active';

const isCurrent = (ceremony: Ceremony, prover: Prover) =>
  prover.status === standingFor(ceremony.purpose) && prover.epoch === ceremony.epoch;
