import type { Json } from './json.ts';

/** Accounts, what they prove with, and what is kept for their holders. */
export interface AccountTables {
  account: {
    id: string;
    user_id: string;
    kind: 'holder' | 'operator';
    status: 'active' | 'suspended' | 'closed';
    epoch: number;
    language: 'it' | 'en';
    code_delivery: 'app' | 'sms' | 'hardware-token' | null;
    created_at: Date;
    use_notices: 'off' | 'email' | 'sms';
    use_failures: boolean;
  };
  identifier: { hmac: Buffer; kind: 'user-id' | 'email' | 'operator'; account_id: string };
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
  contact_change: {
    account_id: string;
    id: string;
    kind: 'email' | 'phone';
    state: 'open' | 'undone';
    old_contact_id: string | null;
    old_channel_id: string | null;
    old_address_sealed: Buffer | null;
    sms_factor_id: string | null;
    sms_binding_level: number | null;
    new_contact_id: string;
    changed_at: Date;
    undo_until: Date;
  };
  password_past: { account_id: string; id: string; likeness: Buffer; chosen_at: Date };
  password_reminder: { account_id: string; chosen_at: Date; days: number; sent_at: Date };
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
    frozen_at: Date | null;
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
  notice: {
    account_id: string;
    id: string;
    kind: string;
    params_sealed: Buffer;
    at: Date;
    seen_at: Date | null;
  };
  data_export: {
    account_id: string;
    id: string;
    state: 'waiting' | 'ready' | 'fetched' | 'expired';
    secret_hash: Buffer | null;
    content_sealed: Buffer | null;
    requested_at: Date;
    ready_at: Date | null;
    fetched_at: Date | null;
    expires_at: Date | null;
  };
  data_export_due: { id: string; account_id: string; due_at: Date };
  erasure: {
    account_id: string;
    id: string;
    state: 'waiting' | 'cancelled' | 'deleted' | 'done';
    requested_at: Date;
    begins_at: Date;
    ended_at: Date | null;
  };
  erasure_due: { account_id: string; erasure_id: string; due_at: Date };
  retained_record: {
    account_id: string;
    id: string;
    identity_id: string | null;
    kind: 'record' | 'contract' | 'case-file' | 'access-log';
    name: string;
    media_type: string;
    ground: string;
    ends_on: string;
    body_sealed: Buffer;
    created_at: Date;
  };
  consent: {
    account_id: string;
    client_id: string;
    scopes: string[];
    granted_at: Date;
    revoked_at: Date | null;
  };
}
