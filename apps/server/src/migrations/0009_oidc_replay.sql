-- Client assertions and proofs of possession that were used: the SHA-256 of who made them and their jti, and the
-- day, as the first UUIDv7 of it. Nothing is asked of a row but whether it is there.
create table oidc_replay (
  key_hash bytea not null,
  day      uuid not null,
  primary key (key_hash, day)
) partition by range (day);
create table oidc_replay_rest partition of oidc_replay default;
