import { NOBODY } from '../platform/audit/audit.ts';
import type { AuditEventType } from '../platform/audit/event-types.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Lane } from './attempts.ts';
import type { Factor, Response, Target } from './factor.ts';
import type { Ask, Challenge, Presenter, Scene } from './model.ts';
import type { Gate } from './ports.ts';

/** What is handed in to be judged. */
export interface Proof {
  scene: Scene;
  ask: Ask;
  /** The challenge that was sent; null where nothing is sent. */
  challengeId: string | null;
  response: Response;
  presenter: Presenter;
  /** The ceremony is not stored yet: it is, together with its first evidence. */
  isNew?: boolean;
  /** The ticket under which the challenge was started, before anybody knew whose it would be. */
  ticketId?: string;
  /** What the account does not hold (yet): whoever calls has judged that it may answer. Its evidence may count in another slot. */
  pending?: { target: Target; evidenceSlot: string };
  /** Runs in the transaction that stores the evidence: all or nothing. */
  alongside?(tx: Tx, scene: Scene): Promise<void>;
}

/** A try that is counted and not yet judged. */
export interface Reserved {
  factor: Factor;
  challenge: Challenge;
  target: Target;
  bucket: { accountId: string; factor: string; lane: Lane };
  /** Failures in a row of the bucket, this try counted. */
  failures: number;
}

/** What is put on record of it. */
export function auditOf(gate: Gate, proof: Proof, type: AuditEventType, device: string | null = null) {
  const { scene, ask, presenter } = proof;
  return {
    type,
    // A name that nobody has leaves no key and no history of its own.
    accountId: scene.prover.decoy ? NOBODY : scene.prover.id,
    actor: scene.prover.kind,
    at: gate.clock.now(),
    client: presenter.client,
    details: {
      method: ask.method,
      slot: ask.slot,
      purpose: scene.ceremony.purpose,
      clientId: scene.ceremony.context.clientId,
      knownAccount: !scene.prover.decoy,
      ...(device && { device }),
    },
  };
}
