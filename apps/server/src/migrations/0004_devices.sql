-- The authenticator app of an account on one phone or computer, with the public halves of its keys and the
-- server's share of what unlocks it.
create table device (
  account_id        uuid not null,
  id                uuid not null,
  state             text not null check (state in ('active', 'frozen', 'removed')),
  name              text not null,
  channel_id        uuid not null,
  binding_level     smallint not null check (binding_level between 1 and 3),
  -- JWKs of P-256: the one that signs requests, and the one that approves
  device_key        jsonb not null,
  approval_key      jsonb not null,
  -- rises with every confirmed unlock; the share of this generation, and that of the next while an unlock lasts
  generation        integer not null,
  share_sealed      bytea,
  next_share_sealed bytea,
  failures          smallint not null,
  lifetime_failures smallint not null,
  -- where notices reach the app (Web Push), if its holder wants them
  push_sealed       bytea,
  client_address    text not null,
  user_agent        text not null,
  created_at        timestamptz not null,
  last_seen_at      timestamptz not null,
  primary key (account_id, id)
);

-- Nonces of signed requests: each is burnt once. The UUIDv7 is the device's, and may be a little off our clock.
create table device_nonce (
  account_id uuid not null,
  device_id  uuid not null,
  nonce      uuid not null,
  primary key (account_id, device_id, nonce)
) partition by range (nonce);
create table device_nonce_rest partition of device_nonce default;
