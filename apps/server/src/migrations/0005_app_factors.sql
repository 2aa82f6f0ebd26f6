-- One-time codes of an app, which it makes without a network: their seed, and the last step that was spent.
alter table device
  add column seed_sealed bytea,
  add column used_step bigint not null default 0;

-- What a challenge asks of somebody's app, in the words it shows; null for what no app answers.
alter table challenge
  add column question jsonb,
  drop constraint challenge_state_check,
  add constraint challenge_state_check check (state in ('open', 'proven', 'void', 'exhausted', 'refused'));

-- The short code by which an app finds a sign-in that waits on the same telephone, where nothing can be scanned.
create table typed_ticket (
  code_hash  bytea not null,
  id         uuid not null,
  ticket_id  uuid not null,
  expires_at timestamptz not null,
  primary key (code_hash, id)
) partition by range (id);
create table typed_ticket_rest partition of typed_ticket default;
