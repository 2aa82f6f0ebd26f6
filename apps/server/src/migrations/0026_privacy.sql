-- Data that a holder asks for. What was made is kept sealed until it is fetched once or its link is over; rows go with
-- their partition.
create table data_export (
  account_id     uuid not null,
  id             uuid not null,
  state          text not null check (state in ('waiting', 'ready', 'fetched', 'expired')),
  secret_hash    bytea,
  content_sealed bytea,
  requested_at   timestamptz not null,
  ready_at       timestamptz,
  fetched_at     timestamptz,
  expires_at     timestamptz,
  primary key (account_id, id)
) partition by range (id);
create table data_export_rest partition of data_export default;

-- Those that are still to be made.
create table data_export_due (
  id         uuid primary key,
  account_id uuid not null,
  due_at     timestamptz not null
);
create index data_export_due_in_turn on data_export_due (due_at);

-- Accounts that their holders want erased: closed at once, deleted when `begins_at` has come unless they think better
-- of it. The row stays and says when it was done.
create table erasure (
  account_id   uuid not null,
  id           uuid not null,
  state        text not null check (state in ('waiting', 'cancelled', 'deleted', 'done')),
  requested_at timestamptz not null,
  begins_at    timestamptz not null,
  ended_at     timestamptz,
  primary key (account_id, id)
);

-- What is to be done next for those that wait, and when. The second turn forgets the last messages.
create table erasure_due (
  account_id uuid primary key,
  erasure_id uuid not null,
  due_at     timestamptz not null
);
create index erasure_due_in_turn on erasure_due (due_at);

-- What must outlive an account: out of reach of everything the product does, until its last day.
create table retained_record (
  account_id  uuid not null,
  id          uuid not null,
  kind        text not null,
  -- Why, as docs/operations/privacy.md says it.
  ground      text not null,
  ends_on     date not null,
  body_sealed bytea not null,
  created_at  timestamptz not null,
  primary key (account_id, id)
);
create index retained_record_ends on retained_record (ends_on);
