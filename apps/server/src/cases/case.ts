/** What operators look into and decide. */
export const CASE_KINDS = [
  'document-review',
  'identity-request',
  'revocation-request',
  'abuse-report',
  'lift-request',
] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

export type CaseState = 'open' | 'accepted' | 'refused' | 'withdrawn';

/** Plain values that say what a case is about; its kind knows them. */
export type CasePayload = Readonly<Record<string, string>>;

/** A case, as it stands. */
export interface Case {
  /** The holder it is about. */
  subjectId: string;
  id: string;
  kind: CaseKind;
  state: CaseState;
  /** The holder, or the operator who opened it for them. */
  openedBy: string;
  payload: CasePayload;
  /** What a first operator approved, while a second one is waited for. */
  operationId: string | null;
  firstBy: string | null;
  /** Who is at it, until then. */
  lockedBy: string | null;
  lockedUntil: Date | null;
  createdAt: Date;
  decidedAt: Date | null;
}

export interface CaseEvent {
  at: Date;
  by: string;
  what:
    | 'opened'
    | 'taken'
    | 'taken-over'
    | 'released'
    | 'suspended'
    | 'approved-first'
    | 'accepted'
    | 'refused'
    | 'withdrawn';
  note: string | null;
}

export type MediaType = 'image/jpeg' | 'image/png' | 'application/pdf';

/** Something handed in with a case. */
export interface CaseFile {
  part: string;
  mediaType: MediaType;
  content: Buffer;
}
