import type { Json } from './json.ts';

/** The gate’s own: written by its stores alone. */
export interface GateTables {
  account_hold: {
    account_id: string;
    cause: 'holder-request' | 'emergency-link' | 'lost-credential' | 'suspected-abuse';
    since: Date;
    until: Date | null;
    due_at: Date | null;
    set_by: string;
    reason: string | null;
  };
  emergency_link: { secret_hmac: Buffer; account_id: string; made_at: Date };
  emergency_lookup: { secret_hmac: Buffer; account_id: string };
  operation: {
    subject_id: string;
    id: string;
    type: string;
    digest: Buffer;
    summary: Json;
    details_sealed: Buffer;
    policy: Json;
    approvals_needed: number;
    state: 'waiting' | 'approved' | 'done' | 'refused' | 'vetoed' | 'expired';
    initiator_id: string;
    not_before: Date;
    expires_at: Date;
    veto_hash: Buffer | null;
    created_at: Date;
  };
  operation_unit: {
    subject_id: string;
    operation_id: string;
    idx: number;
    digest: Buffer;
    state: 'waiting' | 'spent' | 'done' | 'failed';
    result: Json;
  };
  approval: {
    subject_id: string;
    operation_id: string;
    slot: number;
    approver_id: string;
    ceremony_id: string;
    approved_at: Date;
  };
  ceremony: {
    prover_id: string;
    id: string;
    subject_id: string;
    purpose: string;
    operation_id: string | null;
    policy: Json;
    context: Json;
    state: 'open' | 'admitted' | 'abandoned';
    version: number;
    epoch: number;
    created_at: Date;
    expires_at: Date;
  };
  party: { prover_id: string; ceremony_id: string; role: string; binding_hash: Buffer };
  challenge: {
    prover_id: string;
    id: string;
    ceremony_id: string;
    slot: string;
    method: string;
    target: string | null;
    operation_digest: Buffer | null;
    state: 'open' | 'proven' | 'void' | 'exhausted' | 'refused';
    question: Json;
    secret_hash: Buffer | null;
    tries: number;
    created_at: Date;
    expires_at: Date;
  };
  evidence: {
    prover_id: string;
    challenge_id: string;
    ceremony_id: string;
    slot: string;
    role: string;
    method: string;
    target: string | null;
    channel_id: string;
    level_cap: number;
    operation_digest: Buffer | null;
    proven_at: Date;
  };
  attempt_bucket: {
    account_id: string;
    factor: string;
    lane: 'recognised' | 'unknown';
    failures: number;
    until: Date | null;
    updated_at: Date;
  };
  recognised_browser: { account_id: string; secret_hash: Buffer; last_success: Date };
  session: {
    account_id: string;
    id: string;
    token_hash: Buffer;
    epoch: number;
    evidence: Json;
    client_address: string;
    user_agent: string;
    created_at: Date;
    last_seen_at: Date;
    expires_at: Date;
    ended_at: Date | null;
  };
  session_client: {
    account_id: string;
    session_id: string;
    client_id: string;
    sid: string;
    grant_id: string | null;
    used_at: Date;
  };
  capability: {
    account_id: string;
    id: string;
    token_hash: Buffer;
    operation_id: string;
    epoch: number;
    uses_left: number;
    expires_at: Date;
  };
  device: {
    account_id: string;
    id: string;
    state: 'active' | 'frozen' | 'locked' | 'removed';
    name: string;
    channel_id: string;
    binding_level: 1 | 2 | 3;
    device_key: Json;
    approval_key: Json;
    generation: number;
    share_sealed: Buffer | null;
    next_share_sealed: Buffer | null;
    failures: number;
    lifetime_failures: number;
    push_sealed: Buffer | null;
    seed_sealed: Buffer | null;
    used_step: number;
    client_address: string;
    user_agent: string;
    created_at: Date;
    last_seen_at: Date;
  };
  device_nonce: { account_id: string; device_id: string; nonce: string };
  typed_ticket: { code_hash: Buffer; id: string; ticket_id: string; expires_at: Date };
  pairing: {
    code_hash: Buffer;
    id: string;
    account_id: string;
    operation_id: string;
    capability_sealed: Buffer;
    session_id: string;
    state: 'waiting' | 'linked' | 'void';
    device_id: string | null;
    created_at: Date;
    expires_at: Date;
  };
  qr_ticket: {
    id: string;
    code_hash: Buffer;
    browser_hash: Buffer;
    context: Json;
    client: Json;
    state: 'pending' | 'scanned' | 'approved' | 'used' | 'refused' | 'void';
    redraws: number;
    account_id: string | null;
    device_id: string | null;
    check_hash: Buffer | null;
    check_tries: number;
    approval: string | null;
    created_at: Date;
    expires_at: Date;
  };
}
