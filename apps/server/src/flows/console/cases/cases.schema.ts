import { z } from 'zod';
import { CASE_KINDS } from '../../../cases/case.ts';

const kind = z.enum(CASE_KINDS);
const state = z.enum(['open', 'accepted', 'refused', 'withdrawn']);
const time = z.iso.datetime();
const who = z.object({ id: z.string(), name: z.string() });

const CaseLine = z.object({
  id: z.string(),
  kind,
  state,
  createdAt: time,
  decidedAt: time.nullable(),
  /** Who is at it. */
  takenBy: who.nullable(),
  waitsForSecond: z.boolean().describe('A first operator has approved it'),
});

export const CaseQuery = z.object({
  state: state.default('open'),
  kind: kind.optional(),
});
export const CaseList = z.object({
  cases: z.array(CaseLine),
  counts: z.array(z.object({ kind, count: z.int() })).describe('Open cases'),
});

export const CaseView = CaseLine.extend({
  takenUntil: time.nullable(),
  isMine: z.boolean(),
  isFirstMine: z.boolean().describe('The first approval is one’s own: another operator decides next'),
  approvals: z.int(),
  maySuspend: z.boolean().describe('The account may rest until the case is decided'),
  holder: z.object({
    userId: z.string(),
    email: z.string(),
    status: z.enum(['active', 'suspended', 'closed']),
  }),
  payload: z.record(z.string(), z.string()),
  attributes: z.record(z.string(), z.string()).nullable().describe('Of the identity it is about'),
  birthPlace: z.string().nullable().describe('The name of the place of birth among them'),
  files: z.array(z.object({ part: z.string(), mediaType: z.string() })),
  history: z.array(z.object({ at: time, by: who.nullable(), what: z.string(), note: z.string().nullable() })),
});

export const CaseParams = z.object({ id: z.string().min(1).max(64) });
export const FileParams = CaseParams.extend({ part: z.enum(['front', 'back', 'form']) });
export const Take = z.strictObject({ note: z.string().trim().min(3).max(500).optional() });
export const SuspendFirst = z.strictObject({ approval: z.string().min(1).max(64).optional() });
export const Decide = z.strictObject({
  accept: z.boolean(),
  reason: z.string().trim().min(3).max(500).optional().describe('Of a refusal; the holder may read it'),
  approval: z.string().min(1).max(64).optional(),
});
