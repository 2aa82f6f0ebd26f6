/**
 * The tables as Kysely sees them; the truth is in `migrations/`.
 * Times are `timestamptz` (a `Date` here); what ends in `_sealed` is a `platform/keyring` sealed value.
 */

type Json = unknown;

/** Of a message; `platform/messages/outbox-states.ts` has the moves. */
export type OutboxState = 'pending' | 'sent' | 'delivered' | 'failed' | 'expired' | 'dead';

export interface Tables {
  account: {
    id: string;
    user_id: string;
    status: 'active' | 'suspended' | 'closed';
    epoch: number;
    language: 'it' | 'en';
    created_at: Date;
  };
  identifier: { hmac: Buffer; kind: 'user-id' | 'email'; account_id: string };
  contact: {
    account_id: string;
    id: string;
    kind: 'email' | 'phone';
    channel_id: string;
    address_sealed: Buffer;
    address_hmac: Buffer;
    verified_at: Date | null;
    locked_until: Date | null;
    created_at: Date;
  };
  authenticator: {
    account_id: string;
    id: string;
    type: string;
    state: 'pending' | 'active' | 'removed';
    channel_id: string;
    contact_id: string | null;
    binding_level: number;
    key_protection: 'memory' | 'software' | 'hardware';
    backup_eligible: boolean;
    generation: number;
    used_step: number;
    secret_sealed: Buffer | null;
    label: string;
    created_at: Date;
    last_used_at: Date | null;
    expires_at: Date | null;
  };
  recovery_code: {
    account_id: string;
    authenticator_id: string;
    idx: number;
    hash_sealed: Buffer;
    used_at: Date | null;
  };
  passkey_user: { account_id: string; user_handle: Buffer };
  passkey: {
    account_id: string;
    authenticator_id: string;
    credential_id: Buffer;
    public_key: Buffer;
    algorithm: number;
    sign_count: number;
    backed_up: boolean;
    discoverable: boolean | null;
    transports: string[];
    attachment: 'platform' | 'cross-platform' | null;
    aaguid: string;
  };
  passkey_lookup: { hmac: Buffer; kind: 'user-handle' | 'credential'; account_id: string };
  hardware_token: {
    serial: string;
    state: 'imported' | 'assigned' | 'revoked';
    kind: 'hotp' | 'totp';
    algorithm: string;
    digits: number;
    step_seconds: number;
    counter: number;
    seed_sealed: Buffer | null;
    account_id: string | null;
    imported_at: Date;
    assigned_at: Date | null;
  };
  held_token: {
    account_id: string;
    authenticator_id: string;
    serial: string;
    kind: 'hotp' | 'totp';
    algorithm: string;
    digits: number;
    step_seconds: number;
    drift_steps: number;
  };
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
  link_token: {
    id: string;
    secret_hash: Buffer;
    purpose: string;
    account_id: string | null;
    subject_id: string;
    address_hmac: Buffer;
    used_at: Date | null;
    created_at: Date;
    expires_at: Date;
  };
  registration: {
    id: string;
    binding_hash: Buffer;
    email_sealed: Buffer;
    email_hmac: Buffer;
    phone_sealed: Buffer | null;
    password_hash_sealed: Buffer;
    language: 'it' | 'en';
    context: Json;
    confirmed_at: Date | null;
    account_id: string | null;
    created_at: Date;
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
  audit_key: { account_id: string; key_sealed: Buffer };
  audit: { id: string; at: Date; account_id: string; body: Buffer; leaf: Buffer };
  audit_pending: { id: string };
  revocation_pending: { id: string; line: string };
  audit_block: {
    number: number;
    previous_hash: Buffer;
    first: number;
    count: number;
    merkle_root: Buffer;
    sealed_at: Date;
    hash: Buffer;
    discontinuity: string | null;
  };
  audit_position: { block_number: number; position: number; audit_id: string; leaf: Buffer };
  audit_head: { only_row: boolean; block_number: number; hash: Buffer; records: number; sealed_at: Date };
  audit_signing_key: { id: number; public_key: string; private_sealed: Buffer; created_at: Date };
  access_event: {
    account_id: string;
    id: string;
    at: Date;
    kind: string;
    outcome: 'success' | 'failure';
    method: string | null;
    client_id: string | null;
    client_address: string;
    user_agent: string;
  };
  outbox: {
    id: string;
    channel: 'email' | 'sms' | 'push';
    account_id: string | null;
    language: 'it' | 'en';
    recipient_sealed: Buffer;
    content_sealed: Buffer | null;
    state: OutboxState;
    attempts: number;
    last_error: string | null;
    created_at: Date;
    sent_at: Date | null;
    receipt_at: Date | null;
    expires_at: Date;
  };
  outbox_dead: { id: string; died_at: Date; expires_at: Date; forgotten: boolean };
  sms_receipt: { reference: string; message_id: string; expires_at: Date };
  outbox_pending: {
    id: string;
    channel: 'email' | 'sms' | 'push';
    dedupe_key: string | null;
    due_at: Date;
    leased_until: Date | null;
  };
  sms_spending: { hour: Date; spent: number; by_prefix: Record<string, number> };
  sms_confirmation: { prefix: string; slot: Date; sent: number; confirmed: number };
  sms_stopped_prefix: {
    prefix: string;
    stopped_at: Date;
    until: Date;
    sent: number;
    confirmed: number;
    times: number;
  };
  relying_party: {
    client_id: string;
    source: 'config' | 'cli' | 'import';
    metadata: Json;
    secret_sealed: Buffer | null;
    profile: Json;
    updated_at: Date;
    disabled_at: Date | null;
  };
  consent: {
    account_id: string;
    client_id: string;
    scopes: string[];
    granted_at: Date;
    revoked_at: Date | null;
  };
  oidc_artifact: {
    key_hash: Buffer;
    id: string;
    model: string;
    payload: Json;
    grant_id: string | null;
    account_id: string | null;
    session_id: string | null;
    epoch: number | null;
    binding_hash: Buffer | null;
    consumed_at: Date | null;
    created_at: Date;
    expires_at: Date;
  };
  oidc_replay: { key_hash: Buffer; day: string };
  signing_key: {
    kid: string;
    jwk_sealed: Buffer | null;
    created_at: Date;
    retired_at: Date | null;
    alg: string | null;
    follows: string | null;
    signs_from: Date;
    compromised: boolean;
  };
  logout_notice: {
    account_id: string;
    session_id: string;
    client_id: string;
    sid: string;
    ended_at: Date;
    attempts: number;
    due_at: Date;
    leased_until: Date | null;
  };
  logout_dead: {
    account_id: string;
    session_id: string;
    client_id: string;
    sid: string;
    ended_at: Date;
    given_up_at: Date;
    attempts: number;
    reason: string;
  };
  data_key: { id: number; purpose: string; kek_id: string; wrapped: Buffer; created_at: Date };
  rate_limit: { key: string; window_start: Date; count: number };
  import_run: { file_digest: Buffer; records: number; updated_at: Date };
  push_key: { id: 1; public_key: string; private_sealed: Buffer; created_at: Date };
}
