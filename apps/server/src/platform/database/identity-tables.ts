/** Digital identities, and the cases about them. */
export interface IdentityTables {
  identity: {
    account_id: string;
    id: string;
    type: number;
    state: 'requested' | 'active' | 'suspended' | 'revoked';
    version: number;
    spid_code: string;
    attributes_sealed: Buffer;
    document_expires_on: string | null;
    issued_on: string | null;
    expires_on: string | null;
    last_used_at: Date | null;
    created_at: Date;
  };
  residence: { account_id: string; version: number; address_sealed: Buffer; saved_at: Date };
  activation_contract: {
    account_id: string;
    identity_id: string;
    digest: Buffer;
    pdf_sealed: Buffer;
    created_at: Date;
  };
  identity_name: {
    hmac: Buffer;
    kind: 'spid-code' | 'fiscal-number';
    account_id: string;
    identity_id: string;
  };
  past_number: { hmac: Buffer; account_id: string; identity_id: string; ends_on: string };
  identity_cause: {
    account_id: string;
    identity_id: string;
    cause: string;
    since: Date;
    until: Date | null;
  };
  identity_move: {
    account_id: string;
    identity_id: string;
    version: number;
    at: Date;
    move: string;
    cause: string | null;
    actor: string;
    from_state: IdentityTables['identity']['state'];
    to_state: IdentityTables['identity']['state'];
  };
  identity_agenda: {
    account_id: string;
    identity_id: string;
    due_at: Date;
    reminded_of: string | null;
    end_cause: 'unused' | 'contract-end' | null;
    ends_on: string | null;
    told_days: number | null;
  };
  credential_event: {
    account_id: string;
    id: string;
    credential_id: string;
    method: string;
    event: 'created' | 'delivered' | 'activated' | 'suspended' | 'restored' | 'replaced' | 'revoked';
    at: Date;
  };
  holder_file: { operator_id: string; id: string; account_id: string; created_at: Date; expires_at: Date };
  operator: {
    account_id: string;
    name: string;
    state: 'invited' | 'active' | 'removed';
    invited_by: string | null;
    created_at: Date;
  };
  operator_role: { account_id: string; role: string };
  operator_case: {
    subject_id: string;
    id: string;
    kind: string;
    state: 'open' | 'accepted' | 'refused' | 'withdrawn';
    opened_by: string;
    payload_sealed: Buffer;
    operation_id: string | null;
    first_by: string | null;
    locked_by: string | null;
    locked_until: Date | null;
    created_at: Date;
    decided_at: Date | null;
  };
  case_event: {
    subject_id: string;
    case_id: string;
    id: string;
    at: Date;
    by_id: string;
    what: string;
    note_sealed: Buffer | null;
  };
  case_file: {
    subject_id: string;
    case_id: string;
    part: string;
    media_type: string;
    size_bytes: number;
    digest: Buffer;
    content_sealed: Buffer;
    created_at: Date;
    forget_at: Date | null;
  };
}
