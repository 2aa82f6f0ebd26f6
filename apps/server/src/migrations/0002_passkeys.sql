-- Passkeys (WebAuthn credentials). Each belongs to an `authenticator` row of type passkey or security-key, which
-- holds key_protection, backup_eligible and what else all factors have.

-- What an account is called on its holders' devices: random, and never anything about the person.
create table passkey_user (
  account_id  uuid primary key,
  user_handle bytea not null
);

create table passkey (
  account_id       uuid not null,
  authenticator_id uuid not null,
  credential_id    bytea not null,
  public_key       bytea not null,
  algorithm        integer not null,
  sign_count       bigint not null,
  backed_up        boolean not null,
  discoverable     boolean,
  transports       text[] not null,
  attachment       text check (attachment in ('platform', 'cross-platform')),
  aaguid           uuid not null,
  primary key (account_id, authenticator_id),
  unique (account_id, credential_id)
);

-- Whose a user handle or a credential is, by keyed hash, before the account is known. Rows are never deleted:
-- neither is ever given to another account.
create table passkey_lookup (
  hmac       bytea primary key,
  kind       text not null check (kind in ('user-handle', 'credential')),
  account_id uuid not null
);
