-- When something is due in the life of an identity by the passing of time, and what its holder was told of it. Found by
-- time: nobody looks at identities to which nothing happens.
create table identity_agenda (
  account_id  uuid not null,
  identity_id uuid not null,
  due_at      timestamptz not null,
  -- The last day of the document of which the holder was told that it will expire.
  reminded_of date,
  -- An end that was announced: why, on which day, and which of the notices was the last to go out.
  end_cause   text check (end_cause in ('unused', 'contract-end')),
  ends_on     date,
  told_days   smallint,
  primary key (account_id, identity_id),
  check ((end_cause is null) = (ends_on is null) and (end_cause is null) = (told_days is null))
);
create index identity_agenda_due on identity_agenda (due_at);

-- The life of everything that an account proves with: what became of which, and when. Kept after it is gone.
create table credential_event (
  account_id    uuid not null,
  id            uuid not null,
  credential_id uuid not null,
  method        text not null,
  event         text not null
    check (event in ('created', 'delivered', 'activated', 'suspended', 'restored', 'replaced', 'revoked')),
  at            timestamptz not null,
  primary key (account_id, id)
);
