-- The core: accounts, the gate, audit, messages, OpenID Connect.
-- Rules for growth (docs/architecture.md, "Built to grow"): keys of what belongs to an account lead with the
-- account; no foreign key, unique constraint or join crosses accounts; no triggers, sequences or now();
-- short-lived rows live in tables partitioned by the time inside their UUIDv7 and are dropped, never deleted.

-- Accounts ---------------------------------------------------------------------------------------------

create table account (
  id         uuid primary key,
  user_id    text not null,
  status     text not null check (status in ('active', 'suspended', 'closed')),
  epoch      integer not null,
  language   text not null check (language in ('it', 'en')),
  created_at timestamptz not null
);

-- The only globally unique thing: a keyed hash of a user id or of a confirmed e-mail address. Rows of kind
-- 'user-id' are never deleted, so that a user id is never reused.
create table identifier (
  hmac       bytea primary key,
  kind       text not null check (kind in ('user-id', 'email')),
  account_id uuid not null
);

create table contact (
  account_id     uuid not null,
  id             uuid not null,
  kind           text not null check (kind in ('email', 'phone')),
  channel_id     uuid not null,
  address_sealed bytea not null,
  address_hmac   bytea not null,
  verified_at    timestamptz,
  locked_until   timestamptz,
  created_at     timestamptz not null,
  primary key (account_id, id)
);

create table authenticator (
  account_id      uuid not null,
  id              uuid not null,
  type            text not null,
  state           text not null check (state in ('pending', 'active', 'removed')),
  channel_id      uuid not null,
  contact_id      uuid,
  binding_level   smallint not null check (binding_level between 1 and 3),
  key_protection  text not null check (key_protection in ('memory', 'software', 'hardware')),
  backup_eligible boolean not null,
  generation      integer not null,
  used_step       bigint not null,
  secret_sealed   bytea,
  label           text not null,
  created_at      timestamptz not null,
  last_used_at    timestamptz,
  expires_at      timestamptz,
  primary key (account_id, id)
);

create table recovery_code (
  account_id       uuid not null,
  authenticator_id uuid not null,
  idx              smallint not null,
  hash_sealed      bytea not null,
  used_at          timestamptz,
  primary key (account_id, authenticator_id, idx)
);

-- The gate: written by apps/server/src/stores/gate only (scripts/check-boundaries.ts) --------------------

create table operation (
  subject_id       uuid not null,
  id               uuid not null,
  type             text not null,
  digest           bytea not null,
  summary          jsonb not null,
  details_sealed   bytea not null,
  policy           jsonb not null,
  approvals_needed smallint not null,
  state            text not null check (state in ('waiting', 'approved', 'done', 'refused', 'vetoed', 'expired')),
  initiator_id     uuid not null,
  not_before       timestamptz not null,
  expires_at       timestamptz not null,
  veto_hash        bytea,
  created_at       timestamptz not null,
  primary key (subject_id, id)
);

create table operation_unit (
  subject_id   uuid not null,
  operation_id uuid not null,
  idx          integer not null,
  digest       bytea not null,
  state        text not null check (state in ('waiting', 'spent', 'done', 'failed')),
  result       jsonb,
  primary key (subject_id, operation_id, idx)
);

create table approval (
  subject_id   uuid not null,
  operation_id uuid not null,
  slot         smallint not null,
  approver_id  uuid not null,
  ceremony_id  uuid not null,
  approved_at  timestamptz not null,
  primary key (subject_id, operation_id, slot),
  unique (subject_id, operation_id, approver_id)
);

create table ceremony (
  prover_id    uuid not null,
  id           uuid not null,
  subject_id   uuid not null,
  purpose      text not null,
  operation_id uuid,
  policy       jsonb not null,
  context      jsonb not null,
  state        text not null check (state in ('open', 'admitted', 'abandoned')),
  version      integer not null,
  epoch        integer not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  primary key (prover_id, id)
) partition by range (id);
create table ceremony_rest partition of ceremony default;

create table party (
  prover_id    uuid not null,
  ceremony_id  uuid not null,
  role         text not null,
  binding_hash bytea not null,
  primary key (prover_id, ceremony_id, role)
) partition by range (ceremony_id);
create table party_rest partition of party default;

create table challenge (
  prover_id        uuid not null,
  id               uuid not null,
  ceremony_id      uuid not null,
  slot             text not null,
  method           text not null,
  target           uuid,
  operation_digest bytea,
  state            text not null check (state in ('open', 'proven', 'void', 'exhausted')),
  secret_hash      bytea,
  tries            smallint not null,
  created_at       timestamptz not null,
  expires_at       timestamptz not null,
  primary key (prover_id, id)
) partition by range (id);
create index challenge_of_ceremony on challenge (prover_id, ceremony_id);
create table challenge_rest partition of challenge default;

create table evidence (
  prover_id        uuid not null,
  challenge_id     uuid not null,
  ceremony_id      uuid not null,
  slot             text not null,
  role             text not null,
  method           text not null,
  target           uuid,
  channel_id       uuid not null,
  level_cap        smallint not null,
  operation_digest bytea,
  proven_at        timestamptz not null,
  primary key (prover_id, challenge_id)
) partition by range (challenge_id);
create index evidence_of_ceremony on evidence (prover_id, ceremony_id);
create table evidence_rest partition of evidence default;

-- Counted before judging: a crash while judging counts as a failure. Factor is a method, or method:target.
create table attempt_bucket (
  account_id uuid not null,
  factor     text not null,
  lane       text not null check (lane in ('recognised', 'unknown')),
  failures   integer not null,
  until      timestamptz,
  updated_at timestamptz not null,
  primary key (account_id, factor, lane)
);

-- Lifts a lock-out for its owner; never evidence.
create table recognised_browser (
  account_id   uuid not null,
  secret_hash  bytea not null,
  last_success timestamptz not null,
  primary key (account_id, secret_hash)
);

create table session (
  account_id     uuid not null,
  id             uuid not null,
  token_hash     bytea not null,
  epoch          integer not null,
  evidence       jsonb not null,
  client_address text not null,
  user_agent     text not null,
  created_at     timestamptz not null,
  last_seen_at   timestamptz not null,
  expires_at     timestamptz not null,
  ended_at       timestamptz,
  primary key (account_id, id)
);

create table session_client (
  account_id uuid not null,
  session_id uuid not null,
  client_id  text not null,
  sid        text not null,
  grant_id   text,
  used_at    timestamptz not null,
  primary key (account_id, session_id, client_id)
);

create table capability (
  account_id   uuid not null,
  id           uuid not null,
  token_hash   bytea not null,
  operation_id uuid not null,
  epoch        integer not null,
  uses_left    integer not null check (uses_left >= 0),
  expires_at   timestamptz not null,
  primary key (account_id, id)
);

-- Proves an address, nothing else.
create table link_token (
  id           uuid not null,
  secret_hash  bytea not null,
  purpose      text not null,
  account_id   uuid,
  subject_id   uuid not null,
  address_hmac bytea not null,
  used_at      timestamptz,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  primary key (id)
) partition by range (id);
create index link_token_newest on link_token (subject_id, purpose, id);
create table link_token_rest partition of link_token default;

-- Registration before an account exists: a ticket that reserves nothing ----------------------------------

create table registration (
  id                   uuid not null,
  binding_hash         bytea not null,
  email_sealed         bytea not null,
  email_hmac           bytea not null,
  phone_sealed         bytea,
  password_hash_sealed bytea not null,
  language             text not null,
  context              jsonb not null,
  confirmed_at         timestamptz,
  account_id           uuid,
  created_at           timestamptz not null,
  expires_at           timestamptz not null,
  primary key (id)
) partition by range (id);
create table registration_rest partition of registration default;

-- Audit (sealing into blocks comes with the sealer) ------------------------------------------------------

create table audit_key (
  account_id uuid primary key,
  key_sealed bytea not null
);

create table audit (
  id         uuid not null,
  at         timestamptz not null,
  account_id uuid not null,
  body       bytea not null,
  leaf       bytea not null,
  primary key (id)
) partition by range (id);
create index audit_of_account on audit (account_id, id);
create table audit_rest partition of audit default;

create table audit_pending (id uuid primary key);

create table audit_block (
  number        bigint primary key,
  previous_hash bytea not null,
  first         bigint not null,
  count         integer not null,
  merkle_root   bytea not null,
  sealed_at     timestamptz not null
);

create table audit_position (
  block_number bigint not null,
  position     bigint not null,
  audit_id     uuid not null,
  primary key (block_number, position)
);

create table audit_head (
  only_row     boolean primary key check (only_row),
  block_number bigint not null,
  hash         bytea not null
);

-- What the holder reads as access history: append-only, newest first by (account, id).
create table access_event (
  account_id     uuid not null,
  id             uuid not null,
  at             timestamptz not null,
  kind           text not null,
  outcome        text not null check (outcome in ('success', 'failure')),
  method         text,
  client_id      text,
  client_address text not null,
  user_agent     text not null,
  primary key (account_id, id)
) partition by range (id);
create table access_event_rest partition of access_event default;

-- Messages: written in the transaction that causes them, polled from the short queue ----------------------

create table outbox (
  id               uuid not null,
  channel          text not null check (channel in ('email', 'sms')),
  account_id       uuid,
  language         text not null,
  recipient_sealed bytea not null,
  content_sealed   bytea,
  state            text not null check (state in ('pending', 'sent', 'dead', 'expired')),
  attempts         smallint not null,
  last_error       text,
  created_at       timestamptz not null,
  sent_at          timestamptz,
  expires_at       timestamptz not null,
  primary key (id)
) partition by range (id);
create table outbox_rest partition of outbox default;

create table outbox_pending (
  id           uuid primary key,
  channel      text not null check (channel in ('email', 'sms')),
  dedupe_key   text unique,
  due_at       timestamptz not null,
  leased_until timestamptz
);
-- Each channel is polled by itself: a queue of e-mails must not hold up the codes by SMS.
create index outbox_pending_by_channel on outbox_pending (channel, id);

-- Relying parties and OpenID Connect ----------------------------------------------------------------------

create table relying_party (
  client_id     text primary key,
  source        text not null check (source in ('config', 'cli', 'import')),
  metadata      jsonb not null,
  secret_sealed bytea,
  profile       jsonb not null,
  updated_at    timestamptz not null,
  disabled_at   timestamptz
);

create table consent (
  account_id uuid not null,
  client_id  text not null,
  scopes     text[] not null,
  granted_at timestamptz not null,
  revoked_at timestamptz,
  primary key (account_id, client_id)
);

-- Codes, tokens, grants, interactions and sessions of the OpenID Connect library, found by SHA-256 of their
-- value; the value itself is never stored.
create table oidc_artifact (
  key_hash     bytea not null,
  id           uuid not null,
  model        text not null,
  payload      jsonb not null,
  grant_id     text,
  account_id   uuid,
  session_id   uuid,
  epoch        integer,
  binding_hash bytea,
  consumed_at  timestamptz,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  primary key (key_hash, id)
) partition by range (id);
create index oidc_artifact_of_grant on oidc_artifact (grant_id) where grant_id is not null;
create table oidc_artifact_rest partition of oidc_artifact default;

create table signing_key (
  kid        text primary key,
  jwk_sealed bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz
);

-- Platform ------------------------------------------------------------------------------------------------

-- Keys that seal rows, each wrapped by the key-encryption key, which is never in the database.
create table data_key (
  id         integer not null,
  purpose    text not null,
  kek_id     text not null,
  wrapped    bytea not null,
  created_at timestamptz not null,
  primary key (purpose, id)
);

create table rate_limit (
  key          text not null,
  window_start timestamptz not null,
  count        integer not null,
  primary key (key, window_start)
);

create table import_run (
  file_digest bytea primary key,
  records     bigint not null,
  updated_at  timestamptz not null
);
