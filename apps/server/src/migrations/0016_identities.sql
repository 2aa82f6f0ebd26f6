-- Digital identities: what an account may hold. One row for each, never deleted while its record must be kept.
create table identity (
  account_id          uuid not null,
  id                  uuid not null,
  -- 1 natural person, 2 legal person, 3 and 4 professional use of either.
  type                smallint not null check (type between 1 and 4),
  state               text not null check (state in ('requested', 'active', 'suspended', 'revoked')),
  -- Rises with every move: of those that judge the same standing at once, one goes through.
  version             integer not null,
  spid_code           text not null,
  attributes_sealed   bytea not null,
  document_expires_on date,
  issued_on           date,
  expires_on          date,
  last_used_at        timestamptz,
  created_at          timestamptz not null,
  primary key (account_id, id)
);

-- What makes an identity unique, as keyed hashes: a code is never given again, a fiscal number of a type is free again
-- once its identity is revoked.
create table identity_name (
  hmac        bytea primary key,
  kind        text not null check (kind in ('spid-code', 'fiscal-number')),
  account_id  uuid not null,
  identity_id uuid not null
);

-- Why an identity rests: it is active again when none is left.
create table identity_cause (
  account_id  uuid not null,
  identity_id uuid not null,
  cause       text not null,
  since       timestamptz not null,
  -- When it ends by itself, if it does.
  until       timestamptz,
  primary key (account_id, identity_id, cause)
);

-- Its life, move by move, by the version that each made.
create table identity_move (
  account_id  uuid not null,
  identity_id uuid not null,
  version     integer not null,
  at          timestamptz not null,
  move        text not null,
  cause       text,
  actor       text not null,
  from_state  text not null,
  to_state    text not null,
  primary key (account_id, identity_id, version)
);
