import type { AccountTables } from './account-tables.ts';
import type { GateTables } from './gate-tables.ts';
import type { IdentityTables } from './identity-tables.ts';
import type { Json } from './json.ts';
import type { RecordTables } from './record-tables.ts';

/**
 * The tables as Kysely sees them; the truth is in `migrations/`.
 * Times are `timestamptz` (a `Date` here); what ends in `_sealed` is a `platform/keyring` sealed value.
 */

/** Of a message; `platform/messages/outbox-states.ts` has the moves. */
export type OutboxState = 'pending' | 'sent' | 'delivered' | 'failed' | 'expired' | 'dead';

export interface Tables extends AccountTables, IdentityTables, GateTables, RecordTables {
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
