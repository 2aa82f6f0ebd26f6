-- What outlives an account: each thing by itself, as a file that an auditor opens for a reason.
alter table retained_record
  add column identity_id uuid,
  add column name        text not null default 'record',
  add column media_type  text not null default 'application/json';
update retained_record set kind = 'record' where kind = 'identity';
alter table retained_record
  alter column name drop default,
  alter column media_type drop default,
  add constraint retained_record_kind check (kind in ('record', 'contract', 'case-file', 'access-log'));

-- The fiscal number of an identity that has ended, as a keyed hash: by it is found what is kept of it, until then.
create table past_number (
  hmac        bytea not null,
  account_id  uuid not null,
  identity_id uuid not null,
  ends_on     date not null,
  primary key (hmac, account_id, identity_id)
);
create index past_number_ends on past_number (ends_on);
create index past_number_of_account on past_number (account_id);

-- An identity that ends frees its number by its account.
create index identity_name_of_account on identity_name (account_id);

-- What was handed in and is not to be kept says until when; what was put aside so far is looked at anew.
alter table case_file add column forget_at timestamptz;
update case_file set forget_at = created_at + interval '1 day' where case_id = subject_id;
create index case_file_forgotten on case_file (forget_at) where forget_at is not null;

-- Identities that have ended are forgotten one day: whoever looks at them next finds out when.
insert into identity_agenda (account_id, identity_id, due_at)
select account_id, id, created_at from identity where state = 'revoked'
on conflict do nothing;
