-- Notices to apps. A constraint of a partitioned table is its partitions' own: they are changed with it.
alter table outbox
  drop constraint outbox_channel_check,
  add constraint outbox_channel_check check (channel in ('email', 'sms', 'push'));
alter table outbox_pending
  drop constraint outbox_pending_channel_check,
  add constraint outbox_pending_channel_check check (channel in ('email', 'sms', 'push'));

-- By what push services know this installation (RFC 8292): one pair of keys, in base64url, made at the first
-- start. Apps are subscribed with it, so it is never another one.
create table push_key (
  id             smallint primary key check (id = 1),
  public_key     text not null,
  private_sealed bytea not null,
  created_at     timestamptz not null
);
