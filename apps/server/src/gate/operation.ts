import { createHash } from 'node:crypto';
import type { Policy } from '@sigillo/assurance';

export type OperationState = 'waiting' | 'approved' | 'done' | 'refused' | 'vetoed' | 'expired';

/** The moves an operation may make; drawn in README.md. Every other one is refused by the store. */
export const OPERATION_MOVES: Readonly<Record<OperationState, readonly OperationState[]>> = {
  waiting: ['approved', 'refused', 'vetoed', 'expired'],
  approved: ['done', 'vetoed', 'expired'],
  done: [],
  refused: [],
  vetoed: [],
  expired: [],
};

/** What somebody wants done, before it is stored. */
export interface NewOperation {
  subjectId: string;
  initiatorId: string;
  type: string;
  /** What exactly: the digest covers it, and evidence is given for that digest. */
  details: Readonly<Record<string, unknown>>;
  /** For the person who approves, in plain values; shown by translations of the type. */
  summary: Readonly<Record<string, string | number>>;
  policy: Policy;
  approvalsNeeded: number;
  lifetimeSeconds: number;
  /** Not carried out before so many seconds have passed (a veto period). */
  delaySeconds?: number;
  units?: readonly unknown[];
}

export interface Operation {
  subjectId: string;
  id: string;
  type: string;
  /** SHA-256 of the canonical form, in hex. */
  digest: string;
  details: Readonly<Record<string, unknown>>;
  summary: Readonly<Record<string, string | number>>;
  policy: Policy;
  approvalsNeeded: number;
  state: OperationState;
  initiatorId: string;
  notBefore: Date;
  expiresAt: Date;
  createdAt: Date;
}

export interface Unit {
  idx: number;
  digest: string;
  state: 'waiting' | 'spent' | 'done' | 'failed';
  result: unknown;
}

/** JSON with sorted keys (the part of RFC 8785 that values of ours need: no floats, no lone surrogates). */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
}

/** SHA-256, in hex, of what the operation is: its id, type, subject, details and units. */
export function digestOf(
  operation: Pick<NewOperation, 'type' | 'subjectId' | 'details' | 'units'> & { id: string },
): string {
  const { id, type, subjectId, details, units = [] } = operation;
  const text = canonical({ id, type, subjectId, details, units });
  return createHash('sha256').update(`sigillo operation v1\n${text}`).digest('hex');
}

/** SHA-256, in hex, of one unit of a batch. */
export function unitDigest(unit: unknown): string {
  return createHash('sha256')
    .update(`sigillo unit v1\n${canonical(unit)}`)
    .digest('hex');
}
