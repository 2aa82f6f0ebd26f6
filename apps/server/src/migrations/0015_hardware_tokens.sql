-- Hardware tokens, by serial number: what an administrator imported, and who has it now. The seed is destroyed here
-- once a token has a holder, whose authenticator has it from then on.
create table hardware_token (
  serial       text primary key,
  state        text not null check (state in ('imported', 'assigned', 'revoked')),
  kind         text not null check (kind in ('hotp', 'totp')),
  algorithm    text not null,
  digits       smallint not null,
  step_seconds smallint not null,
  counter      bigint not null,
  seed_sealed  bytea,
  account_id   uuid,
  imported_at  timestamptz not null,
  assigned_at  timestamptz
);

-- A token as its holder's: belongs to an `authenticator` row of type hardware-token, which has the seed and, in
-- used_step, the last counter or time step that was spent.
create table held_token (
  account_id       uuid not null,
  authenticator_id uuid not null,
  serial           text not null,
  kind             text not null check (kind in ('hotp', 'totp')),
  algorithm        text not null,
  digits           smallint not null,
  step_seconds     smallint not null,
  drift_steps      integer not null,
  primary key (account_id, authenticator_id)
);
