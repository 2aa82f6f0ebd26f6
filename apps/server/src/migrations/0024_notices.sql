-- What happened to an account that its holder is told of, always: what the apps show as "What happened". The messages
-- themselves are the outbox's; this is what is read again, for a quarter of a year.
create table notice (
  account_id    uuid not null,
  id            uuid not null,
  -- A name of the templates of messages.
  kind          text not null,
  params_sealed bytea not null,
  at            timestamptz not null,
  -- When one of the holder's apps showed it.
  seen_at       timestamptz,
  primary key (account_id, id)
) partition by range (id);
create table notice_rest partition of notice default;
