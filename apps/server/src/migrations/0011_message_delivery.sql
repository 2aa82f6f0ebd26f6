-- What SMS cost: an hour is one row, so that one conditional statement keeps every budget at once, whoever asks.
-- Amounts are ten-thousandths of the currency's unit.
create table sms_spending (
  hour      timestamptz primary key,
  spent     bigint not null,
  by_prefix jsonb not null
);

-- How many codes went to the numbers that begin so, in five minutes, and how many of those came back.
create table sms_confirmation (
  prefix    text not null,
  slot      timestamptz not null,
  sent      integer not null,
  confirmed integer not null,
  primary key (prefix, slot)
);
create index sms_confirmation_by_slot on sms_confirmation (slot);

-- Prefixes that were stopped because hardly any code came back; codes are counted anew from `until` on.
create table sms_stopped_prefix (
  prefix     text primary key,
  stopped_at timestamptz not null,
  until      timestamptz not null,
  sent       integer not null,
  confirmed  integer not null,
  times      integer not null
);

-- What providers say of an SMS after they took it. A constraint of a partitioned table is its partitions' own.
alter table outbox
  drop constraint outbox_state_check,
  add constraint outbox_state_check
    check (state in ('pending', 'sent', 'delivered', 'failed', 'expired', 'dead')),
  add column receipt_at timestamptz;

-- By what a provider names an SMS in its receipts, where that is not our own id.
create table sms_receipt (
  reference  text primary key,
  message_id uuid not null,
  expires_at timestamptz not null
);
create index sms_receipt_by_expiry on sms_receipt (expires_at);

-- Messages that were given up. What they say is kept until it is of no use any more: they may be sent again.
create table outbox_dead (
  id         uuid primary key,
  died_at    timestamptz not null,
  expires_at timestamptz not null,
  forgotten  boolean not null
);
