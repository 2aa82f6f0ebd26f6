-- Where a holder lives: every version that was saved, sealed. The newest counts; the others are what it was before.
create table residence (
  account_id     uuid not null,
  version        integer not null,
  address_sealed bytea not null,
  saved_at       timestamptz not null,
  primary key (account_id, version)
);

-- The contract that activated an identity, made once: the same bytes for ever, whatever its data become.
create table activation_contract (
  account_id  uuid not null,
  identity_id uuid not null,
  digest      bytea not null,
  pdf_sealed  bytea not null,
  created_at  timestamptz not null,
  primary key (account_id, identity_id)
);

-- How codes reach the holder, where one way was chosen: it is offered first.
alter table account add column code_delivery text
  check (code_delivery in ('app', 'sms', 'hardware-token'));

-- Whether there is a token to hand out is asked whenever somebody adds a second factor.
create index hardware_token_free on hardware_token (serial) where state = 'imported';
