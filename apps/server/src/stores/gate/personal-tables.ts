import { GATE_TABLES } from './personal-gate-tables.ts';
import { IDENTITY_TABLES } from './personal-identity-tables.ts';
import { byId, INNER, inAccount, KEYS, OVER, type PersonalTable } from './personal-table.ts';

const ACCOUNT_TABLES: Readonly<Record<string, PersonalTable>> = {
  account: {
    by: 'id',
    exported: [
      'id',
      'user_id',
      'status',
      'kind',
      'language',
      'created_at',
      'code_delivery',
      'use_notices',
      'use_failures',
    ],
    withheld: { epoch: INNER },
    erased: { stays: 'that the account is closed; its user id is taken out' },
  },
  identifier: {
    by: 'account_id',
    exported: 'keyed hashes of what contact and account say in clear',
    erased: { stays: 'the keyed hash of the user id, so that nobody is ever given it again' },
  },
  contact: {
    by: 'account_id',
    exported: ['id', 'kind', 'verified_at', 'locked_until', 'created_at'],
    opened: { address_sealed: inAccount('contact', 'address_sealed') },
    withheld: { channel_id: INNER, address_hmac: INNER },
    erased: 'deleted',
  },
  contact_change: {
    by: 'account_id',
    exported: ['id', 'kind', 'state', 'changed_at', 'undo_until'],
    opened: { old_address_sealed: inAccount('contact_change', 'old_address_sealed') },
    withheld: {
      old_contact_id: INNER,
      old_channel_id: INNER,
      sms_factor_id: INNER,
      sms_binding_level: INNER,
      new_contact_id: INNER,
    },
    erased: 'deleted',
  },
  password_past: {
    by: 'account_id',
    exported: ['chosen_at'],
    withheld: { id: INNER, likeness: KEYS },
    erased: 'deleted',
  },
  password_reminder: { by: 'account_id', exported: ['chosen_at', 'days', 'sent_at'], erased: 'deleted' },
  authenticator: {
    by: 'account_id',
    exported: [
      'id',
      'type',
      'state',
      'contact_id',
      'binding_level',
      'label',
      'created_at',
      'last_used_at',
      'frozen_at',
    ],
    withheld: {
      secret_sealed: KEYS,
      channel_id: INNER,
      key_protection: INNER,
      backup_eligible: INNER,
      generation: INNER,
      used_step: KEYS,
      expires_at: INNER,
    },
    erased: 'deleted',
  },
  recovery_code: {
    by: 'account_id',
    exported: ['authenticator_id', 'idx', 'used_at'],
    withheld: { hash_sealed: KEYS },
    erased: 'deleted',
  },
  passkey_user: { by: 'account_id', exported: KEYS, erased: 'deleted' },
  passkey_lookup: { by: 'account_id', exported: 'keyed hashes of what passkey says', erased: 'deleted' },
  passkey: {
    by: 'account_id',
    exported: ['authenticator_id', 'backed_up', 'transports', 'attachment', 'aaguid'],
    withheld: {
      credential_id: KEYS,
      public_key: KEYS,
      algorithm: INNER,
      sign_count: INNER,
      discoverable: INNER,
    },
    erased: 'deleted',
  },
  hardware_token: {
    by: 'account_id',
    exported: ['serial', 'state', 'kind', 'digits', 'step_seconds', 'assigned_at'],
    withheld: { algorithm: INNER, counter: KEYS, seed_sealed: KEYS, imported_at: INNER },
    erased: {
      stays: 'the device, which is the organisation’s: revoked, its seed destroyed, nobody’s any more',
    },
  },
  held_token: {
    by: 'account_id',
    exported: ['authenticator_id', 'serial', 'kind', 'digits', 'step_seconds'],
    withheld: { algorithm: INNER, drift_steps: INNER },
    erased: 'deleted',
  },
  link_token: { by: 'account_id', exported: KEYS, erased: 'deleted' },
  registration: {
    by: 'account_id',
    exported: 'what was typed is in account and contact; dropped after two weeks',
    erased: 'deleted',
  },
  audit_key: { by: 'account_id', exported: KEYS, erased: 'deleted' },
  audit: {
    by: 'account_id',
    exported: 'given opened, as “audit”',
    erased: { stays: 'that something was recorded then: the key to what it says is destroyed' },
  },
  access_event: {
    by: 'account_id',
    exported: ['id', 'at', 'kind', 'outcome', 'method', 'level', 'client_id', 'client_address', 'user_agent'],
    withheld: { salt: 'goes with the proof of the history, which is exported with it' },
    erased: 'deleted',
  },
  access_count: { by: 'account_id', exported: 'sums of access_event', erased: 'deleted' },
  operator: {
    by: 'account_id',
    exported: ['name', 'state', 'created_at'],
    withheld: { invited_by: 'is somebody else' },
    erased: { stays: 'who decided what about others: a record of the organisation' },
  },
  operator_role: {
    by: 'account_id',
    exported: ['role'],
    erased: { stays: 'who decided what about others: a record of the organisation' },
  },
  notice: {
    by: 'account_id',
    exported: ['id', 'kind', 'at', 'seen_at'],
    opened: { params_sealed: inAccount('notice', 'params_sealed') },
    erased: 'deleted',
  },
  outbox: {
    by: 'account_id',
    exported: ['id', 'channel', 'language', 'state', 'created_at', 'sent_at', 'receipt_at', 'expires_at'],
    opened: { recipient_sealed: byId('outbox', 'recipient_sealed') },
    withheld: { content_sealed: 'may hold codes and links', attempts: INNER, last_error: INNER },
    erased: 'deleted',
  },
  holder_file: { by: 'account_id', exported: OVER, erased: 'deleted' },
  consent: {
    by: 'account_id',
    exported: ['client_id', 'scopes', 'granted_at', 'revoked_at'],
    erased: 'deleted',
  },
  oidc_artifact: { by: 'account_id', exported: KEYS, erased: 'deleted' },
  logout_notice: { by: 'account_id', exported: OVER, erased: 'deleted' },
  logout_dead: { by: 'account_id', exported: OVER, erased: 'deleted' },
  data_export: {
    by: 'account_id',
    exported: ['id', 'state', 'requested_at', 'ready_at', 'fetched_at', 'expires_at'],
    withheld: { secret_hash: KEYS, content_sealed: 'is what you are reading' },
    erased: 'deleted',
  },
  data_export_due: { by: 'account_id', exported: INNER, erased: 'deleted' },
  erasure: {
    by: 'account_id',
    exported: ['id', 'state', 'requested_at', 'begins_at', 'ended_at'],
    erased: { stays: 'that the account was erased, and when' },
  },
  erasure_due: {
    by: 'account_id',
    exported: INNER,
    erased: { stays: 'until the last messages are forgotten' },
  },
  retained_record: {
    by: 'account_id',
    exported: ['id', 'identity_id', 'kind', 'name', 'media_type', 'ground', 'ends_on', 'created_at'],
    withheld: { body_sealed: 'is of an account that is no more: an auditor opens it, for a reason' },
    erased: { stays: 'what the law wants kept, until its last day' },
  },
};

/** Every table with a column that names an account. A test holds it against every table and column that there is. */
export const PERSONAL_TABLES: Readonly<Record<string, PersonalTable>> = {
  ...ACCOUNT_TABLES,
  ...GATE_TABLES,
  ...IDENTITY_TABLES,
};

/** Columns by which a table names an account; whatever has one stands above. */
export const ACCOUNT_COLUMNS = ['account_id', 'prover_id', 'subject_id', 'approver_id', 'initiator_id'];

/** Tables that name no account, and why they may hold nothing about anybody. */
export const NOT_PERSONAL: Readonly<Record<string, string>> = {
  typed_ticket: 'a code of minutes that belongs to a page',
  audit_pending: 'ids of audit rows',
  audit_block: 'hashes',
  audit_position: 'hashes of audit rows',
  audit_head: 'a hash',
  audit_checkpoint: 'hashes, signed',
  audit_check: 'sums of the last check',
  policy_rehearsal: 'sums, by day',
  installation_brand: 'how the installation looks',
  audit_signing_key: 'the installation’s key',
  revocation_pending: 'of seconds: what an account gave up, by its id',
  outbox_pending: 'ids of messages',
  outbox_dead: 'ids of messages',
  sms_receipt: 'ids of messages',
  sms_spending: 'sums',
  sms_confirmation: 'sums by prefix of numbers',
  sms_stopped_prefix: 'prefixes of numbers',
  relying_party: 'organisations',
  oidc_replay: 'hashes, of a day',
  signing_key: 'the installation’s keys',
  data_key: 'the installation’s keys',
  rate_limit: 'counts, of a day at most',
  import_run: 'digests of files',
  push_key: 'the installation’s key',
  schema_migration: 'the installation’s history',
};
