-- The access history as its holder reads it. A line has the id of its audit row from now on, and that row commits to it.

-- SHA-256 of the line of the access history that the row stands for; the leaf covers it (platform/audit/README.md).
alter table audit add column commitment bytea;

alter table access_event
  -- What was proven, or asked for where the proof failed.
  add column level smallint check (level between 1 and 3),
  -- Goes into the commitment; without one the line was written before there were any.
  add column salt  bytea;
-- Empty for the pages of the installation itself: one index finds every service.
update access_event set client_id = '' where client_id is null;
alter table access_event alter column client_id set not null;
create index access_event_of_service on access_event (account_id, client_id, outcome, id);

-- How many lines there are, by month (its first UUIDv7), service and outcome: totals never read the lines.
create table access_count (
  account_id uuid not null,
  month      uuid not null,
  client_id  text not null,
  outcome    text not null check (outcome in ('success', 'failure')),
  lines      integer not null,
  last_at    timestamptz not null,
  primary key (account_id, month, client_id, outcome)
) partition by range (month);
create table access_count_rest partition of access_count default;

insert into access_count (account_id, month, client_id, outcome, lines, last_at)
  select account_id,
    regexp_replace(
      lpad(to_hex((extract(epoch from date_trunc('month', at, 'UTC')) * 1000)::bigint), 12, '0'),
      '^(.{8})(.{4})$', '\1-\2-7000-8000-000000000000')::uuid,
    client_id, outcome, count(*), max(at)
  from access_event group by 1, 2, 3, 4;

-- Checkpoints as they were signed and published, by the block they are of: what an export of the history ends in.
create table audit_checkpoint (
  block_number bigint primary key,
  signed       text not null
);

-- A password that its holder said somebody else has: nobody signs in with it until another is chosen by recovery.
alter table authenticator add column frozen_at timestamptz;
