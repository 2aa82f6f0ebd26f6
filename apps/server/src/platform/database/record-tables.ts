import type { Json } from './json.ts';

/** What is on record: the audit, and the access history. */
export interface RecordTables {
  audit_key: { account_id: string; key_sealed: Buffer };
  audit: {
    id: string;
    at: Date;
    account_id: string;
    body: Buffer;
    leaf: Buffer;
    commitment: Buffer | null;
  };
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
  installation_brand: { only_row: boolean; body: unknown; set_by: string; set_at: Date };
  audit_checkpoint: { block_number: number; signed: string };
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
    client_id: string;
    client_address: string;
    user_agent: string;
    level: number | null;
    salt: Buffer | null;
  };
  access_count: {
    account_id: string;
    month: string;
    client_id: string;
    outcome: 'success' | 'failure';
    lines: number;
    last_at: Date;
  };
  policy_rehearsal: {
    client_id: string;
    id: string;
    rule: Json;
    days: number;
    started_at: Date;
    seen_at: Date;
    finished_at: Date | null;
    people: number;
    people_in_all: number;
    outcome: Json;
  };
  audit_check: {
    only_row: boolean;
    id: string;
    operator_id: string;
    started_at: Date;
    seen_at: Date;
    finished_at: Date | null;
    blocks: number;
    blocks_in_all: number;
    outcome: Json;
  };
}
