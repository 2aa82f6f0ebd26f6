-- Keys that sign tokens take turns: each follows another and signs from a time that is known beforehand, so that
-- every node changes at the same moment and clients have the new key before anything is signed with it.
alter table signing_key
  -- Null for the keys of the first migration, whose own text says it.
  add column alg         text,
  -- One key follows another: of several nodes that make one, one wins.
  add column follows     text unique,
  add column signs_from  timestamptz,
  add column compromised boolean not null default false,
  -- The key itself is destroyed when it is retired.
  alter column jwk_sealed drop not null;
update signing_key set signs_from = created_at;
alter table signing_key alter column signs_from set not null;

-- Relying parties that have to be told that a session ended, by back channel: the short queue, and what was given
-- up. A session ends once, so that each row is named by what it is about.
create table logout_notice (
  account_id   uuid not null,
  session_id   uuid not null,
  client_id    text not null,
  sid          text not null,
  ended_at     timestamptz not null,
  attempts     smallint not null,
  due_at       timestamptz not null,
  leased_until timestamptz,
  primary key (account_id, session_id, client_id)
);

create table logout_dead (
  account_id  uuid not null,
  session_id  uuid not null,
  client_id   text not null,
  ended_at    timestamptz not null,
  given_up_at timestamptz not null,
  attempts    smallint not null,
  reason      text not null,
  primary key (account_id, session_id, client_id)
) partition by range (session_id);
create table logout_dead_rest partition of logout_dead default;
