-- What help desk has before it: a holder's file, opened for a reason that is on record, for half an hour.
create table holder_file (
  operator_id uuid not null,
  id          uuid not null,
  account_id  uuid not null,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  primary key (operator_id, id)
) partition by range (id);
create table holder_file_rest partition of holder_file default;

-- Whoever calls help desk says one of these: found by it, whole and not by its beginning. Numbers are not unique.
create index contact_by_address on contact (address_hmac);

-- The messages of one holder.
create index outbox_of_account on outbox (account_id, id) where account_id is not null;

-- The last time that the whole audit was computed again, and what came of it.
create table audit_check (
  only_row      boolean primary key check (only_row),
  id            uuid not null,
  operator_id   uuid not null,
  started_at    timestamptz not null,
  -- The node that works on it writes this now and then: one that does not is gone.
  seen_at       timestamptz not null,
  finished_at   timestamptz,
  blocks        bigint not null,
  blocks_in_all bigint not null,
  outcome       jsonb
);
